import { readDelimited } from '../text/index.js';
import { type FileLayout, layoutOfHeader, layoutWithoutHeader } from './file-layout.js';
import { readWorkbook } from './xls.js';

const LF = 10;
const CR = 13;

/** A data row of a file: its trimmed fields, or why it has none. */
export type RawRow =
  | { readonly rowNumber: number; readonly fields: readonly string[] }
  | { readonly rowNumber: number; readonly malformed: string; readonly text: string };

/** The data rows of a file, header and blank lines left out, and where its columns stand. */
export interface RawRows {
  readonly layout: FileLayout;
  readonly rows: Iterable<RawRow>;
}

/** @throws {FormatError} where the header lacks a column */
export function textRows(bytes: Uint8Array, fileName: string): RawRows {
  const records = recordsOf(bytes);
  const header = records.next();
  const fields = header.done || 'malformed' in header.value ? [] : header.value.fields;
  return { layout: layoutOfHeader(fields, fileName), rows: records };
}

/** Rows of the weekly file, which has no header. */
export function headerlessRows(bytes: Uint8Array): RawRows {
  return { layout: layoutWithoutHeader(), rows: recordsOf(bytes) };
}

/** Days between the epochs of workbooks that count from 1899-12-30 and from 1904-01-01. */
const DAYS_1900_TO_1904 = 1462;

/** @throws {FormatError} where the workbook is damaged or its header lacks a column */
export function sheetRows(bytes: Uint8Array, fileName: string): RawRows {
  const { rows, date1904 } = readWorkbook(bytes, fileName);
  const header = rows[0] ?? [];
  const layout = layoutOfHeader(header, fileName, { serialOffset: date1904 ? DAYS_1900_TO_1904 : 0 });
  return { layout, rows: rows.slice(1).map((cells, index) => sheetRow(index + 2, cells, header.length)) };
}

/** A row whose last cells are empty is as wide as the header; cells beyond the header make it too wide. */
function sheetRow(rowNumber: number, cells: readonly string[], width: number): RawRow {
  const used = cells.findLastIndex((text) => text !== '') + 1;
  const fields = Array.from({ length: Math.max(used, width) }, (_, column) => cells[column] ?? '');
  return { rowNumber, fields };
}

/** No field of the report holds an end of line: each line is read by itself, so that a stray quote costs one row. */
function* recordsOf(bytes: Uint8Array): Generator<RawRow> {
  let line = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = endOfLine(bytes, start);
    line += 1;
    for (const { fields, malformed } of readDelimited(bytes.subarray(start, end))) {
      yield malformed === undefined
        ? { rowNumber: line, fields }
        : { rowNumber: line, malformed, text: fields.join(',') };
    }
    start = bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
  }
}

function endOfLine(bytes: Uint8Array, start: number): number {
  let end = start;
  while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end += 1;
  return end;
}
