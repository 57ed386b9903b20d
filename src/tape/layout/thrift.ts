import type { ByteSink } from './byte-sink.js';

/** A value of Thrift's compact protocol, as far as Parquet needs it. Fields that are undefined are left out. */
export type ThriftValue =
  | { readonly i32: number }
  | { readonly i64: number | bigint }
  | { readonly text: string }
  | { readonly binary: Uint8Array }
  | { readonly flag: boolean }
  | { readonly list: readonly ThriftValue[] }
  | ThriftStruct;

/** Field numbers, ascending, and what stands there. */
export interface ThriftStruct {
  readonly struct: Readonly<Record<number, ThriftValue | undefined>>;
}

const utf8 = new TextEncoder();

function typeOf(value: ThriftValue): number {
  if ('i32' in value) return 5;
  if ('i64' in value) return 6;
  if ('text' in value || 'binary' in value) return 8;
  if ('list' in value) return 9;
  if ('struct' in value) return 12;
  return value.flag ? 1 : 2;
}

function writeValue(sink: ByteSink, value: ThriftValue): void {
  if ('i32' in value) sink.zigzag(value.i32);
  else if ('i64' in value) sink.zigzag(value.i64);
  else if ('text' in value) writeBinary(sink, utf8.encode(value.text));
  else if ('binary' in value) writeBinary(sink, value.binary);
  else if ('list' in value) writeList(sink, value.list);
  else if ('struct' in value) writeStruct(sink, value);
}

function writeBinary(sink: ByteSink, bytes: Uint8Array): void {
  sink.varint(bytes.length);
  sink.append(bytes);
}

function writeList(sink: ByteSink, items: readonly ThriftValue[]): void {
  const type = items[0] === undefined ? 12 : typeOf(items[0]);
  if (items.length < 15) sink.byte((items.length << 4) | type);
  else {
    sink.byte(0xf0 | type);
    sink.varint(items.length);
  }
  for (const item of items) writeValue(sink, item);
}

/** Writes a struct in Thrift's compact protocol. */
export function writeStruct(sink: ByteSink, { struct }: ThriftStruct): void {
  let previous = 0;
  for (const [key, value] of Object.entries(struct)) {
    if (value === undefined) continue;
    const field = Number(key);
    const step = field - previous;
    if (step < 16) sink.byte((step << 4) | typeOf(value));
    else {
      sink.byte(typeOf(value));
      sink.zigzag(field);
    }
    writeValue(sink, value);
    previous = field;
  }
  sink.byte(0);
}
