/** Bytes that are put together piece by piece; the buffer is reused after `clear`. */
export class ByteSink {
  #bytes = new Uint8Array(4096);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A view, good until the next write. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  /** Makes room for `count` more bytes and hands out the buffer; what was written counts after `advance`. */
  reserve(count: number): Uint8Array {
    if (this.#length + count > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + count));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    return this.#bytes;
  }

  advance(count: number): void {
    this.#length += count;
  }

  byte(value: number): void {
    this.reserve(1)[this.#length] = value;
    this.#length += 1;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length).set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Unsigned LEB128 of a whole number below 2^53. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) | 0x80);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** Zigzag LEB128 of a whole number of at most 64 bits. */
  zigzag(value: number | bigint): void {
    if (typeof value === 'number' && Math.abs(value) < 2 ** 51) {
      this.varint(value < 0 ? -2 * value - 1 : 2 * value);
      return;
    }
    const whole = BigInt(value);
    let rest = BigInt.asUintN(64, (whole << 1n) ^ (whole >> 63n));
    while (rest >= 128n) {
      this.byte(Number(rest & 127n) | 0x80);
      rest >>= 7n;
    }
    this.byte(Number(rest));
  }

  /** Little-endian two's complement of a whole number below 2^53 in size. */
  int64(value: number): void {
    const high = Math.floor(value / 4294967296);
    this.int32(value - high * 4294967296);
    this.int32(high);
  }

  int32(value: number): void {
    const bytes = this.reserve(4);
    const at = this.#length;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
    this.#length += 4;
  }
}
