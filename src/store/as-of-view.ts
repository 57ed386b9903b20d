import { join } from 'node:path';
import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { type Instant, newYorkDate, StoreError, storeName, type TableName } from '../core/index.js';
import { currentRowsSql, sqlInstant } from './current-rows.js';
import { type Database, openDatabase, readParquetSql } from './duckdb.js';
import { asStoreError } from './durable-files.js';
import { BIGINT, BOOLEAN, DOUBLE, LIST, listValue, VARCHAR } from './engine.js';
import { type NumberColumns, numberColumns } from './result-columns.js';
import { plainRows } from './result-rows.js';
import { allColumns, TABLE_NAMES } from './schema.js';
import type { ImportRecord, PartFile, Snapshot } from './snapshot.js';

/** What the store knew at an instant. Nothing known later can be seen through it. */
export interface AsOfView {
  readonly asOf: Instant;
  readonly snapshotId: string;
  /** Stored rows known by then, all versions and the rows set aside included. */
  readonly rows: number;
  /** Imports that gave at least one row known by then. */
  readonly imports: readonly ImportRecord[];
  /**
   * Runs SQL over the tables of core, each a view with the snake_case name (`positions`, `corporate_actions`,
   * `set_aside` ...) and snake_case columns, the stamps and `revision` (0 = first version) included: of each fact the
   * newest version known at `asOf`. Rows come in stored order unless the SQL orders them.
   * @param parameters values of `$name`: string, number, boolean, null, or an array of one of these. Days are passed as
   *   'YYYY-MM-DD', instants as milliseconds through `epoch_ms($name)`.
   * Several may be asked at once; they run in the order asked.
   * @returns rows with camelCase keys; DATE 'YYYY-MM-DD', TIMESTAMP milliseconds, NULL null
   * @throws {StoreError} if the snapshot's files are gone; {Error} on wrong SQL and on figures that are not finite
   */
  query<Row>(sql: string, parameters?: Record<string, unknown>): Promise<Row[]>;
  /**
   * The same for millions of rows of numbers: every column INTEGER or DOUBLE, given as one typed array each by camelCase
   * name. NULL of a DOUBLE is NaN.
   * @throws {Error} also on a column of another type and on a NULL in an INTEGER
   */
  columns<Columns extends NumberColumns>(sql: string, parameters?: Record<string, unknown>): Promise<Columns>;
  close(): void;
}

/** Days that a source wrote down later than asOf: an end, the period's too, that had not happened yet is not known. */
const CLIPPED_DAYS: Partial<Record<TableName, string>> = { constituents: 'lastSeen', memberships: 'endDate' };

function clippedSql(table: TableName, rowsSql: string, asOf: Instant): string {
  const clipped = CLIPPED_DAYS[table];
  if (clipped === undefined) return rowsSql;
  const columns = allColumns(table).map(({ name, sql }) =>
    name === clipped || name === 'periodEnd'
      ? `CASE WHEN ${sql} <= DATE '${newYorkDate(asOf)}' THEN ${sql} END AS ${sql}`
      : sql,
  );
  return `SELECT ${columns.join(', ')} FROM (${rowsSql})`;
}

async function countKnown(
  database: Database,
  directory: string,
  files: readonly PartFile[],
  asOf: Instant,
): Promise<number> {
  const whole = files.filter((file) => file.lastKnownAt <= asOf);
  const partly = files.filter((file) => file.firstKnownAt <= asOf && file.lastKnownAt > asOf);
  const counts = await Promise.all(
    partly.map(async (file) => {
      const result = await database.connection.runAndReadAll(
        `SELECT count(*)::DOUBLE FROM ${readParquetSql([join(directory, file.path)])} WHERE "known_at" <= ${sqlInstant(asOf)}`,
      );
      return result.getRows()[0]![0] as number;
    }),
  );
  return [...whole.map((file) => file.rows), ...counts].reduce((sum, rows) => sum + rows, 0);
}

function scalarType(value: unknown, name: string): DuckDBType {
  if (value === null || typeof value === 'string') return VARCHAR;
  if (typeof value === 'boolean') return BOOLEAN;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BIGINT : DOUBLE;
  throw new Error(`parameter '${name}' is neither text, number, boolean, null nor a list of these`);
}

/** Values with the types that SQL sees: a whole number is a BIGINT, unless it stands in a list with fractions. */
function boundParameter(value: unknown, name: string): { value: DuckDBValue; type: DuckDBType } {
  const isList = Array.isArray(value);
  const items: readonly unknown[] = isList ? value : [value];
  const types = items.map((item) => scalarType(item, name));
  const type = types.find((candidate) => candidate === DOUBLE) ?? types[0] ?? VARCHAR;
  const bound = items.map((item) => (type === BIGINT ? BigInt(item as number) : (item as DuckDBValue)));
  return isList ? { value: listValue(bound), type: LIST(type) } : { value: bound[0]!, type };
}

function boundParameters(parameters: Record<string, unknown>): {
  readonly values: Record<string, DuckDBValue>;
  readonly types: Record<string, DuckDBType>;
} {
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const { value, type } = boundParameter(parameter, name);
    values[name] = value;
    types[name] = type;
  }
  return { values, types };
}

function readTrouble(error: unknown, directory: string, snapshotId: string): unknown {
  if (error instanceof Error && /No files found|Cannot open file|No such file/.test(error.message)) {
    return new StoreError(
      `store '${directory}' no longer has the files of snapshot ${snapshotId}; gc removed them meanwhile, or they were deleted: run the command again`,
      { cause: error },
    );
  }
  return asStoreError(error, directory);
}

/**
 * Runs works one after the other in the order asked, whoever asks meanwhile: a connection streams one result at a time. What is
 * asked after the last fails.
 */
function inTurn() {
  let before: Promise<unknown> = Promise.resolve();
  let isOver = false;
  const run = <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (isOver) throw new Error('the view is closed');
    const mine = before.then(work);
    before = mine.catch(() => undefined);
    return mine;
  };
  const last = (work: () => void): void => {
    isOver = true;
    void before.then(work);
  };
  return { run, last };
}

/** Opens DuckDB over one snapshot. Nothing is copied and no file is hashed. */
export async function openView(directory: string, snapshot: Snapshot, asOf: Instant): Promise<AsOfView> {
  const database = await openDatabase({ threads: 1, memoryLimit: '1GB' });
  const { connection } = database;
  try {
    await connection.run('SET ieee_floating_point_ops = false');
    for (const table of TABLE_NAMES) {
      const rowsSql = await currentRowsSql(connection, directory, table, snapshot.files, asOf);
      await connection.run(`CREATE TEMP VIEW "${storeName(table)}" AS ${clippedSql(table, rowsSql, asOf)}`);
    }
    const rows = await countKnown(database, directory, snapshot.files, asOf);
    const turns = inTurn();
    return {
      asOf,
      snapshotId: snapshot.id,
      rows,
      imports: snapshot.imports.filter(({ firstKnownAt }) => firstKnownAt !== null && firstKnownAt <= asOf),
      async query<Row>(sql: string, parameters: Record<string, unknown> = {}) {
        const { values, types } = boundParameters(parameters);
        try {
          return await plainRows<Row>(await turns.run(() => connection.run(sql, values, types)));
        } catch (error) {
          throw readTrouble(error, directory, snapshot.id);
        }
      },
      async columns<Columns extends NumberColumns>(sql: string, parameters: Record<string, unknown> = {}) {
        const { values, types } = boundParameters(parameters);
        try {
          return (await turns.run(async () =>
            numberColumns(await connection.stream(sql, values, types)),
          )) as Columns;
        } catch (error) {
          throw readTrouble(error, directory, snapshot.id);
        }
      },
      close: () => turns.last(() => database.close()),
    };
  } catch (error) {
    database.close();
    throw readTrouble(error, directory, snapshot.id);
  }
}
