import { ByteDictionary } from './byte-dictionary.js';
import { dayOfText, parseClockTime } from './clock.js';
import { parseHexadecimal, parseMicros, parseSequence, parseWhole } from './figures.js';
import type { LineScanner } from './line-scanner.js';
import type { TapeWriter } from './tape-writer.js';

const MISSING = new Set(['.', 'NA', 'NaN', 'nan']);

/**
 * Reads fields of the scanner's current line by position. A field that cannot be read gives -1 (`micros`: NaN); the row
 * reader then calls `setAside` and returns.
 */
export class RowFields {
  readonly #scanner: LineScanner;
  readonly #writer: TapeWriter;
  readonly #names: readonly string[];
  readonly #days = new ByteDictionary(dayOfText);

  /** @param names of the columns, for messages */
  constructor(scanner: LineScanner, writer: TapeWriter, names: readonly string[]) {
    this.#scanner = scanner;
    this.#writer = writer;
    this.#names = names;
  }

  /** An exact decimal in millionths; NaN where it is none. */
  micros(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    return parseMicros(bytes, starts[field]!, ends[field]!);
  }

  /** As `micros`, but 0 where the figure is missing: blank, or as statistics packages write it ('.', 'NA', 'NaN'). */
  microsOrMissing(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    const start = starts[field]!;
    const end = ends[field]!;
    if (start === end) return 0;
    const micros = parseMicros(bytes, start, end);
    return Number.isNaN(micros) && MISSING.has(this.#scanner.text(field)) ? 0 : micros;
  }

  whole(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    return parseWhole(bytes, starts[field]!, ends[field]!);
  }

  /** As `whole`, also '12.0'; blank is 0. */
  sequence(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    return parseSequence(bytes, starts[field]!, ends[field]!);
  }

  hexadecimal(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    return parseHexadecimal(bytes, starts[field]!, ends[field]!);
  }

  /** '20180102', '2018-01-02', '2018/01/02' or '02JAN2018' as the number 20180102; the day may not exist. */
  day(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    return this.#days.get(bytes, starts[field]!, ends[field]!);
  }

  /** 'H:MM:SS.nnnnnnnnn' as nanoseconds since midnight. */
  clockTime(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    return parseClockTime(bytes, starts[field]!, ends[field]!);
  }

  /** Character code of a single letter in upper case; 0 where the field is blank. */
  letter(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    const length = ends[field]! - starts[field]!;
    if (length === 0) return 0;
    const upper = bytes[starts[field]!]! & 0xdf;
    return length === 1 && upper >= 65 && upper <= 90 ? upper : -1;
  }

  /** The number of the symbol. */
  symbol(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    return this.#writer.symbolNumbers.get(bytes, starts[field]!, ends[field]!);
  }

  /** The number of the set of TAQ sale condition letters. */
  letters(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    return this.#writer.letterSets.get(bytes, starts[field]!, ends[field]!);
  }

  isBlank(field: number): boolean {
    return this.#scanner.starts[field] === this.#scanner.ends[field];
  }

  /** Sets the row aside for what stands in a field. */
  setAside(field: number, expected: string, reason?: string): void {
    const column = this.#names[field] ?? `${field + 1}`;
    this.#writer.setAsideRow(this.#scanner.line, {
      column,
      found: this.#scanner.text(field),
      expected,
      reason: reason ?? `the ${column} cannot be read`,
    });
  }
}
