import { UNKNOWN_CONDITION } from '../text/tape/index.js';

/** TAQ exchange letters (`participant_id`) of the exchange numbers 1 to 21, as /v3/reference/exchanges publishes them. */
const EXCHANGE_LETTERS = ' ABCDEIJKMNPTSLVWXYZHU';

/** Character code of the letter of an exchange number; 0 where none is published. */
export function exchangeLetter(number: number): number {
  return number >= 1 && number < EXCHANGE_LETTERS.length ? EXCHANGE_LETTERS.charCodeAt(number) : 0;
}

/**
 * TAQ letters of trade conditions, as /v3/reference/conditions maps them to the feeds; '' = says nothing about the class of
 * the print. Average price (2) is UTP's 'W' here.
 */
const TRADE_CONDITIONS: ReadonlyMap<number, string> = new Map([
  [0, ''],
  [1, 'A'],
  [2, 'W'],
  [3, 'E'],
  [4, 'B'],
  [5, 'G'],
  [6, ''],
  [7, 'C'],
  [8, '6'],
  [9, 'X'],
  [10, '4'],
  [11, 'D'],
  [12, 'T'],
  [13, 'U'],
  [14, 'F'],
  [15, 'M'],
  [16, 'Q'],
  [17, 'O'],
  [18, '5'],
  [19, '6'],
  [20, 'N'],
  [21, 'H'],
  [22, 'P'],
  [23, 'K'],
  [24, 'K'],
  [25, 'O'],
  [27, '1'],
  [28, '5'],
  [29, 'R'],
  [30, 'L'],
  [31, 'L'],
  [33, 'Z'],
  [34, 'S'],
  [35, 'V'],
  [36, 'Y'],
  [37, 'I'],
  [38, '9'],
  [41, ''],
  [52, 'V'],
  [53, '7'],
  // Short sale restriction: of the stock, not of the print.
  [57, ''],
  [58, ''],
  [59, ''],
  [60, ''],
]);

const AVERAGE_PRICE = 2;

/**
 * The TAQ letter of a trade condition number on a tape number (0 = not told): '' for one without a bearing on the class, '?'
 * for one of no known letter. CTA (tapes 1 and 2) writes average price as 'B'.
 */
export function tradeConditionLetter(number: number, tape: number): string {
  if (number === AVERAGE_PRICE && (tape === 1 || tape === 2)) return 'B';
  return TRADE_CONDITIONS.get(number) ?? UNKNOWN_CONDITION;
}

/** The letters of a list of condition numbers. */
export function tradeConditionLetters(numbers: readonly string[], tape: number): string {
  return numbers.map((number) => tradeConditionLetter(Number(number), tape)).join('');
}

/** Character code of the tape of a tape number 1, 2, 3; 0 where the source does not tell; -1 for another number. */
export function tapeLetter(number: number): number {
  if (number === 0) return 0;
  return number >= 1 && number <= 3 ? 64 + number : -1;
}
