import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;

/** Rows pass through the engine, of which it holds a row group; another thread would hold its own. */
const ENGINE_MEMORY = '256MB';
/** Ten vectors of the engine: six times as many rows at once take 200 MB more and are no faster. */
const ROWS_AT_ONCE = 20_480;

async function convert(lines: string, file: string): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: ENGINE_MEMORY,
    temp_directory: dirname(file),
  });
  const connection = await instance.connect();
  try {
    await connection.run(
      `COPY (SELECT * FROM read_json(${quoted(lines)}, format = 'newline_delimited', sample_size = -1)) TO ${quoted(file)} (FORMAT parquet, ROW_GROUP_SIZE ${ROWS_AT_ONCE})`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Turns a file of one JSON object a line into Parquet; the file gets its name once it is whole. */
export async function parquetOfLines(lines: string, out: string): Promise<void> {
  const part = `${out}.part`;
  try {
    await convert(lines, part);
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Rows as a Parquet file; nested values become structs and lists. */
export async function parquetOf(rows: readonly object[]): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-'));
  try {
    const [lines, file] = [join(folder, 'rows.ndjson'), join(folder, 'rows.parquet')];
    await writeFile(lines, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    await convert(lines, file);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
