import type { DuckDBResult, DuckDBValue, DuckDBVector, DuckDBTypeId as TypeId } from '@duckdb/node-api';
import { dateOfDayNumber } from '../core/index.js';
import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
} from './engine.js';
import { nullReader } from './vector-nulls.js';

const camelName = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function wholeNumber(value: bigint, column: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new Error(`column '${column}' holds ${value}, which a double cannot hold exactly`);
}

function finiteNumber(value: number, column: string): number {
  if (Number.isFinite(value)) return value;
  throw new Error(`column '${column}' holds ${value}; a figure that cannot be computed must be null`);
}

function plainValue(value: DuckDBValue, column: string): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return finiteNumber(value, column);
  if (typeof value === 'bigint') return wholeNumber(value, column);
  if (value instanceof DuckDBDateValue) return dateOfDayNumber(value.days);
  if (value instanceof DuckDBTimestampValue) return wholeNumber(value.micros / 1000n, column);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBListValue) return value.items.map((item) => plainValue(item, column));
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(
      Object.entries(value.entries).map(([key, item]) => [camelName(key), plainValue(item, column)]),
    );
  }
  throw new Error(`column '${column}' has a type that is not read here; cast it to a plain one in the SQL`);
}

/** Reads the value of a row that is not NULL. */
type ReadItem = (row: number) => unknown;

/** The longest text that stands in a vector itself, as bytes padded with zeros; longer ones stand elsewhere. */
const LONGEST_INLINE = 12;
const BYTES_A_TEXT = 16;
const BEYOND_ASCII = 0x80808080;

/** Short texts of ASCII are read where they stand, all others by the library. */
function textReader(vector: DuckDBVector): ReadItem {
  const { dataView } = vector as unknown as { readonly dataView: DataView };
  const bytes = Buffer.from(dataView.buffer, dataView.byteOffset, dataView.byteLength);
  return (row) => {
    const at = row * BYTES_A_TEXT;
    const length = dataView.getUint32(at, true);
    if (length > LONGEST_INLINE) return vector.getItem(row);
    const all = dataView.getUint32(at + 4) | dataView.getUint32(at + 8) | dataView.getUint32(at + 12);
    if ((all & BEYOND_ASCII) !== 0) return vector.getItem(row);
    return bytes.toString('latin1', at + 4, at + 4 + length);
  };
}

/** Reads values as the library would make them, of the types that most columns have, without an object a value; null of other types. */
function plainReader(vector: DuckDBVector, type: TypeId, column: string): ReadItem | null {
  const { items } = vector as unknown as { readonly items: Int32Array | Float64Array };
  const { items: whole } = vector as unknown as { readonly items: BigInt64Array };
  switch (type) {
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.DOUBLE:
      return (row) => finiteNumber(items[row]!, column);
    case DuckDBTypeId.BIGINT:
      return (row) => wholeNumber(whole[row]!, column);
    case DuckDBTypeId.DATE:
      return (row) => dateOfDayNumber(items[row]!);
    case DuckDBTypeId.TIMESTAMP:
      return (row) => wholeNumber(whole[row]! / 1000n, column);
    case DuckDBTypeId.VARCHAR:
      return textReader(vector);
    default:
      return null;
  }
}

/** Reads the value of any row; NULL is null. */
function valueReader(vector: DuckDBVector, type: TypeId, column: string): ReadItem {
  const read = plainReader(vector, type, column);
  if (read === null) return (row) => plainValue(vector.getItem(row) as DuckDBValue, column);
  const isNull = nullReader(vector);
  return isNull === null ? read : (row) => (isNull(row) ? null : read(row));
}

/**
 * Rows of a result as objects: keys camelCase, DATE 'YYYY-MM-DD', TIMESTAMP milliseconds since 1970 UTC, whole numbers
 * and decimals numbers, lists arrays, structs objects, NULL null.
 * @throws {Error} on a whole number beyond 2^53 and on NaN or infinity
 */
export async function plainRows<Row>(result: DuckDBResult): Promise<Row[]> {
  const names = result.deduplicatedColumnNames().map(camelName);
  const types = names.map((_, index) => result.columnTypeId(index));
  // Copies of one object have room for every column; objects that grow by a column at a time are moved on the way.
  const blank: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, null]));
  const rows: Record<string, unknown>[] = [];
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; ) {
    const start = rows.length;
    const { rowCount } = chunk;
    for (let row = 0; row < rowCount; row += 1) rows.push({ ...blank });
    for (const [index, name] of names.entries()) {
      const read = valueReader(chunk.getColumnVector(index), types[index]!, name);
      for (let row = 0; row < rowCount; row += 1) rows[start + row]![name] = read(row);
    }
    chunk = await result.fetchChunk();
  }
  return rows as Row[];
}
