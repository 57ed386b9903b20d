import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Rows as a Parquet file; nested values become structs and lists. */
export async function parquetOf(rows: readonly object[]): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-'));
  try {
    const [lines, file] = [join(folder, 'rows.ndjson'), join(folder, 'rows.parquet')];
    await writeFile(lines, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT * FROM read_json('${lines}', format = 'newline_delimited', sample_size = -1)) TO '${file}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
