import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Instant, TableName } from '../core/index.js';
import { readParquetSql } from './duckdb.js';
import { allColumns, keyColumns, sameKey, sqlType } from './schema.js';
import type { PartFile } from './snapshot.js';

export const sqlInstant = (instant: Instant): string =>
  `make_timestamp(${Math.round(instant)} * 1000::BIGINT)`;

/**
 * SQL of the newest version of each fact of a table that was known at an instant, with all columns, in stored order.
 * Makes the temporary table `newest_of_<table>` where some fact has several versions; others don't pay for it.
 * @param asOf null = all that is stored, whenever known
 */
export async function currentRowsSql(
  connection: DuckDBConnection,
  directory: string,
  table: TableName,
  files: readonly PartFile[],
  asOf: Instant | null,
): Promise<string> {
  const own = files.filter(
    (file) => file.table === table && file.rows > 0 && (asOf === null || file.firstKnownAt <= asOf),
  );
  if (own.length === 0) return emptyRowsSql(table);
  const paths = (some: readonly PartFile[]) => readParquetSql(some.map((file) => join(directory, file.path)));
  const known = asOf === null ? 'true' : `s."known_at" <= ${sqlInstant(asOf)}`;
  const columns = allColumns(table)
    .map(({ sql }) => `s.${sql}`)
    .join(', ');
  const revised = own.filter((file) => file.revisions > 0);
  const newest = `"newest_of_${table}"`;
  if (revised.length === 0 || !(await makeNewest(connection, table, newest, paths(revised), known))) {
    return `SELECT ${columns} FROM ${paths(own)} s WHERE ${known}`;
  }
  return `SELECT ${columns} FROM ${paths(own)} s LEFT JOIN ${newest} n ON ${sameKey(table, 's', 'n')}
    WHERE ${known} AND (n."revision" IS NULL OR s."revision" = n."revision")`;
}

/** @returns whether any fact has a newer version */
async function makeNewest(
  connection: DuckDBConnection,
  table: TableName,
  newest: string,
  from: string,
  known: string,
): Promise<boolean> {
  const key = keyColumns(table).join(', ');
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${newest} AS
     SELECT ${key}, max("revision") AS "revision" FROM ${from} s
     WHERE "revision" > 0 AND ${known} GROUP BY ${key}`,
  );
  const count = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM ${newest}`);
  return count.getRows()[0]![0] !== 0;
}

/** SQL of no row, with all columns of a table. */
export function emptyRowsSql(table: TableName): string {
  const columns = allColumns(table).map(({ sql, type }) => `NULL::${sqlType(type)} AS ${sql}`);
  return `SELECT ${columns.join(', ')} WHERE false`;
}
