import type {
  DuckDBDataChunk as Chunk,
  DuckDBAppender,
  DuckDBConnection,
  DuckDBType,
  DuckDBValue,
  DuckDBVector,
} from '@duckdb/node-api';
import {
  type ColumnType,
  dayNumber,
  type Fact,
  type Instant,
  type IsoDate,
  KNOWN_AT_IMPORT,
  type SetAsideRow,
  type TableName,
} from '../core/index.js';
import { BOOLEAN, DOUBLE, DuckDBDataChunk, INTEGER, VARCHAR } from './engine.js';
import type { StagedFile } from './parquet-writer.js';
import { keyColumns, ownColumns, sqlType } from './schema.js';

const CHUNK_ROWS = 2048;

/** Days and counts travel as plain numbers, which fill DuckDB's vectors without an object each; SQL casts them. */
const STAGED_TYPES: Readonly<Record<ColumnType, DuckDBType>> = {
  date: INTEGER,
  instant: DOUBLE,
  text: VARCHAR,
  integer: DOUBLE,
  double: DOUBLE,
  boolean: BOOLEAN,
};

interface StagedColumn {
  readonly name: string;
  readonly sql: string;
  readonly type: ColumnType;
}

const STAGED_STAMPS: readonly StagedColumn[] = [
  { name: 'seq', sql: '"seq"', type: 'integer' },
  { name: 'member', sql: '"member"', type: 'integer' },
  { name: 'rowNumber', sql: '"row_number"', type: 'integer' },
  { name: 'periodStart', sql: '"period_start"', type: 'date' },
  { name: 'periodEnd', sql: '"period_end"', type: 'date' },
  { name: 'knownAt', sql: '"known_at"', type: 'instant' },
  { name: 'knownAtKind', sql: '"known_at_kind"', type: 'text' },
];

export const stagedName = (table: TableName): string => `"staged_${table}"`;
/** Where rows that came one by one go beside rows of queries. */
const oneByOneName = (table: TableName): string => `"one_by_one_${table}"`;

/** Columns of a staged table: the stamps, then the table's own where they are not stamps already. */
export function stagedColumns(table: TableName): StagedColumn[] {
  const stamps = new Set(STAGED_STAMPS.map((column) => column.sql));
  return [...STAGED_STAMPS, ...ownColumns(table).filter((column) => !stamps.has(column.sql))];
}

/** SQL type of a staged column. */
export function stagedType(type: ColumnType): string {
  const staged = STAGED_TYPES[type];
  return staged === DOUBLE ? 'DOUBLE' : staged === INTEGER ? 'INTEGER' : sqlType(type);
}

/** SQL expression that gives a staged column its type in the store. */
export function stagedValueSql({ sql, type }: StagedColumn): string {
  if (type === 'date') return `(DATE '1970-01-01' + ${sql})`;
  if (type === 'instant') return `make_timestamp((${sql} * 1000)::BIGINT)`;
  return type === 'integer' ? `${sql}::BIGINT` : sql;
}

/** The reverse of `stagedValueSql`. @param value SQL of the column as it is stored */
export function stagedFromStoredSql({ type }: StagedColumn, value: string): string {
  if (type === 'date') return `(${value} - DATE '1970-01-01')::INTEGER`;
  if (type === 'instant') return `epoch_ms(${value})::DOUBLE`;
  return type === 'integer' ? `${value}::DOUBLE` : value;
}

/** Rows that a query gives. */
export interface StagedQuery {
  readonly sql: string;
}

/** Rows that a query gives of files that hold them as they would be stored. */
export interface WrittenRows extends StagedQuery {
  readonly member: number;
  readonly files: readonly StagedFile[];
}

class DayNumbers {
  readonly #known = new Map<string, number>();

  of(date: string): number {
    let day = this.#known.get(date);
    if (day === undefined) {
      day = dayNumber(date as IsoDate);
      this.#known.set(date, day);
    }
    return day;
  }
}

/** One table's rows under way to DuckDB, a data chunk at a time. */
class TableStaging {
  readonly #columns: readonly StagedColumn[];
  /** One for all rows: a chunk's memory is the engine's, and is given back only when the collector happens upon it. */
  readonly #chunk: Chunk;
  /** The chunk's columns, which hold rows until they are flushed. */
  readonly #vectors: readonly DuckDBVector[];
  #pending = 0;
  /** Places of the columns of the key, in its order, and what they held in the last row. */
  readonly #key: readonly number[];
  readonly #lastKey: DuckDBValue[] = [];
  readonly #row: DuckDBValue[] = [];
  #isInOrder = true;
  readonly #days: DayNumbers;
  #appender: DuckDBAppender | null = null;
  rows = 0;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly table: TableName,
    days: DayNumbers,
  ) {
    this.#columns = stagedColumns(table);
    const types = this.#columns.map(({ type }) => STAGED_TYPES[type]);
    this.#chunk = DuckDBDataChunk.create(types, CHUNK_ROWS);
    this.#vectors = types.map((_, column) => this.#chunk.getColumnVector(column));
    this.#key = keyColumns(table)
      .map((key) => this.#columns.findIndex(({ sql }) => sql === key))
      .filter((place) => place >= 0);
    this.#days = days;
  }

  /** True where each row so far stands at or after the one before it, by key. */
  get isInOrder(): boolean {
    return this.#isInOrder;
  }

  async open(): Promise<void> {
    const columns = this.#columns.map(({ sql, type }) => `${sql} ${stagedType(type)}`);
    await this.connection.run(`CREATE OR REPLACE TABLE ${stagedName(this.table)} (${columns.join(', ')})`);
    this.#appender = await this.connection.createAppender(`staged_${this.table}`);
  }

  add(stamps: Readonly<Record<string, unknown>>, row: Readonly<Record<string, unknown>>): void {
    for (const [index, column] of this.#columns.entries()) {
      const value = column.name in stamps ? stamps[column.name] : row[column.name];
      this.#row[index] = this.#staged(value, column);
      this.#vectors[index]!.setItem(this.#pending, this.#row[index]);
    }
    if (this.#isInOrder) this.#isInOrder = this.rows === 0 || this.#isAfterLast();
    for (const [rank, place] of this.#key.entries()) this.#lastKey[rank] = this.#row[place]!;
    this.rows += 1;
    this.#pending += 1;
    if (this.#pending === CHUNK_ROWS) this.#flushChunk();
  }

  #isAfterLast(): boolean {
    for (const [rank, place] of this.#key.entries()) {
      const now = this.#row[place]!;
      const before = this.#lastKey[rank]!;
      if (now !== before) return now !== null && before !== null && now > before;
    }
    return true;
  }

  #staged(value: unknown, { name, type }: StagedColumn): DuckDBValue {
    if (value === null || value === undefined) return null;
    if (type === 'date') return this.#days.of(value as string);
    if (type === 'text' || type === 'boolean') return value as DuckDBValue;
    if (type === 'double' ? Number.isFinite(value) : Number.isSafeInteger(value)) return value as number;
    throw new Error(
      `${this.table}.${name} is '${value}', which is no ${type}; the reader must set such a row aside`,
    );
  }

  #flushChunk(): void {
    if (this.#pending === 0) return;
    for (const vector of this.#vectors) vector.flush();
    this.#chunk.rowCount = this.#pending;
    this.#appender!.appendDataChunk(this.#chunk);
    this.#chunk.reset();
    this.#pending = 0;
  }

  close(): void {
    this.#flushChunk();
    this.#appender?.closeSync();
    this.#appender = null;
  }
}

/** Gathers the facts of one unit (a file, or all members of an archive) in DuckDB, ready to be judged. */
export class Staging {
  readonly #tables = new Map<TableName, TableStaging>();
  readonly #days = new DayNumbers();
  readonly #queries = new Map<TableName, (StagedQuery | WrittenRows)[]>();
  #sequence = 0;

  constructor(private readonly connection: DuckDBConnection) {}

  /** Tables with staged rows, in the order of their first. */
  get tables(): TableName[] {
    return [...new Set([...this.#tables.keys(), ...this.#queries.keys()])];
  }

  /** Sets numbers aside for rows that the caller counts by itself. @returns the first */
  reserve(rows: number): number {
    this.#sequence += rows;
    return this.#sequence - rows;
  }

  /** Adds the rows of a query, which has the staged columns of the table. */
  addQuery(table: TableName, query: StagedQuery | WrittenRows): void {
    this.#queries.set(table, [...(this.#queries.get(table) ?? []), query]);
  }

  /** Rows of the table that are written as they would be stored; none where other queries give rows too. */
  writtenRows(table: TableName): readonly WrittenRows[] {
    const queries = this.#queries.get(table) ?? [];
    const written = queries.filter((query) => 'files' in query);
    return written.length === queries.length ? written : [];
  }

  /** True where all rows of a table came one by one and in the order of its key. */
  isInOrder(table: TableName): boolean {
    return !this.#queries.has(table) && (this.#tables.get(table)?.isInOrder ?? false);
  }

  /** True where all rows of the table come from queries. */
  isByQuery(table: TableName): boolean {
    return this.#queries.has(table) && !this.#tables.has(table);
  }

  /** Leaves the rows of queries to the caller; what came one by one stays staged. */
  async releaseQueries(table: TableName): Promise<void> {
    await this.connection.run(`DROP VIEW IF EXISTS ${stagedName(table)}`);
    this.#queries.delete(table);
    if (this.#tables.has(table))
      await this.connection.run(`ALTER TABLE ${oneByOneName(table)} RENAME TO ${stagedName(table)}`);
  }

  /** Makes sure that the table is there, if only to be filled by SQL. */
  async prepare(table: TableName): Promise<void> {
    if (this.#tables.has(table)) return;
    (await this.#table(table)).close();
  }

  async #table(name: TableName): Promise<TableStaging> {
    let staging = this.#tables.get(name);
    if (staging === undefined) {
      staging = new TableStaging(this.connection, name, this.#days);
      this.#tables.set(name, staging);
      await staging.open();
    }
    return staging;
  }

  /**
   * A fact whose time the file does not tell is known from when it was stored.
   * @param reserved first of the numbers set aside for the rows of the file, by row number
   */
  async addFacts(
    member: number,
    facts: readonly Fact[],
    storedAt: Instant,
    reserved: number | null = null,
  ): Promise<void> {
    for (const fact of facts) {
      const { table, row, rowNumber, periodStart, periodEnd, knownAtKind } = fact;
      const staging = this.#tables.get(table) ?? (await this.#table(table));
      const seq = reserved === null ? this.#sequence++ : reserved + rowNumber;
      const knownAt = fact.knownAt === KNOWN_AT_IMPORT ? storedAt : fact.knownAt;
      staging.add({ seq, member, rowNumber, periodStart, periodEnd, knownAt, knownAtKind }, row);
    }
  }

  /** A row whose own time could not be read is known from when it was stored. */
  async addSetAside(
    member: number,
    kind: string,
    rows: readonly SetAsideRow[],
    storedAt: Instant,
  ): Promise<void> {
    if (rows.length === 0) return;
    const staging = await this.#table('setAside');
    for (const { rowNumber, column, found, expected, reason, subject, periodEnd, knownAt } of rows) {
      const stamps = {
        seq: this.#sequence++,
        member,
        rowNumber,
        periodStart: null,
        periodEnd: periodEnd ?? null,
        knownAt: knownAt ?? storedAt,
        knownAtKind: knownAt === undefined ? 'import' : 'rule',
      };
      staging.add(stamps, { kind, line: rowNumber, column, found, expected, reason, subject });
    }
  }

  /** Ends the staging; SQL sees all rows from here on. */
  async finish(): Promise<void> {
    for (const staging of this.#tables.values()) staging.close();
    for (const [table, queries] of this.#queries) {
      const name = stagedName(table);
      const pieces = queries.map(({ sql }) => sql);
      if (this.#tables.has(table)) {
        await this.connection.run(`ALTER TABLE ${name} RENAME TO ${oneByOneName(table)}`);
        pieces.push(`SELECT * FROM ${oneByOneName(table)}`);
      }
      await this.connection.run(`CREATE OR REPLACE VIEW ${name} AS ${pieces.join(' UNION ALL BY NAME ')}`);
    }
  }

  async drop(): Promise<void> {
    for (const table of this.#queries.keys()) {
      await this.connection.run(`DROP VIEW IF EXISTS ${stagedName(table)}`);
      await this.connection.run(`DROP TABLE IF EXISTS ${oneByOneName(table)}`);
    }
    for (const [table, staging] of this.#tables) {
      staging.close();
      if (!this.#queries.has(table)) await this.connection.run(`DROP TABLE IF EXISTS ${stagedName(table)}`);
    }
  }
}
