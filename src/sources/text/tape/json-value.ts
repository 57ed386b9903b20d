import { TapeNames } from './batch-builder.js';
import { ByteDictionary } from './byte-dictionary.js';
import { latin1 } from './line-scanner.js';

/** A JSON value whose numbers are kept as they are written, since nanoseconds since 1970 do not fit a double. */
export type JsonValue = null | boolean | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const MAX_DEPTH = 32;
const MAX_KEYS = 4096;
/** Bytes that a number may have; that they are in order is seen where the number is read. */
const IN_NUMBER = Uint8Array.from({ length: 256 }, (_, byte) =>
  '0123456789+-.eE'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** Reads JSON from bytes. Keys that come again and again are made strings once. */
export class JsonParser {
  readonly #names = new TapeNames();
  readonly #keys = new ByteDictionary((text) =>
    this.#names.list.length < MAX_KEYS ? this.#names.indexOf(text) : -1,
  );
  #bytes: Uint8Array = new Uint8Array(0);
  #position = 0;
  #isWrong = false;

  /** @returns undefined where the bytes are no JSON value */
  parse(bytes: Uint8Array): JsonValue | undefined {
    this.#bytes = bytes;
    this.#position = 0;
    this.#isWrong = false;
    const value = this.#value(0);
    this.#skipBlanks();
    return this.#isWrong || this.#position < bytes.length ? undefined : value;
  }

  #value(depth: number): JsonValue {
    this.#skipBlanks();
    const byte = this.#bytes[this.#position];
    if (byte === QUOTE) return this.#string(false);
    if (byte === 123 && depth < MAX_DEPTH) return this.#object(depth + 1);
    if (byte === 91 && depth < MAX_DEPTH) return this.#array(depth + 1);
    if (byte === 116 && this.#takes('true')) return true;
    if (byte === 102 && this.#takes('false')) return false;
    if (byte === 110 && this.#takes('null')) return null;
    return this.#number();
  }

  #object(depth: number): JsonObject {
    const found: Record<string, JsonValue> = {};
    this.#position += 1;
    this.#skipBlanks();
    if (this.#takesByte(125)) return found;
    do {
      this.#skipBlanks();
      if (this.#bytes[this.#position] !== QUOTE) return this.#fail(found);
      const key = this.#string(true);
      this.#skipBlanks();
      if (!this.#takesByte(COLON)) return this.#fail(found);
      const value = this.#value(depth);
      if (key === '__proto__') Object.defineProperty(found, key, { value, enumerable: true });
      else found[key] = value;
      this.#skipBlanks();
    } while (!this.#isWrong && this.#takesByte(COMMA));
    return this.#takesByte(125) ? found : this.#fail(found);
  }

  #array(depth: number): readonly JsonValue[] {
    const found: JsonValue[] = [];
    this.#position += 1;
    this.#skipBlanks();
    if (this.#takesByte(93)) return found;
    do {
      found.push(this.#value(depth));
      this.#skipBlanks();
    } while (!this.#isWrong && this.#takesByte(COMMA));
    return this.#takesByte(93) ? found : this.#fail(found);
  }

  #string(isKey: boolean): string {
    const bytes = this.#bytes;
    const start = this.#position + 1;
    let isPlain = true;
    let position = start;
    for (; bytes[position] !== QUOTE; position += 1) {
      const byte = bytes[position];
      if (byte === undefined || byte < 32) return this.#fail('');
      if (byte === BACKSLASH) position += 1;
      if (byte === BACKSLASH || byte > 126) isPlain = false;
    }
    this.#position = position + 1;
    if (!isPlain) return this.#escaped(start - 1, position + 1);
    const name = isKey ? this.#keys.get(bytes, start, position) : -1;
    return name >= 0 ? this.#names.list[name]! : latin1(bytes, start, position);
  }

  #escaped(start: number, end: number): string {
    const text = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, end - start).toString(
      'utf8',
    );
    try {
      return JSON.parse(text) as string;
    } catch {
      return this.#fail('');
    }
  }

  #number(): string {
    const start = this.#position;
    let position = start;
    while (IN_NUMBER[this.#bytes[position] ?? 0] === 1) position += 1;
    this.#position = position;
    return position === start ? this.#fail('') : latin1(this.#bytes, start, position);
  }

  #takes(word: string): boolean {
    const end = this.#position + word.length;
    if (latin1(this.#bytes, this.#position, Math.min(end, this.#bytes.length)) !== word) return false;
    this.#position = end;
    return true;
  }

  #takesByte(byte: number): boolean {
    if (this.#bytes[this.#position] !== byte) return false;
    this.#position += 1;
    return true;
  }

  #skipBlanks(): void {
    for (;;) {
      const byte = this.#bytes[this.#position];
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return;
      this.#position += 1;
    }
  }

  #fail<Value>(value: Value): Value {
    this.#isWrong = true;
    return value;
  }
}
