/** Decimals that are kept: a double written out in full has no more where it counts. */
const DECIMALS = 20;
const WHOLE_DIGITS = 10;
const UNIT = 10n ** BigInt(DECIMALS);
const PER_CENT = (UNIT * UNIT) / 100n;
const LONGEST = 50;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/;

/** A decimal number without loss: `units` of 1e-20, `value` the nearest double. */
export interface ExactDecimal {
  readonly units: bigint;
  readonly value: number;
}

/**
 * A decimal number of at most ten digits before and twenty after the point, zeros at the ends aside.
 * @returns null for everything else: '', '1,000', '$5', '.'
 */
export function parseExact(text: string): ExactDecimal | null {
  const match = text.length > LONGEST ? null : DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  if (digits === '') return null;
  const shift = DECIMALS + Number(exponent) - fraction.length;
  const units = shifted(BigInt(digits), shift);
  if (units === null || units >= UNIT * 10n ** BigInt(WHOLE_DIGITS)) return null;
  return { units: sign === '-' ? -units : units, value: Number(text) + 0 };
}

/** digits x 10^shift where that is whole. */
function shifted(digits: bigint, shift: number): bigint | null {
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return digits % divisor === 0n ? digits / divisor : null;
}

/** quantity x price in whole cents, both > 0; half cents up. */
export function exactCents(quantity: ExactDecimal, price: ExactDecimal): bigint {
  return (quantity.units * price.units + PER_CENT / 2n) / PER_CENT;
}

/** The number without needless zeros, the same for every way to write it: '253', '0.5'. */
export function canonicalDecimal({ units }: ExactDecimal): string {
  const magnitude = String(units < 0n ? -units : units).padStart(DECIMALS + 1, '0');
  const fraction = magnitude.slice(-DECIMALS).replace(/0+$/, '');
  const whole = magnitude.slice(0, -DECIMALS);
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
