import { ByteDictionary } from './byte-dictionary.js';
import { UNKNOWN_CONDITION } from './sale-conditions.js';
import type { TapeWriter } from './tape-writer.js';

/**
 * TAQ letters of the sale condition bits 0 to 31 of AlgoSeek, whose data LEAN ships with these bits; '' = says nothing about the class
 * of the print (regular, CAP election, trade-through exempt). Bit 30 is not documented.
 */
const TRADE_BITS = [
  ...['', 'C', 'N', 'R', 'Y', 'F', 'O', '6'],
  ...['5', '4', 'T', 'L', '1', 'T', 'Z', 'S'],
  ...['A', 'B', 'V', 'D', 'W', 'X', 'H', 'K'],
  ...['M', 'P', 'Q', '', 'E', '', UNKNOWN_CONDITION, 'I'],
];

/** Quote condition bits under which a quote counts for the national best: regular, slow, opening. */
const ELIGIBLE_QUOTE_BITS = (1 << 0) | (1 << 1) | (1 << 11);

/** Letters of a sale condition bit field; an extended-hours print out of sequence is TAQ's 'U'. */
function saleConditionLetters(bits: number): string {
  let letters = '';
  for (let bit = 0; bit < TRADE_BITS.length; bit += 1) {
    if (Math.floor(bits / 2 ** bit) % 2 === 1) letters += TRADE_BITS[bit];
  }
  return letters.includes('T') && letters.includes('Z') ? `${letters.replace(/[TZ]/g, '')}U` : letters;
}

/** Numbers of the condition sets of bit fields; -1 where a field is no hexadecimal number. */
export function bitConditions(writer: TapeWriter): ByteDictionary {
  return new ByteDictionary((text) =>
    /^[0-9a-f]{1,8}$/i.test(text)
      ? writer.conditionNumber(saleConditionLetters(Number.parseInt(text, 16)))
      : -1,
  );
}

/** Whether a quote with these condition bits counts for the national best. */
export function isEligibleQuoteBits(bits: number): boolean {
  return (bits & ~ELIGIBLE_QUOTE_BITS) === 0;
}
