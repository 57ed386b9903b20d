import { dayNumber, groupBy, type IsoDate, splitFactor, type VendorSplit } from '../core/index.js';
import type { AsOfView } from '../store/index.js';

/** Shares outstanding as a company filed them. */
export interface ShareCount {
  readonly cik: string;
  /** Cover of the filing (dei:EntityCommonStockSharesOutstanding), or its balance sheet (us-gaap:CommonStockSharesOutstanding). */
  readonly place: 'cover' | 'balance sheet';
  /** The day on which they were counted. */
  readonly date: IsoDate;
  /** Known from the end of this day on; the count stands in the split basis of this day. */
  readonly filedDate: IsoDate;
  readonly shares: number;
}

/** Shares of all classes, in the split basis asked for. */
export type SharesOnDay =
  | { readonly shares: number; readonly countedOn: IsoDate; readonly reason: null }
  | { readonly shares: null; readonly reason: string };

/** A count is doubtful if it is so many times off the one before, splits apart: filers mistake thousands for units. */
const GREATEST_JUMP = 5;
/** Two doubtful counts in a row that agree are believed. */
const AGREEING = 2;
/** Cover and balance sheet of one company count the same shares within this; a cover that tells one class of several does not. */
const SAME_SHARES = 1.25;
const DAYS_BETWEEN_THE_TWO = 200;
/** Companies file a count at least once a year. */
const OLDEST_COUNT_DAYS = 400;

/**
 * Facts of whole companies alone: the interface leaves out those of single classes. Filers of other forms (20-F, 40-F) are
 * left out, since what trades of them is mostly not the share they count.
 */
const COUNTS_SQL = `
SELECT cik, CASE taxonomy WHEN 'dei' THEN 'cover' ELSE 'balance sheet' END AS place, end_date AS date, filed_date,
  max(value) AS shares
FROM company_facts
WHERE unit = 'shares' AND value > 0 AND filed_date IS NOT NULL AND regexp_matches(form, '^10-[KQ]') AND
  (taxonomy, concept) IN (('dei', 'EntityCommonStockSharesOutstanding'), ('us-gaap', 'CommonStockSharesOutstanding'))
GROUP BY ALL HAVING min(value) = max(value) ORDER BY cik, place, filed_date, date`;

/** Every count that a view knows, by company, in order of filing. */
export async function readShareCounts(view: AsOfView): Promise<Map<string, ShareCount[]>> {
  const rows = await view.query<ShareCount & Record<string, unknown>>(COUNTS_SQL);
  return groupBy(rows, ({ cik }) => cik);
}

/** The counts of one company that are believed, by place, each from its day of filing on. */
export interface CountHistory {
  /**
   * @param day counts filed before this day are known
   * @param basis the day in whose split basis the answer is
   */
  on(day: IsoDate, basis: IsoDate): SharesOnDay;
}

/**
 * Judges the counts of a company by what it filed before, never after.
 * @param counts in order of filing
 * @param symbol whose splits the counts have
 */
export function countHistory(
  counts: readonly ShareCount[],
  symbol: string,
  vendor: readonly VendorSplit[],
): CountHistory {
  const clear = counts.filter((count) => isBasisClear(count, symbol, vendor));
  const histories = (['cover', 'balance sheet'] as const).map((place) =>
    believed(
      clear.filter((count) => count.place === place),
      symbol,
      vendor,
    ),
  );
  return {
    on(day, basis) {
      const newest = histories.flatMap(
        (history) => history.findLast(({ filedDate }) => filedDate < day) ?? [],
      );
      const known = newest.toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
      return judged(known, { day, basis }, symbol, vendor);
    },
  };
}

/** A cover that counts before a split and is filed after it may tell either; a balance sheet is restated by rule. */
function isBasisClear(
  { place, date, filedDate }: ShareCount,
  symbol: string,
  vendor: readonly VendorSplit[],
) {
  const { factor } = splitFactor(symbol, date, filedDate, vendor);
  return factor !== null && (place === 'balance sheet' || factor === 1);
}

/** After each filing the newest count that is believed. */
function believed(
  counts: readonly ShareCount[],
  symbol: string,
  vendor: readonly VendorSplit[],
): ShareCount[] {
  const history: ShareCount[] = [];
  let doubted: ShareCount | null = null;
  const isNear = (a: ShareCount, b: ShareCount, times: number): boolean => {
    const factor = basisFactor(symbol, a.filedDate, b.filedDate, vendor);
    if (factor === null) return true;
    const ratio = b.shares / (a.shares * factor);
    return ratio <= times && ratio >= 1 / times;
  };
  for (const count of counts) {
    const last = history.at(-1);
    const isConfirmed = doubted !== null && isNear(doubted, count, AGREEING);
    if (last === undefined || isConfirmed || isNear(last, count, GREATEST_JUMP)) {
      const isOlder = last !== undefined && !isConfirmed && count.date < last.date;
      if (!isOlder) history.push(count);
      doubted = null;
    } else doubted = count;
  }
  return history;
}

/** The factor from the split basis of one day to that of another, before or after it; null where not known. */
function basisFactor(
  symbol: string,
  from: IsoDate,
  to: IsoDate,
  vendor: readonly VendorSplit[],
): number | null {
  if (from <= to) return splitFactor(symbol, from, to, vendor).factor;
  const back = splitFactor(symbol, to, from, vendor).factor;
  return back === null ? null : 1 / back;
}

function judged(
  known: readonly ShareCount[],
  { day, basis }: { readonly day: IsoDate; readonly basis: IsoDate },
  symbol: string,
  vendor: readonly VendorSplit[],
): SharesOnDay {
  const none = (reason: string): SharesOnDay => ({ shares: null, reason });
  const [newest, other] = known;
  if (newest === undefined) return none('no shares outstanding were filed by then');
  if (dayNumber(day) - dayNumber(newest.date) > OLDEST_COUNT_DAYS)
    return none(`the last shares outstanding filed by then are of ${newest.date}`);
  const factor = basisFactor(symbol, newest.filedDate, basis, vendor);
  if (factor === null)
    return none(
      `shares of ${newest.filedDate} and closes of ${basis} do not compare: what happened in between is on no checked list`,
    );
  if (other !== undefined && dayNumber(newest.date) - dayNumber(other.date) <= DAYS_BETWEEN_THE_TWO) {
    const between = basisFactor(symbol, other.filedDate, newest.filedDate, vendor) ?? 1;
    const ratio = newest.shares / (other.shares * between);
    if (ratio > SAME_SHARES || ratio < 1 / SAME_SHARES)
      return none(
        `filed were ${other.shares} shares on the ${other.place} of ${other.date} and ${newest.shares} on the ${newest.place} of ${newest.date}`,
      );
  }
  return { shares: newest.shares * factor, countedOn: newest.date, reason: null };
}
