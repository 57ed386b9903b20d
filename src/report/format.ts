import type { Unit } from './model.js';

const NOT_KNOWN = 'not known';
export const MINUS = '−';

const THOUSANDS = /\B(?=(\d{3})+(?!\d))/g;

function grouped(fixed: string): string {
  const [whole = '', fraction] = fixed.split('.');
  const withCommas = whole.replace(THOUSANDS, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}

/** The sign goes in front, and a value that rounds to nothing has none. */
function signed(value: number, print: (magnitude: number) => string, prefix = ''): string {
  const text = print(Math.abs(value));
  const isZero = !/[1-9]/.test(text);
  return `${value < 0 && !isZero ? MINUS : ''}${prefix}${text}`;
}

const threeDigits = (magnitude: number): string =>
  grouped(magnitude.toFixed(magnitude < 9.995 ? 2 : magnitude < 99.95 ? 1 : 0));

const MONEY_STEPS = [
  { from: 999.5e9, divisor: 1e12, word: 'tn' },
  { from: 999.5e6, divisor: 1e9, word: 'bn' },
  { from: 999_500, divisor: 1e6, word: 'm' },
] as const;

/** US dollars with three significant digits: `$9.70 bn`, `$551 m`; below a million in whole dollars: `$12,345`. */
export function formatUsd(value: number): string {
  const magnitude = Math.abs(value);
  const step = MONEY_STEPS.find(({ from }) => magnitude >= from);
  if (step === undefined) return signed(value, (amount) => grouped(amount.toFixed(0)), '$');
  return `${signed(value, (amount) => threeDigits(amount / step.divisor), '$')} ${step.word}`;
}

/** A fraction of 1 in percent: `1.9 %`; below 0.1 % with two significant digits. */
export function formatShare(value: number): string {
  const percent = (magnitude: number): string => {
    const inPercent = magnitude * 100;
    if (inPercent === 0 || inPercent === 100) return String(inPercent);
    if (inPercent >= 0.1) return grouped(inPercent.toFixed(1));
    return significant(inPercent, 2);
  };
  return `${signed(value, percent)} %`;
}

/** Decimal notation with so many significant digits, never with an exponent. */
function significant(value: number, digits: number): string {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(digits));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return rounded.toFixed(Math.min(decimals, 12));
}

/** A probability with two significant digits: `0.21`, `0.0019`. */
export function formatProbability(value: number): string {
  if (value > 0 && value < 1e-6) return '< 0.000001';
  return value >= 0.995 ? value.toFixed(2) : significant(value, 2);
}

function formatDecimal(value: number): string {
  return signed(value, (magnitude) => grouped(magnitude.toFixed(magnitude < 99.995 ? 2 : 0)));
}

function formatCount(value: number): string {
  return signed(value, (magnitude) => grouped(magnitude.toFixed(Number.isInteger(value) ? 0 : 1)));
}

/** 1st, 2nd, 3rd, 4th, 11th, 21st ... */
export function ordinal(rank: number): string {
  const lastTwo = rank % 100;
  const suffix = lastTwo >= 11 && lastTwo <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][rank % 10] ?? 'th');
  return `${grouped(String(rank))}${suffix}`;
}

const roundedFrom = (limit: number, value: number): number =>
  Math.abs(value) >= limit ? Math.round(value) : value;

const counted =
  (one: string, many: string) =>
  (value: number): string =>
    `${formatCount(value)} ${value === 1 || value === -1 ? one : many}`;

const NUMBERS: Readonly<Partial<Record<Unit, (value: number) => string>>> = {
  USD: formatUsd,
  'USD per point': (value) => `${signed(value, (m) => grouped(String(m)), '$')} a point`,
  contracts: (value) => counted('contract', 'contracts')(roundedFrom(100, value)),
  share: formatShare,
  'basis points': (value) => `${Number.isInteger(value) ? formatCount(value) : formatDecimal(value)} bp`,
  'times own volatility': (value) => `${formatDecimal(value)} x own volatility`,
  'standard deviations': (value) => `${formatDecimal(value)} sd`,
  probability: formatProbability,
  rank: ordinal,
  weeks: (value) => counted('week', 'weeks')(roundedFrom(10, value)),
  'about weeks': (value) => counted('week', 'weeks')(Number(value.toPrecision(2))),
  quarters: counted('quarter', 'quarters'),
  days: counted('day', 'days'),
  rows: counted('row', 'rows'),
  files: counted('file', 'files'),
  count: formatCount,
  index: (value) =>
    Math.abs(value) < 0.0995 ? signed(value, (m) => significant(m, 2)) : formatDecimal(value),
  ratio: (value) => `${formatDecimal(value)} to 1`,
  price: (value) => `${grouped(value.toFixed(2))} points`,
};

/** `2026-04-17 19:30 UTC`; seconds only where they are not zero, parts of a second never. */
export function formatMoment(instant: string): string {
  return instant
    .replace('T', ' ')
    .replace(/(\.\d+)?Z$/, '')
    .replace(/(?<=:\d\d):00$/, '')
    .concat(' UTC');
}

/** Units that a heading may carry for the figures of its column. */
const UNIT_WORDS = / (contracts?|weeks?|quarters?|days?|rows?|files?|sd|x own volatility)$/;

/** A printed figure without its unit, where a heading can name that. */
export function withoutUnitWord(text: string): string {
  return text.replace(UNIT_WORDS, '');
}

/**
 * The printed form of a value in its unit; null is 'not known'.
 * @throws {Error} on a number that is not finite or a unit that no number has: the input is then broken
 */
export function formatValue(value: number | string | boolean | null, unit: Unit): string {
  if (value === null) return NOT_KNOWN;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return unit === 'instant' ? formatMoment(value) : value || 'none';
  const format = NUMBERS[unit];
  if (format === undefined || !Number.isFinite(value)) {
    throw new Error(`report: ${value} cannot be printed in the unit '${unit}'`);
  }
  return format(value);
}
