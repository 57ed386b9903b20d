import type { TapeBatch } from '../../../core/index.js';
import { EpochTime } from './clock.js';
import { parseMicros, parseSequence } from './figures.js';
import { JsonDocuments, type JsonObject, type JsonValue, parseJsonDocument } from './json-documents.js';
import { latin1 } from './line-scanner.js';
import { TapeWriter } from './tape-writer.js';

const LONGEST_FIGURE = 64;
const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Reads figures of the objects of a JSON tape and sets rows aside. */
export class JsonRows {
  /** 1-based number of the current row. */
  rowNumber = 0;
  readonly writer: TapeWriter;
  readonly time = new EpochTime();

  constructor(writer: TapeWriter) {
    this.writer = writer;
  }

  /** An exact decimal in millionths; NaN where it is none. */
  micros(value: JsonValue | undefined): number {
    if (typeof value !== 'string' || value.length > LONGEST_FIGURE) return Number.NaN;
    return parseMicros(Buffer.from(value, 'latin1'), 0, value.length);
  }

  /** As `micros`, but 0 where the figure is missing, as a withdrawn side of a quote is. */
  microsOrMissing(value: JsonValue | undefined): number {
    return value === undefined || value === null ? 0 : this.micros(value);
  }

  /** A whole number, 0 where it is missing; -1 where it is none. */
  whole(value: JsonValue | undefined): number {
    if (value === undefined || value === null) return 0;
    if (typeof value !== 'string' || value.length > LONGEST_FIGURE) return -1;
    return parseSequence(Buffer.from(value, 'latin1'), 0, value.length);
  }

  /** Character code of a single letter, 0 where it is missing; -1 where it is none. */
  letter(value: JsonValue | undefined): number {
    if (value === undefined || value === null || value === '') return 0;
    return typeof value === 'string' && /^[A-Z]$/.test(value) ? value.charCodeAt(0) : -1;
  }

  /** Reads nanoseconds since 1970 into `time`. */
  readNanos(value: JsonValue | undefined): boolean {
    if (typeof value !== 'string' || value.length > 19) return false;
    return this.time.readNanos(Buffer.from(value, 'latin1'), 0, value.length);
  }

  /** Reads milliseconds since 1970 into `time`. */
  readMillis(value: JsonValue | undefined): boolean {
    return value !== undefined && this.time.readMillis(this.whole(value));
  }

  /** Reads an RFC 3339 instant with up to nine decimals into `time`. */
  readInstant(value: JsonValue | undefined): boolean {
    const match = typeof value === 'string' ? INSTANT.exec(value) : null;
    if (match === null) return false;
    const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHours, offsetMinutes] = match;
    const text = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
    const millis = Date.parse(text);
    if (!Number.isFinite(millis)) return false;
    const offset = sign === undefined ? 0 : (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60;
    this.time.seconds = millis / 1000 - (sign === '-' ? -offset : offset);
    this.time.nanos = Number(fraction.padEnd(9, '0'));
    return this.time.seconds >= 0;
  }

  /** Sets aside a value that is no row at all. */
  setAsideValue(value: JsonValue): void {
    this.writer.setAsideRow(this.rowNumber, {
      column: null,
      found: JSON.stringify(value),
      expected: 'an object',
      reason: 'the value is no row',
    });
  }

  /** Sets the row aside for what stands under a key; gives false. */
  setAside(row: JsonObject, column: string, expected: string): false {
    const found = row[column];
    this.writer.setAsideRow(this.rowNumber, {
      column,
      found: found === undefined ? 'nothing' : typeof found === 'string' ? found : JSON.stringify(found),
      expected,
      reason: found === undefined ? `the row has no ${column}` : `${column} cannot be read`,
    });
    return false;
  }
}

/** Gives what each row of a document is read by. */
export type JsonDocumentReader = (document: JsonObject | readonly JsonValue[]) => Iterable<() => void>;

/**
 * Reads a JSON tape in batches: pages of an API or messages of a stream, in memory bounded by one document.
 * @param name of the file, for errors
 */
export async function* readJsonTape(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  options: { readonly hasTradeIds: boolean },
  documentReader: (rows: JsonRows) => JsonDocumentReader,
): AsyncGenerator<TapeBatch> {
  const writer = new TapeWriter(name, options);
  const rows = new JsonRows(writer);
  const read = documentReader(rows);
  const documents = new JsonDocuments(name);
  for await (const chunk of chunks) {
    for (const bytes of documents.load(chunk)) {
      for (const readRow of rowsOf(bytes, rows, read)) {
        rows.rowNumber += 1;
        writer.rowsRead += 1;
        readRow();
        if (!writer.isFull) continue;
        const batch = writer.take();
        if (batch !== null) yield batch;
      }
    }
  }
  documents.finish();
  const last = writer.take();
  if (last !== null) yield last;
}

function rowsOf(bytes: Uint8Array, rows: JsonRows, read: JsonDocumentReader): Iterable<() => void> {
  const document = parseJsonDocument(bytes);
  if (document !== null) return read(document);
  return [
    () =>
      rows.writer.setAsideRow(rows.rowNumber, {
        column: null,
        found: latin1(bytes, 0, Math.min(bytes.length, 256)),
        expected: 'JSON',
        reason: 'the text is no JSON',
      }),
  ];
}
