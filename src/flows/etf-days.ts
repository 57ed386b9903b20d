import {
  checkedActions,
  groupBy,
  type Instant,
  type IsoDate,
  isTradingDay,
  newYorkDate,
  previousTradingDay,
  type SourceRef,
  splitFactor,
  type VendorSplit,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';

/** What one fund's count of a day says of creations and redemptions. */
export interface FundDay {
  readonly date: IsoDate;
  readonly shares: number;
  readonly nav: number | null;
  readonly navKind: 'stated' | 'close' | null;
  /** Shares created (+) or redeemed (-) since the session before, in the day's split basis; null = `reason` says why. */
  readonly created: number | null;
  /** US dollars, to the cent. */
  readonly net: number | null;
  readonly reason: string | null;
  readonly flags: readonly string[];
  readonly knownAt: Instant;
  readonly sources: readonly SourceRef[];
}

export interface FundHistory {
  readonly symbol: string;
  /** Oldest first; one a day with a count. */
  readonly days: readonly FundDay[];
}

interface CountRow extends SourceRef {
  readonly symbol: string;
  readonly date: IsoDate;
  readonly shares: number;
  readonly price: number | null;
  readonly knownAt: Instant;
  readonly close: number | null;
  readonly closeKnownAt: Instant | null;
  readonly closeStoredAt: Instant | null;
  readonly closeSource: string | null;
  readonly closeFileName: string | null;
  readonly closeFileSha256: string | null;
  readonly closeRowNumber: number | null;
}

const COUNTS_SQL = `
SELECT s.symbol, s.date, s.shares, s.price, s.known_at, s.source, s.file_name, s.file_sha256, s.row_number, p.close,
  p.known_at AS close_known_at, p.stored_at AS close_stored_at, p.source AS close_source, p.file_name AS close_file_name,
  p.file_sha256 AS close_file_sha256, p.row_number AS close_row_number
FROM fund_shares s LEFT JOIN prices p
  ON p.symbol = s.symbol AND p.date = s.date AND p.frequency = 'daily' AND p.price_basis = 'split-adjusted' AND p.close > 0
ORDER BY s.symbol, s.date`;

/** Equal counts on so many published days in a row may be a list that was not kept up. */
const STALE_DAYS = 5;
/** A jump that large a share of the count ... */
const ROUND_TRIP_JUMP = 0.005;
/** ... that has gone back by as much the next day is a round trip; a smaller one if it has gone back to the share. */
const ROUND_TRIP_RETURN = 0.9;
/** A day's change of the count beyond this is taken for a split that is on no list. */
const LARGEST_CHANGE = 1.45;

/** Counts of all funds a view knows, with what they say of each day. */
export async function readFundHistories(view: AsOfView): Promise<FundHistory[]> {
  const rows = await view.query<CountRow>(COUNTS_SQL);
  const splits = groupBy(
    await view.query<VendorSplit>(
      `SELECT symbol, date, split FROM corporate_actions WHERE split > 0
       AND symbol IN (SELECT symbol FROM fund_shares) ORDER BY symbol, date`,
    ),
    ({ symbol }) => symbol,
  );
  return [...groupBy(rows, ({ symbol }) => symbol)].map(([symbol, own]) => ({
    symbol,
    days: daysOf(own, splits.get(symbol) ?? [], newYorkDate(view.asOf)),
  }));
}

function daysOf(rows: readonly CountRow[], splits: readonly VendorSplit[], asOfDay: IsoDate): FundDay[] {
  const stale = staleRuns(rows);
  const standing = sessionCounts(rows);
  const changes = rows.map((row, index) => changeOf(row, standing, splits, stale[index]!));
  const roundTrips = roundTripFlags(rows, changes);
  return rows.map((row, index) => {
    const { created, reason, before } = changes[index]!;
    const price = navOf(row, splits, asOfDay);
    const flags: string[] = [];
    if (!isTradingDay(row.date)) flags.push('no session on that day');
    if (stale[index]! >= STALE_DAYS) flags.push(`stale: the same count on ${stale[index]} days in a row`);
    const trip = roundTrips[index];
    if (trip !== undefined && trip !== null) flags.push(trip);
    if (before !== undefined && before.count.date !== before.session)
      flags.push(`the count of ${before.session} is that of ${before.count.date}`);
    const { nav, navKind, reason: noNav } = price;
    return {
      date: row.date,
      shares: row.shares,
      nav,
      navKind,
      created,
      net: created === null || nav === null ? null : cents(created * nav),
      reason: reason ?? noNav,
      flags,
      knownAt: Math.max(
        row.knownAt,
        before?.count.knownAt ?? row.knownAt,
        navKind === 'close' ? row.closeKnownAt! : row.knownAt,
      ) as Instant,
      sources: [
        refOf(row),
        ...(before ? [refOf(before.count)] : []),
        ...(navKind === 'close' ? [closeRef(row)] : []),
      ],
    };
  });
}

const cents = (amount: number): number => (Math.sign(amount) * Math.round(Math.abs(amount) * 100)) / 100 + 0;

const refOf = ({ source, fileName, fileSha256, rowNumber }: SourceRef): SourceRef => ({
  source,
  fileName,
  fileSha256,
  rowNumber,
});

const closeRef = (row: CountRow): SourceRef => ({
  source: row.closeSource!,
  fileName: row.closeFileName!,
  fileSha256: row.closeFileSha256!,
  rowNumber: row.closeRowNumber!,
});

/** Length of the run of equal counts that each row is in. */
function staleRuns(rows: readonly CountRow[]): number[] {
  const runs = new Array<number>(rows.length).fill(1);
  for (let start = 0; start < rows.length; ) {
    let end = start + 1;
    while (end < rows.length && rows[end]!.shares === rows[start]!.shares) end++;
    runs.fill(end - start, start, end);
    start = end;
  }
  return runs;
}

/** Counts by session; a weekend or holiday row stands for the session before it where that one has no row of its own. */
function sessionCounts(rows: readonly CountRow[]): Map<IsoDate, CountRow> {
  const counts = new Map<IsoDate, CountRow>();
  for (const row of rows) if (isTradingDay(row.date)) counts.set(row.date, row);
  for (const row of rows) {
    if (isTradingDay(row.date)) continue;
    const session = previousTradingDay(row.date);
    if (!counts.has(session)) counts.set(session, row);
  }
  return counts;
}

interface Change {
  readonly created: number | null;
  readonly reason: string | null;
  readonly before?: { readonly session: IsoDate; readonly count: CountRow };
}

function changeOf(
  row: CountRow,
  standing: ReadonlyMap<IsoDate, CountRow>,
  splits: readonly VendorSplit[],
  staleDays: number,
): Change {
  if (!isTradingDay(row.date)) return { created: null, reason: 'no session on that day' };
  const session = previousTradingDay(row.date);
  const count = standing.get(session);
  if (count === undefined) return { created: null, reason: `no count for the session before, ${session}` };
  const before = { session, count };
  if (staleDays >= STALE_DAYS)
    return {
      created: null,
      reason: `the count has not changed on ${staleDays} days in a row: no creations and a stale list look the same`,
      before,
    };
  const { factor, reason } = splitFactor(row.symbol, session, row.date, splits);
  if (factor === null) return { created: null, reason, before };
  const ratio = row.shares / (count.shares * factor);
  if (ratio > LARGEST_CHANGE || ratio < 1 / LARGEST_CHANGE)
    return {
      created: null,
      reason: `the count changed ${ratio.toFixed(2)}-fold in a day, as in a split that is on no checked list`,
      before,
    };
  return { created: row.shares - count.shares * factor, reason: null, before };
}

/** Both days of a jump that was gone the next session. */
function roundTripFlags(rows: readonly CountRow[], changes: readonly Change[]): (string | null)[] {
  const flags: (string | null)[] = rows.map(() => null);
  const sessions = rows.flatMap((row, index) => (isTradingDay(row.date) ? [index] : []));
  for (let i = 0; i + 1 < sessions.length; i++) {
    const [first, second] = [sessions[i]!, sessions[i + 1]!];
    const there = changes[first]!.created;
    const back = changes[second]!.created;
    if (there === null || back === null || there * back >= 0) continue;
    const isLarge = Math.abs(there) >= ROUND_TRIP_JUMP * rows[first]!.shares;
    if (Math.abs(there + back) > (isLarge ? (1 - ROUND_TRIP_RETURN) * Math.abs(there) : 0)) continue;
    flags[first] = `one-day round trip: gone again on ${rows[second]!.date}`;
    flags[second] ??= `one-day round trip: back from ${rows[first]!.date}`;
  }
  return flags;
}

interface Nav {
  readonly nav: number | null;
  readonly navKind: FundDay['navKind'];
  readonly reason: string | null;
}

/** The price stated with the count; else the close of the day, with the vendor's later splits undone. */
function navOf(row: CountRow, splits: readonly VendorSplit[], asOfDay: IsoDate): Nav {
  if (row.price !== null) return { nav: row.price, navKind: 'stated', reason: null };
  if (row.close === null)
    return {
      nav: null,
      navKind: null,
      reason: 'no price with the count, and no unadjusted close of the day in the store',
    };
  const stored = newYorkDate(row.closeStoredAt!);
  const pending = checkedActions(row.symbol, asOfDay, stored)[0];
  if (pending !== undefined)
    return {
      nav: null,
      navKind: null,
      reason: `the close was stored after ${pending.exDate} and may be adjusted for what nobody knew then`,
    };
  const later = splits.reduce((factor, { date, split }) => (date > row.date ? factor * split : factor), 1);
  return { nav: row.close * later, navKind: 'close', reason: null };
}
