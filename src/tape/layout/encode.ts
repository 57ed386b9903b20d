import type { ByteSink } from './byte-sink.js';

/** Values that a dictionary of one chunk may hold: indices fit 16 bits. */
export const DICTIONARY_LIMIT = 65_536;

/** Runs of equal indices at least this long are written as runs; shorter ones cost the reader more than they save. */
const SHORTEST_RUN = 64;

/** Bits that the numbers 0..largest take; below 2^53. */
export function bitsOf(largest: number): number {
  if (largest < 4294967296) return 32 - Math.clz32(largest);
  return 64 - Math.clz32(largest / 4294967296);
}

/** Packs 16-bit indices, least significant bit first; `to - from` is filled up to a multiple of 8 with zeros. */
function packIndices(sink: ByteSink, indices: Uint16Array, from: number, to: number, width: number): void {
  const groups = Math.ceil((to - from) / 8);
  const bytes = sink.reserve(groups * width);
  let at = sink.length;
  let held = 0;
  let bits = 0;
  for (let row = from; row < from + groups * 8; row += 1) {
    held |= (row < to ? indices[row]! : 0) << bits;
    bits += width;
    while (bits >= 8) {
      bytes[at] = held;
      at += 1;
      held >>>= 8;
      bits -= 8;
    }
  }
  sink.advance(groups * width);
}

/** Writes dictionary indices in Parquet's hybrid of runs and bit packing, after one byte that tells the width. */
export function encodeIndices(sink: ByteSink, indices: Uint16Array, count: number, width: number): void {
  sink.byte(width);
  let literal = 0;
  let row = 0;
  const packLiteral = (to: number) => {
    if (to === literal) return;
    sink.varint((Math.ceil((to - literal) / 8) << 1) | 1);
    packIndices(sink, indices, literal, to, width);
  };
  while (row < count) {
    const value = indices[row]!;
    let end = row + 1;
    while (end < count && indices[end] === value) end += 1;
    // Packed values come in eights, so a run gives its first ones to the values before it.
    const start = Math.min(end, row + ((8 - ((row - literal) % 8)) % 8));
    if (end - start >= SHORTEST_RUN) {
      packLiteral(start);
      encodeRun(sink, value, end - start, width);
      literal = end;
    }
    row = end;
  }
  packLiteral(count);
}

/** A run of one index. */
export function encodeRun(sink: ByteSink, index: number, count: number, width: number): void {
  sink.varint(count * 2);
  for (let bits = 0; bits < width; bits += 8) sink.byte((index >>> bits) & 0xff);
}

const BLOCK = 128;
const MINIBLOCK = 32;
/** Differences must stay exact in doubles, zigzag form included. */
const WIDEST_DELTA = 51;

/**
 * Writes whole numbers in DELTA_BINARY_PACKED: blocks of 128 in four miniblocks.
 * @param base added to every value; numbers beyond 2^53 are possible that way
 * @returns false, with bytes left to clear, where differences take more than 51 bits
 */
export function encodeDeltas(sink: ByteSink, values: Float64Array, count: number, base: bigint): boolean {
  sink.varint(BLOCK);
  sink.varint(BLOCK / MINIBLOCK);
  sink.varint(count);
  sink.zigzag(base + BigInt(values[0] ?? 0));
  const deltas = new Float64Array(BLOCK);
  for (let from = 1; from < count; from += BLOCK) {
    const size = Math.min(BLOCK, count - from);
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < size; at += 1) {
      const delta = values[from + at]! - values[from + at - 1]!;
      deltas[at] = delta;
      if (delta < least) least = delta;
    }
    if (!encodeBlock(sink, deltas, size, least)) return false;
  }
  return true;
}

function encodeBlock(sink: ByteSink, deltas: Float64Array, size: number, least: number): boolean {
  if (bitsOf(Math.abs(least)) > WIDEST_DELTA) return false;
  sink.zigzag(least);
  const widths: number[] = [];
  for (let from = 0; from < BLOCK; from += MINIBLOCK) {
    let largest = 0;
    for (let at = from; at < from + MINIBLOCK; at += 1) {
      const above = at < size ? deltas[at]! - least : 0;
      deltas[at] = above;
      if (above > largest) largest = above;
    }
    const width = bitsOf(largest);
    if (width > WIDEST_DELTA) return false;
    sink.byte(width);
    widths.push(width);
  }
  for (const [index, width] of widths.entries()) {
    if (index * MINIBLOCK < size) packWide(sink, deltas, index * MINIBLOCK, width);
  }
  return true;
}

/** Packs 32 numbers below 2^51. */
function packWide(sink: ByteSink, values: Float64Array, from: number, width: number): void {
  const bytes = sink.reserve((MINIBLOCK * width) / 8);
  let at = sink.length;
  let held = 0;
  let bits = 0;
  for (let row = from; row < from + MINIBLOCK; row += 1) {
    let rest = values[row]!;
    for (let left = width; left > 0; left -= 16) {
      const high = Math.floor(rest / 65_536);
      held |= (rest - high * 65_536) << bits;
      rest = high;
      bits += Math.min(16, left);
      while (bits >= 8) {
        bytes[at] = held;
        at += 1;
        held >>>= 8;
        bits -= 8;
      }
    }
  }
  sink.advance((MINIBLOCK * width) / 8);
}

/** Finds the distinct values of a column, in order of appearance, and each row's index among them. */
export class DictionaryBuilder {
  readonly values = new Float64Array(DICTIONARY_LIMIT);
  size = 0;
  readonly #slots = new Int32Array(DICTIONARY_LIMIT * 4);
  readonly #usedSlots = new Int32Array(DICTIONARY_LIMIT);

  /** @returns false where the column has more distinct values than a dictionary may hold or than would pay */
  build(column: Float64Array, rows: number, indices: Uint16Array): boolean {
    for (let used = 0; used < this.size; used += 1) this.#slots[this.#usedSlots[used]!] = 0;
    this.size = 0;
    const words = new Uint32Array(column.buffer, column.byteOffset, rows * 2);
    const limit = Math.min(DICTIONARY_LIMIT, 256 + (rows >>> 1));
    let previous = Number.NaN;
    let index = 0;
    for (let row = 0; row < rows; row += 1) {
      const value = column[row]!;
      if (value !== previous) {
        index = this.#find(value, words[2 * row]!, words[2 * row + 1]!, limit);
        if (index < 0) return false;
        previous = value;
      }
      indices[row] = index;
    }
    return true;
  }

  #find(value: number, low: number, high: number, limit: number): number {
    const slots = this.#slots;
    const values = this.values;
    let slot = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> 14;
    for (;;) {
      const taken = slots[slot]!;
      if (taken === 0) break;
      if (values[taken - 1] === value) return taken - 1;
      slot = (slot + 1) & (DICTIONARY_LIMIT * 4 - 1);
    }
    if (this.size === limit) return -1;
    values[this.size] = value;
    this.#usedSlots[this.size] = slot;
    this.size += 1;
    slots[slot] = this.size;
    return this.size - 1;
  }
}
