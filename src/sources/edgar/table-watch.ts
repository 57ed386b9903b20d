import { Buffer } from 'node:buffer';
import type { GroupRun, OddRow, RowsSeen, RowWatch } from '../../core/index.js';
import { TextSet } from '../text/index.js';
import { WHOLE_NUMBERS } from './data-set-sql.js';
import { OPTIONS, PRINCIPAL, RatioTally, SHARES } from './ratio-tally.js';

const TAB = 9;
const LF = 10;
const CR = 13;
const BLANK = 32;
const DELETE = 127;
const ZERO = 48;
const NINE = 57;
/** `SH` and `SOLE`, as nearly all rows write it. */
const [S, H, SOLE] = [83, 72, 0x534f4c45];
/** The reader's own test of figures is wider: what has at most 15 plain digits is the same number to both. */
const MOST_DIGITS = 15;
const AMOUNT_TYPE = /^ *(?:SH|(PRN)) *$/i;
const DISCRETIONS = /^ *(?:SOLE|DFND|OTR)? *$/i;
const PUT_OR_CALL = /^ *(?:PUT|CALL) *$/i;
/** A text with more odd rows is none for the engine. */
const MOST_ODD_ROWS = 100_000;
/** Nor is one whose filings are torn into more pieces. */
const MOST_RUNS = 500_000;

/**
 * Looks through the rows of INFOTABLE in passing: which are plainly in order, so that the engine reads them as the reader
 * would, and what each filing is judged by. The engine trims the blank alone, so that texts are of visible ASCII and blanks.
 */
export class TableWatch implements RowWatch {
  readonly #isFigure: Uint8Array;
  /** Of the row under way: where each field ends, and what it is as a number. */
  readonly #ends: Int32Array;
  readonly #figures: Float64Array;
  readonly #columns: Readonly<
    Record<'group' | 'label' | 'value' | 'amount' | 'type' | 'option' | 'discretion', number>
  >;
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
    const positions = new Map(header.map((name, index) => [name, index]));
    const position = (name: string): number => positions.get(name)!;
    this.#columns = {
      group: position('ACCESSION_NUMBER'),
      label: position('CUSIP'),
      value: position('VALUE'),
      amount: position('SSHPRNAMT'),
      type: position('SSHPRNAMTTYPE'),
      option: position('PUTCALL'),
      discretion: position('INVESTMENTDISCRETION'),
    };
    this.#isFigure = Uint8Array.from(header, (name, index) =>
      WHOLE_NUMBERS.has(name) && position(name) === index ? 1 : 0,
    );
    this.#ends = new Int32Array(header.length);
    this.#figures = new Float64Array(header.length);
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
    const isFigure = this.#isFigure;
    const last = isFigure.length - 1;
    let at = start;
    for (let column = 0; column <= last; column += 1) {
      const begin = at;
      let byte = bytes[at]!;
      if (isFigure[column] === 0) {
        while (byte >= BLANK && byte < DELETE) byte = bytes[++at]!;
        if (bytes[begin] === BLANK || bytes[at - 1] === BLANK) this.#padded[column] = 1;
      } else {
        let figure = 0;
        for (; byte >= ZERO && byte <= NINE; byte = bytes[++at]!) figure = 10 * figure + byte - ZERO;
        if (at - begin > MOST_DIGITS) return -1;
        this.#figures[column] = figure;
      }
      if (byte !== (column === last ? this.#end : TAB)) return -1;
      this.#ends[column] = at;
      at += 1;
    }
    if (this.#end === CR && bytes[at++] !== LF) return -1;
    return this.#takeRow(bytes, start) ? at : -1;
  }

  #startOf(column: number, start: number): number {
    return column === 0 ? start : this.#ends[column - 1]! + 1;
  }

  #isBlank(column: number, start: number): boolean {
    return this.#ends[column] === this.#startOf(column, start);
  }

  /** Takes the row whose fields were found. @returns false where it is odd */
  #takeRow(bytes: Buffer, start: number): boolean {
    const { value, amount } = this.#columns;
    const kind = this.#kindOfRow(bytes, start);
    if (kind === null || this.#isBlank(value, start) || this.#isBlank(amount, start)) return false;
    if (!this.#isDiscretion(bytes, start) || !this.#takeLabel(bytes, start)) return false;
    this.#takeGroup(bytes, start);
    this.#rows += 1;
    this.#tally.add(kind, this.#figures[value]!, this.#figures[amount]!);
    return true;
  }

  /** What the row counts as in its filing; null where one of its words is not known. */
  #kindOfRow(bytes: Buffer, start: number): number | null {
    const { type, option } = this.#columns;
    const [from, to] = [this.#startOf(type, start), this.#ends[type]!];
    const isShares = to - from === 2 && bytes[from] === S && bytes[from + 1] === H;
    const found = isShares ? null : AMOUNT_TYPE.exec(bytes.toString('latin1', from, to));
    if (!isShares && found === null) return null;
    if (this.#isBlank(option, start)) return found?.[1] === undefined ? SHARES : PRINCIPAL;
    const word = bytes.toString('latin1', this.#startOf(option, start), this.#ends[option]);
    return PUT_OR_CALL.test(word) ? OPTIONS : null;
  }

  #isDiscretion(bytes: Buffer, start: number): boolean {
    const { discretion } = this.#columns;
    const [from, to] = [this.#startOf(discretion, start), this.#ends[discretion]!];
    const isUsual = to - from === 4 && bytes.readUInt32BE(from) === SOLE;
    return isUsual || DISCRETIONS.test(bytes.toString('latin1', from, to));
  }

  /** @returns false where there is none */
  #takeLabel(bytes: Buffer, rowStart: number): boolean {
    const { label } = this.#columns;
    let [start, end] = [this.#startOf(label, rowStart), this.#ends[label]!];
    while (start < end && bytes[start] === BLANK) start += 1;
    while (end > start && bytes[end - 1] === BLANK) end -= 1;
    if (start === end) return false;
    this.#labels.add(bytes, start, end);
    return true;
  }

  #takeGroup(bytes: Buffer, start: number): void {
    const { group } = this.#columns;
    const [from, to] = [this.#startOf(group, start), this.#ends[group]!];
    if (this.#run !== null && this.#isSameKey(bytes, from, to)) return;
    const key = bytes.toString('latin1', from, to).replace(/^ +| +$/g, '');
    this.#key = Uint8Array.from(bytes.subarray(from, to));
    if (this.#run?.key === key) return;
    const at = this.#blockStart + start;
    this.#close(at);
    this.#run = { key, firstRow: this.#rows + 1, start: at };
  }

  #isSameKey(bytes: Buffer, from: number, to: number): boolean {
    const key = this.#key;
    if (to - from !== key.length) return false;
    for (let at = 0; at < key.length; at += 1) if (bytes[from + at] !== key[at]) return false;
    return true;
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
