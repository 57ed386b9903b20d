const MAGIC = 0x31524150;
const LONGEST_NAME = 1000;
const MAX_COLUMNS = 10_000;

/** True for files that begin and end with the magic of Parquet. */
export function isParquet(bytes: Uint8Array): boolean {
  if (bytes.length < 12) return false;
  const view = viewOf(bytes);
  return view.getUint32(0, true) === MAGIC && view.getUint32(bytes.length - 4, true) === MAGIC;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Names of the flat columns of a Parquet file, from its footer (parquet.thrift, compact protocol): the elements of field 2
 * of FileMetaData, each with its name (field 4) and, where it has children, their number (field 5).
 * @returns null where the footer cannot be read or a column is nested
 */
export function parquetColumns(bytes: Uint8Array): string[] | null {
  const length = viewOf(bytes).getUint32(bytes.length - 8, true);
  const end = bytes.length - 8;
  if (length > end - 4) return null;
  try {
    return schemaNames(new CompactReader(bytes.subarray(end - length, end)));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const SCHEMA_FIELD = 2;
const NAME_FIELD = 4;
const CHILDREN_FIELD = 5;

function schemaNames(reader: CompactReader): string[] | null {
  const elements: { name: string; children: number }[] = [];
  reader.struct((field, type) => {
    if (field !== SCHEMA_FIELD || type !== LIST) return reader.skip(type);
    const size = reader.listSize();
    for (let index = 0; index < size; index += 1) {
      const element = { name: '', children: 0 };
      reader.struct((inner, innerType) => {
        if (inner === NAME_FIELD && innerType === BINARY) element.name = reader.text();
        else if (inner === CHILDREN_FIELD && innerType === I32) element.children = reader.zigzag();
        else reader.skip(innerType);
      });
      elements.push(element);
    }
  });
  const [root, ...columns] = elements;
  if (root === undefined || root.children !== columns.length) return null;
  return columns.some(({ children }) => children > 0) ? null : columns.map(({ name }) => name);
}

const I32 = 5;
const BINARY = 8;
const LIST = 9;
const MAX_DEPTH = 32;

/** The part of Thrift's compact protocol that skips what it does not look for. Throws RangeError on any damage. */
class CompactReader {
  #at = 0;
  #depth = 0;

  constructor(private readonly bytes: Uint8Array) {}

  #byte(): number {
    const byte = this.bytes[this.#at++];
    if (byte === undefined) throw new RangeError('the footer ends early');
    return byte;
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 70; scale *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new RangeError('a number is too long');
  }

  zigzag(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text(): string {
    const length = this.#varint();
    if (length > LONGEST_NAME) throw new RangeError('a name is too long');
    return new TextDecoder().decode(this.#take(length));
  }

  #take(length: number): Uint8Array {
    if (length > this.bytes.length - this.#at) throw new RangeError('the footer ends early');
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }

  listSize(): number {
    const size = this.#listHead().size;
    if (size > MAX_COLUMNS) throw new RangeError('too many columns');
    return size;
  }

  #listHead(): { size: number; type: number } {
    const head = this.#byte();
    const size = head >> 4;
    return { size: size === 15 ? this.#varint() : size, type: head & 15 };
  }

  /** Calls `onField` for every field; it must read or skip the value. */
  struct(onField: (field: number, type: number) => void): void {
    if (++this.#depth > MAX_DEPTH) throw new RangeError('nested too deeply');
    let field = 0;
    for (let head = this.#byte(); head !== 0; head = this.#byte()) {
      const step = head >> 4;
      field = step === 0 ? this.zigzag() : field + step;
      onField(field, head & 15);
    }
    this.#depth -= 1;
  }

  skip(type: number): void {
    if (type === 1 || type === 2) return;
    if (type === 3) this.#byte();
    else if (type >= 4 && type <= 6) this.#varint();
    else if (type === 7) this.#take(8);
    else if (type === BINARY) this.#take(this.#varint());
    else if (type === LIST || type === 10) this.#skipList();
    else if (type === 12) this.struct((_, inner) => this.skip(inner));
    else throw new RangeError(`unknown type ${type}`);
  }

  /** Truth values of lists take a byte each, unlike those of fields. */
  #skipList(): void {
    const { size, type } = this.#listHead();
    if (size > this.bytes.length) throw new RangeError('a list is too long');
    for (let index = 0; index < size; index += 1) this.skip(type <= 2 ? 3 : type);
  }
}
