import { dayNumber, FormatError, isIsoDate } from '../../core/index.js';
import {
  DBN_MAGIC,
  DBN_MAX_METADATA_BYTES,
  DBN_METADATA,
  DBN_PREFIX_BYTES,
  DBN_SCHEMA_MIXED,
  DBN_SCHEMAS,
  DBN_VERSIONS,
} from './layout.js';

/** A symbol's validity in UTC days since 1970, the last one excluded. */
export interface SymbolInterval {
  readonly from: number;
  readonly until: number;
  readonly symbol: string;
}

export interface DbnMetadata {
  readonly version: number;
  readonly dataset: string;
  /** 'mixed', or a schema's name; null where it carries neither trades nor top of book. */
  readonly schema: string | null;
  /** By instrument id. */
  readonly symbols: ReadonlyMap<number, readonly SymbolInterval[]>;
  /** Length of the metadata in the file, prefix included. */
  readonly bytes: number;
}

/** The front of the metadata, which stands in the head of the file however long the list of symbols is. */
export function dbnPrefix(bytes: Uint8Array): {
  readonly version: number;
  readonly dataset: string;
  readonly schema: string | null;
  readonly bytes: number;
} | null {
  if (bytes.length < DBN_PREFIX_BYTES + DBN_METADATA.v1.fixedBytes) return null;
  if (cString(bytes, 0, 3) !== DBN_MAGIC) return null;
  const version = bytes[3]!;
  if (!DBN_VERSIONS.some((known) => known === version)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = DBN_PREFIX_BYTES;
  const code = view.getUint16(at + DBN_METADATA.schema, true);
  return {
    version,
    dataset: cString(bytes, at + DBN_METADATA.dataset, DBN_METADATA.datasetBytes),
    schema: code === DBN_SCHEMA_MIXED ? 'mixed' : (DBN_SCHEMAS[code] ?? null),
    bytes: DBN_PREFIX_BYTES + view.getUint32(4, true),
  };
}

/** Text up to the first NUL. */
export function cString(bytes: Uint8Array, start: number, length: number): string {
  let end = start;
  while (end < start + length && bytes[end] !== 0) end += 1;
  return String.fromCharCode(...bytes.subarray(start, end));
}

/** Reads counts and fixed-length texts in turn, and never beyond the metadata. */
class Cursor {
  #at: number;
  readonly #view: DataView;

  constructor(
    readonly file: string,
    readonly bytes: Uint8Array,
    at: number,
  ) {
    this.#at = at;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #advance(length: number): number {
    const start = this.#at;
    if (start + length > this.bytes.length) {
      throw new FormatError(
        `${this.file}: the metadata of this DBN file promises more than it holds (byte ${start}); get the file again`,
      );
    }
    this.#at += length;
    return start;
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  text(length: number): string {
    return cString(this.bytes, this.#advance(length), length);
  }

  /** Passes over a list of symbols. */
  skipTexts(length: number): void {
    this.#advance(this.uint32() * length);
  }
}

/**
 * Reads the metadata of a DBN file.
 * @returns null where the bytes end before it does
 * @throws {FormatError} where it is damaged
 */
export function readMetadata(file: string, bytes: Uint8Array): DbnMetadata | null {
  const prefix = dbnPrefix(bytes);
  if (prefix === null) return null;
  if (prefix.bytes > DBN_MAX_METADATA_BYTES) {
    throw new FormatError(`${file}: metadata of ${prefix.bytes} bytes is no DBN file's; get the file again`);
  }
  if (bytes.length < prefix.bytes) return null;
  const layout = prefix.version === 1 ? DBN_METADATA.v1 : DBN_METADATA.later;
  const symbolBytes =
    'symbolBytes' in layout
      ? layout.symbolBytes
      : bytes[DBN_PREFIX_BYTES + layout.symbolBytesAt]! |
        (bytes[DBN_PREFIX_BYTES + layout.symbolBytesAt + 1]! << 8);
  const cursor = new Cursor(file, bytes.subarray(0, prefix.bytes), DBN_PREFIX_BYTES + layout.fixedBytes);
  const schemaDefinitionBytes = cursor.uint32();
  cursor.text(schemaDefinitionBytes);
  for (const _list of ['symbols', 'partial', 'not found']) cursor.skipTexts(symbolBytes);
  return { ...prefix, symbols: readMappings(cursor, symbolBytes) };
}

function readMappings(cursor: Cursor, symbolBytes: number): Map<number, SymbolInterval[]> {
  const symbols = new Map<number, SymbolInterval[]>();
  for (let left = cursor.uint32(); left > 0; left -= 1) {
    const asked = cursor.text(symbolBytes);
    for (let intervals = cursor.uint32(); intervals > 0; intervals -= 1) {
      const [from, until] = [dayOfDigits(cursor.uint32()), dayOfDigits(cursor.uint32())];
      const resolved = cursor.text(symbolBytes);
      const [id, symbol] = instrumentAndSymbol(asked, resolved);
      if (id === null || from === null || until === null) continue;
      const known = symbols.get(id) ?? [];
      symbols.set(id, known);
      known.push({ from, until, symbol });
    }
  }
  return symbols;
}

/** A request by symbol resolves to instrument ids, one by instrument id to symbols. */
export function instrumentAndSymbol(asked: string, resolved: string): [id: number | null, symbol: string] {
  const isId = (text: string): boolean => /^\d{1,10}$/.test(text);
  if (isId(resolved)) return [Number(resolved), tapeSymbol(asked)];
  return isId(asked) ? [Number(asked), tapeSymbol(resolved)] : [null, ''];
}

/** Root and suffix are joined by a point, where a market of NYSE's writes a blank. */
export const tapeSymbol = (symbol: string): string => symbol.trim().replace(/\s+/g, '.');

/** Days since 1970 of a date as YYYYMMDD. */
function dayOfDigits(digits: number): number | null {
  const text = String(digits);
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  return isIsoDate(date) ? dayNumber(date) : null;
}
