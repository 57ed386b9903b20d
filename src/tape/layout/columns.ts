/** The kinds of tape rows, each in a file of its own. */
export type TapeKind = 'trades' | 'quotes';

const STORAGE = {
  f64: Float64Array,
  i64: BigInt64Array,
  u32: Uint32Array,
  u16: Uint16Array,
  u8: Uint8Array,
  i8: Int8Array,
} as const;

/** How a column is held in memory. */
export type Storage = keyof typeof STORAGE;

/**
 * How a column stands in the file. `time`: TIMESTAMP in nanoseconds, UTC; `whole`: INT64; `letter`: one character of text, or
 * none; `letters`: text; `flag` and `sign`: INT32 of 8 bits.
 */
export type FileType = 'time' | 'whole' | 'letter' | 'letters' | 'flag' | 'sign';

export interface ColumnSpec {
  /** In the file. */
  readonly name: string;
  readonly type: FileType;
  readonly storage: Storage;
}

/**
 * Columns of the files after `symbol`, in order. What signing reads stands first and together, so that one read gets it.
 * In memory `time` is nanoseconds since midnight in New York, `exchange` and `tape` are character codes (0 = none), and
 * `conditions` is an index into a list of condition sets.
 */
export const TAPE_COLUMNS: Readonly<Record<TapeKind, readonly ColumnSpec[]>> = {
  trades: [
    { name: 'time', type: 'time', storage: 'f64' },
    { name: 'price_micros', type: 'whole', storage: 'f64' },
    { name: 'size_micros', type: 'whole', storage: 'f64' },
    { name: 'exchange', type: 'letter', storage: 'u8' },
    { name: 'conditions', type: 'letters', storage: 'u16' },
    { name: 'tape', type: 'letter', storage: 'u8' },
    { name: 'correction', type: 'flag', storage: 'u8' },
    { name: 'suspicious', type: 'flag', storage: 'u8' },
    { name: 'aggressor', type: 'sign', storage: 'i8' },
    { name: 'sequence', type: 'whole', storage: 'f64' },
  ],
  quotes: [
    { name: 'time', type: 'time', storage: 'f64' },
    { name: 'bid_micros', type: 'whole', storage: 'f64' },
    { name: 'ask_micros', type: 'whole', storage: 'f64' },
    { name: 'eligible', type: 'flag', storage: 'u8' },
    { name: 'exchange', type: 'letter', storage: 'u8' },
    { name: 'bid_size_micros', type: 'whole', storage: 'f64' },
    { name: 'ask_size_micros', type: 'whole', storage: 'f64' },
    { name: 'sequence', type: 'whole', storage: 'f64' },
  ],
};

export type Column = Float64Array | BigInt64Array | Uint32Array | Uint16Array | Uint8Array | Int8Array;

export const bytesOf = (storage: Storage): number => STORAGE[storage].BYTES_PER_ELEMENT;

export function newColumn(storage: Storage, rows: number): Column {
  return new STORAGE[storage](rows);
}

/** A column over `rows` values of a buffer; `at` must be a multiple of the width. */
export function columnView(storage: Storage, buffer: ArrayBufferLike, at: number, rows: number): Column {
  return new STORAGE[storage](buffer as ArrayBuffer, at, rows);
}

/** Copies rows [from, to) of one column to another of the same storage. */
export function copyRows(source: Column, from: number, to: number, target: Column, at: number): void {
  (target as Float64Array).set((source as Float64Array).subarray(from, to), at);
}
