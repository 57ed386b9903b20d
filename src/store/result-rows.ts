import type { DuckDBResult, DuckDBValue } from '@duckdb/node-api';
import { dateOfDayNumber, type IsoDate } from '../core/index.js';
import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
} from './engine.js';

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

/** Turns DuckDB's values into plain ones; calendar days repeat, so their texts are kept. */
class PlainValues {
  readonly #days = new Map<number, IsoDate>();

  #day(days: number): IsoDate {
    let text = this.#days.get(days);
    if (text === undefined) {
      text = dateOfDayNumber(days);
      this.#days.set(days, text);
    }
    return text;
  }

  of(value: DuckDBValue, column: string): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return finiteNumber(value, column);
    if (typeof value === 'bigint') return wholeNumber(value, column);
    if (value instanceof DuckDBDateValue) return this.#day(value.days);
    if (value instanceof DuckDBTimestampValue) return wholeNumber(value.micros / 1000n, column);
    if (value instanceof DuckDBDecimalValue) return value.toDouble();
    if (value instanceof DuckDBListValue) return value.items.map((item) => this.of(item, column));
    if (value instanceof DuckDBStructValue) {
      return Object.fromEntries(
        Object.entries(value.entries).map(([key, item]) => [camelName(key), this.of(item, column)]),
      );
    }
    throw new Error(`column '${column}' has a type that is not read here; cast it to a plain one in the SQL`);
  }
}

/**
 * Rows of a result as objects: keys camelCase, DATE 'YYYY-MM-DD', TIMESTAMP milliseconds since 1970 UTC, whole numbers
 * and decimals numbers, lists arrays, structs objects, NULL null.
 * @throws {Error} on a whole number beyond 2^53 and on NaN or infinity
 */
export async function plainRows<Row>(result: DuckDBResult): Promise<Row[]> {
  const plain = new PlainValues();
  const names = result.deduplicatedColumnNames().map(camelName);
  // Copies of one object have room for every column; objects that grow by a column at a time are moved on the way.
  const blank: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, null]));
  const rows: Record<string, unknown>[] = [];
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; ) {
    const start = rows.length;
    for (let row = 0; row < chunk.rowCount; row += 1) rows.push({ ...blank });
    for (const [index, name] of names.entries()) {
      chunk.visitColumnValues(index, (value, row) => {
        rows[start + row]![name] = plain.of(value, name);
      });
    }
    chunk = await result.fetchChunk();
  }
  return rows as Row[];
}
