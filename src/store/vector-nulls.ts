import type { DuckDBVector } from '@duckdb/node-api';

/**
 * Tells the rows of a vector that are NULL, by the bits that the library asks one big integer at a time.
 * @returns null where none is
 */
export function nullReader(vector: DuckDBVector): ((row: number) => boolean) | null {
  const { validity } = vector as unknown as { readonly validity: { readonly data: BigUint64Array | null } };
  const { data } = validity;
  if (data === null) return null;
  const words = new Uint32Array(data.buffer, data.byteOffset, 2 * data.length);
  return (row) => ((words[row >>> 5]! >>> (row & 31)) & 1) === 0;
}
