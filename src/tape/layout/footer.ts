import { type PageCursor, readVarint, readWhole } from './decode.kernel.js';

/** One column of one row group, as the footer tells of it. */
export interface FooterChunk {
  /** Numbers of parquet.thrift. */
  readonly encodings: readonly number[];
  readonly codec: number;
  /** Place of the first page, and bytes of all pages. */
  readonly at: number;
  readonly bytes: number;
}

export interface FooterColumn {
  readonly name: string;
  /** Number of parquet.thrift; 0 = each row has a value. */
  readonly repetition: number;
}

/** As much of a Parquet footer as finding the pages takes. */
export interface Footer {
  /** Leaves of the schema; null where columns are nested. */
  readonly columns: readonly FooterColumn[] | null;
  readonly rowGroups: readonly { readonly rows: number; readonly chunks: readonly FooterChunk[] }[];
  readonly metadata: ReadonlyMap<string, string>;
  /** The program that wrote the file, in its own words. */
  readonly createdBy: string;
}

const LIST = 9;
const STRUCT = 12;

/**
 * Parses a footer. Chunks of a day's file are many thousand, so that what is not needed is skipped and not built.
 * @param bytes the footer, then at least 8 bytes
 * @throws {RangeError} where it cannot be read
 */
export function parseFooter(bytes: Uint8Array): Footer {
  const cursor = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset), at: 0 };
  let columns: FooterColumn[] | null = [];
  const rowGroups: { rows: number; chunks: FooterChunk[] }[] = [];
  const metadata = new Map<string, string>();
  let createdBy = '';
  forFields(cursor, (field, type) => {
    if (field === 2 && type === LIST) columns = readSchema(cursor);
    else if (field === 4 && type === LIST) forItems(cursor, () => rowGroups.push(readRowGroup(cursor)));
    else if (field === 5 && type === LIST) forItems(cursor, () => metadata.set(...readKeyValue(cursor)));
    else if (field === 6) createdBy = readText(cursor);
    else skip(cursor, type);
  });
  return { columns, rowGroups, metadata, createdBy };
}

function readSchema(cursor: PageCursor): FooterColumn[] | null {
  const elements: (FooterColumn & { children: number })[] = [];
  forItems(cursor, () => {
    const element = { name: '', repetition: 0, children: 0 };
    forFields(cursor, (field, type) => {
      if (field === 3) element.repetition = readWhole(cursor);
      else if (field === 4) element.name = readText(cursor);
      else if (field === 5) element.children = readWhole(cursor);
      else skip(cursor, type);
    });
    elements.push(element);
  });
  const leaves = elements.slice(1);
  return leaves.some((leaf) => leaf.children > 0) ? null : leaves;
}

function readRowGroup(cursor: PageCursor): { rows: number; chunks: FooterChunk[] } {
  const group = { rows: 0, chunks: [] as FooterChunk[] };
  forFields(cursor, (field, type) => {
    if (field === 1 && type === LIST) forItems(cursor, () => group.chunks.push(readChunk(cursor)));
    else if (field === 3) group.rows = readWhole(cursor);
    else skip(cursor, type);
  });
  return group;
}

function readChunk(cursor: PageCursor): FooterChunk {
  const chunk = { encodings: [] as number[], codec: -1, at: 0, bytes: 0 };
  let dictionaryAt = 0;
  const readMetadata = () =>
    forFields(cursor, (field, type) => {
      if (field === 2 && type === LIST) forItems(cursor, () => chunk.encodings.push(readWhole(cursor)));
      else if (field === 4) chunk.codec = readWhole(cursor);
      else if (field === 7) chunk.bytes = readWhole(cursor);
      else if (field === 9) chunk.at = readWhole(cursor);
      else if (field === 11) dictionaryAt = readWhole(cursor);
      else skip(cursor, type);
    });
  forFields(cursor, (field, type) => {
    if (field === 3 && type === STRUCT) readMetadata();
    else skip(cursor, type);
  });
  return dictionaryAt > 0 ? { ...chunk, at: dictionaryAt } : chunk;
}

function readKeyValue(cursor: PageCursor): [key: string, value: string] {
  const pair: [string, string] = ['', ''];
  forFields(cursor, (field, type) => {
    if (field === 1 || field === 2) pair[field - 1] = readText(cursor);
    else skip(cursor, type);
  });
  return pair;
}

/** Walks over the fields of a struct of Thrift's compact protocol; `read` must take each one's value. */
export function forFields(cursor: PageCursor, read: (field: number, type: number) => void): void {
  let field = 0;
  for (;;) {
    const byte = cursor.bytes[cursor.at];
    if (byte === undefined) throw new RangeError('a struct without an end');
    cursor.at += 1;
    if (byte === 0) return;
    const step = byte >> 4;
    field = step === 0 ? readWhole(cursor) : field + step;
    read(field, byte & 0x0f);
  }
}

function forItems(cursor: PageCursor, read: (type: number) => void): void {
  const byte = cursor.bytes[cursor.at]!;
  cursor.at += 1;
  const count = byte >> 4 === 15 ? readVarint(cursor) : byte >> 4;
  for (let item = 0; item < count; item += 1) {
    if (cursor.at >= cursor.bytes.length) throw new RangeError('a list without an end');
    read(byte & 0x0f);
  }
}

const utf8 = new TextDecoder();

function readText(cursor: PageCursor): string {
  const length = readVarint(cursor);
  if (cursor.at + length > cursor.bytes.length) throw new RangeError('a text beyond the end');
  const text = utf8.decode(cursor.bytes.subarray(cursor.at, cursor.at + length));
  cursor.at += length;
  return text;
}

/** Passes over a value. */
export function skip(cursor: PageCursor, type: number): void {
  if (type === 1 || type === 2) return;
  if (type === 3) cursor.at += 1;
  else if (type >= 4 && type <= 6) while (cursor.bytes[cursor.at++]! >= 0x80);
  else if (type === 7) cursor.at += 8;
  else if (type === 8) {
    const length = readVarint(cursor);
    cursor.at += length;
  } else if (type === LIST || type === 10) forItems(cursor, (item) => skipItem(cursor, item));
  else if (type === STRUCT) forFields(cursor, (_field, inner) => skip(cursor, inner));
  else throw new RangeError(`a value of unknown type ${type}`);
}

/** Flags take a byte in a list and none in a struct. */
function skipItem(cursor: PageCursor, type: number): void {
  if (type === 1 || type === 2) cursor.at += 1;
  else skip(cursor, type);
}
