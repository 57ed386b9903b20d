import { groupBy, type IsoDate, isTradingDay, tradingDays, weekNumber } from '../core/index.js';
import type { FundDay } from './etf-days.js';
import { lastSessionOf, mondayOf } from './market-weeks.js';

/** A market week of one fund: Monday to Friday. */
export interface FundWeek {
  readonly week: number;
  readonly periodStart: IsoDate;
  /** The last trading day of the week. */
  readonly periodEnd: IsoDate;
  /** Days with a session and a count, oldest first. */
  readonly sessions: readonly FundDay[];
  readonly last: FundDay;
  /** The first trading day of the week without a count; null where all have one. */
  readonly missing: IsoDate | null;
}

/** Weeks that have a count on their last trading day: others are not over, or cannot be told. */
export function fundWeeks(days: readonly FundDay[]): FundWeek[] {
  const weeks = groupBy(
    days.filter(({ date }) => isTradingDay(date)),
    ({ date }) => weekNumber(date),
  );
  return [...weeks].flatMap(([week, sessions]) => {
    const [periodStart, periodEnd] = [mondayOf(week), lastSessionOf(week)];
    const last = sessions.at(-1)!;
    if (last.date !== periodEnd) return [];
    const counted = new Set(sessions.map(({ date }) => date));
    const missing = tradingDays(periodStart, periodEnd).find((day) => !counted.has(day)) ?? null;
    return [{ week, periodStart, periodEnd, sessions, last, missing }];
  });
}
