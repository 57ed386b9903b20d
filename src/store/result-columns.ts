import type { DuckDBResult, DuckDBVector } from '@duckdb/node-api';
import { DuckDBTypeId } from './engine.js';
import { nullReader } from './vector-nulls.js';

/** Columns of a result by camelCase name, one typed array each: INTEGER as Int32Array, DOUBLE as Float64Array. */
export type NumberColumns = Readonly<Record<string, Int32Array | Float64Array>>;

type Part = Int32Array | Float64Array;

const camelName = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A vector's values, copied; NULL is NaN. */
function valuesOf(vector: DuckDBVector, column: string): Part {
  const { items } = vector as unknown as { readonly items: Part };
  const values = items.slice();
  const isNull = nullReader(vector);
  if (isNull === null) return values;
  for (let i = 0; i < values.length; i++) {
    if (!isNull(i)) continue;
    if (values instanceof Int32Array)
      throw new Error(`column '${column}' holds a NULL, which a whole number cannot; cast it to DOUBLE`);
    values[i] = Number.NaN;
  }
  return values;
}

function joined(parts: readonly Part[], rows: number, isWhole: boolean): Part {
  const all = isWhole ? new Int32Array(rows) : new Float64Array(rows);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * A result of any size as typed arrays, without an object a row.
 * @throws {Error} on a column that is neither INTEGER nor DOUBLE, and on a NULL in an INTEGER
 */
export async function numberColumns(result: DuckDBResult): Promise<NumberColumns> {
  const names = result.deduplicatedColumnNames().map(camelName);
  const isWhole = names.map((name, index) => {
    const type = result.columnTypeId(index);
    if (type !== DuckDBTypeId.INTEGER && type !== DuckDBTypeId.DOUBLE)
      throw new Error(`column '${name}' is ${DuckDBTypeId[type]}; cast it to INTEGER or DOUBLE in the SQL`);
    return type === DuckDBTypeId.INTEGER;
  });
  const parts: Part[][] = names.map(() => []);
  let rows = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; ) {
    for (const [index, name] of names.entries())
      parts[index]!.push(valuesOf(chunk.getColumnVector(index), name));
    rows += chunk.rowCount;
    chunk = await result.fetchChunk();
  }
  return Object.fromEntries(
    names.map((name, index) => {
      const whole = joined(parts[index]!, rows, isWhole[index]!);
      parts[index] = [];
      return [name, whole];
    }),
  );
}
