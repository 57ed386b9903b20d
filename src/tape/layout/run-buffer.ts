import { type Column, copyRows, newColumn, type TapeKind } from './columns.js';
import { ROW_SHAPES, type RowKey, type RowShape, type Segment, type SpillFile } from './spill.js';

/** Rows that a buffer starts with; it grows to its capacity. */
const FIRST_ROWS = 4096;

/**
 * Takes rows in the order of the input and, when full, spills them sorted: a run of segments, one for each group (day and
 * symbol) that it holds.
 */
export class RunBuffer {
  columns: readonly Column[];
  /** Number of the group of each row. */
  groups: Uint32Array;
  /** Rows that came before one of their symbol that should stand behind them. */
  unordered = 0;
  rows = 0;
  readonly segments: Segment[][] = [];
  readonly #shape: RowShape;
  readonly #file: SpillFile;
  readonly #scratch: Column[];
  readonly #capacity: number;
  #held: number;
  #runs = 0;

  constructor(kind: TapeKind, file: SpillFile, capacity: number) {
    this.#shape = ROW_SHAPES[kind];
    this.#file = file;
    this.#capacity = capacity;
    this.#held = Math.min(capacity, FIRST_ROWS);
    this.columns = this.#shape.storages.map((storage) => newColumn(storage, this.#held));
    this.#scratch = this.#shape.storages.map((storage) => newColumn(storage, 0));
    this.groups = new Uint32Array(this.#held);
  }

  get runs(): number {
    return this.#runs;
  }

  /** Rows that it can take now; 0 where it must be spilled first. */
  makeRoom(): number {
    if (this.rows === this.#held && this.#held < this.#capacity) {
      this.#held = Math.min(this.#capacity, 4 * this.#held);
      this.columns = this.columns.map((column, index) => {
        const larger = newColumn(this.#shape.storages[index]!, this.#held);
        copyRows(column, 0, this.rows, larger, 0);
        return larger;
      });
      const groups = new Uint32Array(this.#held);
      groups.set(this.groups);
      this.groups = groups;
    }
    return this.#held - this.rows;
  }

  /** Sorts and writes what is held. */
  spill(groupCount: number): void {
    if (this.rows === 0) return;
    const ends = new Uint32Array(groupCount + 1);
    for (let row = 0; row < this.rows; row += 1) ends[this.groups[row]! + 1]! += 1;
    for (let group = 0; group < groupCount; group += 1) ends[group + 1]! += ends[group]!;
    const next = ends.slice(0, groupCount);
    const order = new Uint32Array(this.rows);
    for (let row = 0; row < this.rows; row += 1) {
      const group = this.groups[row]!;
      order[next[group]!] = row;
      next[group]! += 1;
    }
    for (let group = 0; group < groupCount; group += 1) {
      if (ends[group]! < ends[group + 1]!)
        this.#spillGroup(group, order.subarray(ends[group], ends[group + 1]));
    }
    this.#runs += 1;
    this.rows = 0;
  }

  #spillGroup(group: number, order: Uint32Array): void {
    this.#sort(order);
    const at = this.#file.append(order.length, (column, from, to) =>
      this.#gather(column, order.subarray(from, to)),
    );
    const first = this.#keyOf(order[0]!);
    const last = this.#keyOf(order[order.length - 1]!);
    let segments = this.segments[group];
    if (segments === undefined) {
      segments = [];
      this.segments[group] = segments;
    }
    const before = segments.at(-1)?.last;
    if (before !== undefined && isBefore(first, before)) this.unordered += 1;
    segments.push({ run: this.#runs, at, rows: order.length, first, last });
  }

  /** Puts rows in order of time and sequence; rows equal in both keep the order of the input. */
  #sort(order: Uint32Array): void {
    const times = this.columns[0] as Float64Array;
    const sequences = this.columns[this.#shape.sequence] as Float64Array;
    let descents = 0;
    for (let at = 1; at < order.length; at += 1) {
      const step = times[order[at]!]! - times[order[at - 1]!]!;
      if (step < 0 || (step === 0 && sequences[order[at]!]! < sequences[order[at - 1]!]!)) descents += 1;
    }
    this.unordered += descents;
    if (descents === 0) return;
    order.sort(
      (left, right) => times[left]! - times[right]! || sequences[left]! - sequences[right]! || left - right,
    );
  }

  /** Values of a column in the order of rows, good until the next call for the column. */
  #gather(column: number, order: Uint32Array): Column {
    const storage = this.#shape.storages[column]!;
    if (this.#scratch[column]!.length < order.length)
      this.#scratch[column] = newColumn(storage, Math.min(this.#held, 2 * order.length));
    const source = this.columns[column]!;
    const target = this.#scratch[column]!;
    if (storage === 'f64') gatherDoubles(source as Float64Array, target as Float64Array, order);
    else if (storage === 'i64') gatherLarge(source as BigInt64Array, target as BigInt64Array, order);
    else gatherSmall(source as Uint8Array, target as Uint8Array, order);
    return target.subarray(0, order.length);
  }

  #keyOf(row: number): RowKey {
    return {
      time: this.columns[0]![row] as number,
      sequence: this.columns[this.#shape.sequence]![row] as number,
    };
  }
}

export function isBefore(left: RowKey, right: RowKey): boolean {
  return left.time < right.time || (left.time === right.time && left.sequence < right.sequence);
}

function gatherDoubles(source: Float64Array, target: Float64Array, order: Uint32Array): void {
  for (let at = 0; at < order.length; at += 1) target[at] = source[order[at]!]!;
}

function gatherLarge(source: BigInt64Array, target: BigInt64Array, order: Uint32Array): void {
  for (let at = 0; at < order.length; at += 1) target[at] = source[order[at]!]!;
}

function gatherSmall(source: Uint8Array, target: Uint8Array, order: Uint32Array): void {
  for (let at = 0; at < order.length; at += 1) target[at] = source[order[at]!]!;
}
