import {
  dateOfDayNumber,
  dayNumber,
  type Instant,
  isTradingDay,
  newYorkDate,
  nextTradingDay,
  sessionClose,
} from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import { type DailyCloses, lastAtOrBefore, lastSessionDay } from './price-series.js';

/** Closes of 13 weeks. */
const TRAILING_CLOSES = 65;
/** Two closes further apart than this have days missing between them: the longest exchange closure since 1990 is 7. */
const LONGEST_GAP_DAYS = 7;
const DAYS_A_WEEK = 7;

/** The session whose close is the first after an instant. */
function firstSessionAfter(instant: Instant): number {
  const day = newYorkDate(instant);
  const session = isTradingDay(day) && sessionClose(day) > instant ? day : nextTradingDay(day);
  return dayNumber(session);
}

/** What the closes did before and after each week of a flow became known. */
export interface WeekPaths {
  readonly daily: DailyCloses;
  /** Place of each week's first close after it was known; -1 = none. */
  readonly entry: Int32Array;
  /** Return of the 13 weeks up to the entry, and root mean square of its daily log returns; NaN = not known. */
  readonly trailingReturn: Float64Array;
  readonly trailingVolatility: Float64Array;
  /** Day numbers of the entries' sessions, whether the close is known or not; -1 = the week itself is not known. */
  readonly entryDay: Int32Array;
  /** Place of the last close of each week's horizon; -1 where it is not over, or closes are missing. */
  exits(horizonWeeks: number): Int32Array;
}

/** Root mean square of daily log returns of closes[first .. last]. */
export function dailyVolatility(closes: Float64Array, first: number, last: number): number {
  let sum = 0;
  for (let i = first + 1; i <= last; i++) sum += Math.log(closes[i]! / closes[i - 1]!) ** 2;
  return Math.sqrt(sum / (last - first));
}

/** Aligns closes with the weeks of a flow up to `last`, each from the first close after the week was known. */
export function weekPaths(flow: FlowSeries, daily: DailyCloses, last: number): WeekPaths {
  const { days, closes } = daily;
  const weeks = last + 1;
  const gapsUpTo = new Int32Array(days.length);
  for (let i = 1; i < days.length; i++)
    gapsUpTo[i] = gapsUpTo[i - 1]! + (days[i]! - days[i - 1]! > LONGEST_GAP_DAYS ? 1 : 0);
  const entry = new Int32Array(weeks).fill(-1);
  const entryDay = new Int32Array(weeks).fill(-1);
  const trailingReturn = new Float64Array(weeks).fill(Number.NaN);
  const trailingVolatility = new Float64Array(weeks).fill(Number.NaN);
  for (let week = 0; week < weeks; week++) {
    if (!flow.has(week)) continue;
    const session = firstSessionAfter(flow.knownAt(week));
    entryDay[week] = session;
    const at = lastAtOrBefore(days, session);
    if (at < 0 || days[at] !== session) continue;
    entry[week] = at;
    const before = at - TRAILING_CLOSES;
    if (before < 0 || gapsUpTo[before] !== gapsUpTo[at]) continue;
    trailingReturn[week] = closes[at]! / closes[before]! - 1;
    trailingVolatility[week] = dailyVolatility(closes, before, at);
  }
  const lastDay = days.at(-1) ?? -1;
  const held = new Map<number, Int32Array>();
  const exitOf = (start: number, horizonWeeks: number): number => {
    if (start < 0) return -1;
    const target = days[start]! + DAYS_A_WEEK * horizonWeeks;
    if (target > lastDay && lastSessionDay(dateOfDayNumber(target)) > lastDay) return -1;
    const end = lastAtOrBefore(days, target);
    const isWhole = target - days[end]! <= LONGEST_GAP_DAYS && gapsUpTo[start] === gapsUpTo[end];
    return end > start && isWhole ? end : -1;
  };
  return {
    daily,
    entry,
    entryDay,
    trailingReturn,
    trailingVolatility,
    exits(horizonWeeks) {
      const exits = held.get(horizonWeeks) ?? entry.map((start) => exitOf(start, horizonWeeks));
      held.set(horizonWeeks, exits);
      return exits;
    },
  };
}
