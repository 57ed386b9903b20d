import { TAPE_COLUMNS } from './columns.js';
import type { ConditionSets } from './kind-intake.js';
import type { SortedSource } from './merge.js';
import { RowGroupReader } from './row-group-reader.js';
import type { TapeFileIndex } from './tape-file.js';

/** Reads the rows of a day's file back, to be written again beside new ones. */
export class ExistingRows {
  readonly #index: TapeFileIndex;
  readonly #reader: RowGroupReader;
  readonly #conditions: ConditionSets;

  constructor(index: TapeFileIndex, conditions: ConditionSets) {
    this.#index = index;
    this.#conditions = conditions;
    this.#reader = new RowGroupReader(
      index,
      TAPE_COLUMNS[index.note.kind].map((spec) => spec.name),
    );
  }

  /** @param symbol place in the note's list */
  source(symbol: number): SortedSource {
    const { symbolRows, groupRows } = this.#index;
    const end = symbolRows[symbol + 1]!;
    let row = symbolRows[symbol]!;
    return {
      first: { time: Number.NEGATIVE_INFINITY, sequence: 0 },
      next: () => {
        if (row === end) return null;
        const group = groupRows.findLastIndex((first) => first <= row);
        const stop = Math.min(end, groupRows[group + 1]!);
        const piece = this.#piece(group, row - groupRows[group]!, stop - groupRows[group]!);
        row = stop;
        return piece;
      },
    };
  }

  #piece(group: number, from: number, to: number) {
    const rows = to - from;
    const read = this.#reader.read(group);
    const columns = read.map((column) => column.subarray(from, to));
    columns.push(new Uint32Array(rows));
    if (this.#index.note.kind === 'trades') {
      const numbers = this.#reader.conditionSets.map((text) => this.#conditions.numberOf(text));
      columns[4] = (columns[4] as Uint16Array).map((set) => numbers[set]!);
      columns.push(new BigInt64Array(rows));
    }
    return { columns, rows };
  }

  close(): void {
    this.#reader.close();
  }
}
