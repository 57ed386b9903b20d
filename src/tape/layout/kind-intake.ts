import {
  FormatError,
  groupBy,
  InvalidRequest,
  type IsoDate,
  type TapeCancel,
  type TapeFormat,
  type TapeQuoteBatch,
  type TapeTradeBatch,
} from '../../core/index.js';
import type { Column, TapeKind } from './columns.js';
import { RunBuffer } from './run-buffer.js';
import { type SessionDay, sessionDayOf } from './session-day.js';
import { ROW_SHAPES, type RowShape, type Segment, SpillFile } from './spill.js';

/** TAQ's code of a cancelled print. */
const CANCELLED = 8;

/** One symbol on one day. */
export interface TapeGroup {
  readonly date: IsoDate;
  readonly symbol: string;
  readonly format: TapeFormat;
}

/** Condition sets by number, the same for all inputs of an import. */
export class ConditionSets {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      if (this.texts.length === 65_536)
        throw new FormatError(
          'the prints have more than 65,536 sets of conditions; import fewer files at once',
        );
      number = this.texts.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }
}

interface WaitingCancel {
  readonly symbol: string;
  readonly tradeId: bigint;
  /** Only a print of the same input is meant. */
  readonly input: number;
  /** Rows in the buffer when it came; later ones are not meant. */
  readonly before: number;
  /** Runs spilled before it. */
  readonly run: number;
}

/** Takes the rows of one kind, splits them by New York date and symbol, and keeps them sorted on disk. */
export class KindIntake {
  readonly groups: TapeGroup[] = [];
  rows = 0;
  cancelled = 0;
  unmatchedCancels = 0;
  readonly file: SpillFile;
  readonly #kind: TapeKind;
  readonly #shape: RowShape;
  readonly #buffer: RunBuffer;
  readonly #conditions: ConditionSets;
  readonly #groupOf = new Map<string, number>();
  readonly #days: SessionDay[] = [];
  /** For each of `#days`, the group of each symbol number of the input at hand. */
  #groupsOfInput: number[][] = [];
  #input = 0;
  #inputName = '';
  #format: TapeFormat | null = null;
  #waiting: WaitingCancel[] = [];
  readonly #older: WaitingCancel[] = [];

  constructor(kind: TapeKind, spillPath: string, bufferRows: number, conditions: ConditionSets) {
    this.#kind = kind;
    this.#shape = ROW_SHAPES[kind];
    this.#conditions = conditions;
    this.file = new SpillFile(spillPath, kind);
    this.#buffer = new RunBuffer(kind, this.file, bufferRows);
  }

  get unordered(): number {
    return this.#buffer.unordered;
  }

  segmentsOf(group: number): readonly Segment[] {
    return this.#buffer.segments[group] ?? [];
  }

  /** Rows that follow are of this input; symbol numbers start anew. */
  beginInput(input: number, name: string, format: TapeFormat): void {
    this.#input = input;
    this.#inputName = name;
    this.#format = format;
    this.#groupsOfInput = [];
  }

  /** Takes a batch; each cancel is meant for a print before it. */
  takeTrades(batch: TapeTradeBatch | null, cancels: readonly TapeCancel[]): void {
    let row = 0;
    for (const cancel of [...cancels].sort((left, right) => left.rowNumber - right.rowNumber)) {
      let end = row;
      while (batch !== null && end < batch.rows && batch.rowNumber[end]! < cancel.rowNumber) end += 1;
      if (batch !== null) this.take(batch, row, end);
      row = end;
      this.#waiting.push({
        symbol: cancel.symbol,
        tradeId: cancel.tradeId,
        input: this.#input,
        before: this.#buffer.rows,
        run: this.#buffer.runs,
      });
    }
    if (batch !== null) this.take(batch, row, batch.rows);
  }

  /** Takes rows [from, to) of a batch. */
  take(batch: TapeTradeBatch | TapeQuoteBatch, from = 0, to = batch.rows): void {
    const conditions =
      batch.kind === 'trades' ? batch.conditionSets.map((set) => this.#conditions.numberOf(set)) : [];
    for (let start = from; start < to; ) {
      if (this.#buffer.makeRoom() === 0) this.spill();
      const end = Math.min(to, start + this.#buffer.makeRoom());
      this.#takeTimes(batch, start, end);
      this.#takeColumns(batch, start, end, conditions);
      this.#buffer.rows += end - start;
      this.rows += end - start;
      start = end;
    }
  }

  #takeTimes(
    { epochNanos, symbol, symbols, rowNumber }: TapeTradeBatch | TapeQuoteBatch,
    from: number,
    to: number,
  ) {
    const words = new Int32Array(epochNanos.buffer, epochNanos.byteOffset, epochNanos.length * 2);
    const times = this.#buffer.columns[0] as Float64Array;
    const { groups } = this.#buffer;
    let at = this.#buffer.rows;
    let place = this.#days.length - 1;
    let day = this.#days[place];
    for (let row = from; row < to; row += 1) {
      let elapsed =
        day === undefined
          ? -1
          : (words[2 * row + 1]! - day.midnightHigh) * 4294967296 +
            ((words[2 * row]! >>> 0) - day.midnightLow);
      if (day === undefined || !(elapsed >= 0 && elapsed < day.lengthNanos)) {
        place = this.#placeOfDay(epochNanos[row]!, rowNumber[row]!);
        day = this.#days[place]!;
        elapsed = Number(epochNanos[row]! - day.midnightNanos);
      }
      this.#groupsOfInput[place] ??= [];
      const ofDay = this.#groupsOfInput[place]!;
      const number = symbol[row]!;
      let group = ofDay[number];
      if (group === undefined) {
        group = this.#group(day, symbols[number]!);
        ofDay[number] = group;
      }
      times[at] = elapsed;
      groups[at] = group;
      at += 1;
    }
  }

  #placeOfDay(epochNanos: bigint, rowNumber: number): number {
    const known = this.#days.findIndex(
      (day) => epochNanos >= day.midnightNanos && epochNanos < day.midnightNanos + BigInt(day.lengthNanos),
    );
    if (known >= 0) return known;
    return this.#days.push(sessionDayOf(epochNanos, { input: this.#inputName, rowNumber })) - 1;
  }

  #group({ date }: SessionDay, symbol: string): number {
    const key = `${date} ${symbol}`;
    const known = this.#groupOf.get(key);
    const format = this.#format!;
    if (known !== undefined) {
      requireSameFormat(this.#kind, this.groups[known]!, format);
      return known;
    }
    const group = this.groups.push({ date, symbol, format }) - 1;
    this.#groupOf.set(key, group);
    return group;
  }

  #takeColumns(
    batch: TapeTradeBatch | TapeQuoteBatch,
    from: number,
    to: number,
    conditions: readonly number[],
  ): void {
    const at = this.#buffer.rows;
    const end = at + to - from;
    const columns = this.#buffer.columns;
    for (const [column, source] of sourceColumns(batch).entries()) {
      if (source !== null)
        (columns[column] as Float64Array).set((source as Float64Array).subarray(from, to), at);
    }
    (columns[this.#shape.input] as Uint32Array).fill(this.#input, at, end);
    if (batch.kind === 'quotes') return;
    const sets = columns[4] as Uint16Array;
    for (let row = from; row < to; row += 1) sets[at + row - from] = conditions[batch.conditions[row]!]!;
    const ids = columns[this.#shape.tradeId] as BigInt64Array;
    if (batch.tradeId === null) ids.fill(0n, at, end);
    else ids.set(batch.tradeId.subarray(from, to), at);
  }

  /** Sorts and writes the rows held in memory. */
  spill(): void {
    this.#cancelInBuffer();
    this.#buffer.spill(this.groups.length);
  }

  /** Spills the rest and looks for the prints of cancels that came long after them. */
  finish(): void {
    this.spill();
    this.file.flush();
    for (const cancel of this.#older) {
      if (this.#cancelOnDisk(cancel)) this.cancelled += 1;
      else this.unmatchedCancels += 1;
    }
  }

  #cancelInBuffer(): void {
    if (this.#waiting.length === 0) return;
    const waiting = groupBy(this.#waiting, (cancel) => cancel.tradeId);
    const rowOf = new Map<WaitingCancel, number>();
    const ids = this.#buffer.columns[this.#shape.tradeId] as BigInt64Array;
    const inputs = this.#buffer.columns[this.#shape.input] as Uint32Array;
    for (let row = 0; row < this.#buffer.rows; row += 1) {
      for (const cancel of waiting.get(ids[row]!) ?? []) {
        const isMeant = row < cancel.before && inputs[row] === cancel.input;
        if (isMeant && this.groups[this.#buffer.groups[row]!]!.symbol === cancel.symbol)
          rowOf.set(cancel, row);
      }
    }
    for (const row of rowOf.values()) this.#buffer.columns[CORRECTION]![row] = CANCELLED;
    this.cancelled += rowOf.size;
    this.#older.push(...this.#waiting.filter((cancel) => !rowOf.has(cancel)));
    this.#waiting = [];
  }

  #cancelOnDisk({ symbol, tradeId, input, run }: WaitingCancel): boolean {
    const segments = this.groups
      .flatMap((group, number) => (group.symbol === symbol ? this.segmentsOf(number) : []))
      .filter((segment) => segment.run < run)
      .sort((left, right) => right.run - left.run || right.last.time - left.last.time);
    for (const segment of segments) {
      const ids = this.file.readColumn(segment, this.#shape.tradeId) as BigInt64Array;
      const inputs = this.file.readColumn(segment, this.#shape.input) as Uint32Array;
      for (let row = segment.rows - 1; row >= 0; row -= 1) {
        if (ids[row] !== tradeId || inputs[row] !== input) continue;
        this.file.patch(segment, CORRECTION, row, CANCELLED);
        return true;
      }
    }
    return false;
  }

  close(): void {
    this.file.close();
  }
}

/** Place of the correction among the columns of trades. */
const CORRECTION = 6;

/** The batch's columns by place; null where the place is filled otherwise. */
function sourceColumns(batch: TapeTradeBatch | TapeQuoteBatch): (Column | null)[] {
  if (batch.kind === 'quotes') {
    const { bidMicros, askMicros, eligible, venue, bidSizeMicros, askSizeMicros, sequence } = batch;
    return [null, bidMicros, askMicros, eligible, venue, bidSizeMicros, askSizeMicros, sequence];
  }
  const { priceMicros, sizeMicros, venue, tape, correction, suspicious, aggressor, sequence } = batch;
  return [null, priceMicros, sizeMicros, venue, null, tape, correction, suspicious, aggressor, sequence];
}

/** @throws {InvalidRequest} where one symbol's day would come from two formats, and so count twice or mix clocks and kinds */
export function requireSameFormat(kind: TapeKind, group: TapeGroup, format: TapeFormat): void {
  const { format: known, symbol, date } = group;
  if (
    known.name === format.name &&
    known.quoteKind === format.quoteKind &&
    known.quoteSizeUnit === format.quoteSizeUnit
  )
    return;
  throw new InvalidRequest(
    `${kind} of ${symbol} on ${date} are already there from ${known.name}, these are ${format.name}; import them into another folder, or replace them`,
  );
}
