import type { Column } from './columns.js';
import { isBefore } from './run-buffer.js';
import type { RowKey, RowShape, Segment, SpillFile } from './spill.js';

/** Rows of one symbol and day, in order, piece by piece. */
export interface SortedSource {
  /** The next piece; null at the end. */
  next(): { readonly columns: readonly Column[]; readonly rows: number } | null;
  /** A key at or before the first row's, known without reading. */
  readonly first: RowKey;
}

/** Reads a segment back in pieces of at most `pieceRows`. */
export function segmentSource(file: SpillFile, segment: Segment, pieceRows: number): SortedSource {
  let at = 0;
  return {
    first: segment.first,
    next() {
      if (at === segment.rows) return null;
      const end = Math.min(segment.rows, at + pieceRows);
      const columns = file.read(segment, at, end);
      const rows = end - at;
      at = end;
      return { columns, rows };
    },
  };
}

/** Takes rows [from, to) of a piece. */
export type TakeRows = (columns: readonly Column[], from: number, to: number) => void;

class Head {
  columns: readonly Column[] = [];
  times: Float64Array = new Float64Array(0);
  sequences: Float64Array = this.times;
  rows = 0;
  at = 0;

  constructor(
    readonly source: SortedSource,
    readonly rank: number,
    readonly sequenceColumn: number,
  ) {}

  /** @returns whether there is a row */
  load(): boolean {
    const piece = this.source.next();
    if (piece === null) return false;
    this.columns = piece.columns;
    this.times = piece.columns[0] as Float64Array;
    this.sequences = piece.columns[this.sequenceColumn] as Float64Array;
    this.rows = piece.rows;
    this.at = 0;
    return true;
  }

  get key(): RowKey {
    return { time: this.times[this.at]!, sequence: this.sequences[this.at]! };
  }

  /** The first place from here on whose row must wait for a row of that key. */
  endBefore(key: RowKey, isEqualMine: boolean): number {
    let at = this.at;
    while (at < this.rows) {
      const step = this.times[at]! - key.time || this.sequences[at]! - key.sequence;
      if (step > 0 || (step === 0 && !isEqualMine)) break;
      at += 1;
    }
    return at;
  }
}

/**
 * Merges sources by time and sequence; of rows equal in both, those of an earlier source come first. A source is opened only
 * when its first key is reached, so that pieces in order cost no comparing.
 */
export function mergeSources(sources: readonly SortedSource[], shape: RowShape, take: TakeRows): void {
  const waiting = sources
    .map((source, rank) => new Head(source, rank, shape.sequence))
    .sort((left, right) => compareKeys(left.source.first, right.source.first) || left.rank - right.rank);
  let opened = 0;
  const heads: Head[] = [];
  for (;;) {
    const least = leastHead(heads);
    const nextFirst = waiting[opened]?.source.first;
    if (nextFirst !== undefined && (least === undefined || !isBefore(least.key, nextFirst))) {
      const head = waiting[opened]!;
      opened += 1;
      if (head.load()) heads.push(head);
      continue;
    }
    if (least === undefined) return;
    const end = endOfStretch(least, heads, nextFirst);
    take(least.columns, least.at, end);
    least.at = end;
    if (least.at === least.rows && !least.load()) heads.splice(heads.indexOf(least), 1);
  }
}

function compareKeys(left: RowKey, right: RowKey): number {
  return left.time - right.time || left.sequence - right.sequence;
}

function leastHead(heads: readonly Head[]): Head | undefined {
  let least = heads[0];
  for (let index = 1; index < heads.length; index += 1) {
    const head = heads[index]!;
    const step =
      head.times[head.at]! - least!.times[least!.at]! ||
      head.sequences[head.at]! - least!.sequences[least!.at]! ||
      head.rank - least!.rank;
    if (step < 0) least = head;
  }
  return least;
}

/** How far the least head goes before a row of another head, or the first of an unopened source, comes. */
function endOfStretch(least: Head, heads: readonly Head[], nextFirst: RowKey | undefined): number {
  const second = leastHead(heads.filter((head) => head !== least));
  if (second !== undefined && (nextFirst === undefined || isBefore(second.key, nextFirst)))
    return least.endBefore(second.key, least.rank < second.rank);
  return nextFirst === undefined ? least.rows : least.endBefore(nextFirst, false);
}
