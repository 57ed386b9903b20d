import { InvalidRequest } from '../../core/index.js';

/** Rows of a response and its regressors that are known, side by side. */
export interface CompleteRows {
  /** Places of the rows in the series, ascending. */
  readonly places: Uint32Array;
  /** Row-major, `places.length` x (regressors, after the constant 1 if there is one). */
  readonly design: Float64Array;
  readonly columns: number;
  readonly response: Float64Array;
}

/**
 * @throws {InvalidRequest} for columns of another length than the response, or an infinite value
 */
export function completeRows(
  response: Float64Array,
  regressors: readonly Float64Array[],
  intercept: boolean,
): CompleteRows {
  checkColumns(response, regressors);
  const all = [response, ...regressors];
  const places = Uint32Array.from(
    [...response.keys()].filter((t) => all.every((values) => !Number.isNaN(values[t]!))),
  );
  const columns = regressors.length + (intercept ? 1 : 0);
  const design = new Float64Array(places.length * columns);
  const first = columns - regressors.length;
  places.forEach((t, i) => {
    if (intercept) design[i * columns] = 1;
    regressors.forEach((values, c) => {
      design[i * columns + first + c] = values[t]!;
    });
  });
  return { places, design, columns, response: Float64Array.from(places, (t) => response[t]!) };
}

function checkColumns(response: Float64Array, regressors: readonly Float64Array[]): void {
  [response, ...regressors].forEach((values, c) => {
    const name = c === 0 ? 'the response' : `regressor ${c - 1}`;
    if (values.length !== response.length) {
      throw new InvalidRequest(
        `${name} has ${values.length} values, the response ${response.length}; align them`,
      );
    }
    const t = values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
    if (t >= 0) throw new InvalidRequest(`${name} is ${values[t]} in row ${t}; mark missing with NaN`);
  });
}
