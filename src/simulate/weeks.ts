import {
  addDays,
  type CalendarFlag,
  cotReleaseInstant,
  cotReportDates,
  endOfDayInNewYork,
  type IsoDate,
  weekFlags,
} from '../core/index.js';

/** One report of the simulated market. */
export interface ReportWeek {
  readonly periodStart: IsoDate;
  /** The report date, on which positions are counted. */
  readonly periodEnd: IsoDate;
  readonly flags: readonly CalendarFlag[];
}

/** Every report dated from one day to another that is public by the end of the second. */
export function reportWeeks(from: IsoDate, to: IsoDate): ReportWeek[] {
  const horizon = endOfDayInNewYork(to);
  const dates = cotReportDates(from, to).filter((date) => cotReleaseInstant(date) <= horizon);
  return dates.map((periodEnd, i) => {
    const previous = dates[i - 1] ?? addDays(periodEnd, -7);
    const periodStart = addDays(previous, 1);
    return { periodStart, periodEnd, flags: weekFlags(periodStart, periodEnd) };
  });
}

export function isExpiryWeek(week: ReportWeek): boolean {
  return week.flags.includes('quadruple-witching');
}

/** The report just before a quarterly expiry, when both contract months are held and open interest peaks. */
export function isRollPeak(week: ReportWeek): boolean {
  return week.flags.includes('futures-roll') && !isExpiryWeek(week);
}

/** The week of the June reconstitution of the Russell indexes. */
export function isJuneReconstitution(week: ReportWeek): boolean {
  return week.flags.includes('russell-rebalance') && week.periodStart.slice(5, 7) === '06';
}
