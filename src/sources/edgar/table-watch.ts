import { Buffer } from 'node:buffer';
import type { GroupRun, OddRow, RowsSeen, RowWatch } from '../../core/index.js';
import { TextSet } from '../text/index.js';
import { OPTIONS, PRINCIPAL, RatioTally, SHARES } from './ratio-tally.js';

const TAB = 9;
const LF = 10;
const CR = 13;
const BLANK = 32;
const DELETE = 127;
const ZERO = 48;
const NINE = 57;
/** `SH` and `SOLE`, as nearly all rows write it. */
const [S, H, O, L, E] = [83, 72, 79, 76, 69];

/** The reader's own test of figures is wider: what has at most 15 plain digits is the same number to both. */
const MOST_DIGITS = 15;
const AMOUNT_TYPE = /^ *(?:SH|(PRN)) *$/i;
const DISCRETIONS = /^ *(?:SOLE|DFND|OTR)? *$/i;
const PUT_OR_CALL = /^ *(?:PUT|CALL) *$/i;
/** A text with more odd rows is none for the engine. */
const MOST_ODD_ROWS = 100_000;
/** Nor is one whose filings are torn into more pieces. */
const MOST_RUNS = 500_000;

/** How a field looks where the engine reads it as the reader does. The engine trims the blank alone: texts are visible ASCII and blanks. */
const TEXT = 0;
const GROUP = 1;
const LABEL = 2;
const DIGITS = 3;
const VALUE = 4;
const AMOUNT = 5;
const TYPE = 6;
const OPTION = 7;
const DISCRETION = 8;

const KINDS: Readonly<Record<string, number>> = {
  ACCESSION_NUMBER: GROUP,
  CUSIP: LABEL,
  VALUE,
  SSHPRNAMT: AMOUNT,
  SSHPRNAMTTYPE: TYPE,
  PUTCALL: OPTION,
  INVESTMENTDISCRETION: DISCRETION,
  VOTING_AUTH_SOLE: DIGITS,
  VOTING_AUTH_SHARED: DIGITS,
  VOTING_AUTH_NONE: DIGITS,
};

/**
 * Looks through the rows of INFOTABLE in passing: which are plainly in order, so that the engine reads them as the reader
 * would, and what each filing is judged by.
 */
export class TableWatch implements RowWatch {
  readonly #kinds: Uint8Array;
  readonly #end: number;
  readonly #odd: OddRow[] = [];
  readonly #runs: GroupRun[] = [];
  readonly #labels = new TextSet();
  readonly #padded: Uint8Array;
  readonly #tally = new RatioTally();
  readonly blankRow: Uint8Array;
  #rows = 0;
  #oddRows = 0;
  /** Of the block under way, less what the rows of blanks in it are shorter than those that they stand for. */
  #blockStart = 0;
  /** The filing under way: its number as it stands in its first row. */
  #key = new Uint8Array(0);
  #run: { key: string; firstRow: number; start: number } | null = null;

  /** @param header names of the columns */
  constructor(header: readonly string[], newLine: '\n' | '\r\n') {
    this.#kinds = new Uint8Array(header.length);
    for (const [name, position] of new Map(header.map((name, index) => [name, index])))
      this.#kinds[position] = KINDS[name] ?? TEXT;
    this.#padded = new Uint8Array(header.length);
    this.blankRow = Buffer.from(`${'\t'.repeat(header.length - 1)}${newLine}`);
    this.#end = newLine === '\n' ? LF : CR;
  }

  get rows(): number {
    return this.#rows;
  }

  get bytes(): number {
    return this.#blockStart;
  }

  add(rows: Uint8Array): { readonly from: number; readonly to: number }[] {
    const block = Buffer.from(rows.buffer, rows.byteOffset, rows.length);
    const odd: { from: number; to: number }[] = [];
    for (let at = 0; at < block.length; ) {
      const end = this.#addRow(block, at);
      if (end >= 0) at = end;
      else {
        const from = at;
        at = this.#addOdd(block, from);
        if (this.#oddRows <= MOST_ODD_ROWS) odd.push({ from, to: at });
      }
    }
    this.#blockStart += block.length;
    return odd;
  }

  /** @returns where the next row begins; -1 where this one is odd */
  #addRow(bytes: Buffer, start: number): number {
    const kinds = this.#kinds;
    const last = kinds.length - 1;
    let at = start;
    let [groupStart, groupEnd, isSameGroup] = [start, start, false];
    let [labelStart, labelEnd] = [start, start];
    let [value, amount, kind] = [0, 0, SHARES];
    for (let column = 0; column <= last; column += 1) {
      const stop = column === last ? this.#end : TAB;
      const begin = at;
      let byte = bytes[at]!;
      switch (kinds[column]) {
        case GROUP: {
          const key = this.#key;
          let same = 0;
          while (same < key.length && bytes[at + same] === key[same]) same += 1;
          isSameGroup = same === key.length && bytes[at + same] === stop && this.#run !== null;
          if (isSameGroup) {
            at += same;
            byte = stop;
            break;
          }
          while (byte >= BLANK && byte < DELETE) byte = bytes[++at]!;
          [groupStart, groupEnd] = [begin, at];
          if (bytes[begin] === BLANK || bytes[at - 1] === BLANK) this.#padded[column] = 1;
          break;
        }
        case VALUE:
          for (; byte >= ZERO && byte <= NINE; byte = bytes[++at]!) value = 10 * value + byte - ZERO;
          if (at === begin || at - begin > MOST_DIGITS) return -1;
          break;
        case AMOUNT:
          for (; byte >= ZERO && byte <= NINE; byte = bytes[++at]!) amount = 10 * amount + byte - ZERO;
          if (at === begin || at - begin > MOST_DIGITS) return -1;
          break;
        case DIGITS:
          while (byte >= ZERO && byte <= NINE) byte = bytes[++at]!;
          if (at - begin > MOST_DIGITS) return -1;
          break;
        case TYPE:
          if (byte === S && bytes[at + 1] === H && bytes[at + 2] === stop) {
            at += 2;
            byte = stop;
            break;
          }
          while (byte >= BLANK && byte < DELETE) byte = bytes[++at]!;
          {
            const found = AMOUNT_TYPE.exec(bytes.toString('latin1', begin, at));
            if (found === null) return -1;
            if (bytes[begin] === BLANK || bytes[at - 1] === BLANK) this.#padded[column] = 1;
            if (found[1] !== undefined && kind === SHARES) kind = PRINCIPAL;
          }
          break;
        case OPTION:
          if (byte === stop) break;
          while (byte >= BLANK && byte < DELETE) byte = bytes[++at]!;
          if (!PUT_OR_CALL.test(bytes.toString('latin1', begin, at))) return -1;
          if (bytes[begin] === BLANK || bytes[at - 1] === BLANK) this.#padded[column] = 1;
          kind = OPTIONS;
          break;
        case DISCRETION:
          if (byte === S && bytes[at + 1] === O && bytes[at + 2] === L && bytes[at + 3] === E) {
            at += 4;
            byte = bytes[at]!;
            if (byte === stop) break;
          }
          while (byte >= BLANK && byte < DELETE) byte = bytes[++at]!;
          if (!DISCRETIONS.test(bytes.toString('latin1', begin, at))) return -1;
          if (bytes[begin] === BLANK || bytes[at - 1] === BLANK) this.#padded[column] = 1;
          break;
        case LABEL:
          while (byte >= BLANK && byte < DELETE) byte = bytes[++at]!;
          [labelStart, labelEnd] = [begin, at];
          if (bytes[begin] === BLANK || bytes[at - 1] === BLANK) this.#padded[column] = 1;
          break;
        default:
          while (byte >= BLANK && byte < DELETE) byte = bytes[++at]!;
          if (bytes[begin] === BLANK || bytes[at - 1] === BLANK) this.#padded[column] = 1;
      }
      if (byte !== stop) return -1;
      at += 1;
    }
    if (this.#end === CR && bytes[at++] !== LF) return -1;
    if (!this.#addLabel(bytes, labelStart, labelEnd)) return -1;
    if (!isSameGroup) this.#begin(bytes, start, groupStart, groupEnd);
    this.#rows += 1;
    this.#tally.add(kind, value, amount);
    return at;
  }

  #addLabel(bytes: Buffer, from: number, to: number): boolean {
    let [start, end] = [from, to];
    while (start < end && bytes[start] === BLANK) start += 1;
    while (end > start && bytes[end - 1] === BLANK) end -= 1;
    if (start === end) return false;
    this.#labels.add(bytes, start, end);
    return true;
  }

  #begin(bytes: Buffer, start: number, groupStart: number, groupEnd: number): void {
    const key = bytes.toString('latin1', groupStart, groupEnd).replace(/^ +| +$/g, '');
    this.#key = Uint8Array.from(bytes.subarray(groupStart, groupEnd));
    if (this.#run?.key === key) return;
    const at = this.#blockStart + start;
    this.#close(at);
    this.#run = { key, firstRow: this.#rows + 1, start: at };
  }

  #close(end: number): void {
    if (this.#run === null) return;
    const rows = this.#rows + 1 - this.#run.firstRow;
    if (this.#runs.length <= MOST_RUNS)
      this.#runs.push({ ...this.#run, end, rows, figures: this.#tally.take() });
    this.#run = null;
  }

  /** @returns where the next row begins */
  #addOdd(bytes: Buffer, from: number): number {
    const start = this.#blockStart + from;
    this.#close(start);
    const end = bytes.indexOf(LF, from);
    const next = end < 0 ? bytes.length : end + 1;
    this.#rows += 1;
    this.#oddRows += 1;
    if (this.#oddRows > MOST_ODD_ROWS) return next;
    this.#odd.push({ row: this.#rows, start, text: bytes.toString('latin1', from, end < 0 ? next : end) });
    this.#blockStart += this.blankRow.length - (next - from);
    return next;
  }

  end(): RowsSeen {
    this.#close(this.#blockStart);
    const isTorn = this.#oddRows > MOST_ODD_ROWS || this.#runs.length > MOST_RUNS;
    return {
      rows: this.#rows,
      odd: this.#odd,
      runs: isTorn ? null : this.#runs,
      labels: this.#labels.texts(),
      padded: new Set([...this.#padded.keys()].filter((column) => this.#padded[column] === 1)),
    };
  }
}
