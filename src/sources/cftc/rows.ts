import { readDelimited } from '../text/index.js';
import { type FileLayout, layoutOfHeader, layoutWithoutHeader } from './file-layout.js';
import { readSheet } from './xls.js';

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
  const records = readDelimited(bytes);
  const header = records.next();
  const layout = layoutOfHeader(header.done ? [] : header.value.fields, fileName);
  return { layout, rows: linesOf(records) };
}

/** Rows of the weekly file, which has no header. */
export function headerlessRows(bytes: Uint8Array): RawRows {
  return { layout: layoutWithoutHeader(), rows: linesOf(readDelimited(bytes)) };
}

/** @throws {FormatError} where the workbook is damaged or its header lacks a column */
export function sheetRows(bytes: Uint8Array, fileName: string): RawRows {
  const { rows, serialOffset } = readSheet(bytes, fileName);
  const header = rows[0] ?? [];
  const layout = layoutOfHeader(header, fileName, { serialOffset });
  return { layout, rows: cellsOf(rows, header.length) };
}

/** No field of the report holds an end of line, so a record over several lines is a stray quote, and as many bad rows. */
function* linesOf(
  records: Iterable<{ line: number; fields: string[]; malformed?: string }>,
): Generator<RawRow> {
  for (const { line, fields, malformed } of records) {
    if (malformed !== undefined) {
      yield { rowNumber: line, malformed, text: fields.join(',') };
    } else if (fields.some((field) => field.includes('\n'))) {
      const lines = fields.join(',').split('\n');
      for (const [index, text] of lines.entries()) {
        if (text.trim() === '') continue;
        yield { rowNumber: line + index, malformed: 'a quoted field runs over the end of the line', text };
      }
    } else {
      yield { rowNumber: line, fields };
    }
  }
}

function* cellsOf(rows: readonly (readonly string[])[], width: number): Generator<RawRow> {
  for (let index = 1; index < rows.length; index += 1) {
    const fields = [...rows[index]!];
    while (fields.length < width) fields.push('');
    yield { rowNumber: index + 1, fields };
  }
}
