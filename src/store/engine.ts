import { createRequire } from 'node:module';

/**
 * DuckDB's library, loaded as the CommonJS that it is. An import reads its hundred files once more, in JavaScript, to learn what they
 * export: three times the processor time, on every thread that opens a store.
 */
const engine = createRequire(import.meta.url)('@duckdb/node-api') as typeof import('@duckdb/node-api');

export const {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  INTEGER,
  LIST,
  listValue,
  VARCHAR,
} = engine;
