/**
 * Decoders of Parquet pages into doubles. The input must have 8 readable bytes behind its end, since packed values are read
 * in words.
 */

/** The bytes of a page and a cursor on them. */
export interface PageCursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

/** Unsigned LEB128 below 2^53. */
export function readVarint(cursor: PageCursor): number {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = cursor.bytes[cursor.at]!;
    cursor.at += 1;
    value += (byte & 0x7f) * scale;
    if (!(byte >= 0x80)) return value;
    scale *= 128;
  }
}

/** Zigzag LEB128 of up to 64 bits. */
export function readZigzag(cursor: PageCursor): bigint {
  let value = 0n;
  let shift = 0n;
  for (;;) {
    const byte = cursor.bytes[cursor.at]!;
    cursor.at += 1;
    value |= BigInt(byte & 0x7f) << shift;
    if (!(byte >= 0x80)) break;
    shift += 7n;
  }
  return (value >> 1n) ^ -(value & 1n);
}

/** Zigzag LEB128 of a number below 2^52 in size. */
export function readWhole(cursor: PageCursor): number {
  const value = readVarint(cursor);
  const half = Math.floor(value / 2);
  return value === 2 * half ? half : -half - 1;
}

/** PLAIN INT64, less `base`, which is given as the two halves of 64 bits. */
export function decodePlain(
  cursor: PageCursor,
  count: number,
  baseHigh: number,
  baseLow: number,
  out: Float64Array,
  to: number,
): void {
  const { view } = cursor;
  let at = cursor.at;
  for (let row = to; row < to + count; row += 1) {
    out[row] = (view.getInt32(at + 4, true) - baseHigh) * 4294967296 + (view.getUint32(at, true) - baseLow);
    at += 8;
  }
  cursor.at = at;
}

/**
 * DELTA_BINARY_PACKED INT64 less `base`; differences of at most 51 bits.
 * @throws {RangeError} where the page says otherwise
 */
export function decodeDeltas(
  cursor: PageCursor,
  count: number,
  base: bigint,
  out: Float64Array,
  to: number,
): void {
  const blockValues = readVarint(cursor);
  const miniblocks = readVarint(cursor);
  const perMiniblock = blockValues / miniblocks;
  if (readVarint(cursor) !== count) throw new RangeError('another number of values');
  if (!(perMiniblock >= 32 && perMiniblock % 32 === 0)) throw new RangeError('blocks of no known size');
  let value = Number(readZigzag(cursor) - base);
  out[to] = value;
  let row = to + 1;
  const end = to + count;
  while (row < end) {
    const least = readWhole(cursor);
    const widths = cursor.at;
    cursor.at += miniblocks;
    for (let miniblock = 0; miniblock < miniblocks && row < end; miniblock += 1) {
      const width = cursor.bytes[widths + miniblock]!;
      const stop = Math.min(end, row + perMiniblock);
      value = decodeMiniblock(cursor.view, cursor.at, width, least, value, out, row, stop);
      cursor.at += (perMiniblock * width) / 8;
      row = stop;
    }
  }
}

/** @returns the last value */
function decodeMiniblock(
  view: DataView,
  at: number,
  width: number,
  least: number,
  before: number,
  out: Float64Array,
  from: number,
  to: number,
): number {
  let value = before;
  let bit = at * 8;
  if (width === 0) {
    for (let row = from; row < to; row += 1) {
      value += least;
      out[row] = value;
    }
  } else if (width <= 25) {
    const mask = (1 << width) - 1;
    for (let row = from; row < to; row += 1) {
      value += least + ((view.getUint32(bit >>> 3, true) >>> (bit & 7)) & mask);
      out[row] = value;
      bit += width;
    }
  } else {
    const lowMask = width >= 32 ? -1 : (1 << width) - 1;
    const highMask = width > 32 ? (1 << (width - 32)) - 1 : 0;
    for (let row = from; row < to; row += 1) {
      const shift = bit & 7;
      const low = view.getUint32(bit >>> 3, true);
      const high = view.getUint32((bit >>> 3) + 4, true);
      const lowBits = ((low >>> shift) | ((high << 1) << (31 - shift))) & lowMask;
      value += least + (((high >>> shift) & highMask) * 4294967296 + (lowBits >>> 0));
      out[row] = value;
      bit += width;
    }
  }
  return value;
}

type Small = Uint16Array | Uint8Array | Int8Array;

/** Dictionary indices in Parquet's hybrid of runs and bit packing, as the values they stand for. */
export function decodeIndices<Values extends Float64Array | Small>(
  cursor: PageCursor,
  count: number,
  dictionary: Values,
  out: Values,
  to: number,
): void {
  const width = cursor.bytes[cursor.at]!;
  cursor.at += 1;
  let row = to;
  const end = to + count;
  while (row < end) {
    const header = readVarint(cursor);
    if (header % 2 === 0) {
      const stop = Math.min(end, row + header / 2);
      let index = 0;
      for (let bits = 0; bits < width; bits += 8) {
        index |= cursor.bytes[cursor.at]! << bits;
        cursor.at += 1;
      }
      out.fill(dictionary[index]!, row, stop);
      row = stop;
    } else {
      const values = ((header - 1) / 2) * 8;
      const stop = Math.min(end, row + values);
      if (out instanceof Float64Array) {
        unpackDoubles(cursor.view, cursor.at, width, dictionary as Float64Array, out, row, stop);
      } else unpackSmall(cursor.view, cursor.at, width, dictionary as Small, out as Small, row, stop);
      cursor.at += (values * width) / 8;
      row = stop;
    }
  }
}

/** Four values a turn, which is a third faster than one. */
function unpackDoubles(
  view: DataView,
  at: number,
  width: number,
  dictionary: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const mask = (1 << width) - 1;
  let first = 0;
  let row = from;
  for (; row < to - 3; row += 4) {
    const second = first + width;
    const third = second + width;
    const fourth = third + width;
    out[row] = dictionary[(view.getUint32(at + (first >>> 3), true) >>> (first & 7)) & mask]!;
    out[row + 1] = dictionary[(view.getUint32(at + (second >>> 3), true) >>> (second & 7)) & mask]!;
    out[row + 2] = dictionary[(view.getUint32(at + (third >>> 3), true) >>> (third & 7)) & mask]!;
    out[row + 3] = dictionary[(view.getUint32(at + (fourth >>> 3), true) >>> (fourth & 7)) & mask]!;
    first = fourth + width;
  }
  for (; row < to; row += 1) {
    out[row] = dictionary[(view.getUint32(at + (first >>> 3), true) >>> (first & 7)) & mask]!;
    first += width;
  }
}

/** Apart from `unpackDoubles`, because a loop over one type of array is several times as fast. */
function unpackSmall(
  view: DataView,
  at: number,
  width: number,
  dictionary: Small,
  out: Small,
  from: number,
  to: number,
): void {
  const mask = (1 << width) - 1;
  let bit = 0;
  for (let row = from; row < to; row += 1) {
    out[row] = dictionary[(view.getUint32(at + (bit >>> 3), true) >>> (bit & 7)) & mask]!;
    bit += width;
  }
}
