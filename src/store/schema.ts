import { type ColumnType, STAMP_COLUMNS, storeName, TABLES, type TableName } from '../core/index.js';

export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

export interface StoreColumn {
  /** As the program calls it, camelCase. */
  readonly name: string;
  /** As the store and SQL call it, quoted. */
  readonly sql: string;
  readonly type: ColumnType;
}

const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  date: 'DATE',
  instant: 'TIMESTAMP',
  text: 'VARCHAR',
  integer: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
};

export const sqlType = (type: ColumnType): string => SQL_TYPES[type];
export const sqlName = (name: string): string => `"${storeName(name)}"`;
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * Which version of its fact a row is: 0 for the first, n + 1 for one that restates version n. Kept in the files beside
 * the columns of core, so that order among versions does not hang on clocks.
 */
export const REVISION: StoreColumn = { name: 'revision', sql: '"revision"', type: 'integer' };

function storeColumns(entries: Readonly<Record<string, ColumnType>>): StoreColumn[] {
  return Object.entries(entries).map(([name, type]) => ({ name, sql: sqlName(name), type }));
}

/** Columns that a source delivers. */
export const ownColumns = (table: TableName): StoreColumn[] => storeColumns(TABLES[table].columns);

/** All columns of the table's Parquet files, in order. A stamp that the table has as a column of its own comes once. */
export function allColumns(table: TableName): StoreColumn[] {
  return [...storeColumns({ ...TABLES[table].columns, ...STAMP_COLUMNS }), REVISION];
}

export const keyColumns = (table: TableName): string[] =>
  (TABLES[table].key as readonly string[]).map((name) => sqlName(name));

/** Columns whose change makes a new version: what a source delivers, less the key. */
export function valueColumns(table: TableName): string[] {
  const key = keyColumns(table);
  return ownColumns(table)
    .map((column) => column.sql)
    .filter((sql) => !key.includes(sql));
}

/** SQL condition that two rows have the same key; nulls are equal. */
export const sameKey = (table: TableName, left: string, right: string): string =>
  keyColumns(table)
    .map((sql) => `${left}.${sql} IS NOT DISTINCT FROM ${right}.${sql}`)
    .join(' AND ');

/** SQL condition that two rows of the same key say the same; nulls are equal. */
export const sameValues = (table: TableName, left: string, right: string): string =>
  valueColumns(table)
    .map((sql) => `${left}.${sql} IS NOT DISTINCT FROM ${right}.${sql}`)
    .join(' AND ') || 'true';
