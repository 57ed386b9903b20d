import { lineAutomaton } from './automaton.js';
import { scanLines } from './line-scan.js';

/** A line that does not match. */
export interface OddText {
  /** From 1. */
  readonly line: number;
  /** Its bytes as latin1, without the LF. */
  readonly text: string;
}

export interface CheckedLines {
  readonly lines: number;
  /** Null where there are more than were to be kept. */
  readonly odd: readonly OddText[] | null;
}

const LF = 10;

/** Holds the lines of a text that comes in pieces against a pattern (see `lineAutomaton`). */
export class LineChecker {
  readonly #table: Uint16Array;
  readonly #odd: OddText[] = [];
  /** Of a line whose end has not come yet. */
  #open: Buffer[] = [];
  #lines = 0;

  /** @param mostOdd odd lines that are kept */
  constructor(
    pattern: string,
    private readonly mostOdd = Number.POSITIVE_INFINITY,
  ) {
    this.#table = lineAutomaton(pattern);
  }

  /** Whole lines so far. */
  get lines(): number {
    return this.#lines;
  }

  /** @param piece copied where it is kept */
  add(piece: Buffer): void {
    const first = piece.indexOf(LF) + 1;
    if (first === 0) {
      if (piece.length > 0) this.#open.push(Buffer.from(piece));
      return;
    }
    this.#scan(Buffer.concat([...this.#open, piece.subarray(0, first)]));
    const last = piece.lastIndexOf(LF) + 1;
    if (last > first) this.#scan(piece.subarray(first, last));
    this.#open = last < piece.length ? [Buffer.from(piece.subarray(last))] : [];
  }

  #scan(lines: Buffer): void {
    const scan = scanLines(lines, 0, this.#table);
    for (const { line, start, end } of scan.odd) {
      // One more than is kept tells that there are more.
      if (this.#odd.length > this.mostOdd) break;
      this.#odd.push({ line: this.#lines + line, text: lines.toString('latin1', start, end) });
    }
    this.#lines += scan.lines;
  }

  /** Ends the text, with a line that has no end if there is one. */
  end(): CheckedLines {
    if (this.#open.length > 0) this.#scan(Buffer.concat(this.#open));
    this.#open = [];
    return { lines: this.#lines, odd: this.#odd.length > this.mostOdd ? null : this.#odd };
  }
}
