import type { IsoDate } from '../../core/index.js';

/** How a print takes part, worst first: the worst class of any letter is the print's. */
export const CONDITION_CLASSES = ['drop', 'auction', 'unsigned', 'extended', 'regular'] as const;
export type ConditionClass = (typeof CONDITION_CLASSES)[number];

/** Changes whenever a letter changes its class. */
export const CONDITION_TABLE_VERSION = 'taq-1';

/** TAQ tape letter; null where the source does not tell. */
export type TapeLetter = 'A' | 'B' | 'C' | null;

export interface ConditionReading {
  readonly conditionClass: ConditionClass;
  /** Said to be an odd lot. */
  readonly oddLot: boolean;
  /** Letters of no known meaning on that tape; they leave the print unsigned. */
  readonly unknown: string;
}

/** Odd lots joined the tape on this day; before it `I` was something else on tapes A and B. */
const ODD_LOTS_FROM = '2013-12-09';

const LETTERS_OF: Readonly<Record<ConditionClass, string>> = {
  drop: 'MQ9',
  auction: 'O56',
  unsigned: '47VPCNRZLGHX',
  extended: 'TU',
  regular: '@EFISYADK1',
};

const CLASS_OF_LETTER: ReadonlyMap<string, ConditionClass> = new Map(
  CONDITION_CLASSES.flatMap((name) => [...LETTERS_OF[name]].map((letter) => [letter, name] as const)),
);

/**
 * What the sale condition letters of a print say on its tape and date. Blanks are padding, the order of letters does not
 * matter, the worst class wins. A letter that only one tape knows, or none, leaves the print unsigned.
 */
export function readConditions(letters: string, tape: TapeLetter, date: IsoDate): ConditionReading {
  let worst: ConditionClass = 'regular';
  let oddLot = false;
  let unknown = '';
  for (const letter of letters) {
    if (letter === ' ') continue;
    const known = classOfLetter(letter, tape);
    if (known === null) unknown += letter;
    worst = worseClass(worst, known ?? 'unsigned');
    if (letter === 'I' && (tape === 'C' || date >= ODD_LOTS_FROM)) oddLot = true;
  }
  return { conditionClass: worst, oddLot, unknown };
}

/** The class of a print by its conditions alone. */
export function conditionClass(letters: string, tape: TapeLetter, date: IsoDate): ConditionClass {
  return readConditions(letters, tape, date).conditionClass;
}

/** `B` is bunched on tape C and average price elsewhere; `W` is average price on tape C and nothing elsewhere. */
function classOfLetter(letter: string, tape: TapeLetter): ConditionClass | null {
  if (letter === 'B') return tape === 'C' ? 'regular' : 'unsigned';
  if (letter === 'W') return tape === 'C' || tape === null ? 'unsigned' : null;
  return CLASS_OF_LETTER.get(letter) ?? null;
}

function worseClass(a: ConditionClass, b: ConditionClass): ConditionClass {
  return CONDITION_CLASSES.indexOf(a) <= CONDITION_CLASSES.indexOf(b) ? a : b;
}
