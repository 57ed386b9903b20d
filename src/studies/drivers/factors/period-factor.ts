import {
  addDays,
  type Driver,
  dayNumber,
  type IsoDate,
  isFederalHoliday,
  isTradingDay,
  previousTradingDay,
  type SourceRef,
  weekNumber,
} from '../../../core/index.js';
import { lastSessionOf, mondayOf, type PeriodCalendar } from '../../../flows/index.js';

/** Weeks or quarters; days as numbers since 1970-01-01, one a period: the sessions whose closes a period's return runs between. */
export interface FactorPeriods {
  /** What a period is called. */
  readonly word: 'week' | 'quarter';
  readonly count: number;
  /** First and last calendar day of each period. */
  readonly starts: readonly IsoDate[];
  readonly ends: readonly IsoDate[];
  /** First day whose news counts in the period: the day after the end of the one before. */
  readonly newsFrom: readonly IsoDate[];
  /** Last session of the exchange before the period, and the last in it. */
  readonly baseSession: Int32Array;
  readonly endSession: Int32Array;
  /** The same of days that have a Treasury yield: sessions that are no federal holiday. */
  readonly baseBondDay: Int32Array;
  readonly endBondDay: Int32Array;
}

/** What may explain a flow, over the periods of its calendar. NaN = not known, and `reasonAt` says why. */
export interface PeriodFactor {
  readonly driver: Driver | 'control';
  readonly factor: string;
  readonly definition: string;
  readonly unit: string;
  /** False for what is described and never a regressor. */
  readonly isRegressor: boolean;
  readonly values: Float64Array;
  reasonAt(period: number): string | null;
  /** The rows behind one period's value. */
  sources(period: number): Promise<readonly SourceRef[]>;
}

const lastSession = (date: IsoDate): IsoDate => (isTradingDay(date) ? date : previousTradingDay(date));

function lastBondDay(date: IsoDate): IsoDate {
  let day = lastSession(date);
  while (isFederalHoliday(day)) day = previousTradingDay(day);
  return day;
}

/** The periods of a calendar up to and with `last`: what comes after the one asked about is never looked at. */
export function factorPeriods(
  { name, periodStarts, periodEnds }: Pick<PeriodCalendar, 'name' | 'periodStarts' | 'periodEnds'>,
  last: number,
): FactorPeriods {
  const starts = periodStarts.slice(0, last + 1);
  const ends = periodEnds.slice(0, last + 1);
  const days = (dates: readonly IsoDate[], rule: (date: IsoDate) => IsoDate) =>
    Int32Array.from(dates, (date) => dayNumber(rule(date)));
  const before = starts.map((date) => addDays(date, -1));
  return {
    word: name === 'quarter' ? 'quarter' : 'week',
    count: ends.length,
    starts,
    ends,
    newsFrom: starts.map((start, i) => (i === 0 ? start : addDays(ends[i - 1]!, 1))),
    baseSession: days(before, lastSession),
    endSession: days(ends, lastSession),
    baseBondDay: days(before, lastBondDay),
    endBondDay: days(ends, lastBondDay),
  };
}

/** The last market weeks that are over on a day: Monday to the last session. */
export function marketWeeks(day: IsoDate, count: number): FactorPeriods {
  const running = weekNumber(day);
  const last = lastSessionOf(running) <= day ? running : running - 1;
  const weeks = Array.from({ length: count }, (_, i) => last - count + 1 + i);
  const calendar = {
    name: 'market-week',
    periodStarts: weeks.map(mondayOf),
    periodEnds: weeks.map(lastSessionOf),
  } as const;
  return factorPeriods(calendar, count - 1);
}

/** Place of the first period that ends on a day or after it. */
function placeEnding(lasts: readonly number[], day: number): number {
  let [low, high] = [0, lasts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (lasts[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The period that a day lies in, -1 for days outside all. */
export function periodOfDay({
  starts,
  ends,
}: Pick<FactorPeriods, 'starts' | 'ends'>): (day: number) => number {
  const lasts = ends.map(dayNumber);
  const firsts = starts.map(dayNumber);
  return (day) => {
    const place = placeEnding(lasts, day);
    return place < lasts.length && firsts[place]! <= day ? place : -1;
  };
}

/** The period in which news of a day counts: after the last session of a week it is the next, whose flow it can meet. */
export function periodOfNews({ newsFrom, ends }: FactorPeriods): (day: number) => number {
  return periodOfDay({ starts: newsFrom, ends });
}
