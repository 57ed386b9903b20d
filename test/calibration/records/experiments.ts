import { normalDraw, type Random, seededRandom } from '../../../src/core/index.js';
import {
  exchangeableP,
  recordStanding,
  resampleRecordFamily,
  tailProbability,
  volScaled,
} from '../../../src/stats/index.js';
import type { World } from './worlds.js';

/** Ten years of weeks. */
export const LOOKBACK = 522;
/** Weeks before the look-back that seed volScaled. */
const SEED_WEEKS = 52;

/** Share of series whose last value is a record of the look-back, by the engine's own `recordStanding`. */
export function recordRate(world: World, series: number, seed: number): number {
  const random = seededRandom(seed);
  let records = 0;
  for (let s = 0; s < series; s++) {
    if (recordStanding(world.draw(random, LOOKBACK + 1), LOOKBACK).isRecord) records++;
  }
  return records / series;
}

/** Share of groups in which at least one of `members` series that share a factor sets a record. */
export function anyRecordRate(options: {
  readonly groups: number;
  readonly members: number;
  readonly correlation: number;
  readonly weeklyGrowth: number;
  readonly seed: number;
}): number {
  const { groups, members, correlation, weeklyGrowth, seed } = options;
  const random = seededRandom(seed);
  let hits = 0;
  for (let group = 0; group < groups; group++) {
    const series = correlatedSeries(random, LOOKBACK + 1, members, correlation);
    for (const values of series) values.set(values.map((value, k) => value * Math.exp(weeklyGrowth * k)));
    if (series.some((values) => recordStanding(values, LOOKBACK).isRecord)) hits++;
  }
  return hits / groups;
}

function correlatedSeries(
  random: Random,
  length: number,
  members: number,
  correlation: number,
): Float64Array[] {
  const common = Float64Array.from({ length }, () => normalDraw(random) * Math.sqrt(correlation));
  const own = Math.sqrt(1 - correlation);
  return Array.from({ length: members }, () => common.map((shared) => shared + own * normalDraw(random)));
}

/** p-values of many independent series of one world, one position a series; NaN where a test gives none. */
export interface SingleTests {
  readonly exchangeable: Float64Array;
  readonly dependent: Float64Array;
  readonly tail: Float64Array;
}

export interface SingleOptions {
  readonly series: number;
  readonly resamples: number;
  /** Bootstrap samples of each tail; 0 leaves the tail out. */
  readonly tailResamples: number;
  readonly seed: number;
  readonly horizon?: number;
  /** The last value is set to this multiple of the largest before it; none leaves the world as it is. */
  readonly planted?: number;
}

function plant(values: Float64Array, multiple: number): void {
  const last = values.length - 1;
  values[last] = multiple * Math.max(...values.subarray(last - LOOKBACK, last));
}

function tailP(values: Float64Array, resamples: number, seed: number): number {
  const scaled = volScaled(values);
  const last = scaled.length - 1;
  const tail = tailProbability(scaled.subarray(0, last), scaled[last]!, { resamples, seed });
  return 'reason' in tail ? Number.NaN : tail.p;
}

/** Each series of a world tested by itself, over ten years. */
export async function testSingly(world: World, options: SingleOptions): Promise<SingleTests> {
  const { series: count, horizon = 1, planted, resamples, tailResamples, seed } = options;
  const random = seededRandom(seed);
  const series = Array.from({ length: count }, () => world.draw(random, SEED_WEEKS + LOOKBACK + 1));
  if (planted !== undefined) for (const values of series) plant(values, planted);
  const family = await resampleRecordFamily({
    series,
    lookbacks: [LOOKBACK],
    horizons: [horizon],
    resamples,
    seed,
  });
  const tails = tailResamples === 0 ? [] : series;
  return {
    exchangeable: Float64Array.from(series, (values) => exchangeableP(values, LOOKBACK) ?? Number.NaN),
    dependent: Float64Array.from(series, (_, s) => family.figures(s, 0, 0)?.dependent ?? Number.NaN),
    tail: Float64Array.from(tails, (values, s) => tailP(values, tailResamples, seed + s)),
  };
}

/** Share of the p-values at or under a level; one that is not there counts as over it. */
export function shareUpTo(level: number, pValues: Float64Array): number {
  return pValues.reduce((count, p) => count + (p <= level ? 1 : 0), 0) / pValues.length;
}

export interface FamilyOptions {
  readonly families: number;
  readonly members: number;
  readonly resamples: number;
  readonly seed: number;
  /** Multiple of its old record that the first member is set to; none leaves the world as it is. */
  readonly planted?: number;
}

/**
 * Families of independent series x three look-backs x four horizons. Of each: the smallest adjusted p, or with a planted
 * value that of the planted week itself over ten years.
 */
export async function testFamilies(world: World, options: FamilyOptions): Promise<Float64Array> {
  const { families, members, resamples, seed, planted } = options;
  const lookbacks = [52, 261, LOOKBACK];
  const horizons = [1, 2, 4, 13];
  const out = new Float64Array(families);
  for (let family = 0; family < families; family++) {
    const random = seededRandom(seed + family);
    const series = Array.from({ length: members }, () => world.draw(random, LOOKBACK + 1));
    if (planted !== undefined) plant(series[0]!, planted);
    const tested = await resampleRecordFamily({
      series,
      lookbacks,
      horizons,
      resamples,
      seed: seed + family,
    });
    const adjusted = (s: number, l: number, h: number) => tested.figures(s, l, h)?.adjusted ?? 1;
    out[family] =
      planted === undefined
        ? Math.min(
            ...series.flatMap((_, s) =>
              lookbacks.flatMap((_, l) => horizons.map((_, h) => adjusted(s, l, h))),
            ),
          )
        : adjusted(0, 2, 0);
  }
  return out;
}
