import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Instant, TableName } from '../core/index.js';
import { readParquetSql } from './duckdb.js';
import { hashFile, placeFile, syncFile } from './durable-files.js';
import { partPath, stagingPath } from './layout.js';
import { REVISION, sqlText } from './schema.js';
import type { PartFile } from './snapshot.js';

/**
 * Deltas for whole numbers and times, plain text for what hardly repeats: half the work of the older encodings. A smaller
 * dictionary is given up sooner, and the lowest level of compression makes files that are no larger.
 */
const FORMAT =
  'FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 1000';

/** Writes the rows of a query as Parquet. @returns how many there are */
export async function copyRows(connection: DuckDBConnection, rowsSql: string, path: string): Promise<number> {
  const result = await connection.runAndReadAll(`COPY (${rowsSql}) TO ${sqlText(path)} (${FORMAT})`);
  return Number(result.getRows()[0]![0]);
}

/** What the snapshot says of a file's rows. */
async function figuresOf(
  connection: DuckDBConnection,
  path: string,
): Promise<Pick<PartFile, 'rows' | 'revisions' | 'firstKnownAt' | 'lastKnownAt'>> {
  const result = await connection.runAndReadAll(
    `SELECT count(*)::DOUBLE, count(*) FILTER (${REVISION.sql} > 0)::DOUBLE,
       epoch_ms(min("known_at"))::DOUBLE, epoch_ms(max("known_at"))::DOUBLE FROM ${readParquetSql([path])}`,
  );
  const [rows, revisions, first, last] = result.getRows()[0] as number[];
  return {
    rows: rows!,
    revisions: revisions!,
    firstKnownAt: first as Instant,
    lastKnownAt: last as Instant,
  };
}

/** A Parquet file of the staging folder that is written to its end; it has a row. */
export interface StagedFile {
  readonly path: string;
  /** Settles when the file is synced and hashed, which may go on while its rows are looked at. */
  readonly sealed: Promise<{ readonly sha256: string; readonly bytes: number }>;
}

/** Begins to sync and to hash a file. */
export function sealFile(path: string): StagedFile {
  const seal = async () => {
    const [sha256, { size: bytes }] = await Promise.all([hashFile(path), stat(path), syncFile(path)]);
    return { sha256, bytes };
  };
  const sealed = seal();
  // Told of by whoever waits for it, if the file is kept.
  sealed.catch(() => {});
  return { path, sealed };
}

/** Makes a file of the staging folder a file of a table, synced and in its place. */
async function placePart(
  connection: DuckDBConnection,
  directory: string,
  table: TableName,
  { path: staged, sealed }: StagedFile,
): Promise<PartFile> {
  const [figures, { sha256, bytes }] = await Promise.all([figuresOf(connection, staged), sealed]);
  const path = partPath(table, sha256);
  await placeFile(staged, join(directory, path));
  return { path, table, sha256, bytes, ...figures };
}

/** The same for several. */
export const placeParts = (
  connection: DuckDBConnection,
  directory: string,
  table: TableName,
  staged: readonly StagedFile[],
): Promise<PartFile[]> => Promise.all(staged.map((file) => placePart(connection, directory, table, file)));

/** Writes the rows of a query as a new file of a table, synced and in its place. @returns null if the query has no row */
export async function writePart(
  connection: DuckDBConnection,
  directory: string,
  table: TableName,
  rowsSql: string,
): Promise<PartFile | null> {
  const staged = join(stagingPath(directory), `${table}.parquet`);
  const rows = await copyRows(connection, rowsSql, staged);
  return rows === 0 ? null : placePart(connection, directory, table, sealFile(staged));
}
