const DOLLARS = String.raw`\$\s*(\d[\d,]*(?:\.\d+)?)`;
const INDEX_NAME = String.raw`([^$=]*\bindex\b[^$=]*)`;
const DOLLARS_FIRST = new RegExp(`^${DOLLARS}\\s*x\\s*${INDEX_NAME}$`, 'i');
const INDEX_FIRST = new RegExp(`^${INDEX_NAME}\\sx\\s*${DOLLARS}$`, 'i');

/**
 * US dollars a point of the index, from a row's own Contract_Units: '(NASDAQ 100 INDEX X $20)', '($50 X S&P 500 INDEX)'.
 * @returns null for every other unit: face values, currencies, coins, yen an index point
 */
export function multiplierOfUnits(contractUnits: string): number | null {
  const text = contractUnits.replace(/^\(/, '').replace(/\)$/, '').trim();
  const digits = DOLLARS_FIRST.exec(text)?.[1] ?? INDEX_FIRST.exec(text)?.[2];
  if (digits === undefined) return null;
  const multiplier = Number(digits.replaceAll(',', ''));
  return multiplier > 0 ? multiplier : null;
}
