import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBListValue } from '@duckdb/node-api';
import type { BulkJudge, BulkPlan, Instant } from '../core/index.js';
import { type BulkPiece, MOST_PIECES, piecesOf } from './bulk-pieces.js';
import { type Database, readParquetSql, withoutOptimizers } from './duckdb.js';
import { stagingPath } from './layout.js';
import { copyRows, type StagedFile, sealFile } from './parquet-writer.js';
import { keyColumns, sqlName } from './schema.js';
import { type Staging, stagedColumns, stagedFromStoredSql, stagedType } from './staging.js';
import { enumOf, newRowsSql, type UnitMember } from './stored-values.js';

/** A file for the engine, and where it goes. */
interface BulkFile {
  readonly plan: BulkPlan;
  readonly member: number;
  readonly of: UnitMember;
  readonly directory: string;
  readonly storedAt: Instant;
  readonly onRows: (rows: number) => Promise<void>;
}

/** Rows that go to the reader at once. */
const REST_ROWS = 16_384;

const restOf = (member: number): string => `"bulk_rest_${member}"`;
const numbersOf = (member: number): string => `"bulk_numbers_${member}"`;
const stagedPath = ({ directory, member }: Pick<BulkFile, 'directory' | 'member'>, piece: number): string =>
  join(stagingPath(directory), `bulk-${member}-${piece}.parquet`);

/** SQL of every row of a piece with its line, its columns and the steps of the plan. */
function stepsSql({ plan }: BulkFile, { rowsSql }: BulkPiece): string {
  return plan.steps.reduce((from, step) => {
    const values = Object.entries(step).map(([name, sql]) => `${sql} AS "${name}"`);
    return `SELECT *, ${values.join(', ')} FROM (${from})`;
  }, rowsSql);
}

/** SQL of the clean rows, as they are written. */
function cleanRowsSql(file: BulkFile, piece: BulkPiece): string {
  const { plan, of, storedAt, member } = file;
  const values = stagedColumns(plan.table).map(({ name, sql, type }) => {
    if (name === 'member') return `${member}::DOUBLE AS ${sql}`;
    if (name === 'seq' || name === 'rowNumber') return `bulk_line::DOUBLE AS ${sql}`;
    const value = plan.values[name]!;
    const isLiteral = /^'[^']*'$/.test(value);
    return `(${value})::${isLiteral ? enumOf([value.slice(1, -1)]) : stagedType(type)} AS ${sql}`;
  });
  const rows = `SELECT ${values.join(', ')} FROM (${stepsSql(file, piece)}) WHERE (${plan.isClean})`;
  return newRowsSql(plan.table, of, storedAt, rows);
}

/** True where the engine found the file malformed; trouble of disk or memory is none of the file's. */
export const isFaultOfFile = (error: unknown): boolean =>
  error instanceof Error &&
  /^(Invalid Input|Conversion|Serialization|TProtocolException|Binder) ?Error|^Invalid/.test(error.message);

async function numberOf(connection: DuckDBConnection, sql: string): Promise<number> {
  const result = await connection.runAndReadAll(sql);
  return Number(result.getRows()[0]![0]);
}

interface Reading {
  readonly rows: number;
  /** Rows that SQL leaves to the reader. */
  readonly left: number;
  /** Files of the clean rows. */
  readonly files: readonly StagedFile[];
}

/** Gathers the rows that SQL leaves. @param isLeft SQL condition @returns how many there are */
async function gatherRest(
  connection: DuckDBConnection,
  file: BulkFile,
  pieces: readonly BulkPiece[],
  isLeft: string,
): Promise<number> {
  const columns = Array.from({ length: pieces[0]!.columns }, (_, i) => `coalesce("c${i}", '')`);
  const rows = pieces.map(
    (piece) =>
      `SELECT bulk_line, [${columns.join(', ')}] AS fields FROM (${stepsSql(file, piece)}) WHERE ${isLeft}`,
  );
  await connection.run(`CREATE OR REPLACE TABLE ${restOf(file.member)} AS ${rows.join(' UNION ALL ')}`);
  return numberOf(connection, `SELECT count(*) FROM ${restOf(file.member)}`);
}

/** Lets the engine write the clean rows and gather the others. @returns null where it finds other rows than there are */
async function readPieces(
  { connection, atOnce }: Database,
  file: BulkFile,
  pieces: readonly BulkPiece[],
): Promise<Reading | null> {
  const { plan } = file;
  const written = await atOnce([...pieces.entries()], async ([index, piece], own) => {
    await own.run("SET TimeZone = 'UTC'");
    return copyRows(own, cleanRowsSql(file, piece), stagedPath(file, index));
  });
  const clean = written.reduce((sum, rows) => sum + rows, 0);
  const files = written.flatMap((rows, index) => (rows === 0 ? [] : [sealFile(stagedPath(file, index))]));
  const expected =
    plan.input.format === 'csv'
      ? plan.input.rows
      : await numberOf(connection, `SELECT count(*) FROM (${pieces[0]!.rowsSql})`);
  if (clean === expected) return { rows: expected, left: 0, files };
  await connection.run("SET TimeZone = 'UTC'");
  const isLeft = plan.numbered === undefined ? `(${plan.isClean}) IS NOT TRUE` : 'true';
  const left = await gatherRest(connection, file, pieces, isLeft);
  const found = plan.numbered === undefined ? clean + left : left;
  return found === expected ? { rows: expected, left, files } : null;
}

/** Reads the file into the staging folder. @returns null where the engine cannot */
async function readFile(database: Database, file: BulkFile): Promise<Reading | null> {
  const folder = stagingPath(file.directory);
  const pieces = piecesOf(file.plan.input, join(folder, `bulk-${file.member}`));
  try {
    await Promise.all(pieces.map(({ path, bytes }) => writeFile(path, bytes)));
    // A filter that moves below the steps would compute them once more.
    const read = () => readPieces(database, file, pieces);
    return await withoutOptimizers(database.connection, ['filter_pushdown'], read);
  } catch (error) {
    if (isFaultOfFile(error)) return null;
    throw error;
  } finally {
    await Promise.all(pieces.map(({ path }) => rm(path, { force: true })));
  }
}

/** Counts rows of equal key, where there are any. @returns SQL of the number of a row */
async function numberSql(
  connection: DuckDBConnection,
  { plan, member }: BulkFile,
  rows: string,
): Promise<string> {
  const key = keyColumns(plan.table).join(', ');
  await connection.run(
    `CREATE OR REPLACE TABLE ${numbersOf(member)} AS
     SELECT "row_number" AS "row", row_number() OVER (PARTITION BY ${key} ORDER BY "row_number") AS "number" FROM ${rows}
     WHERE hash(${key}) IN (SELECT hash(${key}) FROM ${rows} GROUP BY ALL HAVING count(*) > 1)`,
  );
  return `coalesce((SELECT "number" FROM ${numbersOf(member)} n WHERE n."row" = b."row_number"), 1)`;
}

/** Hands the rows that were written to the staging. */
async function stageWritten(
  connection: DuckDBConnection,
  staging: Staging,
  file: BulkFile,
  { files, reserved }: { readonly files: readonly StagedFile[]; readonly reserved: number },
): Promise<void> {
  const { plan, member } = file;
  const rows = readParquetSql(files.map(({ path }) => path));
  const numbered = plan.numbered === undefined ? null : await numberSql(connection, file, rows);
  const values = stagedColumns(plan.table).map((column) => {
    const { name, sql } = column;
    if (name === 'seq') return `(${reserved} + b."row_number")::DOUBLE AS ${sql}`;
    if (name === 'member') return `${member}::DOUBLE AS ${sql}`;
    if (name === plan.numbered) return `b.${sql} || ' #' || ${numbered} AS ${sql}`;
    return `${stagedFromStoredSql(column, `b.${sqlName(name)}`)} AS ${sql}`;
  });
  const sql = `SELECT ${values.join(', ')} FROM ${rows} b`;
  staging.addQuery(plan.table, numbered === null ? { sql, member, files } : { sql });
}

/** Gives the reader what SQL left over, a chunk at a time. */
async function readRest(
  connection: DuckDBConnection,
  staging: Staging,
  file: BulkFile,
  work: { readonly judge: BulkJudge; readonly reserved: number; readonly clean: number },
): Promise<void> {
  const { member, of, storedAt } = file;
  let done = work.clean;
  let last = 0;
  for (;;) {
    const result = await connection.runAndReadAll(
      `SELECT bulk_line::DOUBLE, fields FROM ${restOf(member)} WHERE bulk_line > ${last} ORDER BY bulk_line LIMIT ${REST_ROWS}`,
    );
    const rows = result.getRows().map(([line, fields]) => ({
      rowNumber: line as number,
      fields: (fields as DuckDBListValue).items as string[],
    }));
    if (rows.length === 0) return;
    const batch = work.judge.read(rows);
    await staging.addFacts(member, batch.facts, storedAt, work.reserved);
    await staging.addSetAside(member, of.kind, batch.setAside, storedAt);
    last = rows.at(-1)!.rowNumber;
    done += batch.rowsRead;
    await file.onRows(done);
  }
}

/**
 * Reads a file by its plan. Clean rows are written as they would be stored, so that they need not be written again where
 * nothing of the store or of the file speaks against them.
 * @returns data rows read; null where the engine cannot read it, and the reader has to
 * @throws {FormatError} of the reader
 */
export async function stageBulk(
  database: Database,
  staging: Staging,
  file: BulkFile,
): Promise<number | null> {
  const read = await readFile(database, file);
  if (read === null) return null;
  const { connection } = database;
  const { rows, left, files } = read;
  const reserved = staging.reserve(rows + 2);
  if (rows > left) await stageWritten(connection, staging, file, { files, reserved });
  await file.onRows(rows - left);
  const judge = file.plan.judge(rows);
  if (left > 0) await readRest(connection, staging, file, { judge, reserved, clean: rows - left });
  judge.finish();
  return rows;
}

/** Removes what `stageBulk` made for the files of a unit. */
export async function dropBulk(
  connection: DuckDBConnection,
  directory: string,
  members: number,
): Promise<void> {
  for (let member = 0; member < members; member++) {
    await connection.run(`DROP TABLE IF EXISTS ${restOf(member)}`);
    await connection.run(`DROP TABLE IF EXISTS ${numbersOf(member)}`);
    for (let piece = 0; piece < MOST_PIECES; piece++)
      await rm(stagedPath({ directory, member }, piece), { force: true });
  }
}
