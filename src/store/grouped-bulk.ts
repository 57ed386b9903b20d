import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import {
  type AnswerType,
  type BulkAnswers,
  type BulkGroup,
  type GroupedBulkPlan,
  type Instant,
  type LargeText,
  type MemberBatch,
  storeName,
} from '../core/index.js';
import { isFaultOfFile } from './bulk.js';
import { MOST_PIECES } from './bulk-pieces.js';
import { type Database, readParquetSql, withoutOptimizers } from './duckdb.js';
import { BOOLEAN, DOUBLE, DuckDBDataChunk, VARCHAR } from './engine.js';
import { stagingPath } from './layout.js';
import { copyRows, type StagedFile, sealFile } from './parquet-writer.js';
import { readRestRows } from './rest-rows.js';
import { REVISION, sqlName, sqlText, sqlType } from './schema.js';
import type { PartFile } from './snapshot.js';
import { stagedColumns, stagedType, stagedValueSql } from './staging.js';
import { listSql, type UnitMember, writtenValuesSql } from './stored-values.js';

/** A member of a group of files for the engine, and the plan of its reading. */
export interface GroupedBulk {
  readonly plan: GroupedBulkPlan;
  readonly text: LargeText;
}

/** What became of the large member. */
export interface GroupedReading {
  /** Batches of the other members and of the rows that the engine did not write. */
  readonly rest: Iterable<MemberBatch>;
  /** Rows that the engine wrote; each is a new fact with a key of its own. */
  readonly rows: number;
  /** Files of these rows, sorted by key. */
  readonly files: readonly StagedFile[];
  /** False where the store has rows of some group. */
  readonly isNew: boolean;
}

/** More rows than this are not handed to the reader at once: it then reads the whole file in batches. */
const MOST_REST_ROWS = 500_000;
const CHUNK_ROWS = 2048;
const KEYS = '"grouped_keys"';
/** Answers with the places of their groups. */
const ANSWERS = '"grouped_answers"';
/** The same, with what all facts of a group share as it is stored. */
const WRITTEN = '"grouped_written"';
const LABELS = '"grouped_labels"';

const ANSWER_TYPES: Readonly<Record<AnswerType, DuckDBType>> = {
  text: VARCHAR,
  double: DOUBLE,
  boolean: BOOLEAN,
};
const ANSWER_SQL: Readonly<Record<AnswerType, string>> = {
  text: 'VARCHAR',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
};

/** Where the rows go. */
export interface GroupedTarget {
  readonly of: UnitMember;
  readonly directory: string;
  readonly storedAt: Instant;
  /** Of the snapshot that is added to. */
  readonly files: readonly PartFile[];
}

/**
 * Lets the engine write the rows of the large member whose groups are plainly in order.
 * @returns null where it cannot, or would leave too many
 */
export async function readGrouped(
  database: Database,
  { plan, text }: GroupedBulk,
  target: GroupedTarget,
): Promise<GroupedReading | null> {
  const { connection } = database;
  try {
    const stored = await storedKeys(connection, plan, target);
    const fresh = plan.groups.filter(({ key }) => !stored.has(key));
    const { columns, rows: answers } = plan.judge(fresh);
    const written = fresh.filter(({ key }) => answers.has(key));
    const rows = written.reduce((sum, group) => sum + group.rows, 0);
    if (text.seen.rows - rows > MOST_REST_ROWS) return null;
    await makeTable(connection, ANSWERS, {
      columns: { ...columns, grouped_first: 'double', grouped_size: 'double' },
      rows: new Map(written.map(({ key, firstRow, rows }) => [key, [...answers.get(key)!, firstRow, rows]])),
    });
    await makeWritten(connection, plan);
    await makeTable(connection, LABELS, plan.judgeLabels(text.seen.labels));
    const files = rows === 0 ? [] : await writeRows(database, { plan, text, written, rows }, target);
    if (files === null) return null;
    const left = text.seen.runs!.filter(({ key }) => !answers.has(key));
    const rest = plan.readRest(await readRestRows(text, left));
    return { rest, rows, files, isNew: stored.size === 0 };
  } catch (error) {
    if (isFaultOfFile(error)) return null;
    throw error;
  }
}

/** Removes what `readGrouped` made. */
export async function dropGrouped(connection: DuckDBConnection, directory: string): Promise<void> {
  for (const table of [KEYS, ANSWERS, WRITTEN, LABELS]) await connection.run(`DROP TABLE IF EXISTS ${table}`);
  for (let piece = 0; piece < MOST_PIECES; piece++) await rm(stagedPath(directory, piece), { force: true });
}

const stagedPath = (directory: string, piece: number): string =>
  join(stagingPath(directory), `grouped-${piece}.parquet`);

/** Groups of which the store has rows. */
async function storedKeys(
  connection: DuckDBConnection,
  { parent, groups }: GroupedBulkPlan,
  { directory, files }: GroupedTarget,
): Promise<Set<string>> {
  const paths = files.filter(({ table }) => table === parent.table).map(({ path }) => join(directory, path));
  if (paths.length === 0) return new Set();
  await makeTable(connection, KEYS, { columns: {}, rows: new Map(groups.map(({ key }) => [key, []])) });
  const result = await connection.runAndReadAll(
    `SELECT "key" FROM ${KEYS} WHERE "key" IN (SELECT ${sqlName(parent.column)} FROM ${readParquetSql(paths)})`,
  );
  return new Set(result.getRows().map(([key]) => key as string));
}

/** A table of a reader's answers with the text asked for in "key". */
async function makeTable(
  connection: DuckDBConnection,
  table: string,
  { columns, rows }: BulkAnswers,
): Promise<void> {
  const entries = Object.entries(columns);
  const types = [VARCHAR, ...entries.map(([, type]) => ANSWER_TYPES[type])];
  const declared = entries.map(([name, type]) => `"${name}" ${ANSWER_SQL[type]}`);
  await connection.run(`CREATE OR REPLACE TABLE ${table} (${['"key" VARCHAR', ...declared].join(', ')})`);
  const appender = await connection.createAppender(table.replaceAll('"', ''));
  const all = [...rows];
  for (let start = 0; start < all.length; start += CHUNK_ROWS) {
    const some = all.slice(start, start + CHUNK_ROWS);
    const chunk = DuckDBDataChunk.create(types, some.length);
    chunk.setRows(some.map(([key, values]): DuckDBValue[] => [key, ...values]));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

const groupColumn = (name: string): string => `"grouped_${storeName(name)}"`;

async function makeWritten(
  connection: DuckDBConnection,
  { table, groupValues }: GroupedBulkPlan,
): Promise<void> {
  const columns = stagedColumns(table).filter(({ name }) => name in groupValues);
  const values = columns.map(({ name, type }) => {
    const sql = `(${groupValues[name]!})::${stagedType(type)}`;
    return `${stagedValueSql({ name, sql, type })} AS ${groupColumn(name)}`;
  });
  await connection.run(
    `CREATE OR REPLACE TABLE ${WRITTEN} AS SELECT * REPLACE (grouped_first::BIGINT AS grouped_first), ${values.join(', ')} FROM ${ANSWERS}`,
  );
}

interface RowsToWrite extends GroupedBulk {
  readonly written: readonly BulkGroup[];
  /** How many there are of these groups. */
  readonly rows: number;
}

/** @returns null where the engine finds other rows than there are */
async function writeRows(
  database: Database,
  work: RowsToWrite,
  target: GroupedTarget,
): Promise<StagedFile[] | null> {
  const { text, rows } = work;
  const { directory } = target;
  // The joins as they are written, the text streaming past small tables in its own order: the engine cannot know how many
  // rows a text has and would rather hold it in memory.
  const counts = await withoutOptimizers(database.connection, ['join_order', 'build_side_probe_side'], () =>
    database.atOnce([...text.pieces.entries()], ([index, piece], own) =>
      copyRows(own, writtenSql(work, piece, target), stagedPath(directory, index)),
    ),
  );
  if (counts.reduce((sum, count) => sum + count, 0) !== rows) return null;
  return counts.flatMap((count, index) => (count === 0 ? [] : [sealFile(stagedPath(directory, index))]));
}

type Piece = LargeText['pieces'][number];

/** SQL of a piece's rows with their places among all, from 1. */
function numberedSql({ plan, text }: GroupedBulk, { path, firstRow }: Piece): string {
  const columns = plan.columns.map((type, i) => `'c${i}': '${type === 'text' ? 'VARCHAR' : 'BIGINT'}'`);
  // DuckDB 1.5 finds no row in strict mode where it is told of CRLF, and finds CRLF by itself where it is not.
  const ends = text.newLine === '\n' ? "new_line = '\\n', " : '';
  return `SELECT row_number() OVER () + ${firstRow - 1} AS grouped_row, *
    FROM read_csv([${sqlText(path)}], auto_detect = false, header = false, delim = '\t', columns = {${columns.join(', ')}},
      quote = '', escape = '', ${ends}nullstr = '', strict_mode = true, null_padding = false)`;
}

/** True where groups stand in the order of their keys, as the store keeps them. */
const isInOrder = (groups: readonly BulkGroup[]): boolean =>
  groups.every(({ key }, index) => index === 0 || groups[index - 1]!.key < key);

/** Rows that do not stand where their group was seen would not be written, and be missed. */
function writtenSql(
  { plan, text, written }: RowsToWrite,
  piece: Piece,
  { of, storedAt }: GroupedTarget,
): string {
  const stored = new Map(stagedColumns(plan.table).map(({ name, sql, type }) => [sql, { name, type }]));
  const values = new Map(writtenValuesSql(plan.table, [of], storedAt));
  for (const sql of values.keys()) {
    const column = stored.get(sql);
    if (column === undefined) continue;
    const { name, type } = column;
    const value = plan.values[name];
    if (name === 'rowNumber') values.set(sql, 'grouped_row + 1');
    else if (value === undefined) values.set(sql, `g.${groupColumn(name)}`);
    else values.set(sql, type === 'text' ? value : `(${value})::${sqlType(type)}`);
  }
  values.set(REVISION.sql, '0::BIGINT');
  const order = isInOrder(written) ? '' : ' ORDER BY g."key", grouped_row';
  return `SELECT ${listSql(values)} FROM (
      SELECT r.*, g.*, grouped_row - g.grouped_first + 1 AS place
      FROM (${numberedSql({ plan, text }, piece)}) r JOIN ${WRITTEN} g ON ${plan.group} = g."key") g
    JOIN ${LABELS} l ON ${plan.label} = l."key" WHERE place BETWEEN 1 AND g.grouped_size${order}`;
}
