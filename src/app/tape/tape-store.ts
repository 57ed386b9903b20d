import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import {
  type Fact,
  type IsoDate,
  KNOWN_AT_IMPORT,
  type ReadBatch,
  storeName,
  TABLES,
  type TableRow,
  type TapeTableName,
} from '../../core/index.js';
import { type AsOfView, type ImportFile, type ImportSession, openStore } from '../../store/index.js';
import {
  CONDITION_TABLE_VERSION,
  DEFAULT_SIGNING,
  indexTapeDay,
  type TapeDayIndex,
  type TapeFileIndex,
  tapePath,
} from '../../tape/index.js';
import type { AppContext } from '../context.js';
import { STORED_LAGS_NANOS, signDay, type TapeDayFacts } from './tape-facts.js';

/** Source of the facts of signed tapes. */
export const TAPE_SOURCE = 'tape';

/** What was made of a day of the tape in the store. */
export interface TapeStoredRow {
  readonly kind: 'stored';
  readonly date: IsoDate;
  /** `unchanged`: these very files were summed in the same way before. */
  readonly status: 'stored' | 'unchanged';
  readonly symbols: number;
  /** Rows by minute, day and lag that the store had not, restated ones among them. */
  readonly factsStored: number;
  /** Symbols with a figure that restates an earlier one. */
  readonly symbolsRestated: number;
}

/** The way in which days are signed; a day is summed anew where it changes. */
const METHOD = `tape ${DEFAULT_SIGNING.rule}, lags ${STORED_LAGS_NANOS.join(' ')} ns, conditions ${CONDITION_TABLE_VERSION}`;

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function importFilesOf({ date, trades, quotes }: TapeDayIndex): Promise<ImportFile[]> {
  const files: ImportFile[] = [];
  for (const index of [trades, quotes].filter((one): one is TapeFileIndex => one !== null))
    files.push({
      fileName: tapePath('tape', date, index.note.kind),
      fileSha256: await sha256Of(index.path),
      source: TAPE_SOURCE,
      kind: METHOD,
      bytes: index.bytes,
    });
  return files;
}

/** True where one import had exactly these files. */
function isStored(session: ImportSession, files: readonly ImportFile[]): boolean {
  const times = files.map(({ fileSha256, kind }) =>
    session
      .findImports(fileSha256)
      .filter((record) => record.kind === kind)
      .map((record) => record.storedAt),
  );
  return (times[0] ?? []).some((time) => times.every((others) => others.includes(time)));
}

const TAPE_TABLE_NAMES: readonly TapeTableName[] = ['tapeSums', 'tapeMinutes', 'tapeSigning'];
const NEVER_EMPTY = new Set(['rule', 'quoteKind', 'tradeFormat', 'quoteFormat', 'conditionTable']);

/**
 * Facts of nothing for what the store has of a day and the tape no longer: a class whose prints were all taken back, say. They
 * restate the earlier ones.
 */
async function withdrawn(view: AsOfView, date: IsoDate, day: TapeDayFacts): Promise<Fact[]> {
  const keyOf = (table: TapeTableName, row: object): string =>
    `${table} ${TABLES[table].key.map((name) => (row as Record<string, unknown>)[name]).join(' ')}`;
  const isHeld = await view.query('SELECT 1 FROM tape_sums WHERE date = CAST($date AS DATE) LIMIT 1', {
    date,
  });
  if (isHeld.length === 0) return [];
  const told = new Set<string>();
  for (const { table, row } of day.facts()) told.add(keyOf(table, row));
  const gone: Fact[] = [];
  for (const table of TAPE_TABLE_NAMES) {
    const columns = TABLES[table].columns as Readonly<Record<string, string>>;
    const rows = await view.query<Record<string, unknown>>(
      `SELECT ${Object.keys(columns).map(storeName).join(', ')} FROM ${storeName(table)} WHERE date = CAST($date AS DATE)`,
      { date },
    );
    for (const held of rows) {
      if (told.has(keyOf(table, held))) continue;
      const key = TABLES[table].key as readonly string[];
      const row = Object.fromEntries(
        Object.entries(columns).map(([name, type]) => [
          name,
          key.includes(name) || type !== 'integer' || NEVER_EMPTY.has(name) ? held[name] : 0,
        ]),
      );
      gone.push({
        table,
        row: row as TableRow<TapeTableName>,
        periodStart: date,
        periodEnd: date,
        knownAt: KNOWN_AT_IMPORT,
        knownAtKind: 'import',
        rowNumber: 1,
      } as Fact);
    }
  }
  return gone;
}

const FACTS_AT_ONCE = 8192;

function* batchesOf(facts: Iterable<Fact>, rowsRead: number): Generator<ReadBatch> {
  let some: Fact[] = [];
  for (const fact of facts) {
    some.push(fact);
    if (some.length < FACTS_AT_ONCE) continue;
    yield { facts: some, setAside: [], rowsRead: 0 };
    some = [];
  }
  yield { facts: some, setAside: [], rowsRead };
}

function* chain(facts: Iterable<Fact>, more: Iterable<Fact>): Generator<Fact> {
  yield* facts;
  yield* more;
}

/**
 * Signs and sums days of a folder of the layout and stores what comes out, a day a snapshot. A day whose files were summed
 * before is left alone; a day that has changed restates its figures.
 */
export async function storeTapeDays(
  context: AppContext,
  directory: string,
  dates: readonly IsoDate[],
): Promise<TapeStoredRow[]> {
  const store = await openStore(context.storeDirectory, { clock: context.effects.clock, create: true });
  const session = await store.beginImport({ command: 'tape import' });
  const task = context.effects.progress.start('signing and summing days', dates.length);
  const rows: TapeStoredRow[] = [];
  try {
    for (const date of dates) {
      context.signal?.throwIfAborted();
      const index = indexTapeDay(directory, date);
      const files = await importFilesOf(index);
      if (index.trades !== null)
        rows.push(await storeDay(context, { store, session, directory, index, files }));
      task.advance(rows.length, date);
    }
    return rows;
  } finally {
    task.finish();
    await session.close();
  }
}

async function storeDay(
  context: AppContext,
  work: {
    readonly store: Awaited<ReturnType<typeof openStore>>;
    readonly session: ImportSession;
    readonly directory: string;
    readonly index: TapeDayIndex;
    readonly files: readonly ImportFile[];
  },
): Promise<TapeStoredRow> {
  const { store, session, directory, index, files } = work;
  const { date } = index;
  const symbols = index.trades!.note.symbols.length;
  if (isStored(session, files))
    return { kind: 'stored', date, status: 'unchanged', symbols, factsStored: 0, symbolsRestated: 0 };
  const { signal } = context;
  const day = await signDay(index, { directory, onStep: () => signal?.throwIfAborted() });
  const view = await store.view(KNOWN_AT_IMPORT);
  const gone = await withdrawn(view, date, day).finally(() => view.close());
  const [record] = await session.commitUnit(
    [{ files, batches: batchesOf(chain(day.facts(), gone), day.rowsOf(gone)) }],
    signal === undefined ? {} : { signal },
  );
  return {
    kind: 'stored',
    date,
    status: 'stored',
    symbols,
    factsStored: record!.factsStored,
    symbolsRestated: record!.rowsRevised,
  };
}
