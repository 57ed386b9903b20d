import { FormatError } from '../../../core/index.js';

const LF = 10;
const CR = 13;
const BLANK = 32;
const QUOTE = 34;
const COMMA = 44;
const MAX_FIELDS = 128;
/** A longer line is no line of a tape; the limit keeps memory bounded. */
const MAX_LINE_BYTES = 1 << 20;

/** Why a line cannot be split into fields. */
export type LineFault = 'quote' | null;

/**
 * Splits a stream of bytes into lines and fields without making strings. Lines end in LF or CRLF; blank lines are passed
 * over but counted. Blanks around a field and quotes around a field are not part of it.
 *
 * Use: `load` a chunk, then `next` until it says false; after the last chunk `loadRest` and `next` once more.
 */
export class LineScanner {
  /** Holds the current line; field `i` is `bytes[starts[i]]` up to `bytes[ends[i]]`. */
  bytes: Uint8Array = new Uint8Array(0);
  readonly starts = new Int32Array(MAX_FIELDS);
  readonly ends = new Int32Array(MAX_FIELDS);
  /** Fields of the current line; those beyond 128 are counted but not kept. */
  fields = 0;
  /** 1-based number of the current line. */
  line = 0;
  fault: LineFault = null;
  /** False for a last line without an end of line. */
  isTerminated = true;
  lineStart = 0;
  lineEnd = 0;
  #lastStart = 0;
  #lastEnd = 0;
  /** The last line of the bytes before, while the first one of these is current. */
  #lastOfBefore: Uint8Array | null = null;
  /** Whether one of the lines of these bytes is current. */
  #hasLine = false;

  readonly #separator: number;
  readonly #name: string;
  #position = 0;
  /** Just after the last end of line in `bytes`. */
  #limit = 0;
  #rest: Uint8Array = new Uint8Array(0);
  #isFirst = true;

  /** @param name of the file, for errors */
  constructor(separator: ',' | '|', name: string) {
    this.#separator = separator.charCodeAt(0);
    this.#name = name;
  }

  /**
   * Takes the next bytes of the file; the lines of the bytes before must all have been asked for.
   * @throws {FormatError} where a line is longer than a mebibyte
   */
  load(chunk: Uint8Array): void {
    const bytes = this.#isFirst ? withoutByteOrderMark(joined(this.#rest, chunk)) : joined(this.#rest, chunk);
    const limit = bytes.lastIndexOf(LF) + 1;
    if (bytes.length > 2 || limit > 0) this.#isFirst = false;
    this.#rest = limit === bytes.length ? EMPTY : bytes.slice(limit);
    if (this.#rest.length > MAX_LINE_BYTES) {
      throw new FormatError(
        `${this.#name}: line ${this.line + 1} has no end within ${MAX_LINE_BYTES} bytes; this is no text of lines`,
        { place: { file: this.#name, line: this.line + 1 } },
      );
    }
    this.#keepLast();
    this.bytes = bytes;
    this.#position = 0;
    this.#limit = limit;
  }

  /** Makes a line of what stands behind the last end of line, if anything does. */
  loadRest(): void {
    const rest = this.#rest;
    this.#rest = EMPTY;
    this.#position = 0;
    this.#limit = 0;
    if (rest.length === 0) return;
    this.#keepLast();
    this.bytes = new Uint8Array(rest.length + 1);
    this.bytes.set(rest);
    this.bytes[rest.length] = LF;
    this.#limit = rest.length + 1;
    this.isTerminated = false;
  }

  /** Goes to the next line that is not blank; false where the loaded bytes hold no further one. */
  next(): boolean {
    if (this.#position >= this.#limit) return false;
    if (this.#hasLine) {
      this.#lastStart = this.lineStart;
      this.#lastEnd = this.lineEnd;
      this.#lastOfBefore = null;
    }
    while (this.#position < this.#limit) {
      this.line += 1;
      this.#split();
      if (this.fields > 1 || this.ends[0]! > this.starts[0]! || this.fault !== null) {
        this.#hasLine = true;
        return true;
      }
    }
    // Blank lines to the end: the line before them is the last one.
    this.lineStart = this.#lastStart;
    this.lineEnd = this.#lastEnd;
    return false;
  }

  /** Whether the line has the same bytes as the one before it, blank ones aside. */
  repeatsLast(): boolean {
    const { bytes, lineStart } = this;
    const before = this.#lastOfBefore ?? bytes;
    const start = this.#lastOfBefore === null ? this.#lastStart : 0;
    const length = this.lineEnd - lineStart;
    const lastLength = this.#lastOfBefore === null ? this.#lastEnd - this.#lastStart : before.length;
    if (length !== lastLength) return false;
    for (let index = 0; index < length; index += 1) {
      if (bytes[lineStart + index] !== before[start + index]) return false;
    }
    return true;
  }

  /** A field as text, for messages and dictionaries. */
  text(field: number): string {
    if (field >= this.fields) return '';
    return latin1(this.bytes, this.starts[field]!, this.ends[field]!);
  }

  /** The whole line as text. */
  lineText(): string {
    return latin1(this.bytes, this.lineStart, this.lineEnd);
  }

  #keepLast(): void {
    if (this.#hasLine) this.#lastOfBefore = this.bytes.slice(this.lineStart, this.lineEnd);
    this.#hasLine = false;
  }

  #split(): void {
    const { bytes, starts, ends } = this;
    const separator = this.#separator;
    let position = this.#position;
    let start = position;
    let fields = 0;
    this.lineStart = position;
    this.fault = null;
    for (;;) {
      const byte = bytes[position]!;
      if (byte > COMMA && byte !== separator) {
        position += 1;
      } else if (byte === separator) {
        starts[fields] = start;
        ends[fields] = position;
        if (bytes[start]! <= QUOTE || bytes[position - 1]! <= QUOTE) this.#trim(fields, start, position);
        fields += 1;
        position += 1;
        start = position;
      } else if (byte === LF) {
        break;
      } else if (byte === QUOTE) {
        position = this.#closing(position);
      } else {
        position += 1;
      }
    }
    const end = position > start && bytes[position - 1] === CR ? position - 1 : position;
    starts[fields] = start;
    ends[fields] = end;
    if (end > start && (bytes[start]! <= QUOTE || bytes[end - 1]! <= QUOTE)) this.#trim(fields, start, end);
    this.fields = fields + 1;
    this.lineEnd = end;
    this.#position = position + 1;
  }

  /** Just after the quote that closes the one at `open`; a quote that stays open is a fault of the line. */
  #closing(open: number): number {
    const { bytes } = this;
    let position = open + 1;
    while (bytes[position] !== QUOTE) {
      if (bytes[position] === LF) {
        this.fault = 'quote';
        return position;
      }
      position += 1;
    }
    return position + 1;
  }

  #trim(field: number, from: number, to: number): void {
    const { bytes } = this;
    let start = from;
    let end = to;
    while (start < end && bytes[start] === BLANK) start += 1;
    while (end > start && bytes[end - 1] === BLANK) end -= 1;
    if (end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE) {
      start += 1;
      end -= 1;
    }
    this.starts[field] = start;
    this.ends[field] = end;
  }
}

const EMPTY = new Uint8Array(0);

function joined(before: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (before.length === 0) return chunk;
  const bytes = new Uint8Array(before.length + chunk.length);
  bytes.set(before);
  bytes.set(chunk, before.length);
  return bytes;
}

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Bytes as text, one character each: never fails, and tapes are ASCII. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let index = start; index < end; index += 1) text += String.fromCharCode(bytes[index]!);
  return text;
}
