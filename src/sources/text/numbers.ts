const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MAX_EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: MAX_EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

/**
 * A decimal number as publishers write it: digits with an optional sign, point and exponent.
 * @returns null for everything else: '', 'NaN', 'Infinity', '0x1F', '1,234', '1_000', '12 ' and what overflows a double
 */
export function parseDecimal(text: string): number | null {
  const length = text.length;
  if (length === 0) return null;
  const negative = text.charCodeAt(0) === 45;
  let digits = 0;
  let decimals = -1;
  let mantissa = 0;
  for (let index = negative ? 1 : 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + (code - 48);
      digits += 1;
    } else if (code === 46 && decimals < 0) {
      decimals = digits;
    } else {
      return parseUncommon(text);
    }
  }
  if (digits === 0) return null;
  if (digits > MAX_EXACT_DIGITS) return parseUncommon(text);
  // Both operands are exact doubles, so the quotient is the correctly rounded value, as Number(text) would give.
  const value = decimals < 0 ? mantissa : mantissa / POWERS_OF_TEN[digits - decimals]!;
  return negative && value !== 0 ? -value : value;
}

function parseUncommon(text: string): number | null {
  if (!DECIMAL.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : null;
}

/**
 * A whole number: digits with an optional sign.
 * @returns null for everything else, also '1.0', and beyond 2^53, where a double no longer holds every integer
 */
export function parseInteger(text: string): number | null {
  if (!/^[+-]?\d+$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value + 0 : null;
}
