import { basename } from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import {
  FormatError,
  InvalidRequest,
  type QuoteKind,
  type TapeBatch,
  type TapeFormat,
  type TapeQuoteBatch,
  type TapeTradeBatch,
} from '../../core/index.js';
import { type ColumnSpec, TAPE_COLUMNS, type TapeKind } from './columns.js';
import { NOTE_KEY, readFooter, readNote } from './tape-file.js';
import type { TapeInput } from './write-tape-layout.js';

/** Key by which a file of another program declares the kind of its quotes: 'nbbo' or 'venue'. */
const QUOTE_KIND_KEY = 'tidemark.quote_kind';

/** Columns that a file must have; of the others, those that are missing are 0 or empty, `eligible` is 1. */
const REQUIRED: Readonly<Record<TapeKind, readonly string[]>> = {
  trades: ['symbol', 'time', 'price_micros', 'size_micros'],
  quotes: ['symbol', 'time', 'bid_micros', 'ask_micros'],
};

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/**
 * A Parquet file with the columns of the tape layout as an input for `writeTapeLayout`, whoever wrote it: any encoding,
 * compression, order and number of days. Read by DuckDB, in memory that does not grow with the file.
 *
 * @param quoteKind what its quotes are, where the file itself does not say
 * @throws {FormatError} for a file that is no Parquet or lacks columns
 * @throws {InvalidRequest} for quotes of an unknown kind
 */
export function tapeParquetInput(path: string, quoteKind?: QuoteKind): TapeInput {
  const { footer } = readFooter(path);
  const names = footer.columns?.map((column) => column.name) ?? [];
  const kind: TapeKind = names.includes('bid_micros') ? 'quotes' : 'trades';
  const missing = REQUIRED[kind].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new FormatError(
      `${path} has no column ${missing.join(', ')}; docs/concepts/tape-layout.md tells the layout`,
      {
        place: { file: path, column: missing[0]! },
      },
    );
  }
  const format = formatOf(path, kind, footer.metadata, quoteKind);
  return { name: basename(path), format, batches: readBatches(path, kind, names) };
}

function formatOf(
  path: string,
  kind: TapeKind,
  metadata: ReadonlyMap<string, string>,
  chosen: QuoteKind | undefined,
): TapeFormat {
  const note = metadata.get(NOTE_KEY);
  const known = note === undefined ? [] : readNote(path, note).formats;
  if (known.length === 1) return known[0]!;
  const clock = 'nanoseconds since 1970, UTC';
  const common = {
    name: 'tape-layout',
    clock,
    hasSubPennyPrices: true,
    evidence: 'columns of the tape layout',
  };
  if (kind === 'trades') return { ...common, holds: kind, quoteKind: null, quoteSizeUnit: null };
  const declared = metadata.get(QUOTE_KIND_KEY) ?? chosen;
  if (declared !== 'nbbo' && declared !== 'venue') {
    throw new InvalidRequest(
      `${path} does not say whether its quotes are the national best or those of venues; say --quote-kind nbbo or venue, or write it under ${QUOTE_KIND_KEY}`,
    );
  }
  return { ...common, holds: kind, quoteKind: declared, quoteSizeUnit: 'shares' };
}

async function* readBatches(
  path: string,
  kind: TapeKind,
  names: readonly string[],
): AsyncGenerator<TapeBatch> {
  // The engine takes as long to load as most tapes take to sum.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '256MB' });
  const connection = await instance.connect();
  try {
    yield* streamBatches(connection, path, kind, names);
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof FormatError) throw cause;
    throw new FormatError(`${path} cannot be read: ${cause.message}`, { cause, place: { file: path } });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function* streamBatches(
  connection: DuckDBConnection,
  path: string,
  kind: TapeKind,
  names: readonly string[],
): AsyncGenerator<TapeBatch> {
  const file = `read_parquet(${text(path)}, hive_partitioning = false)`;
  const symbols = await distinctTexts(connection, file, 'symbol');
  const hasConditions = names.includes('conditions');
  const conditionSets = hasConditions ? await distinctTexts(connection, file, 'conditions') : [''];
  const described = await connection.runAndReadAll(`DESCRIBE SELECT time FROM ${file}`);
  const timeType = String(described.getRowObjectsJson()[0]!.column_type);
  const time = timeType === 'BIGINT' ? '"time"' : 'epoch_ns("time")';
  const columns = TAPE_COLUMNS[kind].slice(1).map((spec) => columnSql(spec, names));
  const result = await connection.stream(
    `SELECT coalesce(${time}, error('a row has no time')), ${codeSql('symbol')}, ${columns.join(', ')} FROM ${file}`,
  );
  let rowsBefore = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; ) {
    const batch = batchOf(kind, chunk, { symbols, conditionSets, rowsBefore });
    rowsBefore += batch.rows;
    yield {
      trades: batch.kind === 'trades' ? batch : null,
      quotes: batch.kind === 'quotes' ? batch : null,
      cancels: [],
      setAside: [],
      otherRows: 0,
      rowsRead: batch.rows,
    };
    chunk = await result.fetchChunk();
  }
}

/** The texts of a column, which the connection knows as the values of an enumeration from then on. */
async function distinctTexts(connection: DuckDBConnection, file: string, column: string): Promise<string[]> {
  await connection.run(
    `CREATE TYPE "${column}_code" AS ENUM (SELECT DISTINCT "${column}" FROM ${file} WHERE "${column}" IS NOT NULL ORDER BY 1)`,
  );
  const rows = await connection.runAndReadAll(`SELECT unnest(enum_range(NULL::"${column}_code"))::VARCHAR`);
  return rows.getRows().map(([value]) => String(value));
}

const codeSql = (column: string): string =>
  `coalesce(enum_code("${column}"::"${column}_code")::DOUBLE, error('a row has no ${column}'))`;

function columnSql({ name, type }: ColumnSpec, names: readonly string[]): string {
  if (!names.includes(name)) return name === 'eligible' ? '1::DOUBLE' : '0::DOUBLE';
  if (type === 'letters') return codeSql(name);
  if (type === 'letter') return `coalesce(ascii("${name}"), 0)::DOUBLE`;
  return `coalesce("${name}", 0)::DOUBLE`;
}

function batchOf(
  kind: TapeKind,
  chunk: DuckDBDataChunk,
  about: { symbols: readonly string[]; conditionSets: readonly string[]; rowsBefore: number },
): TapeTradeBatch | TapeQuoteBatch {
  const rows = chunk.rowCount;
  const items = (place: number) =>
    (chunk.getColumnVector(place) as unknown as { readonly items: Float64Array | BigInt64Array }).items;
  const doubles = (place: number) => (items(place) as Float64Array).slice();
  const common = {
    rows,
    epochNanos: (items(0) as BigInt64Array).slice(),
    symbol: Uint32Array.from(doubles(1)),
    symbols: about.symbols,
    rowNumber: Float64Array.from({ length: rows }, (_, row) => about.rowsBefore + row + 1),
  };
  if (kind === 'quotes') {
    return {
      kind,
      ...common,
      bidMicros: doubles(2),
      askMicros: doubles(3),
      eligible: Uint8Array.from(doubles(4)),
      venue: Uint8Array.from(doubles(5)),
      bidSizeMicros: doubles(6),
      askSizeMicros: doubles(7),
      sequence: doubles(8),
    };
  }
  return {
    kind,
    ...common,
    priceMicros: doubles(2),
    sizeMicros: doubles(3),
    venue: Uint8Array.from(doubles(4)),
    conditions: Uint16Array.from(doubles(5)),
    conditionSets: about.conditionSets,
    tape: Uint8Array.from(doubles(6)),
    correction: Uint8Array.from(doubles(7)),
    suspicious: Uint8Array.from(doubles(8)),
    aggressor: Int8Array.from(doubles(9)),
    sequence: doubles(10),
    tradeId: null,
  };
}
