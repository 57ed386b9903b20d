import { addDays, dateOfDayNumber, weekday } from './dates.js';
import { isFederalHoliday } from './federal-holidays.js';
import type { Instant, IsoDate } from './units.js';

const SUNDAY = 0;
const SATURDAY = 6;

/** What is needed of a filing to know which of one manager's filings of one quarter stand. */
export interface FilingVersion {
  readonly accessionNumber: string;
  readonly amendmentType: string | null;
  readonly amendmentNumber: number | null;
  /** Rows of its table; null where no table is at hand, as for a notice or a cover page alone. */
  readonly entriesRead: number | null;
  readonly knownAt: Instant;
}

/**
 * The filings whose tables together are a manager's holdings of one quarter: the last holdings report or RESTATEMENT, and
 * every NEW HOLDINGS amendment accepted after it. Order is acceptance; at equal instants the amendment number, then the
 * accession number. An amendment of unknown type counts as a restatement, since a full table is the rule. A restatement
 * that was accepted before a late original is replaced by it: the later statement is the manager's latest word. A filing
 * without a table holds nothing and replaces nothing.
 *
 * @param filings all filings of ONE manager and ONE quarter that are known as of the question, in any order
 * @returns accession numbers in acceptance order; empty where only notices were filed
 */
export function standingFilings(filings: readonly FilingVersion[]): string[] {
  let standing: string[] = [];
  for (const filing of filings.toSorted(byAcceptance)) {
    if (filing.entriesRead === null) continue;
    if (filing.amendmentType !== 'NEW HOLDINGS') standing = [];
    standing.push(filing.accessionNumber);
  }
  return standing;
}

function byAcceptance(a: FilingVersion, b: FilingVersion): number {
  return (
    a.knownAt - b.knownAt ||
    (a.amendmentNumber ?? 0) - (b.amendmentNumber ?? 0) ||
    (a.accessionNumber < b.accessionNumber ? -1 : 1)
  );
}

/**
 * Last day on which Form 13F of a quarter is on time: 45 days after its end, moved to the next day on which the SEC is
 * open (Exchange Act rules 13f-1 and 0-3).
 */
export function thirteenFDeadline(quarterEnd: IsoDate): IsoDate {
  let day = addDays(quarterEnd, 45);
  while (weekday(day) === SUNDAY || weekday(day) === SATURDAY || isFederalHoliday(day)) day = addDays(day, 1);
  return day;
}

/** Last day of a calendar quarter. */
export function quarterEnd(year: number, quarter: 1 | 2 | 3 | 4): IsoDate {
  return dateOfDayNumber(Date.UTC(year, quarter * 3, 0) / 86_400_000);
}
