import { latin1 } from './line-scanner.js';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** Further texts are translated each time they come, so that a file of ever new texts does not fill memory. */
const MAX_REMEMBERED = 65_536;

/**
 * Translates short texts that come again and again (symbols, conditions, venue names) to numbers, making a string only
 * when a text comes first.
 */
export class ByteDictionary {
  readonly #translate: (text: string) => number;
  #table = new Int32Array(1024).fill(-1);
  #keys: Uint8Array[] = [];
  #values: number[] = [];
  #last = -1;

  /** @param translate asked once for each text while no more than 65,536 are known */
  constructor(translate: (text: string) => number) {
    this.#translate = translate;
  }

  /** The number of the text in `bytes[start]` up to `bytes[end]`. */
  get(bytes: Uint8Array, start: number, end: number): number {
    const last = this.#last;
    if (last >= 0 && isEqual(this.#keys[last]!, bytes, start, end)) return this.#values[last]!;
    const table = this.#table;
    const mask = table.length - 1;
    let slot = hashOf(bytes, start, end) & mask;
    for (let entry = table[slot]!; entry >= 0; entry = table[slot]!) {
      if (isEqual(this.#keys[entry]!, bytes, start, end)) {
        this.#last = entry;
        return this.#values[entry]!;
      }
      slot = (slot + 1) & mask;
    }
    const value = this.#translate(latin1(bytes, start, end));
    if (this.#keys.length < MAX_REMEMBERED) this.#remember(bytes.slice(start, end), value, slot);
    return value;
  }

  #remember(key: Uint8Array, value: number, slot: number): void {
    this.#last = this.#keys.length;
    this.#table[slot] = this.#last;
    this.#keys.push(key);
    this.#values.push(value);
    if (this.#keys.length * 2 > this.#table.length) this.#grow();
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 4).fill(-1);
    const mask = table.length - 1;
    this.#keys.forEach((key, entry) => {
      let slot = hashOf(key, 0, key.length) & mask;
      while (table[slot]! >= 0) slot = (slot + 1) & mask;
      table[slot] = entry;
    });
    this.#table = table;
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = FNV_OFFSET;
  for (let position = start; position < end; position += 1) {
    hash = Math.imul(hash ^ bytes[position]!, FNV_PRIME);
  }
  return hash ^ (hash >>> 15);
}

function isEqual(key: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (key.length !== length) return false;
  for (let index = 0; index < length; index += 1) {
    if (key[index] !== bytes[start + index]) return false;
  }
  return true;
}
