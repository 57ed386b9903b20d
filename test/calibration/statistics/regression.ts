import { normalDraw, type Random, seededRandom } from '../../../src/core/index.js';
import { famaMacBeth, regress, rSquaredShares } from '../../../src/stats/index.js';
import { drawSeries, type SeriesKind, shareOf } from './series.js';

export interface SlopeTrial {
  readonly rows: number;
  /** Of the regressor and, independently, of the errors. */
  readonly kind: SeriesKind;
  /** True slope; 0 is the null. */
  readonly slope: number;
  /** Other regressors beside the one tested, slope 0. */
  readonly others: number;
  readonly trials: number;
}

/** How often the t-test of a slope rejects at 5 %: by the automatic lag, and as plain least squares with White's errors would. */
export function trySlopes({ rows, kind, slope, others, trials }: SlopeTrial) {
  const random = seededRandom(1);
  let plain = 0;
  const neweyWest = shareOf(trials, () => {
    const regressors = Array.from({ length: 1 + others }, () => drawSeries(random, rows, kind));
    const response = drawSeries(random, rows, kind).map((error, t) => error + slope * regressors[0]![t]!);
    if (pOf(regress({ response, regressors, lags: 0 })) <= 0.05) plain++;
    return pOf(regress({ response, regressors })) <= 0.05;
  });
  return { neweyWest, plain: plain / trials };
}

function pOf(result: ReturnType<typeof regress>): number {
  if ('reason' in result) throw new Error(result.reason);
  return result.pValues[1]!;
}

export interface PriceTrial {
  readonly periods: number;
  readonly names: number;
  /** Of the true price of the exposure over periods. */
  readonly kind: SeriesKind;
  /** Mean price, in standard deviations of it over periods. */
  readonly price: number;
  readonly trials: number;
}

/** How often the Fama-MacBeth t-test of a mean price rejects at 5 %. */
export function tryPrices({ periods, names, kind, price, trials }: PriceTrial): number {
  const random = seededRandom(2);
  return shareOf(trials, () => {
    const prices = drawSeries(random, periods, kind);
    const period = Uint32Array.from({ length: periods * names }, (_, i) => Math.floor(i / names));
    const exposure = Float64Array.from(period, () => normalDraw(random));
    const response = exposure.map((value, i) => (prices[period[i]!]! + price) * value + normalDraw(random));
    const found = famaMacBeth({ period, periods, response, exposures: [exposure] });
    if ('reason' in found) throw new Error(found.reason);
    return found.prices[1]!.p <= 0.05;
  });
}

export interface SharesWorld {
  readonly name: string;
  /** Correlation of any two regressors. */
  readonly correlation: number;
  readonly kind: SeriesKind;
  /** Slopes of four groups of 3, 3, 2 and 2 regressors, after two controls with slope 0.2. */
  readonly slopes: readonly number[];
}

const GROUP_SIZES = [3, 3, 2, 2];

export const SHARES_WORLDS: readonly SharesWorld[] = [
  { name: 'no driver', correlation: 0, kind: kindOf(0, false), slopes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
  { name: 'one driver', correlation: 0, kind: kindOf(0, false), slopes: [0.25, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
  {
    name: 'two drivers, correlated regressors',
    correlation: 0.4,
    kind: kindOf(0.5, false),
    slopes: [0.25, 0, 0, 0.15, 0, 0, 0, 0, 0, 0],
  },
  {
    name: 'three drivers, correlated, errors cluster',
    correlation: 0.3,
    kind: kindOf(0.5, true),
    slopes: [0.4, 0, 0, 0.2, 0, 0, 0.2, 0, 0, 0],
  },
];

function kindOf(persistence: number, clusters: boolean): SeriesKind {
  return { name: '', persistence, clusters };
}

function drawShares(random: Random, rows: number, { correlation, kind, slopes }: SharesWorld) {
  const common = drawSeries(random, rows, { ...kind, clusters: false });
  const columns = Array.from({ length: 2 + slopes.length }, () =>
    drawSeries(random, rows, { ...kind, clusters: false }).map(
      (own, t) => Math.sqrt(correlation) * common[t]! + Math.sqrt(1 - correlation) * own,
    ),
  );
  const response = drawSeries(random, rows, { ...kind, persistence: 0 });
  [0.2, 0.2, ...slopes].forEach((slope, k) => {
    for (let t = 0; t < rows; t++) response[t]! += slope * columns[k]![t]!;
  });
  let from = 2;
  const groups = GROUP_SIZES.map((size, g) => {
    from += size;
    return { name: `group ${g}`, columns: columns.slice(from - size, from) };
  });
  return { response, controls: columns.slice(0, 2), groups };
}

/** A share that is 0 in the population is no more than this in a sample of 60,000. */
const NOTHING = 4e-4;

/** By group: the share in the population, how often the 95 % band holds it, and how often it lies above 0. */
export function tryShares(
  world: SharesWorld,
  { rows, trials, resamples }: { rows: number; trials: number; resamples: number },
) {
  const random = seededRandom(3);
  const truth = sharesOf({ ...drawShares(random, 60_000, world), resamples: 0, seed: 1 });
  const groups = truth.map(({ share }) => ({ truth: share < NOTHING ? 0 : share, holds: 0, aboveZero: 0 }));
  for (let trial = 0; trial < trials; trial++) {
    sharesOf({ ...drawShares(random, rows, world), resamples, seed: trial }).forEach(({ band }, g) => {
      const group = groups[g]!;
      if (band![0] <= group.truth && group.truth <= band![1]) group.holds += 1 / trials;
      if (band![0] > 0) group.aboveZero += 1 / trials;
    });
  }
  return groups;
}

function sharesOf(request: Parameters<typeof rSquaredShares>[0]) {
  const found = rSquaredShares(request);
  if ('reason' in found) throw new Error(found.reason);
  return found.shares;
}
