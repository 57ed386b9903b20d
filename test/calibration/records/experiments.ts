import { seededRandom } from '../../../src/core/index.js';
import { exchangeableP, resampleRecordFamily, tailProbability, volScaled } from '../../../src/stats/index.js';
import type { World } from './worlds.js';

export const LOOKBACK = 522;
/** Weeks before the look-back that seed volScaled. */
const SEED_WEEKS = 52;

/** p-values of many independent series of one world, one position a series; NaN where a test gives none. */
export interface SingleTests {
  readonly exchangeable: Float64Array;
  readonly dependent: Float64Array;
  readonly tail: Float64Array;
  readonly recordRate: Float64Array;
}

export interface ExperimentOptions {
  readonly series: number;
  readonly resamples: number;
  readonly seed: number;
  readonly horizon?: number;
  /** The last value is set to this multiple of the largest before it; none leaves the world as it is. */
  readonly planted?: number;
  readonly threads?: number;
}

function drawSeries(world: World, { series, seed, planted }: ExperimentOptions): Float64Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: series }, () => {
    const values = world.draw(random, SEED_WEEKS + LOOKBACK + 1);
    const last = values.length - 1;
    if (planted !== undefined) values[last] = planted * Math.max(...values.subarray(last - LOOKBACK, last));
    return values;
  });
}

function tailP(values: Float64Array, seed: number): number {
  const scaled = volScaled(values);
  const last = scaled.length - 1;
  const outcome = tailProbability(scaled.subarray(0, last), scaled[last]!, { resamples: 200, seed });
  return 'reason' in outcome ? Number.NaN : outcome.p;
}

/** Each series of a world tested by itself. */
export async function testSingly(world: World, options: ExperimentOptions): Promise<SingleTests> {
  const series = drawSeries(world, options);
  const { horizon = 1, resamples, seed, threads = 1 } = options;
  const family = await resampleRecordFamily({
    series,
    lookbacks: [LOOKBACK],
    horizons: [horizon],
    resamples,
    seed,
    threads,
  });
  const figure = (s: number) => family.figures(s, 0, 0);
  return {
    exchangeable: Float64Array.from(series, (values) => exchangeableP(values, LOOKBACK) ?? Number.NaN),
    dependent: Float64Array.from(series, (_, s) => figure(s)?.dependent ?? Number.NaN),
    tail: Float64Array.from(series, (values, s) => tailP(values, seed + s)),
    recordRate: Float64Array.from(series, (_, s) => figure(s)?.recordRate ?? Number.NaN),
  };
}

/** Share of the p-values at or under a level; those that are not there count as not under it. */
export function shareUpTo(level: number, pValues: Float64Array): number {
  return pValues.reduce((count, p) => count + (p <= level ? 1 : 0), 0) / pValues.length;
}
