import type { BulkInput } from '../core/index.js';
import { readParquetSql } from './duckdb.js';
import { sqlText } from './schema.js';

/** A part of a file that the engine reads by itself: numbering its rows takes them one after the other. */
export interface BulkPiece {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly columns: number;
  /** SQL of its rows: `bulk_line`, and columns "c0", "c1" ..., all text, blank = NULL. */
  readonly rowsSql: string;
}

/** Two cores are what an import may take. */
export const MOST_PIECES = 2;

type CsvInput = Extract<BulkInput, { format: 'csv' }>;

/** A text in two pieces, where it says how; a Parquet file as it is. @param path where the pieces go, less their numbers */
export function piecesOf(input: BulkInput, path: string): BulkPiece[] {
  if (input.format === 'parquet') {
    const rowsSql = parquetSql(input.columns, path);
    return [{ path, bytes: input.bytes, columns: input.columns.length, rowsSql }];
  }
  const { bytes, middle, columns } = input;
  const pieces =
    middle === null
      ? [{ bytes, before: 1, hasHeader: true }]
      : [
          { bytes: bytes.subarray(0, middle.byte), before: 1, hasHeader: true },
          { bytes: bytes.subarray(middle.byte), before: middle.rowNumber - 1, hasHeader: false },
        ];
  return pieces.map((piece, index) => {
    const file = `${path}-${index}`;
    return { path: file, bytes: piece.bytes, columns, rowsSql: csvSql(input, file, piece) };
  });
}

function parquetSql(names: readonly string[], path: string): string {
  const columns = names.map(
    (name, i) => `nullif(trim("${name.replaceAll('"', '""')}"::VARCHAR), '') AS "c${i}"`,
  );
  return `SELECT row_number() OVER () AS bulk_line, ${columns.join(', ')} FROM ${readParquetSql([path])}`;
}

function csvSql(
  { columns, isQuoted, newLine }: CsvInput,
  path: string,
  { before, hasHeader }: { readonly before: number; readonly hasHeader: boolean },
): string {
  const types = Array.from({ length: columns }, (_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const quote = isQuoted ? '"' : '';
  // DuckDB 1.5 finds no row in strict mode where it is told of CRLF, and finds CRLF by itself where it is not.
  const ends = newLine === '\n' ? "new_line = '\\n', " : '';
  return `SELECT row_number() OVER () + ${before} AS bulk_line, *
    FROM read_csv(${sqlText(path)}, auto_detect = false, header = ${hasHeader}, delim = ',', columns = {${types}},
      quote = '${quote}', escape = '${quote}', ${ends}nullstr = '', strict_mode = true, null_padding = false)`;
}
