import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Instant, TableName } from '../core/index.js';
import { readParquetSql } from './duckdb.js';
import { hashFile, placeFile, syncFile } from './durable-files.js';
import { partPath, stagingPath } from './layout.js';
import { REVISION, sqlText } from './schema.js';
import type { PartFile } from './snapshot.js';

/** Writes the rows of a query to the staging folder as Parquet. @returns what the snapshot says of it; null if no row */
async function writeStaged(
  connection: DuckDBConnection,
  path: string,
  rowsSql: string,
): Promise<Omit<PartFile, 'path' | 'table' | 'sha256' | 'bytes'> | null> {
  await connection.run(`COPY (${rowsSql}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd)`);
  const result = await connection.runAndReadAll(
    `SELECT count(*)::DOUBLE, count(*) FILTER (${REVISION.sql} > 0)::DOUBLE,
       epoch_ms(min("known_at"))::DOUBLE, epoch_ms(max("known_at"))::DOUBLE FROM ${readParquetSql([path])}`,
  );
  const [rows, revisions, first, last] = result.getRows()[0] as number[];
  if (rows === 0) return null;
  return {
    rows: rows!,
    revisions: revisions!,
    firstKnownAt: first as Instant,
    lastKnownAt: last as Instant,
  };
}

/** Writes the rows of a query as a new file of a table, synced and in its place. @returns null if the query has no row */
export async function writePart(
  connection: DuckDBConnection,
  directory: string,
  table: TableName,
  rowsSql: string,
): Promise<PartFile | null> {
  const staged = join(stagingPath(directory), `${table}.parquet`);
  const figures = await writeStaged(connection, staged, rowsSql);
  if (figures === null) return null;
  await syncFile(staged);
  const { size } = await stat(staged);
  const sha256 = await hashFile(staged);
  const path = partPath(table, sha256);
  await placeFile(staged, join(directory, path));
  return { path, table, sha256, bytes: size, ...figures };
}
