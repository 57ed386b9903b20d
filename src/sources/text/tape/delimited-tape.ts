import { FormatError, type TapeBatch } from '../../../core/index.js';
import { LineScanner } from './line-scanner.js';
import { TapeWriter } from './tape-writer.js';

/** How one format's lines become rows. */
export interface DelimitedTapeFormat {
  readonly separator: ',' | '|';
  /**
   * Asked once, with the header where the format has one. The result reads the current line of the scanner: it commits a
   * trade or quote, or tells the writer what else the line is.
   */
  rowReader(header: readonly string[], scanner: LineScanner, writer: TapeWriter): RowReading;
  readonly hasHeader: boolean;
  /** True where a last line that is cut short cannot pass for a whole one, so that it needs no end of line. */
  readonly acceptsUnterminatedLine: boolean;
}

export interface RowReading {
  /** Number of fields of a line; null where `read` looks for itself. */
  readonly width: number | null;
  /** True where a row has a number of its own, so that the same line twice is one row too many. */
  readonly isNumbered?: boolean;
  read(): void;
  /** @throws {FormatError} where the file as a whole is wrong, which shows at its end */
  finish?(): void;
}

/**
 * Reads a text tape in batches, in memory that does not grow with the file.
 * @param name of the file, for errors
 */
export async function* readDelimitedTape(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  format: DelimitedTapeFormat,
): AsyncGenerator<TapeBatch> {
  const scanner = new LineScanner(format.separator, name);
  const writer = new TapeWriter(name);
  let reading = format.hasHeader ? null : format.rowReader([], scanner, writer);
  for await (const chunk of chunks) {
    scanner.load(chunk);
    reading ??= readHeader(format, scanner, writer);
    if (reading === null) continue;
    while (fill(reading, scanner, writer)) yield* taken(writer);
  }
  scanner.loadRest();
  reading ??= readHeader(format, scanner, writer);
  if (reading === null) throw new FormatError(`${name} is empty`, { place: { file: name } });
  readLast(format, reading, scanner, writer);
  reading.finish?.();
  yield* taken(writer);
}

function* taken(writer: TapeWriter): Generator<TapeBatch> {
  const batch = writer.take();
  if (batch !== null) yield batch;
}

function readHeader(
  format: DelimitedTapeFormat,
  scanner: LineScanner,
  writer: TapeWriter,
): RowReading | null {
  if (!scanner.next()) return null;
  const header = Array.from({ length: scanner.fields }, (_, field) => scanner.text(field));
  return format.rowReader(header, scanner, writer);
}

/** Reads lines until the batch is full (true) or the loaded bytes are used up (false). */
function fill(reading: RowReading, scanner: LineScanner, writer: TapeWriter): boolean {
  const { width, isNumbered = false } = reading;
  while (scanner.next()) {
    writer.rowsRead += 1;
    if (scanner.fault !== null || (width !== null && scanner.fields !== width)) {
      setAsideShape(width, scanner, writer);
    } else if (isNumbered && scanner.repeatsLast()) {
      setAsideRepeated(scanner, writer);
    } else {
      reading.read();
    }
    if (writer.isFull) return true;
  }
  return false;
}

function setAsideRepeated(scanner: LineScanner, writer: TapeWriter): void {
  writer.setAsideRow(scanner.line, {
    column: null,
    found: scanner.lineText(),
    expected: 'a row with a number of its own',
    reason: 'the row repeats the one before, number and all',
  });
}

/** Sets a line aside that cannot be split into the right number of fields. */
export function setAsideShape(width: number | null, scanner: LineScanner, writer: TapeWriter): void {
  const isQuote = scanner.fault !== null;
  writer.setAsideRow(scanner.line, {
    column: null,
    found: isQuote ? scanner.lineText() : `${scanner.fields} fields`,
    expected: isQuote ? 'fields in closed quotes or none' : `${width} fields`,
    reason: isQuote ? 'a quote stays open' : 'the row is shorter or longer than the others',
  });
}

/** The last line without an end of line: whole only where it could not have been cut unnoticed. */
function readLast(
  format: DelimitedTapeFormat,
  reading: RowReading,
  scanner: LineScanner,
  writer: TapeWriter,
): void {
  if (format.acceptsUnterminatedLine) {
    fill(reading, scanner, writer);
    return;
  }
  while (scanner.next()) {
    writer.rowsRead += 1;
    if (scanner.isTerminated) throw new Error('a line before the last was not read');
    writer.setAsideRow(scanner.line, {
      column: null,
      found: scanner.lineText(),
      expected: 'an end of line behind the last row',
      reason: 'the file ends within this row; its last figure may be cut short',
    });
  }
}
