import {
  addDays,
  type Instant,
  type IsoDate,
  newYorkDate,
  type SourceRef,
  tradingDays,
  weekNumber,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { DEFAULT_SIGNING } from '../tape/index.js';
import { dayComplete, type MarketWeeks, weeksOver } from './market-weeks.js';
import { TAPE_DAYS_SQL, TAPE_WEEKS_SQL } from './tape-sql.js';

/** The last day whose tape is whole by the view's moment: a running day is not summed. */
export function lastWholeDay({ asOf }: AsOfView): IsoDate {
  const today = newYorkDate(asOf);
  return dayComplete(today) <= asOf ? today : addDays(today, -1);
}

/** Dollars by side as the store has them: whole dollars, and the rest in 1e-12 dollars. */
export type ExactSides = Readonly<Record<`${'buy' | 'sell' | 'unsigned'}${'Usd' | 'Trillionths'}`, number>>;

const TRILLION = 1_000_000_000_000n;

/** Dollars by side in 1e-12 dollars, exactly. */
export function exactSides(row: ExactSides) {
  const exact = (usd: number, trillionths: number): bigint => BigInt(usd) * TRILLION + BigInt(trillionths);
  return {
    buy: exact(row.buyUsd, row.buyTrillionths),
    sell: exact(row.sellUsd, row.sellTrillionths),
    unsigned: exact(row.unsignedUsd, row.unsignedTrillionths),
  };
}

/** The number of dollars that is nearest to an exact amount of 1e-12 dollars. */
export function dollarsOfTrillionths(amount: bigint): number {
  const size = amount < 0n ? -amount : amount;
  const dollars = Number(`${size / TRILLION}.${String(size % TRILLION).padStart(12, '0')}`);
  return amount < 0n ? -dollars : dollars;
}

/** What the tape covers of a day. Counts are of prints that the signing rule was asked for. */
export interface TapeDayCover {
  readonly date: IsoDate;
  readonly names: number;
  readonly signable: number;
  readonly byNone: number;
  readonly metNoQuote: number;
  readonly metLocked: number;
  readonly metCrossed: number;
}

/** The days of the tape that a view knows, oldest first. */
export async function readTapeDays(view: AsOfView): Promise<TapeDayCover[]> {
  return view.query<TapeDayCover & Record<string, unknown>>(TAPE_DAYS_SQL, {
    last: lastWholeDay(view),
    lag: DEFAULT_SIGNING.lagNanos,
  });
}

/** One class of prints and sector in one week. */
export interface TapeCell {
  /** US dollars. */
  readonly buy: number;
  readonly net: number;
  readonly names: number;
  /** Names with a figure that restates an earlier one. */
  readonly restated: number;
  readonly knownAt: Instant;
  readonly sources: readonly SourceRef[];
  /** Names with net > 0. */
  readonly buyers: number;
  /** Of each measure the five largest names, largest first, in US dollars. */
  readonly largest: Readonly<Record<'net' | 'grossBuy', readonly number[]>>;
}

/** Cells by period of a class of prints and a sector, null = all sectors. */
export interface TapeGroup {
  readonly class: string;
  readonly sector: string | null;
  readonly cells: ReadonlyMap<number, TapeCell>;
}

/** The weeks of the tape, as far as a view knows them. */
export interface TapeWeeks {
  readonly calendar: MarketWeeks;
  readonly groups: readonly TapeGroup[];
  /** Trading days of the period without tape. */
  missing(period: number): readonly IsoDate[];
  days(period: number): readonly TapeDayCover[];
}

interface WeekRow extends ExactSides {
  readonly start: IsoDate;
  readonly class: string;
  readonly sector: string | null;
  readonly names: number;
  readonly restated: number;
  readonly knownAt: Instant;
  readonly buyers: number;
  readonly netLargest: number[];
  readonly boughtLargest: number[];
  readonly sources: SourceRef[];
}

function cellOf(row: WeekRow): TapeCell {
  const { names, restated, knownAt, sources, buyers } = row;
  const { buy, sell } = exactSides(row);
  return {
    buy: dollarsOfTrillionths(buy),
    net: dollarsOfTrillionths(buy - sell),
    names,
    restated,
    knownAt,
    sources,
    buyers,
    largest: { net: row.netLargest, grossBuy: row.boughtLargest },
  };
}

function groupsOf(rows: readonly WeekRow[], { firstWeek, periodEnds }: TapeWeeks['calendar']): TapeGroup[] {
  const groups = new Map<string, TapeGroup & { readonly cells: Map<number, TapeCell> }>();
  for (const row of rows) {
    const period = weekNumber(row.start) - firstWeek;
    if (period >= periodEnds.length) continue;
    const key = `${row.class}|${row.sector ?? ''}`;
    const group = groups.get(key) ?? { class: row.class, sector: row.sector, cells: new Map() };
    group.cells.set(period, cellOf(row));
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * Sums the tape that a view knows by market week, class of prints and sector.
 * @returns null where the view holds no tape or no week of it is over
 */
export async function readTapeWeeks(view: AsOfView): Promise<TapeWeeks | null> {
  const days = await readTapeDays(view);
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  if (first === undefined || last === undefined) return null;
  const calendar = weeksOver(weekNumber(first), weekNumber(last), view.asOf);
  if (calendar === null) return null;
  const rows = await view.query<WeekRow>(TAPE_WEEKS_SQL, { last: lastWholeDay(view) });
  const byDate = new Map(days.map((day) => [day.date, day]));
  const sessionsOf = (period: number): IsoDate[] =>
    tradingDays(calendar.periodStarts[period]!, calendar.periodEnds[period]!);
  return {
    calendar,
    groups: groupsOf(rows, calendar),
    missing: (period) => sessionsOf(period).filter((date) => !byDate.has(date)),
    days: (period) => sessionsOf(period).flatMap((date) => byDate.get(date) ?? []),
  };
}
