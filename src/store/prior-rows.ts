import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableName } from '../core/index.js';
import { currentRowsSql } from './current-rows.js';
import { keyColumns, sameKey, sqlText } from './schema.js';
import type { PartFile } from './snapshot.js';

/** SQL condition that a row's key lies within the range of the incoming ones: files are sorted by key, so it skips most. */
async function keyRangeSql(
  connection: DuckDBConnection,
  table: TableName,
  incoming: string,
): Promise<string> {
  const key = keyColumns(table);
  const figures = key.map((sql) => `min(${sql})::VARCHAR, max(${sql})::VARCHAR, count(${sql}) = count(*)`);
  const result = await connection.runAndReadAll(`SELECT ${figures.join(', ')} FROM ${incoming}`);
  const row = result.getRows()[0]!;
  const conditions = key.flatMap((sql, index) => {
    const [low, high, hasNoNull] = row.slice(3 * index) as [string | null, string | null, boolean];
    if (low === null || high === null || !hasNoNull) return [];
    return [`${sql} BETWEEN ${sqlText(low)} AND ${sqlText(high)}`];
  });
  return conditions.join(' AND ') || 'true';
}

/**
 * SQL of the newest stored versions of the facts that incoming rows may restate. Where they share no key with the store,
 * as an import of new data mostly does, only key columns were read to find that out.
 * @param incoming view with the incoming rows
 * @returns null where there are none
 */
export async function priorRowsSql(
  connection: DuckDBConnection,
  table: TableName,
  incoming: string,
  stored: { directory: string; files: readonly PartFile[] },
): Promise<string | null> {
  if (!stored.files.some((file) => file.table === table)) return null;
  const current = await currentRowsSql(connection, stored.directory, table, stored.files, null);
  const near = `SELECT * FROM (${current}) WHERE ${await keyRangeSql(connection, table, incoming)}`;
  const shared = await connection.runAndReadAll(
    `SELECT 1 FROM (${near}) p SEMI JOIN ${incoming} i ON ${sameKey(table, 'p', 'i')} LIMIT 1`,
  );
  return shared.currentRowCount === 0 ? null : near;
}
