import { FormatError, type SourceFile } from '../../core/index.js';
import { type Columns, columnsOf } from './columns.js';
import { type DelimitedOptions, sniffHeader } from './delimited.js';

/** Columns that the first line names; null where it can be no header. */
export function headerColumns(file: SourceFile, options: DelimitedOptions = {}): Columns | null {
  const header = sniffHeader(file.bytes, options);
  return header === null ? null : columnsOf(header);
}

/**
 * @param page of docs/sources
 * @throws {FormatError} where the columns of a file are not those of any kind
 */
export function requireColumns(columns: Columns | null, file: SourceFile, page: string): Columns {
  if (columns !== null) return columns;
  throw new FormatError(`${file.name} has no header line that is known; see docs/sources/${page}`, {
    place: { file: file.name, line: 1 },
  });
}
