import { FormatError } from '../../../core/index.js';
import { LineScanner } from './line-scanner.js';

/** A header name in one spelling: lower case, blanks as underscores ('Trade Volume' = 'trade_volume'). */
function canonical(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, '_');
}

/** Where a header has its columns, found by name in any order and case. */
export class HeaderColumns {
  readonly width: number;
  readonly #file: string;
  readonly #positions = new Map<string, number>();
  /** Names as the file writes them. */
  readonly names: readonly string[];

  /** @param file named in errors */
  constructor(header: readonly string[], file = 'the file') {
    this.#file = file;
    this.width = header.length;
    this.names = header;
    header.forEach((name, position) => {
      if (!this.#positions.has(canonical(name))) this.#positions.set(canonical(name), position);
    });
  }

  has(...names: readonly string[]): boolean {
    return names.every((name) => this.#positions.has(name));
  }

  /** Position of a column; -1 where the header does not have it. */
  optional(name: string): number {
    return this.#positions.get(name) ?? -1;
  }

  /**
   * Position of a column that goes by one of the names.
   * @throws {FormatError} where the header has none of them
   */
  required(name: string, ...others: readonly string[]): number {
    for (const each of [name, ...others]) {
      const position = this.#positions.get(each);
      if (position !== undefined) return position;
    }
    throw new FormatError(
      `the header of ${this.#file} has no column '${name}'; it has ${this.names.join(', ')}`,
      {
        place: { file: this.#file, line: 1, expected: name },
      },
    );
  }
}

/**
 * The first lines of a file's beginning, split; the last line counts only where it has an end.
 * @returns null where there is no whole line or the first bytes are no text
 */
export function firstLines(head: Uint8Array, separator: ',' | '|', count: number): string[][] | null {
  if (head.subarray(0, 4096).includes(0)) return null;
  const scanner = new LineScanner(separator, '');
  scanner.load(head.subarray(0, head.lastIndexOf(10) + 1));
  const lines: string[][] = [];
  while (lines.length < count && scanner.next()) {
    lines.push(Array.from({ length: scanner.fields }, (_, field) => scanner.text(field)));
  }
  return lines.length === 0 ? null : lines;
}
