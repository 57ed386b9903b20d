import { InvalidRequest } from '../core/index.js';

/** Default of `LeastSquaresRequest.dependent`. */
const DEPENDENT = 1e-11;

export interface LeastSquaresRequest {
  /** Row-major, `rows` x `regressors`. */
  readonly design: Float64Array;
  readonly rows: number;
  readonly regressors: number;
  /** Row-major, `rows` x `responses`. */
  readonly response: Float64Array;
  readonly responses: number;
  /** A column of whose length less than this share is left after elimination counts as a combination of those before it. */
  readonly dependent?: number;
}

export interface LeastSquares {
  /** Row-major, `regressors` x `responses`. */
  readonly coefficients: Float64Array;
  /** Row-major, `rows` x `responses`. */
  readonly residuals: Float64Array;
  /** Upper triangle R of design = QR, row-major, `regressors` x `regressors`; below the diagonal 0. */
  readonly triangle: Float64Array;
}

/**
 * Ordinary least squares of several responses on one design, by Householder reflections (Golub and Van Loan 2013, algorithm
 * 5.2.1); no normal equations, so no digits are squared away.
 *
 * @returns the first regressor that is a combination of those before it, where there is one
 * @throws {InvalidRequest} for fewer rows than regressors
 */
export function leastSquares({
  design,
  rows,
  regressors,
  response,
  responses,
  dependent = DEPENDENT,
}: LeastSquaresRequest): LeastSquares | number {
  if (rows < regressors)
    throw new InvalidRequest(`${rows} rows for ${regressors} regressors; give as many rows`);
  const r = design.slice();
  const y = response.slice();
  for (let j = 0; j < regressors; j++) {
    if (!eliminate(r, y, j, { rows, regressors, responses, dependent })) return j;
  }
  const coefficients = new Float64Array(regressors * responses);
  for (let c = 0; c < responses; c++) {
    for (let j = regressors - 1; j >= 0; j--) {
      let value = y[j * responses + c]!;
      for (let l = j + 1; l < regressors; l++)
        value -= r[j * regressors + l]! * coefficients[l * responses + c]!;
      coefficients[j * responses + c] = value / r[j * regressors + j]!;
    }
  }
  const residuals = response.slice();
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < regressors; j++) {
      const x = design[i * regressors + j]!;
      for (let c = 0; c < responses; c++)
        residuals[i * responses + c]! -= x * coefficients[j * responses + c]!;
    }
  }
  return { coefficients, residuals, triangle: upperTriangle(r, regressors) };
}

function upperTriangle(reduced: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) =>
    at % size >= Math.floor(at / size) ? reduced[at]! : 0,
  );
}

/**
 * Reflects column j of r onto its diagonal, and the later columns and the responses along with it.
 * @returns false where nothing is left of the column
 */
function eliminate(
  r: Float64Array,
  y: Float64Array,
  j: number,
  {
    rows,
    regressors,
    responses,
    dependent,
  }: Required<Pick<LeastSquaresRequest, 'rows' | 'regressors' | 'responses' | 'dependent'>>,
): boolean {
  let whole = 0;
  let below = 0;
  for (let i = 0; i < rows; i++) {
    const square = r[i * regressors + j]! ** 2;
    whole += square;
    if (i >= j) below += square;
  }
  if (!(below > dependent ** 2 * whole)) return false;
  const head = r[j * regressors + j]!;
  const diagonal = head > 0 ? -Math.sqrt(below) : Math.sqrt(below);
  const reflector = new Float64Array(rows - j);
  for (let i = j; i < rows; i++) reflector[i - j] = r[i * regressors + j]!;
  reflector[0] = head - diagonal;
  const scale = 1 / (below - head * diagonal);
  reflect(r, regressors, j, j, reflector, scale);
  reflect(y, responses, 0, j, reflector, scale);
  return true;
}

/** Applies I - scale v v' to rows `firstRow` and on of the columns `firstColumn` and on. */
function reflect(
  matrix: Float64Array,
  columns: number,
  firstColumn: number,
  firstRow: number,
  reflector: Float64Array,
  scale: number,
): void {
  for (let c = firstColumn; c < columns; c++) {
    let product = 0;
    for (let i = 0; i < reflector.length; i++)
      product += reflector[i]! * matrix[(firstRow + i) * columns + c]!;
    for (let i = 0; i < reflector.length; i++) {
      matrix[(firstRow + i) * columns + c]! -= scale * product * reflector[i]!;
    }
  }
}
