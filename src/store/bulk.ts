import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBListValue } from '@duckdb/node-api';
import type { BulkInput, BulkJudge, BulkPlan, Instant } from '../core/index.js';
import { readParquetSql } from './duckdb.js';
import { stagingPath } from './layout.js';
import { keyColumns, sqlName, sqlText } from './schema.js';
import { type Staging, stagedColumns, stagedType } from './staging.js';

/** What the engine read of a file, and where it goes. */
interface BulkFile {
  readonly plan: BulkPlan;
  readonly member: number;
  readonly kind: string;
  readonly directory: string;
  readonly storedAt: Instant;
  readonly onRows: (rows: number) => Promise<void>;
}

/** Rows that go to the reader at once. */
const REST_ROWS = 16_384;

const tableOf = (member: number): string => `"bulk_${member}"`;
const numbersOf = (member: number): string => `"bulk_numbers_${member}"`;
const widthOf = ({ columns }: BulkInput): number => (typeof columns === 'number' ? columns : columns.length);
/** Row number of the first row: lines of a text count from its header. */
const firstRowOf = ({ format }: BulkInput): number => (format === 'csv' ? 2 : 1);

/** SQL that reads the file with columns "c0", "c1" ..., all text, blank = NULL. */
function rawSql(input: BulkInput, path: string): string {
  if (input.format === 'parquet') {
    const columns = input.columns.map(
      (name, i) => `nullif(trim("${name.replaceAll('"', '""')}"::VARCHAR), '') AS "c${i}"`,
    );
    return `SELECT ${columns.join(', ')} FROM ${readParquetSql([path])}`;
  }
  const columns = Array.from({ length: input.columns }, (_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const quote = input.isQuoted ? '"' : '';
  const newLine = input.newLine === '\n' ? '\\n' : '\\r\\n';
  return `SELECT * FROM read_csv(${sqlText(path)}, auto_detect = false, header = true, delim = ',', columns = {${columns}},
    quote = '${quote}', escape = '${quote}', new_line = '${newLine}', nullstr = '', strict_mode = true, null_padding = false)`;
}

/** SQL of every row: whether it is clean, its values where it is, its columns where it is not. */
function judgedSql({ plan }: BulkFile, path: string, isClean: string): string {
  const layers = plan.steps.reduce(
    (from, step) => {
      const values = Object.entries(step).map(([name, sql]) => `${sql} AS "${name}"`);
      return `SELECT *, ${values.join(', ')} FROM (${from})`;
    },
    rawSql(plan.input, path),
  );
  const values = Object.entries(plan.values).map(([name, sql]) => {
    const column = stagedColumns(plan.table).find((known) => known.name === name)!;
    return `CASE WHEN clean THEN (${sql})::${stagedType(column.type)} END AS ${sqlName(name)}`;
  });
  const columns = Array.from({ length: widthOf(plan.input) }, (_, i) => `coalesce("c${i}", '')`);
  const rest = `CASE WHEN NOT clean THEN [${columns.join(', ')}] END AS "rest"`;
  return `SELECT clean, ${[...values, rest].join(', ')}
    FROM (SELECT *, coalesce(${isClean}, false) AS clean FROM (${layers}))`;
}

/** True where the engine found the file malformed; trouble of disk or memory is none of the file's. */
export const isFaultOfFile = (error: unknown): boolean =>
  error instanceof Error &&
  /^(Invalid Input|Conversion|Serialization|TProtocolException|Binder) ?Error|^Invalid/.test(error.message);

interface Count {
  readonly rows: number;
  readonly left: number;
}

async function countRows(connection: DuckDBConnection, member: number): Promise<Count> {
  const result = await connection.runAndReadAll(
    `SELECT count(*)::DOUBLE, count(*) FILTER (NOT clean)::DOUBLE FROM ${tableOf(member)}`,
  );
  const [rows, left] = result.getRows()[0] as [number, number];
  return { rows, left };
}

/** Reads the file into a table of the engine. @returns null where the engine cannot, or finds other rows than there are */
async function readIntoTable(connection: DuckDBConnection, file: BulkFile): Promise<Count | null> {
  const { plan, member, directory } = file;
  const path = join(stagingPath(directory), `bulk-${member}`);
  const read = async (isClean: string): Promise<Count> => {
    await connection.run(`CREATE OR REPLACE TABLE ${tableOf(member)} AS ${judgedSql(file, path, isClean)}`);
    return countRows(connection, member);
  };
  try {
    await writeFile(path, plan.input.bytes);
    await connection.run("SET TimeZone = 'UTC'");
    let count = await read(plan.isClean);
    if (plan.input.format === 'csv' && count.rows !== plan.input.rows) return null;
    if (plan.numbered !== undefined && count.left > 0) count = await read('false');
    return count;
  } catch (error) {
    if (isFaultOfFile(error)) return null;
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}

/** Counts rows of equal key, where there are any. @returns SQL of the number of a row */
async function numberSql(connection: DuckDBConnection, { plan, member }: BulkFile): Promise<string> {
  const key = keyColumns(plan.table).join(', ');
  await connection.run(
    `CREATE OR REPLACE TABLE ${numbersOf(member)} AS
     SELECT rowid AS "row", row_number() OVER (PARTITION BY ${key} ORDER BY rowid) AS "number" FROM ${tableOf(member)}
     WHERE hash(${key}) IN (SELECT hash(${key}) FROM ${tableOf(member)} GROUP BY ALL HAVING count(*) > 1)`,
  );
  return `coalesce((SELECT "number" FROM ${numbersOf(member)} n WHERE n."row" = b.rowid), 1)`;
}

async function cleanRowsSql(connection: DuckDBConnection, file: BulkFile, reserved: number): Promise<string> {
  const { plan, member } = file;
  const rowNumber = `(b.rowid + ${firstRowOf(plan.input)})`;
  const numbered = plan.numbered === undefined ? null : await numberSql(connection, file);
  const values = stagedColumns(plan.table).map(({ name, sql }) => {
    if (name === 'seq') return `(${reserved} + ${rowNumber})::DOUBLE AS ${sql}`;
    if (name === 'member') return `${member}::DOUBLE AS ${sql}`;
    if (name === 'rowNumber') return `${rowNumber}::DOUBLE AS ${sql}`;
    return name === plan.numbered ? `b.${sql} || ' #' || ${numbered} AS ${sql}` : `b.${sql}`;
  });
  return `SELECT ${values.join(', ')} FROM ${tableOf(member)} b WHERE b.clean`;
}

/** Gives the reader what SQL left over, a chunk at a time. */
async function readRest(
  connection: DuckDBConnection,
  staging: Staging,
  file: BulkFile,
  work: { readonly judge: BulkJudge; readonly reserved: number; readonly clean: number },
): Promise<void> {
  const { plan, member, kind, storedAt } = file;
  const first = firstRowOf(plan.input);
  let done = work.clean;
  let last = -1;
  for (;;) {
    const result = await connection.runAndReadAll(
      `SELECT rowid::DOUBLE, "rest" FROM ${tableOf(member)}
       WHERE NOT clean AND rowid > ${last} ORDER BY rowid LIMIT ${REST_ROWS}`,
    );
    const rows = result.getRows().map(([row, rest]) => ({
      rowNumber: (row as number) + first,
      fields: (rest as DuckDBListValue).items as string[],
    }));
    if (rows.length === 0) return work.judge.finish();
    const batch = work.judge.read(rows);
    await staging.addFacts(member, batch.facts, storedAt, work.reserved);
    await staging.addSetAside(member, kind, batch.setAside, storedAt);
    last = rows.at(-1)!.rowNumber - first;
    done += batch.rowsRead;
    await file.onRows(done);
  }
}

/**
 * Reads a file by its plan.
 * @returns data rows read; null where the engine cannot read it, and the reader has to
 * @throws {FormatError} of the reader
 */
export async function stageBulk(
  connection: DuckDBConnection,
  staging: Staging,
  file: BulkFile,
): Promise<number | null> {
  const count = await readIntoTable(connection, file);
  if (count === null) return null;
  const { plan } = file;
  const { rows, left } = count;
  const reserved = staging.reserve(rows + firstRowOf(plan.input));
  if (rows > left) staging.addQuery(plan.table, await cleanRowsSql(connection, file, reserved));
  await file.onRows(rows - left);
  const judge = plan.judge(rows);
  await readRest(connection, staging, file, { judge, reserved, clean: rows - left });
  return rows;
}

/** Removes what `stageBulk` made for the files of a unit. */
export async function dropBulk(connection: DuckDBConnection, members: number): Promise<void> {
  for (let member = 0; member < members; member++) {
    await connection.run(`DROP TABLE IF EXISTS ${tableOf(member)}`);
    await connection.run(`DROP TABLE IF EXISTS ${numbersOf(member)}`);
  }
}
