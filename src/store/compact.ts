import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableName } from '../core/index.js';
import { readParquetSql } from './duckdb.js';
import { writePart } from './parquet-writer.js';
import { allColumns, keyColumns, REVISION, TABLE_NAMES } from './schema.js';
import type { PartFile } from './snapshot.js';

/** A file below this size is small. */
const SMALL_BYTES = 8 * 1024 * 1024;

export interface CompactedTable {
  readonly table: TableName;
  readonly files: number;
  readonly rows: number;
}

const isSmall = (file: PartFile): boolean => file.bytes < SMALL_BYTES;

/** Tables with more small files than `many`. */
export function scatteredTables(files: readonly PartFile[], many: number): TableName[] {
  return TABLE_NAMES.filter(
    (table) => files.filter((file) => file.table === table && isSmall(file)).length > many,
  );
}

function mergedSql(directory: string, table: TableName, files: readonly PartFile[]): string {
  const columns = allColumns(table).map(({ sql }) => sql);
  const order = table === 'setAside' ? ['"stored_at"', '"file_name"', '"row_number"'] : keyColumns(table);
  return `SELECT ${columns.join(', ')} FROM ${readParquetSql(files.map((file) => join(directory, file.path)))}
    ORDER BY ${[...order, REVISION.sql].join(', ')}`;
}

/**
 * Merges the small files of tables into one each, sorted by key. The rows stay the same, to the bit; nothing is listed
 * before the caller publishes a snapshot with the files returned.
 */
export async function compactTables(
  connection: DuckDBConnection,
  directory: string,
  before: readonly PartFile[],
  tables: readonly TableName[],
): Promise<{ files: readonly PartFile[]; compacted: CompactedTable[] }> {
  let files = before;
  const compacted: CompactedTable[] = [];
  for (const table of tables) {
    const small = files.filter((file) => file.table === table && isSmall(file));
    const merged = await writePart(connection, directory, table, mergedSql(directory, table, small));
    const rows = small.reduce((sum, file) => sum + file.rows, 0);
    if (merged?.rows !== rows)
      throw new Error(`compacting ${table} gave ${merged?.rows} rows instead of ${rows}`);
    files = files.flatMap((file) => (file === small[0] ? [merged] : small.includes(file) ? [] : [file]));
    compacted.push({ table, files: small.length, rows });
  }
  return { files, compacted };
}
