import type { Outcome } from '../../core/index.js';
import type { Anchors } from './anchors.js';
import { dailyVolatility, type WeekPaths } from './paths.js';
import { type DailyCloses, lastAtOrBefore } from './price-series.js';

/** Everything that outcomes are read from. */
export interface OutcomeSources {
  readonly paths: WeekPaths;
  /** The fund's own paths and anchors for the price floor; null where no price of the week is known. */
  readonly floor: { readonly paths: WeekPaths; readonly anchors: Anchors } | null;
  /** Return of the broad market or of cash between two days; NaN = not known. */
  readonly benchmark: (fromDay: number, toDay: number) => number;
}

/** What followed every week over one horizon, by outcome: one figure a week, NaN = not known (yet). */
export type WeeklyOutcomes = Readonly<Partial<Record<Outcome, Float64Array>>>;

const SESSIONS_OF_FOUR_WEEKS = 20;
const RANGE_DEVIATIONS = 2;

/** Largest fall from the highest close so far, as a fraction of it. */
export function maximumDrawdown(closes: Float64Array, first: number, last: number): number {
  let peak = closes[first]!;
  let largest = 0;
  for (let i = first; i <= last; i++) {
    peak = Math.max(peak, closes[i]!);
    largest = Math.max(largest, 1 - closes[i]! / peak);
  }
  return largest;
}

/** Share of closes after the first that lie within two standard deviations of four weeks around it. */
function timeInRange(closes: Float64Array, first: number, last: number, volatility: number): number {
  const half = RANGE_DEVIATIONS * volatility * Math.sqrt(SESSIONS_OF_FOUR_WEEKS);
  let inside = 0;
  for (let i = first + 1; i <= last; i++) {
    if (Math.abs(Math.log(closes[i]! / closes[first]!)) <= half) inside++;
  }
  return inside / (last - first);
}

/**
 * Share of touches of a price after which the closes rose again. A touch is a close within one day's volatility of the
 * price, or under it, after one above; it is a rebound if a close two volatilities above comes before one two below.
 * @returns NaN without a touch that was decided
 */
function reboundShare(
  closes: Float64Array,
  first: number,
  last: number,
  { price, volatility }: { readonly price: number; readonly volatility: number },
): number {
  const [near, high, low] = [1, 2, -2].map((times) => price * Math.exp(times * volatility)) as [
    number,
    number,
    number,
  ];
  let [touches, rebounds] = [0, 0];
  let isAway = closes[first]! > near;
  let isTouching = false;
  for (let i = first + 1; i <= last; i++) {
    const close = closes[i]!;
    if (isTouching && (close >= high || close <= low)) {
      touches++;
      if (close >= high) rebounds++;
      isTouching = false;
    }
    if (!isTouching && isAway && close <= near) {
      isTouching = close > low;
      if (!isTouching) touches++;
    }
    isAway = close > near;
  }
  return touches === 0 ? Number.NaN : rebounds / touches;
}

function lowest(closes: Float64Array, first: number, last: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = first; i <= last; i++) least = Math.min(least, closes[i]!);
  return least;
}

function shareAbove(closes: Float64Array, first: number, last: number, price: number): number {
  let above = 0;
  for (let i = first + 1; i <= last; i++) if (closes[i]! > price) above++;
  return above / (last - first);
}

/** Shortest horizon with 40 daily returns, of which two are expected beyond the 5 % quantile. */
export const FEWEST_DOWNSIDE_WEEKS = 9;
const DOWNSIDE_SHARE = 0.05;

/** 5 % quantile of daily log returns (Hyndman and Fan 1996, type 7). */
function downsideQuantile(closes: Float64Array, first: number, last: number): number {
  const returns = new Float64Array(last - first);
  for (let i = 0; i < returns.length; i++) returns[i] = Math.log(closes[first + i + 1]! / closes[first + i]!);
  returns.sort();
  const place = DOWNSIDE_SHARE * (returns.length - 1);
  const below = Math.floor(place);
  return returns[below]! + (returns[below + 1]! - returns[below]!) * (place - below);
}

type Reader = (week: number, first: number, last: number) => number;

function readEach(paths: WeekPaths, horizonWeeks: number, read: Reader): Float64Array {
  const exits = paths.exits(horizonWeeks);
  const values = new Float64Array(exits.length).fill(Number.NaN);
  for (let week = 0; week < values.length; week++) {
    const last = exits[week]!;
    if (last >= 0) values[week] = read(week, paths.entry[week]!, last);
  }
  return values;
}

/** What the prices did over a horizon after each week became known. */
export function priceOutcomes(sources: OutcomeSources, horizonWeeks: number): WeeklyOutcomes {
  const { paths, floor, benchmark } = sources;
  const { closes, days } = paths.daily;
  const each = (read: Reader) => readEach(paths, horizonWeeks, read);
  const returns = each((_, first, last) => closes[last]! / closes[first]! - 1);
  const drawdowns = each((_, first, last) => maximumDrawdown(closes, first, last));
  const beyond = (size: number) =>
    drawdowns.map((value) => (Number.isNaN(value) ? Number.NaN : value >= size ? 1 : 0));
  return {
    return: returns,
    'excess-return': each((week, first, last) => returns[week]! - benchmark(days[first]!, days[last]!)),
    'maximum-drawdown': drawdowns,
    'volatility-ratio': each(
      (week, first, last) => dailyVolatility(closes, first, last) / paths.trailingVolatility[week]!,
    ),
    ...(floor === null ? {} : floorOutcomes(floor, horizonWeeks)),
    ...(horizonWeeks < FEWEST_DOWNSIDE_WEEKS
      ? {}
      : { 'downside-quantile-5': each((_, first, last) => downsideQuantile(closes, first, last)) }),
    'drawdown-beyond-5': beyond(0.05),
    'drawdown-beyond-10': beyond(0.1),
    'time-in-range': each((week, first, last) => {
      const volatility = paths.trailingVolatility[week]!;
      return Number.isNaN(volatility) ? Number.NaN : timeInRange(closes, first, last, volatility);
    }),
  };
}

function floorOutcomes(
  { paths, anchors }: NonNullable<OutcomeSources['floor']>,
  horizonWeeks: number,
): WeeklyOutcomes {
  const { closes } = paths.daily;
  const each = (read: (price: number, week: number, first: number, last: number) => number) =>
    readEach(paths, horizonWeeks, (week, first, last) => {
      const price = anchors.prices[week]!;
      return Number.isNaN(price) ? Number.NaN : read(price, week, first, last);
    });
  return {
    'floor-days-above': each((price, _, first, last) => shareAbove(closes, first, last, price)),
    'floor-depth-below': each((price, _, first, last) =>
      Math.max(0, 1 - lowest(closes, first + 1, last) / price),
    ),
    'floor-rebounds': each((price, week, first, last) => {
      const volatility = paths.trailingVolatility[week]!;
      return Number.isNaN(volatility) ? Number.NaN : reboundShare(closes, first, last, { price, volatility });
    }),
  };
}

/** How long each week's closes were watched until they had fallen by `size` from their highest, in weeks. */
export interface DrawdownTimes {
  /** NaN = no entry, or no close after it. */
  readonly weeks: Float64Array;
  readonly happened: Uint8Array;
}

/** @param mostWeeks nothing after so many weeks is looked at */
export function drawdownTimes(paths: WeekPaths, size: number, mostWeeks: number): DrawdownTimes {
  const { closes, days } = paths.daily;
  const weeks = new Float64Array(paths.entry.length).fill(Number.NaN);
  const happened = new Uint8Array(paths.entry.length);
  paths.entry.forEach((first, week) => {
    if (first < 0 || first === days.length - 1) return;
    const last = lastAtOrBefore(days, days[first]! + 7 * mostWeeks);
    let peak = closes[first]!;
    let at = first;
    while (at < last && happened[week] === 0) {
      at++;
      peak = Math.max(peak, closes[at]!);
      if (1 - closes[at]! / peak >= size) happened[week] = 1;
    }
    weeks[week] = (days[at]! - days[first]!) / 7;
  });
  return { weeks, happened };
}

/** Return between two days of closes; NaN where either has none. */
export function returnBetween({ days, closes }: DailyCloses, fromDay: number, toDay: number): number {
  const [from, to] = [lastAtOrBefore(days, fromDay), lastAtOrBefore(days, toDay)];
  if (from < 0 || to < 0 || days[from] !== fromDay || days[to] !== toDay) return Number.NaN;
  return closes[to]! / closes[from]! - 1;
}
