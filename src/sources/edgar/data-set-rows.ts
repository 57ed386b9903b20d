import type { SetAsideRow, SourceFile } from '../../core/index.js';
import { LineCursor } from '../text/index.js';

/** A row of a member of a data set. */
export interface TsvRow {
  readonly line: number;
  /** Fields by column name, trimmed; null where the row has not as many fields as the header. */
  readonly field: ((column: string) => string) | null;
  readonly text: string;
}

/** Positions of the columns that a header line names. */
export function headerPositions(header: string): Map<string, number> {
  return new Map(header.split('\t').map((name, index) => [name.trim(), index]));
}

/** Rows below the header, split at tabs. */
export function* tsvRows(file: SourceFile): Generator<TsvRow> {
  const cursor = new LineCursor(file.bytes);
  const header = cursor.next() ?? '';
  const width = header.split('\t').length;
  const positions = headerPositions(header);
  for (let text = cursor.next(); text !== null; text = cursor.next()) {
    if (text === '') continue;
    const fields = text.split('\t');
    yield { line: cursor.line, text, field: fields.length === width ? fieldOf(fields, positions) : null };
  }
}

/** A row's fields by the names of their columns; '' for a column that the file has not. */
export function fieldOf(
  fields: readonly string[],
  positions: ReadonlyMap<string, number>,
): (column: string) => string {
  return (column) => fields[positions.get(column) ?? -1]?.trim() ?? '';
}

export function misshapen({ line, text }: TsvRow): SetAsideRow {
  return {
    rowNumber: line,
    column: null,
    found: text.slice(0, 200),
    expected: 'as many fields as the header',
    reason: 'the row is shorter or longer than the header',
  };
}

export function faulty(rowNumber: number, column: string, found: string, expected: string): SetAsideRow {
  const reason = found === '' ? `${column} is missing` : `${column} is '${found}'`;
  return {
    rowNumber,
    column,
    found,
    expected,
    reason,
    ...(column === 'ACCESSION_NUMBER' ? { subject: found } : {}),
  };
}
