import type { IsoDate } from '../core/index.js';
import { type ConditionClass, readConditions, type TapeLetter } from './rules/conditions.js';
import { PRINT_CLASSES } from './vocabulary.js';

/** Bits of a table entry above the class code of three bits. */
export const SAID_ODD_LOT = 8;
export const UNKNOWN_LETTER = 16;

const TAPES: readonly TapeLetter[] = [null, 'A', 'B', 'C'];

const CODE_OF: Readonly<Record<ConditionClass, number>> = {
  drop: PRINT_CLASSES.indexOf('dropped'),
  auction: PRINT_CLASSES.indexOf('auction'),
  unsigned: PRINT_CLASSES.indexOf('unsigned'),
  extended: PRINT_CLASSES.indexOf('extended'),
  regular: PRINT_CLASSES.indexOf('other'),
};

/** Condition sets of one session date, read once: entry 4 x set + (tape code & 3), where no tape is 0 and A, B, C are 1, 2, 3. */
export class ConditionTable {
  private readonly known = new Map<string, Uint8Array>();
  private entries = new Uint8Array(64);

  constructor(private readonly date: IsoDate) {}

  /** The entries of all sets; the array is written over by the next call. */
  of(conditionSets: readonly string[]): Uint8Array {
    if (this.entries.length < conditionSets.length * 4)
      this.entries = new Uint8Array(conditionSets.length * 8);
    for (let set = 0; set < conditionSets.length; set++) {
      this.entries.set(this.entriesOf(conditionSets[set]!), set * 4);
    }
    return this.entries;
  }

  private entriesOf(letters: string): Uint8Array {
    let entries = this.known.get(letters);
    if (entries === undefined) {
      entries = Uint8Array.from(TAPES, (tape) => {
        const { conditionClass, oddLot, unknown } = readConditions(letters, tape, this.date);
        return CODE_OF[conditionClass] + (oddLot ? SAID_ODD_LOT : 0) + (unknown === '' ? 0 : UNKNOWN_LETTER);
      });
      this.known.set(letters, entries);
    }
    return entries;
  }
}
