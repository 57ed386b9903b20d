import { readDelimited } from '../text/index.js';
import { type FileLayout, layoutOfHeader, layoutWithoutHeader } from './file-layout.js';
import { readSheet } from './xls.js';

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

/** @throws {FormatError} where the workbook is damaged or its header lacks a column */
export function sheetRows(bytes: Uint8Array, fileName: string): RawRows {
  const { rows, serialOffset } = readSheet(bytes, fileName);
  const header = rows[0] ?? [];
  const layout = layoutOfHeader(header, fileName, { serialOffset });
  return { layout, rows: cellsOf(rows, header.length) };
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

function* cellsOf(rows: readonly (readonly string[])[], width: number): Generator<RawRow> {
  for (let index = 1; index < rows.length; index += 1) {
    const fields = [...rows[index]!];
    while (fields.length < width) fields.push('');
    yield { rowNumber: index + 1, fields };
  }
}
