import {
  INSTITUTIONS,
  type Instant,
  type IsoDate,
  isInstitution,
  type Measure,
  type SourceRef,
  weekNumber,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import type { Legs } from './cot-legs.js';
import { FILES_SQL, SET_ASIDE_SQL, SPAN_SQL, UNCOVERED_SALES_SQL, WEEKS_SQL } from './ledger-sql.js';
import { type MarketWeeks, weeksOver } from './market-weeks.js';

/** One class and sector in one week. Legs in whole cents. */
export interface LedgerCell {
  readonly legs: Legs;
  readonly names: number;
  readonly prints: number;
  readonly knownAt: Instant;
  readonly revised: number;
  /** Purchases of accounts that were short and short sales of accounts that were long, where positions are told. */
  readonly crossed: number;
  /** Names with net > 0. */
  readonly buyers: number;
  /** Of each measure the five largest names, largest first, in cents. */
  readonly largest: Readonly<Record<Measure, readonly number[]>>;
  readonly sources: SourceRef[];
}

/** The weeks of a ledger as far as a view knows them. */
export interface LedgerWeeks {
  readonly calendar: MarketWeeks;
  readonly first: IsoDate;
  readonly last: IsoDate;
  /** Cells by period of a class and a sector, null = all sectors; the first period of a class counts for its sectors. */
  readonly groups: readonly LedgerGroup[];
  /** Classes that the sum of institutions leaves out. */
  readonly notInstitutions: readonly string[];
  readonly setAside: ReadonlyMap<number, readonly string[]>;
  /** Of class and period: pairs of account and symbol so far, and those that sold more than they bought. */
  uncoveredSales(name: string, period: number): { readonly uncovered: number; readonly pairs: number };
}

export interface LedgerGroup {
  readonly class: string;
  readonly sector: string | null;
  readonly firstPeriod: number;
  readonly cells: ReadonlyMap<number, LedgerCell>;
}

type WeekRow = Readonly<
  Record<'week' | 'names' | 'buyers' | 'prints' | 'revised' | 'crossed' | 'knownAt' | keyof Legs, number>
> &
  Readonly<Record<'netLargest' | 'grossbuyLargest' | 'longbuyLargest', number[]>> & {
    readonly class: string;
    readonly sector: string | null;
  };

function cellOf(row: WeekRow): LedgerCell {
  const { longBuy, longSell, shortSell, shortCover, names, buyers, prints, revised, crossed } = row;
  return {
    legs: { longBuy, longSell, shortSell, shortCover },
    names,
    prints,
    knownAt: row.knownAt as Instant,
    revised,
    crossed,
    buyers,
    largest: { net: row.netLargest, grossBuy: row.grossbuyLargest, longBuy: row.longbuyLargest },
    sources: [],
  };
}

const groupKey = (name: string, sector: string | null): string => `${name}|${sector ?? ''}`;

interface FileRow extends SourceRef {
  readonly week: number;
  readonly class: string;
  readonly sector: string;
}

/** Adds to each cell the first row of every file behind it. */
function addSources(groups: ReadonlyMap<string, Map<number, LedgerCell>>, files: readonly FileRow[]): void {
  for (const { week, class: name, sector, source, fileName, fileSha256, rowNumber } of files) {
    const classes = isInstitution(name) ? [name, INSTITUTIONS] : [name];
    for (const key of classes.flatMap((one) => [groupKey(one, sector), groupKey(one, null)])) {
      const cell = groups.get(key)?.get(week);
      if (cell === undefined) continue;
      const held = cell.sources.findIndex(
        (ref) => ref.fileSha256 === fileSha256 && ref.fileName === fileName,
      );
      const ref = { source, fileName, fileSha256, rowNumber };
      if (held < 0) cell.sources.push(ref);
      else if (cell.sources[held]!.rowNumber > rowNumber) cell.sources[held] = ref;
    }
  }
}

/**
 * Sums the ledger that a view knows by market week, class and sector.
 * @returns null where the view holds no executions or no complete week of them
 */
export async function readLedgerWeeks(view: AsOfView): Promise<LedgerWeeks | null> {
  const [span] = await view.query<{ first: IsoDate | null; last: IsoDate | null }>(SPAN_SQL);
  if (span?.first == null || span.last == null) return null;
  const { first, last } = span as { first: IsoDate; last: IsoDate };
  const calendar = weeksOver(weekNumber(first), weekNumber(last), view.asOf);
  if (calendar === null) return null;
  const classes = await view.query<{ class: string }>('SELECT DISTINCT "class" FROM executions ORDER BY ALL');
  const notInstitutions = classes.map((row) => row.class).filter((name) => !isInstitution(name));
  const parameters = { not_institutions: notInstitutions };
  const rows = await view.query<WeekRow>(WEEKS_SQL, parameters);
  const cells = new Map<string, Map<number, LedgerCell>>();
  const firstWeekOf = new Map<string, number>();
  for (const row of rows) {
    const key = groupKey(row.class, row.sector);
    const held = cells.get(key) ?? new Map<number, LedgerCell>();
    cells.set(key, held.set(row.week, cellOf(row)));
    firstWeekOf.set(row.class, Math.min(row.week, firstWeekOf.get(row.class) ?? row.week));
  }
  addSources(cells, await view.query<FileRow>(FILES_SQL, parameters));
  const { firstWeek, periodEnds } = calendar;
  const inCalendar = (week: number): boolean => week < firstWeek + periodEnds.length;
  const groups = [...cells].map(([key, weeks]): LedgerGroup => {
    const [name, sector] = key.split(/\|(?=[^|]*$)/) as [string, string];
    const periods = [...weeks]
      .filter(([week]) => inCalendar(week))
      .map(([week, cell]) => [week - firstWeek, cell] as const);
    return {
      class: name,
      sector: sector === '' ? null : sector,
      firstPeriod: firstWeekOf.get(name)! - firstWeek,
      cells: new Map(periods),
    };
  });
  return {
    calendar,
    first,
    last,
    groups: groups.filter((group) => group.cells.size > 0),
    notInstitutions,
    setAside: await readSetAside(view, firstWeek),
    uncoveredSales: await readUncoveredSales(view, calendar),
  };
}

async function readSetAside(view: AsOfView, firstWeek: number): Promise<Map<number, string[]>> {
  const rows = await view.query<{ week: number; fileName: string; rowNumber: number; reason: string }>(
    SET_ASIDE_SQL,
  );
  const byPeriod = new Map<number, string[]>();
  for (const { week, fileName, rowNumber, reason } of rows) {
    const held = byPeriod.get(week - firstWeek) ?? [];
    byPeriod.set(week - firstWeek, [...held, `${fileName}, row ${rowNumber}: ${reason}`]);
  }
  return byPeriod;
}

async function readUncoveredSales(
  view: AsOfView,
  { firstWeek, periodEnds }: MarketWeeks,
): Promise<LedgerWeeks['uncoveredSales']> {
  const rows = await view.query<{ class: string; firstWeek: number; week: number | null; pairs: number }>(
    UNCOVERED_SALES_SQL,
  );
  const totals = new Map<string, { uncovered: Float64Array; pairs: Float64Array }>();
  const ofClass = (name: string) => {
    const held = totals.get(name) ?? {
      uncovered: new Float64Array(periodEnds.length),
      pairs: new Float64Array(periodEnds.length),
    };
    totals.set(name, held);
    return held;
  };
  for (const row of rows) {
    for (const name of isInstitution(row.class) ? [row.class, INSTITUTIONS] : [row.class]) {
      const total = ofClass(name);
      addFrom(total.pairs, row.firstWeek - firstWeek, row.pairs);
      if (row.week !== null) addFrom(total.uncovered, row.week - firstWeek, row.pairs);
    }
  }
  return (name, period) => {
    const total = totals.get(name);
    return { uncovered: total?.uncovered[period] ?? 0, pairs: total?.pairs[period] ?? 0 };
  };
}

function addFrom(sums: Float64Array, start: number, amount: number): void {
  for (let period = start; period < sums.length; period++) sums[period]! += amount;
}
