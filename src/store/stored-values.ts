import type { Instant, TableName } from '../core/index.js';
import { sqlInstant } from './current-rows.js';
import { allColumns, REVISION, sqlText } from './schema.js';
import { stagedColumns, stagedValueSql } from './staging.js';

/** A file of a unit, as its rows name it. */
export interface UnitMember {
  readonly fileName: string;
  readonly fileSha256: string;
  readonly source: string;
  readonly kind: string;
}

/** SQL of a text that is the same for all rows of a member. @param type of the result */
function ofMember(values: readonly string[], type: string): string {
  if (values.length === 1) return `${sqlText(values[0]!)}::${type}`;
  return `([${values.map(sqlText).join(', ')}]::${type}[])[("member" + 1)::BIGINT]`;
}

/** A type that spares Parquet's writer looking up each row's text in its dictionary; read back, it is text again. */
export const enumOf = (values: readonly string[]): string =>
  `ENUM(${[...new Set(values)].map(sqlText).join(', ')})`;
const asText = (): string => 'VARCHAR';

/**
 * SQL of every column of the store but `revision`, over a staged table.
 * @param typeOf SQL type of the texts that name a member
 */
export function storedValuesSql(
  table: TableName,
  members: readonly UnitMember[],
  storedAt: Instant,
  typeOf: (values: readonly string[]) => string = asText,
): Map<string, string> {
  const values = new Map(stagedColumns(table).map((column) => [column.sql, stagedValueSql(column)]));
  values.set('"stored_at"', sqlInstant(storedAt));
  for (const [sql, texts] of [
    ['"source"', members.map(({ source }) => source)],
    ['"file_name"', members.map(({ fileName }) => fileName)],
    ['"file_sha256"', members.map(({ fileSha256 }) => fileSha256)],
  ] as const)
    values.set(sql, ofMember(texts, typeOf(texts)));
  return new Map(
    allColumns(table)
      .filter(({ sql }) => sql !== REVISION.sql)
      .map(({ sql }) => [sql, values.get(sql)!]),
  );
}

/** The same, with types that are only good for being written. */
export const writtenValuesSql = (
  table: TableName,
  members: readonly UnitMember[],
  storedAt: Instant,
): Map<string, string> => storedValuesSql(table, members, storedAt, enumOf);

export const listSql = (values: ReadonlyMap<string, string>): string =>
  [...values].map(([name, sql]) => `${sql} AS ${name}`).join(', ');

/**
 * SQL of rows of one file that are new facts with keys of their own, with all columns of the store, to be written.
 * @param rowsSql of staged columns
 */
export function newRowsSql(table: TableName, member: UnitMember, storedAt: Instant, rowsSql: string): string {
  const values = writtenValuesSql(table, [member], storedAt).set(REVISION.sql, '0::BIGINT');
  return `SELECT ${listSql(values)} FROM (${rowsSql})`;
}
