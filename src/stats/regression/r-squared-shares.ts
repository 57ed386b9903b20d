import { InvalidRequest, seededRandom } from '../../core/index.js';
import { optimalBlockLength } from '../block-length.js';
import { mean, quantileOfSorted } from '../moments.js';
import type { NoFigure } from '../no-figure.js';
import { stationaryBootstrapIndices } from '../stationary-bootstrap.js';
import { type CompleteRows, completeRows } from './columns.js';
import { SubsetFits, weightedProducts } from './subset-fits.kernel.js';

export interface RegressorGroup {
  readonly name: string;
  /** Columns as long as the response; NaN = missing. */
  readonly columns: readonly Float64Array[];
}

export interface SharesRequest {
  /** One value a row, in order of time; NaN = missing. */
  readonly response: Float64Array;
  /** At least 1, at most 12: 2^groups fits. */
  readonly groups: readonly RegressorGroup[];
  /** Columns in every subset beside the constant, default none. */
  readonly controls?: readonly Float64Array[];
  /** Bootstrap draws for the bands; 0 leaves them out. */
  readonly resamples: number;
  readonly seed: number;
  /** Of the bands, default 0.95. */
  readonly level?: number;
  /** Default: the longest of the automatic ones of the products of the response and each regressor. */
  readonly meanBlockLength?: number;
}

export interface GroupShare {
  readonly name: string;
  /** Fraction of the response's variance; never negative but for rounding. */
  readonly share: number;
  /** Null where no draws were asked for. */
  readonly band: readonly [number, number] | null;
}

export interface RSquaredShares {
  /** One a group, in the order given. With `controlsRSquared` they sum to `rSquared`. */
  readonly shares: readonly GroupShare[];
  readonly rSquared: number;
  /** Of the constant and the controls alone. */
  readonly controlsRSquared: number;
  /** 1 - rSquared. */
  readonly unexplained: number;
  readonly rows: number;
  readonly resamples: number;
  readonly meanBlockLength: number;
}

const MOST_GROUPS = 12;

/**
 * R2 shared among groups of regressors by Shapley value: the mean, over all orders in which the groups can enter after the
 * controls, of the R2 that a group adds when it enters (Lindeman, Merenda and Gold 1980, Introduction to Bivariate and
 * Multivariate Analysis, page 119 ff., 'LMG', for groups; relaimpo's lmg with `always` and `groups`). Columns that are combinations of
 * others add nothing and are no error: R2 is unique.
 *
 * Bands: whole rows by the stationary bootstrap (Politis and Romano 1994), shares anew on every draw. Noise can only add to R2:
 * draws lie above the sample's share by as much, on average, as that lies above the population's. So the draws' quantiles
 * are moved down by twice that excess and cut off at 0. A small share can lie above its band; a share of 0 has a band from 0.
 *
 * Rows with a missing value are left out and the rest taken as neighbours in time.
 *
 * @returns a reason where fewer than two rows more than columns are complete, or the response does not vary
 * @throws {InvalidRequest} for no group or more than 12, a group without columns, columns of unequal length, infinite values
 */
export function rSquaredShares(request: SharesRequest): RSquaredShares | NoFigure {
  const { response, groups, controls = [], resamples, level = 0.95 } = request;
  checkGroups(groups);
  const complete = completeRows(response, [...controls, ...groups.flatMap(({ columns }) => columns)], true);
  const rows = complete.places.length;
  if (rows < complete.columns + 2) {
    return {
      reason: `${rows} complete rows for ${complete.columns} columns, ${complete.columns + 2} needed`,
    };
  }
  if (complete.response.every((value) => value === complete.response[0])) {
    return { reason: `the response does not vary over ${rows} rows` };
  }
  const table = standardised(complete);
  const fits = new SubsetFits(groupStarts(1 + controls.length, groups));
  const gram = new Float64Array(fits.size ** 2);
  const sharesOf = (weights: Uint16Array): Float64Array => {
    weightedProducts(table, fits.size, weights, gram);
    fits.fit(gram);
    return shapleyShares(fits);
  };
  const point = sharesOf(new Uint16Array(rows).fill(1));
  const { total, unexplained } = fits;
  const controlsRSquared = 1 - unexplained[0]! / total;
  const left = unexplained.at(-1)! / total;
  const meanBlockLength = request.meanBlockLength ?? longestBlock(table, fits.size);
  const draws = drawShares(sharesOf, { ...request, rows, groups: groups.length, meanBlockLength });
  return {
    shares: groups.map(({ name }, g) => ({
      name,
      share: point[g]!,
      band: resamples === 0 ? null : shiftedBand(draws[g]!, point[g]!, level),
    })),
    rSquared: 1 - left,
    controlsRSquared,
    unexplained: left,
    rows,
    resamples,
    meanBlockLength,
  };
}

function checkGroups(groups: readonly RegressorGroup[]): void {
  if (groups.length < 1 || groups.length > MOST_GROUPS) {
    throw new InvalidRequest(`${groups.length} groups of regressors; give 1 to ${MOST_GROUPS}`);
  }
  const empty = groups.find(({ columns }) => columns.length === 0);
  if (empty) throw new InvalidRequest(`group '${empty.name}' has no column; leave it out`);
}

/** First column of each group, and the response's place as last element. */
function groupStarts(first: number, groups: readonly RegressorGroup[]): Uint32Array {
  const starts = [first];
  for (const { columns } of groups) starts.push(starts.at(-1)! + columns.length);
  return Uint32Array.from(starts);
}

/** Row-major: the constant, each regressor and the response with mean 0 and mean square 1, so that products keep their digits. */
function standardised({ design, columns, response, places }: CompleteRows): Float64Array {
  const rows = places.length;
  const size = columns + 1;
  const table = new Float64Array(rows * size);
  for (let column = 0; column < size; column++) {
    const at = (row: number) => (column === columns ? response[row]! : design[row * columns + column]!);
    let centre = 0;
    for (let row = 0; row < rows; row++) centre += at(row) / rows;
    let square = 0;
    for (let row = 0; row < rows; row++) square += (at(row) - centre) ** 2 / rows;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let row = 0; row < rows; row++) {
      table[row * size + column] = column === 0 ? 1 : (at(row) - centre) * scale;
    }
  }
  return table;
}

function shapleyShares({ unexplained, total, starts }: SubsetFits): Float64Array {
  const groups = starts.length - 1;
  const weights = Float64Array.from(
    { length: groups },
    (_, others) => 1 / (groups * choose(groups - 1, others)),
  );
  const shares = new Float64Array(groups);
  if (!(total > 0)) return shares;
  for (let chosen = 0; chosen < unexplained.length; chosen++) {
    let others = 0;
    for (let bits = chosen; bits > 0; bits &= bits - 1) others++;
    for (let g = 0; g < groups; g++) {
      if ((chosen & (1 << g)) !== 0) continue;
      shares[g]! += (weights[others]! * (unexplained[chosen]! - unexplained[chosen | (1 << g)]!)) / total;
    }
  }
  return shares;
}

function choose(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= k; i++) count = (count * (n - k + i)) / i;
  return count;
}

function longestBlock(table: Float64Array, size: number): number {
  const rows = table.length / size;
  let longest = 1;
  for (let column = 1; column < size - 1; column++) {
    const products = Float64Array.from(
      { length: rows },
      (_, row) => table[row * size + column]! * table[row * size + size - 1]!,
    );
    longest = Math.max(longest, optimalBlockLength(products));
  }
  return longest;
}

interface DrawOptions {
  readonly rows: number;
  readonly groups: number;
  readonly resamples: number;
  readonly seed: number;
  readonly meanBlockLength: number;
}

/** Shares of every draw, one array a group. */
function drawShares(
  sharesOf: (weights: Uint16Array) => Float64Array,
  { rows, groups, resamples, seed, meanBlockLength }: DrawOptions,
): Float64Array[] {
  const draws = Array.from({ length: groups }, () => new Float64Array(resamples));
  const random = seededRandom(seed);
  const weights = new Uint16Array(rows);
  for (let draw = 0; draw < resamples; draw++) {
    weights.fill(0);
    const options = { sourceLength: rows, pathLength: rows, paths: 1, meanBlockLength, random };
    for (const row of stationaryBootstrapIndices(options)) weights[row]!++;
    const shares = sharesOf(weights);
    for (let g = 0; g < groups; g++) draws[g]![draw] = shares[g]!;
  }
  return draws;
}

function shiftedBand(draws: Float64Array, point: number, level: number): readonly [number, number] {
  const shift = 2 * (mean(draws) - point);
  const sorted = draws.sort();
  const end = (share: number) => Math.max(0, quantileOfSorted(sorted, share) - shift);
  return [end((1 - level) / 2), end((1 + level) / 2)];
}
