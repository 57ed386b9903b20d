const ZERO = 48;
const POINT = 46;
const MINUS = 45;
const PLUS = 43;
const MICRO_DIGITS = 6;
const TO_MICROS = Float64Array.of(1_000_000, 100_000, 10_000, 1_000, 100, 10, 1);
const UNCOMMON = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * A decimal as an exact whole number of millionths.
 * @returns NaN where the bytes are no decimal, are finer than six places, or too large to be exact
 */
export function parseMicros(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  let whole = 0;
  const isNegative = bytes[start] === MINUS;
  if (isNegative) position += 1;
  const first = position;
  while (position < end) {
    const digit = bytes[position]! - ZERO;
    if (digit < 0 || digit > 9) break;
    whole = whole * 10 + digit;
    position += 1;
  }
  let digits = position - first;
  let fraction = 0;
  let places = 0;
  if (position < end) {
    if (bytes[position] !== POINT) return uncommonMicros(bytes, start, end);
    position += 1;
    while (position < end) {
      const digit = bytes[position]! - ZERO;
      if (digit < 0 || digit > 9 || places === MICRO_DIGITS) return uncommonMicros(bytes, start, end);
      fraction = fraction * 10 + digit;
      places += 1;
      position += 1;
    }
    digits += places;
  }
  const micros = whole * 1_000_000 + fraction * TO_MICROS[places]!;
  if (digits === 0 || micros > Number.MAX_SAFE_INTEGER) return Number.NaN;
  return isNegative && micros !== 0 ? -micros : micros;
}

/** Signs, exponents and long runs of zeros, exactly. */
function uncommonMicros(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 64) return Number.NaN;
  let text = '';
  for (let index = start; index < end; index += 1) text += String.fromCharCode(bytes[index]!);
  const match = UNCOMMON.exec(text);
  if (match === null) return Number.NaN;
  const [, sign, whole, fraction, exponent] = match as unknown as [string, string, string, string, string?];
  if (whole.length + fraction.length === 0) return Number.NaN;
  const shift = MICRO_DIGITS - fraction.length + Number(exponent ?? 0);
  let micros = BigInt(whole + fraction);
  if (shift >= 0) {
    micros *= 10n ** BigInt(shift);
  } else {
    const divisor = 10n ** BigInt(-shift);
    if (micros % divisor !== 0n) return Number.NaN;
    micros /= divisor;
  }
  if (micros > BigInt(Number.MAX_SAFE_INTEGER)) return Number.NaN;
  return micros === 0n ? 0 : Number(sign === '-' ? -micros : micros);
}

/**
 * A whole number without a sign.
 * @returns -1 where the bytes are none, or it is beyond 2^53
 */
export function parseWhole(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || end - start > 16) return -1;
  let value = 0;
  for (let position = start; position < end; position += 1) {
    const digit = bytes[position]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : -1;
}

/**
 * A sequence number: whole, or as statistics packages write whole numbers ('123.0', '1.23e+05'); blank is 0.
 * @returns -1 where the bytes are none
 */
export function parseSequence(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return 0;
  const value = parseWhole(bytes, start, end);
  if (value >= 0) return value;
  const from = bytes[start] === PLUS ? start + 1 : start;
  const micros = uncommonMicros(bytes, from, end);
  return micros >= 0 && micros % 1_000_000 === 0 ? micros / 1_000_000 : -1;
}

/**
 * A hexadecimal whole number of up to eight digits.
 * @returns -1 where the bytes are none
 */
export function parseHexadecimal(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || end - start > 8) return -1;
  let value = 0;
  for (let position = start; position < end; position += 1) {
    const byte = bytes[position]!;
    let digit = byte - ZERO;
    if (digit < 0 || digit > 9) {
      digit = (byte | 32) - 87;
      if (digit < 10 || digit > 15) return -1;
    }
    value = value * 16 + digit;
  }
  return value;
}
