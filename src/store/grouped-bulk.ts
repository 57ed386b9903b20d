import { join } from 'node:path';
import {
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  VARCHAR,
} from '@duckdb/node-api';
import type {
  AnswerType,
  BulkAnswers,
  BulkGroup,
  BulkRow,
  GroupedBulkPlan,
  LargeText,
  MemberBatch,
} from '../core/index.js';
import { isFaultOfFile } from './bulk.js';
import { readParquetSql, withoutOptimizers } from './duckdb.js';
import { sqlName, sqlText } from './schema.js';
import type { PartFile } from './snapshot.js';
import { stagedColumns, stagedType } from './staging.js';

/** A member of a group of files for the engine, and the plan of its reading. */
export interface GroupedBulk {
  readonly plan: GroupedBulkPlan;
  readonly text: LargeText;
}

/** What became of the large member. */
export interface GroupedReading {
  /** Batches of the other members and of the rows that the engine does not write. */
  readonly rest: Iterable<MemberBatch>;
  /** Rows that the engine writes; each is a new fact with a key of its own. */
  readonly rows: number;
  /** SQL of these rows, a query for each piece of the text, with the staged columns of the table, sorted by key. */
  readonly piecesSql: readonly string[];
  /** False where the store has rows of some group. */
  readonly isNew: boolean;
}

/** More rows than this are not handed to the reader at once: it then reads the whole file in batches. */
const MOST_REST_ROWS = 500_000;
const FIRST_LINE = 2;
const CHUNK_ROWS = 2048;
const THIN = '"grouped_rows"';
const GROUPS = '"grouped_groups"';
const ANSWERS = '"grouped_answers"';
/** Answers with the places of their groups. */
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

/**
 * Lets the engine read the large member: once for what groups are judged by, once more for the rows. The table of the first
 * passage holds the figures alone, so that memory does not grow with the texts.
 * @returns null where the engine cannot read the file, finds other rows than there are, or would leave too many
 */
export async function readGrouped(
  connection: DuckDBConnection,
  { plan, text }: GroupedBulk,
  stored: { readonly directory: string; readonly files: readonly PartFile[] },
): Promise<GroupedReading | null> {
  try {
    const total = await gatherFigures(connection, plan, text);
    if (total !== text.rows) return null;
    const isNew = (await markStored(connection, plan, stored)) === 0;
    await makeAnswers(connection, ANSWERS, plan.judge(await eligibleGroups(connection, plan)));
    const rows = await placeAnswers(connection);
    if (total - rows > MOST_REST_ROWS) return null;
    await makeAnswers(connection, LABELS, plan.judgeLabels(await readLabels(connection)));
    const rest = total === rows ? [] : await readRestRows(connection, plan, text);
    const order = (await isInOrder(connection)) ? '' : ' ORDER BY g.grouped_key, line';
    const piecesSql = text.pieces.map((piece) => `${writtenSql(plan, text, piece)}${order}`);
    return { rest: plan.readRest(rest), rows, piecesSql, isNew };
  } catch (error) {
    if (isFaultOfFile(error)) return null;
    throw error;
  }
}

/**
 * Runs queries of `piecesSql`: the joins as they are written, the file streaming past small tables in its own order. The engine
 * cannot know how many rows a text has and would rather hold it in memory.
 */
export const writeInOrder = <Result>(
  connection: DuckDBConnection,
  write: () => Promise<Result>,
): Promise<Result> => withoutOptimizers(connection, ['join_order', 'build_side_probe_side'], write);

/** Removes what `readGrouped` made. */
export async function dropGrouped(connection: DuckDBConnection): Promise<void> {
  for (const table of [THIN, GROUPS, ANSWERS, WRITTEN, LABELS])
    await connection.run(`DROP TABLE IF EXISTS ${table}`);
}

function readSql(plan: GroupedBulkPlan, { newLine }: LargeText, paths: readonly string[]): string {
  const columns = Array.from({ length: plan.columns }, (_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  // DuckDB 1.5 finds no row in strict mode where it is told of CRLF, and finds CRLF by itself where it is not.
  const ends = newLine === '\n' ? "new_line = '\\n', " : '';
  return `read_csv([${paths.map(sqlText).join(', ')}], auto_detect = false, header = false, delim = '\\t', columns = {${columns}},
    quote = '', escape = '', ${ends}nullstr = '', strict_mode = true, null_padding = false)`;
}

const listSql = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, sql]) => `${sql} AS "${name}"`)
    .join(', ');

/** @returns rows that the engine found */
async function gatherFigures(
  connection: DuckDBConnection,
  plan: GroupedBulkPlan,
  text: LargeText,
): Promise<number> {
  const source = readSql(
    plan,
    text,
    text.pieces.map(({ path }) => path),
  );
  await connection.run(
    `CREATE OR REPLACE TABLE ${THIN} AS
     SELECT coalesce(${plan.group}, '') AS grouped_key, ${plan.label} AS grouped_label, ${listSql(plan.figures)} FROM ${source}`,
  );
  await connection.run(
    `CREATE OR REPLACE TABLE ${GROUPS} AS
     SELECT grouped_key AS "key", count(*)::DOUBLE AS "rows", min(rowid)::DOUBLE AS "first",
       max(rowid) - min(rowid) + 1 = count(*) AS "whole", ${listSql(plan.summaries)}
     FROM ${THIN} GROUP BY 1`,
  );
  return numberOf(connection, `SELECT coalesce(sum("rows"), 0) FROM ${GROUPS}`);
}

async function numberOf(connection: DuckDBConnection, sql: string): Promise<number> {
  const result = await connection.runAndReadAll(sql);
  return Number(result.getRows()[0]![0]);
}

/** Marks the groups of which the store has rows. @returns how many there are */
async function markStored(
  connection: DuckDBConnection,
  { parent }: GroupedBulkPlan,
  { directory, files }: { readonly directory: string; readonly files: readonly PartFile[] },
): Promise<number> {
  await connection.run(`ALTER TABLE ${GROUPS} ADD COLUMN "stored" BOOLEAN DEFAULT false`);
  const paths = files.filter(({ table }) => table === parent.table).map(({ path }) => join(directory, path));
  if (paths.length === 0) return 0;
  await connection.run(
    `UPDATE ${GROUPS} SET "stored" = true
     WHERE "key" IN (SELECT ${sqlName(parent.column)} FROM ${readParquetSql(paths)})`,
  );
  return numberOf(connection, `SELECT count(*) FROM ${GROUPS} WHERE "stored"`);
}

/** Groups that the engine may write: plain, in one piece, and new to the store. */
async function eligibleGroups(connection: DuckDBConnection, plan: GroupedBulkPlan): Promise<BulkGroup[]> {
  const names = Object.keys(plan.summaries);
  const figures = names.map((name) => `"${name}"`).join(', ');
  const result = await connection.runAndReadAll(
    `SELECT "key", "rows", ${figures} FROM ${GROUPS} WHERE "whole" AND NOT "stored" ORDER BY "first"`,
  );
  const all = result.getRows().filter(([key]) => !plan.oddGroups.has(key as string));
  return all.map(([key, rows, ...values]) => ({
    key: key as string,
    rows: rows as number,
    figures: Object.fromEntries(names.map((name, index) => [name, values[index] as number | null])),
  }));
}

/** A table of a reader's answers with the text asked for in "key". */
async function makeAnswers(
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

/** @returns rows of the groups that the engine writes */
async function placeAnswers(connection: DuckDBConnection): Promise<number> {
  await connection.run(
    `CREATE OR REPLACE TABLE ${WRITTEN} AS
     SELECT a.*, f."first"::BIGINT AS grouped_first, f."rows" AS grouped_size FROM ${ANSWERS} a JOIN ${GROUPS} f ON f."key" = a."key"`,
  );
  return numberOf(connection, `SELECT coalesce(sum(grouped_size), 0) FROM ${WRITTEN}`);
}

async function readLabels(connection: DuckDBConnection): Promise<string[]> {
  const result = await connection.runAndReadAll(
    `SELECT DISTINCT grouped_label FROM ${THIN} WHERE grouped_label IS NOT NULL`,
  );
  return result.getRows().map(([label]) => label as string);
}

/** All rows of the groups without an answer, in the order of the file. */
async function readRestRows(
  connection: DuckDBConnection,
  plan: GroupedBulkPlan,
  text: LargeText,
): Promise<BulkRow[]> {
  const columns = Array.from({ length: plan.columns }, (_, i) => `coalesce("c${i}", '')`);
  const result = await connection.runAndReadAll(
    `SELECT line, ${columns.join(', ')} FROM (${text.pieces.map((piece) => numberedSql(plan, text, piece)).join(' UNION ALL ')}) r
     ANTI JOIN ${ANSWERS} a ON r.grouped_key = a."key" ORDER BY line`,
  );
  return result.getRows().map(([line, ...fields]) => ({
    rowNumber: Number(line),
    fields: fields as string[],
  }));
}

type Piece = LargeText['pieces'][number];

/** SQL of a piece's rows with their lines. */
const numberedSql = (plan: GroupedBulkPlan, text: LargeText, { path, firstRow }: Piece): string =>
  `SELECT row_number() OVER () + ${firstRow - 1} AS line, coalesce(${plan.group}, '') AS grouped_key, * FROM ${readSql(plan, text, [path])}`;

/** True where groups stand in the order of their keys, as the store keeps them. */
async function isInOrder(connection: DuckDBConnection): Promise<boolean> {
  const unordered = await numberOf(
    connection,
    `SELECT count(*) FROM (SELECT grouped_first < lag(grouped_first) OVER (ORDER BY "key") AS back FROM ${WRITTEN}) WHERE back`,
  );
  return unordered === 0;
}

function writtenSql(plan: GroupedBulkPlan, text: LargeText, piece: Piece): string {
  const values = stagedColumns(plan.table).map(({ name, sql, type }) => {
    if (name === 'member') return `0::DOUBLE AS ${sql}`;
    if (name === 'seq' || name === 'rowNumber') return `line::DOUBLE AS ${sql}`;
    return `(${plan.values[name]!})::${stagedType(type)} AS ${sql}`;
  });
  return `SELECT ${values.join(', ')} FROM (
      SELECT r.*, g.*, r.line - ${FIRST_LINE - 1} - g.grouped_first AS place
      FROM (${numberedSql(plan, text, piece)}) r JOIN ${WRITTEN} g ON r.grouped_key = g."key") g
    JOIN ${LABELS} l ON ${plan.label} = l."key"`;
}
