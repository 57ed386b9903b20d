/** A CUSIP as read from a filing. */
export interface CusipReading {
  /** Upper case, without blanks and hyphens; lost leading zeros put back where the check digit then fits. */
  readonly cusip: string;
  /** True where it has nine characters, the check digit fits and it is not all zeros. */
  readonly valid: boolean;
  /** True where zeros were put back; one wrong identifier in ten passes this by chance, so it is kept visible. */
  readonly zerosRestored: boolean;
}

const CUSIP_LENGTH = 9;
/** Shorter texts are not completed: four or more lost zeros would be a guess. */
const MIN_LENGTH_TO_RESTORE = 6;

/**
 * The check digit of a CUSIP's first eight characters: modulus 10 double add double (ANSI X9.6), letters A to Z count
 * 10 to 35, '*', '@' and '#' 36 to 38.
 * @param base exactly eight characters, upper case
 * @returns null where a character has no value or the length is wrong
 */
export function cusipCheckDigit(base: string): number | null {
  if (base.length !== CUSIP_LENGTH - 1) return null;
  let sum = 0;
  for (let index = 0; index < base.length; index += 1) {
    const value = characterValue(base.charCodeAt(index));
    if (value < 0) return null;
    const weighted = index % 2 === 1 ? value * 2 : value;
    sum += Math.floor(weighted / 10) + (weighted % 10);
  }
  return (10 - (sum % 10)) % 10;
}

function characterValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 90) return code - 55;
  return code === 42 ? 36 : code === 64 ? 37 : code === 35 ? 38 : -1;
}

/** True for nine upper-case characters whose last is the check digit of the others; '000000000' is none. */
export function isCusip(text: string): boolean {
  if (text.length !== CUSIP_LENGTH || text === '000000000') return false;
  const check = cusipCheckDigit(text.slice(0, -1));
  return check !== null && text.charCodeAt(CUSIP_LENGTH - 1) === 48 + check;
}

/**
 * Reads a CUSIP as filers write it: '20825C 10 4', '78462f103', '37833100' (a spreadsheet ate the zero).
 * An identifier that fits no check digit comes back as written, in upper case, with `valid` false.
 */
export function readCusip(text: string): CusipReading {
  const cusip = text.toUpperCase().replace(/[\s-]/g, '');
  if (cusip.length >= MIN_LENGTH_TO_RESTORE && cusip.length < CUSIP_LENGTH) {
    const padded = cusip.padStart(CUSIP_LENGTH, '0');
    if (isCusip(padded)) return { cusip: padded, valid: true, zerosRestored: true };
  }
  return { cusip, valid: isCusip(cusip), zerosRestored: false };
}
