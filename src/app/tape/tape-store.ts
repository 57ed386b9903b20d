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
import { type SignedPart, STORED_LAGS_NANOS, signDay } from './tape-facts.js';

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

/** Signing has its own needs; the engine spills what it cannot hold. */
export const ENGINE_MEMORY = '96MB';

/** The way in which days are signed; a day is summed anew where it changes. */
const METHOD = `tape ${DEFAULT_SIGNING.rule}, lags ${STORED_LAGS_NANOS.join(' ')} ns, conditions ${CONDITION_TABLE_VERSION}`;

export async function sha256Of(path: string): Promise<string> {
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

const NEVER_EMPTY = new Set(['rule', 'quoteKind', 'tradeFormat', 'quoteFormat', 'conditionTable']);

/** A fact of nothing in the place of one that the store has and the tape no longer: a class whose prints were all taken back, say. */
function nothingOf(table: TapeTableName, held: Readonly<Record<string, unknown>>, date: IsoDate): Fact {
  const columns = TABLES[table].columns as Readonly<Record<string, string>>;
  const key = TABLES[table].key as readonly string[];
  const row = Object.fromEntries(
    Object.entries(columns).map(([name, type]) => [
      name,
      key.includes(name) || type !== 'integer' || NEVER_EMPTY.has(name) ? held[name] : 0,
    ]),
  );
  return {
    table,
    row: row as TableRow<TapeTableName>,
    periodStart: date,
    periodEnd: date,
    knownAt: KNOWN_AT_IMPORT,
    knownAtKind: 'import',
    rowNumber: 1,
  } as Fact;
}

const keyOf = (table: TapeTableName, row: object): string =>
  TABLES[table].key.map((name) => (row as Record<string, unknown>)[name]).join(' ');

const TAPE_TABLE_NAMES: readonly TapeTableName[] = ['tapeMinutes', 'tapeSums', 'tapeSigning'];

/** Facts of a day that the store has. @param which SQL that says of which symbols */
function heldSql(table: TapeTableName, which: string): string {
  const columns = Object.keys(TABLES[table].columns).map(storeName).join(', ');
  return `SELECT ${columns} FROM ${storeName(table)} WHERE date = CAST($date AS DATE) AND ${which}`;
}

/** The range lets the engine skip files and row groups of other symbols. */
const OF_SYMBOLS = 'symbol BETWEEN $first AND $last AND list_contains($symbols, symbol)';
const OF_OTHERS = 'NOT list_contains($symbols, symbol)';

/** What an earlier import stored of a day, compared with what this one tells, part by part. */
class HeldDay {
  /** Keys of the part under way. */
  readonly #told = new Set<string>();

  constructor(
    private readonly view: AsOfView,
    private readonly date: IsoDate,
  ) {}

  tell({ table, row }: Fact): void {
    this.#told.add(`${table} ${keyOf(table as TapeTableName, row)}`);
  }

  /** What is gone of the part's symbols, once all facts of it are told. */
  async *goneOf({ symbols }: SignedPart): AsyncGenerator<Fact> {
    const range = { first: symbols[0]!, last: symbols.at(-1)! };
    yield* this.#gone(OF_SYMBOLS, { ...range, symbols: [...symbols] });
    this.#told.clear();
  }

  /** What is gone besides, once all parts are told. @param symbols that the day has now */
  async *goneBeside(symbols: readonly string[]): AsyncGenerator<Fact> {
    yield* this.#gone(OF_OTHERS, { symbols: [...symbols] });
  }

  async *#gone(
    which: string,
    asked: Readonly<Record<string, string | readonly string[]>>,
  ): AsyncGenerator<Fact> {
    for (const table of TAPE_TABLE_NAMES) {
      const sql = heldSql(table, which);
      for (const held of await this.view.query<Record<string, unknown>>(sql, { date: this.date, ...asked }))
        if (!this.#told.has(`${table} ${keyOf(table, held)}`)) yield nothingOf(table, held, this.date);
    }
  }
}

/** The day as the store has it; null where it has none of it. */
async function heldDay(view: AsOfView, date: IsoDate): Promise<HeldDay | null> {
  const rows = await view.query('SELECT 1 FROM tape_sums WHERE date = CAST($date AS DATE) LIMIT 1', { date });
  return rows.length === 0 ? null : new HeldDay(view, date);
}

/** Facts of a day while it is signed, and of nothing for what the store has of it and the tape no longer. */
async function* factsOf(index: TapeDayIndex, held: HeldDay | null): AsyncGenerator<Fact> {
  for (const part of signDay(index)) {
    for (const fact of part.facts) {
      held?.tell(fact);
      yield fact;
    }
    if (held !== null) yield* held.goneOf(part);
  }
  if (held !== null) yield* held.goneBeside(index.trades!.note.symbols.map(([symbol]) => symbol));
}

const FACTS_AT_ONCE = 1024;

/** Facts in batches; rows are those of the day's file that the facts name. */
async function* batchesOf(facts: AsyncIterable<Fact>): AsyncGenerator<ReadBatch> {
  const rows = new Set<number>();
  let some: Fact[] = [];
  for await (const fact of facts) {
    some.push(fact);
    rows.add(fact.rowNumber);
    if (some.length < FACTS_AT_ONCE) continue;
    yield { facts: some, setAside: [], rowsRead: 0 };
    some = [];
  }
  yield { facts: some, setAside: [], rowsRead: rows.size };
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
  const session = await store.beginImport({ command: 'tape import', memoryLimit: ENGINE_MEMORY });
  const task = context.effects.progress.start('signing and summing days', dates.length);
  const rows: TapeStoredRow[] = [];
  try {
    for (const date of dates) {
      context.signal?.throwIfAborted();
      const index = indexTapeDay(directory, date);
      const files = await importFilesOf(index);
      if (index.trades !== null) rows.push(await storeDay(context, { store, session, index, files }));
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
    readonly index: TapeDayIndex;
    readonly files: readonly ImportFile[];
  },
): Promise<TapeStoredRow> {
  const { store, session, index, files } = work;
  const { date } = index;
  const symbols = index.trades!.note.symbols.length;
  if (isStored(session, files))
    return { kind: 'stored', date, status: 'unchanged', symbols, factsStored: 0, symbolsRestated: 0 };
  const { signal } = context;
  const view = await store.view(KNOWN_AT_IMPORT);
  const facts = factsOf(index, await heldDay(view, date));
  const [record] = await session
    .commitUnit([{ files, batches: batchesOf(facts) }], signal === undefined ? {} : { signal })
    .finally(() => view.close());
  return {
    kind: 'stored',
    date,
    status: 'stored',
    symbols,
    factsStored: record!.factsStored,
    symbolsRestated: record!.rowsRevised,
  };
}
