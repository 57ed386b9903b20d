const FIRST_SLOTS = 1 << 16;
const FIRST_POOL_BYTES = 1 << 20;
/** Slots for each text at least, so that most are found where they are looked for. */
const SLOTS_OF_TEXT = 4;
const MIX = 0x01000193;

/** Distinct texts of bytes, told without making a string of each that is looked up. */
export class TextSet {
  /** Numbers of texts, from 1; 0 = free. */
  #slots = new Int32Array(FIRST_SLOTS);
  #pool = Buffer.alloc(FIRST_POOL_BYTES);
  #ends = new Int32Array(FIRST_SLOTS / SLOTS_OF_TEXT + 1);
  #hashes = new Int32Array(FIRST_SLOTS / SLOTS_OF_TEXT + 1);
  #count = 0;

  /** @returns the texts, read as latin1, in the order of their first */
  texts(): string[] {
    return Array.from({ length: this.#count }, (_, index) =>
      this.#pool.toString('latin1', this.#ends[index], this.#ends[index + 1]),
    );
  }

  add(bytes: Uint8Array, start: number, end: number): void {
    let hash = end - start;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ bytes[at]!, MIX);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]!;
      if (number === 0) {
        this.#slots[slot] = this.#append(bytes, start, end, hash);
        if (this.#count === this.#hashes.length - 1) this.#grow();
        return;
      }
      if (this.#hashes[number] === hash && this.#isSame(number, bytes, start, end)) return;
    }
  }

  #isSame(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#ends[number - 1]!;
    const length = end - start;
    if (this.#ends[number]! - from !== length) return false;
    for (let at = 0; at < length; at += 1) if (this.#pool[from + at] !== bytes[start + at]) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const from = this.#ends[this.#count]!;
    const to = from + end - start;
    if (to > this.#pool.length) {
      const pool = Buffer.alloc(Math.max(2 * this.#pool.length, to));
      this.#pool.copy(pool);
      this.#pool = pool;
    }
    this.#pool.set(bytes.subarray(start, end), from);
    this.#count += 1;
    this.#ends[this.#count] = to;
    this.#hashes[this.#count] = hash;
    return this.#count;
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let number = 1; number <= this.#count; number += 1) {
      let slot = this.#hashes[number]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.#slots = slots;
    const wider = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const all = new Int32Array(slots.length / SLOTS_OF_TEXT + 1);
      all.set(old);
      return all;
    };
    this.#ends = wider(this.#ends);
    this.#hashes = wider(this.#hashes);
  }
}
