import { FormatError } from '../../../core/index.js';

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
/** A page of an API is far smaller. */
const MAX_DOCUMENT_BYTES = 64 << 20;

/**
 * Cuts a stream of bytes into JSON documents: the values of the top level (one, one a line, or one behind the other), of an
 * outermost array its elements. Gives the bytes of each.
 */
export class JsonDocuments {
  readonly #name: string;
  /** Its first `#length` bytes are the beginning of the open document, as far as it has come. */
  #buffer: Uint8Array = new Uint8Array(0);
  #length = 0;
  /** Depth of brackets at the end of these bytes, and whether that is in a string or behind a backslash. */
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isInOuterArray = false;
  /** Where the open document starts; -1 where none is open. */
  #start = -1;
  #offset = 0;

  /** @param name of the file, for errors */
  constructor(name: string) {
    this.#name = name;
  }

  /**
   * The documents that end in this chunk.
   * @throws {FormatError} where something other than documents stands between them, or one is larger than 64 MiB
   */
  *load(chunk: Uint8Array): Generator<Uint8Array> {
    let position = this.#length;
    const bytes = position === 0 ? chunk : this.#append(chunk);
    while (position < bytes.length) {
      if (this.#isInString) {
        position = this.#endOfString(bytes, position);
        continue;
      }
      const byte = bytes[position]!;
      if (byte === QUOTE && this.#start >= 0) {
        this.#isInString = true;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.#open(byte, position);
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (this.#close(byte, position)) {
          yield bytes.subarray(this.#start, position + 1);
          this.#start = -1;
        }
      } else if (this.#start < 0 && !isBetween(byte)) {
        throw this.#unexpected(byte, position);
      }
      position += 1;
    }
    this.#keep(bytes);
  }

  /** @throws {FormatError} where the file ends within a document */
  finish(): void {
    if (this.#start < 0 && !this.#isInOuterArray) return;
    throw new FormatError(`${this.#name} ends within its JSON, at byte ${this.#offset}; fetch it again`, {
      place: { file: this.#name, found: 'end of file', expected: 'the end of a JSON value' },
    });
  }

  /** Just behind the quote that ends the string, or the end of the bytes. */
  #endOfString(bytes: Uint8Array, from: number): number {
    let position = from;
    for (; position < bytes.length; position += 1) {
      const byte = bytes[position]!;
      if (this.#isEscaped) {
        this.#isEscaped = false;
      } else if (byte === BACKSLASH) {
        this.#isEscaped = true;
      } else if (byte === QUOTE) {
        this.#isInString = false;
        return position + 1;
      }
    }
    return position;
  }

  #open(byte: number, position: number): void {
    if (this.#start < 0 && byte === OPEN_BRACKET && !this.#isInOuterArray) {
      this.#isInOuterArray = true;
      return;
    }
    if (this.#start < 0) this.#start = position;
    this.#depth += 1;
  }

  /** True where a document ends here. */
  #close(byte: number, position: number): boolean {
    if (this.#start < 0) {
      if (byte !== CLOSE_BRACKET || !this.#isInOuterArray) throw this.#unexpected(byte, position);
      this.#isInOuterArray = false;
      return false;
    }
    this.#depth -= 1;
    return this.#depth === 0;
  }

  #keep(bytes: Uint8Array): void {
    const from = this.#start < 0 ? bytes.length : this.#start;
    this.#offset += from;
    const rest = bytes.subarray(from);
    if (from > 0 || this.#length === 0) {
      this.#length = 0;
      this.#append(rest);
    }
    if (this.#start >= 0) this.#start = 0;
    if (rest.length > MAX_DOCUMENT_BYTES) {
      throw new FormatError(
        `${this.#name} holds a JSON value of more than ${MAX_DOCUMENT_BYTES} bytes; give the pages of the API one by one`,
        { place: { file: this.#name } },
      );
    }
  }

  /** Puts bytes behind those that are kept; gives all that are kept then. */
  #append(bytes: Uint8Array): Uint8Array {
    const length = this.#length + bytes.length;
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#buffer.length));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = length;
    return this.#buffer.subarray(0, length);
  }

  #unexpected(byte: number, position: number): FormatError {
    const found = JSON.stringify(String.fromCharCode(byte));
    const at = this.#offset + position;
    return new FormatError(`${this.#name} is no JSON at byte ${at}: ${found} stands between objects`, {
      place: { file: this.#name, found, expected: 'a JSON object or array' },
    });
  }
}

function isBetween(byte: number): boolean {
  return (
    byte === COMMA ||
    byte === 32 ||
    (byte >= 9 && byte <= 13) ||
    byte === 0xef ||
    byte === 0xbb ||
    byte === 0xbf
  );
}

const HEAD_BYTES = 65_536;

/** The beginning of a file as text where it looks like JSON, else null. */
export function jsonBeginning(head: Uint8Array): string | null {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_BYTES)).toString(
    'utf8',
  );
  return /^\uFEFF?\s*[[{]/.test(text) ? text : null;
}
