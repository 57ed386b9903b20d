import { dayNumber, isIsoDate, type TapeBatch } from '../../../core/index.js';
import { ByteDictionary } from './byte-dictionary.js';
import { EpochTime, LAST_SECOND, parseClockTime } from './clock.js';
import { parseMicros, parseSequence } from './figures.js';
import { JsonDocuments } from './json-documents.js';
import { isJsonArray, isJsonObject, type JsonObject, JsonParser, type JsonValue } from './json-value.js';
import { latin1 } from './line-scanner.js';
import { TapeWriter } from './tape-writer.js';

const LETTER_T = 116;
const LETTER_Z = 122;
const LONGEST_FIGURE = 64;
const DAY_LENGTH = 10;
const SECONDS_PER_DAY = 86_400;
const NANOS_PER_SECOND = 1_000_000_000;
const ZONE = /^[+-]([01]\d|2[0-3]):([0-5]\d)$/;

/** Reads figures of the objects of a JSON tape and sets rows aside. */
export class JsonRows {
  /** 1-based number of the current row. */
  rowNumber = 0;
  readonly writer: TapeWriter;
  readonly time = new EpochTime();

  constructor(writer: TapeWriter) {
    this.writer = writer;
  }

  readonly #bytes = new Uint8Array(LONGEST_FIGURE);
  readonly #days = new ByteDictionary((text) => (isIsoDate(text) ? dayNumber(text) : -1));

  /** An exact decimal in millionths; NaN where it is none. */
  micros(value: JsonValue | undefined): number {
    const length = this.#copy(value);
    return length < 0 ? Number.NaN : parseMicros(this.#bytes, 0, length);
  }

  /** As `micros`, but 0 where the figure is missing, as a withdrawn side of a quote is. */
  microsOrMissing(value: JsonValue | undefined): number {
    return value === undefined || value === null ? 0 : this.micros(value);
  }

  /** A whole number, 0 where it is missing; -1 where it is none. */
  whole(value: JsonValue | undefined): number {
    if (value === undefined || value === null) return 0;
    const length = this.#copy(value);
    return length < 0 ? -1 : parseSequence(this.#bytes, 0, length);
  }

  /** Character code of a single letter, 0 where it is missing; -1 where it is none. */
  letter(value: JsonValue | undefined): number {
    if (value === undefined || value === null || value === '') return 0;
    return typeof value === 'string' && /^[A-Z]$/.test(value) ? value.charCodeAt(0) : -1;
  }

  /** Reads nanoseconds since 1970 into `time`. */
  readNanos(value: JsonValue | undefined): boolean {
    return this.time.readNanos(this.#bytes, 0, this.#copy(value));
  }

  /** Reads milliseconds since 1970 into `time`. */
  readMillis(value: JsonValue | undefined): boolean {
    return value !== undefined && this.time.readMillis(this.whole(value));
  }

  /** Reads an RFC 3339 instant with up to nine decimals into `time`. */
  readInstant(value: JsonValue | undefined): boolean {
    const length = this.#copy(value);
    if (length < DAY_LENGTH + 10 || (this.#bytes[DAY_LENGTH]! | 32) !== LETTER_T) return false;
    const isUtc = (this.#bytes[length - 1]! | 32) === LETTER_Z;
    const end = isUtc ? length - 1 : length - 6;
    const day = this.#days.get(this.#bytes, 0, DAY_LENGTH);
    const nanos = parseClockTime(this.#bytes, DAY_LENGTH + 1, end);
    const offset = isUtc ? 0 : zoneSeconds(latin1(this.#bytes, end, length));
    const seconds = day * SECONDS_PER_DAY - offset;
    if (day < 0 || nanos < 0 || !(seconds >= 0)) return false;
    this.time.seconds = seconds;
    this.time.nanos = nanos;
    return seconds + nanos / NANOS_PER_SECOND <= LAST_SECOND;
  }

  /** Puts a text into `#bytes` and gives its length; -1 where it is none, too long or no Latin text. */
  #copy(value: JsonValue | undefined): number {
    if (typeof value !== 'string' || value.length > LONGEST_FIGURE) return -1;
    for (let index = 0; index < value.length; index += 1) {
      const code = value.charCodeAt(index);
      if (code > 126) return -1;
      this.#bytes[index] = code;
    }
    return value.length;
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

/** Seconds that a zone such as '-05:00' is ahead of UTC; NaN where the text is no zone. */
function zoneSeconds(zone: string): number {
  const match = ZONE.exec(zone);
  if (match === null) return Number.NaN;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60;
  return zone.startsWith('-') ? -seconds : seconds;
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
  const parser = new JsonParser();
  for await (const chunk of chunks) {
    for (const bytes of documents.load(chunk)) {
      for (const readRow of rowsOf(bytes, parser, rows, read)) {
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

function rowsOf(
  bytes: Uint8Array,
  parser: JsonParser,
  rows: JsonRows,
  read: JsonDocumentReader,
): Iterable<() => void> {
  const document = parser.parse(bytes);
  if (isJsonArray(document) || isJsonObject(document)) return read(document);
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
