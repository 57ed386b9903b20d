import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addDays,
  type Clock,
  cotReleaseInstant,
  type Fact,
  type Instant,
  type IsoDate,
  newYorkInstant,
  TABLES,
} from '../../src/core/index.js';
import { openStore, type Store } from '../../src/store/index.js';

export const CLASSES = [
  'dealer',
  'assetManager',
  'leveragedFund',
  'otherReportable',
  'nonReportable',
] as const;

/** Longs and shorts of the five classes, in the order of CLASSES. */
export interface Book {
  readonly long: readonly number[];
  readonly short: readonly number[];
}

export interface PositionSpec extends Book {
  readonly code?: string;
  readonly reportDate: IsoDate;
  readonly multiplier?: number | null;
  readonly units?: string | null;
  readonly report?: 'futures-only' | 'combined';
  readonly grade?: 'published' | 'brought';
  /** The week before, for the publisher's change columns; left out = none reported. */
  readonly before?: Book;
  readonly knownAt?: Instant;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function emptyRow(table: keyof typeof TABLES): Record<string, unknown> {
  return Object.fromEntries(Object.keys(TABLES[table].columns).map((column) => [column, null]));
}

const capital = (name: string): string => name[0]!.toUpperCase() + name.slice(1);

/** A position row of the store. Spreads are zero, open interest is the sum of longs. */
export function positionFact(spec: PositionSpec, rowNumber: number): Fact<'positions'> {
  const { reportDate, long, short, before } = spec;
  const row = emptyRow('positions');
  CLASSES.forEach((name, i) => {
    row[`${name}Long`] = long[i];
    row[`${name}Short`] = short[i];
    if (name !== 'nonReportable') row[`${name}Spread`] = 0;
    if (before === undefined) return;
    row[`change${capital(name)}Long`] = long[i]! - before.long[i]!;
    row[`change${capital(name)}Short`] = short[i]! - before.short[i]!;
  });
  const multiplier = spec.multiplier === undefined ? 20 : spec.multiplier;
  Object.assign(row, {
    reportDate,
    contractCode: spec.code ?? '20974+',
    report: spec.report ?? 'futures-only',
    grade: spec.grade ?? 'published',
    contractName: 'TEST CONTRACT',
    contractUnits: spec.units === undefined ? `(NASDAQ 100 INDEX X $${multiplier})` : spec.units,
    multiplier,
    openInterest: total(long),
    changeOpenInterest: before === undefined ? null : total(long) - total(before.long),
  });
  return {
    table: 'positions',
    row: row as Fact<'positions'>['row'],
    periodStart: addDays(reportDate, -6),
    periodEnd: reportDate,
    knownAt: spec.knownAt ?? cotReleaseInstant(reportDate),
    knownAtKind: 'calendar',
    rowNumber,
  };
}

export function levelFact(symbol: string, date: IsoDate, close: number, rowNumber: number): Fact<'levels'> {
  return {
    table: 'levels',
    row: { symbol, date, close },
    periodStart: date,
    periodEnd: date,
    knownAt: newYorkInstant(date, 16, 15),
    knownAtKind: 'rule',
    rowNumber,
  };
}

export function macroFact(
  seriesId: string,
  date: IsoDate,
  value: number,
  knownAt: Instant,
  rowNumber: number,
): Fact<'macro'> {
  return {
    table: 'macro',
    row: { seriesId, date, vintageDate: null, value },
    periodStart: date,
    periodEnd: date,
    knownAt,
    knownAtKind: 'rule',
    rowNumber,
  };
}

export const FIXED_CLOCK: Clock = { now: () => newYorkInstant('2026-11-01' as IsoDate, 12) };

/** A store in a temporary folder. */
export interface TemporaryStore {
  readonly store: Store;
  readonly directory: string;
  add(facts: readonly Fact[], source?: string): Promise<void>;
  remove(): void;
}

let files = 0;

/** Opens an empty store in a folder of its own; `add` commits facts as one more file. */
export async function temporaryStore(clock: Clock = FIXED_CLOCK): Promise<TemporaryStore> {
  const directory = mkdtempSync(join(tmpdir(), 'tidemark-test-'));
  const store = await openStore(directory, { clock, create: true });
  return {
    store,
    directory,
    async add(facts, source = 'test') {
      const session = await store.beginImport({ command: 'test' });
      const fileSha256 = (++files).toString(16).padStart(64, '0');
      const file = { fileName: `file-${files}.txt`, fileSha256, source, kind: 'test', bytes: 1 };
      await session.commitFile(file, [{ facts, setAside: [], rowsRead: facts.length }]);
      await session.close();
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
