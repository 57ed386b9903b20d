import type { Buffer } from 'node:buffer';

const WIDE = 1;
const EXTENDED = 4;
const RICH = 8;

/**
 * The texts of a workbook's shared string table ([MS-XLS] 2.4.265): two counts, then the texts one after another.
 * @param parts contents of the SST record and of the CONTINUE records after it
 * @throws {Error} where the table ends before its last text
 */
export function readStringTable(parts: readonly Buffer[]): string[] {
  const reader = new StringTableReader(parts);
  reader.skip(4);
  const count = reader.integer(4);
  const texts: string[] = [];
  while (texts.length < count) texts.push(reader.text());
  return texts;
}

class StringTableReader {
  readonly #parts: readonly Buffer[];
  #part = 0;
  #at = 0;

  constructor(parts: readonly Buffer[]) {
    this.#parts = parts;
  }

  /** An unsigned little-endian integer. */
  integer(bytes: number): number {
    let value = 0;
    for (let index = 0; index < bytes; index += 1) value += this.#byte() * 256 ** index;
    return value;
  }

  /** Passes over bytes, into the next part where need be. */
  skip(bytes: number): void {
    for (let left = bytes; left > 0; ) {
      const step = Math.min(left, this.#available());
      this.#at += step;
      left -= step;
    }
  }

  /** One text, with its formatting and its phonetic part passed over (XLUnicodeRichExtendedString, [MS-XLS] 2.5.293). */
  text(): string {
    const characters = this.integer(2);
    const flags = this.#byte();
    const runs = (flags & RICH) !== 0 ? this.integer(2) : 0;
    const extended = (flags & EXTENDED) !== 0 ? this.integer(4) : 0;
    const text = this.#characters(characters, (flags & WIDE) !== 0);
    this.skip(4 * runs + extended);
    return text;
  }

  /** Where characters run over into the next part, it starts with flags of its own: the rest may be of the other width. */
  #characters(count: number, startsWide: boolean): string {
    let wide = startsWide;
    let text = '';
    while (text.length < count) {
      if (this.#atEndOfPart()) {
        this.#available();
        wide = (this.#byte() & WIDE) !== 0;
      }
      const width = wide ? 2 : 1;
      const taken = Math.min(count - text.length, Math.floor(this.#available() / width));
      if (taken === 0) throw new Error('a text is cut in the middle of a character');
      const end = this.#at + taken * width;
      text += this.#parts[this.#part]!.toString(wide ? 'utf16le' : 'latin1', this.#at, end);
      this.#at = end;
    }
    return text;
  }

  #byte(): number {
    this.#available();
    const byte = this.#parts[this.#part]![this.#at]!;
    this.#at += 1;
    return byte;
  }

  #atEndOfPart(): boolean {
    return this.#at >= (this.#parts[this.#part]?.length ?? 0);
  }

  /** Bytes left in the part, the next one where this one is used up; never 0. */
  #available(): number {
    while (this.#atEndOfPart()) {
      if (this.#part >= this.#parts.length) throw new Error('its table of texts is cut short');
      this.#part += 1;
      this.#at = 0;
    }
    return this.#parts[this.#part]!.length - this.#at;
  }
}
