import type { Basis, Ruler } from '../../core/index.js';
import { formatValue } from '../format.js';
import { RULER_WORDS } from './measures.js';
import { capitalised } from './phrases.js';

const BASIS_WORDS: Readonly<Record<string, string>> = {
  '13f': '13F filings',
  etf: 'fund flows',
  cot: 'futures',
};

/** What the periods of a basis are called. */
export interface PeriodWords {
  readonly one: 'week' | 'quarter';
  readonly many: 'weeks' | 'quarters';
  readonly each: 'Weekly' | 'Quarterly';
  /** Unit of their number. */
  readonly unit: 'weeks' | 'quarters';
}

const WEEK: PeriodWords = { one: 'week', many: 'weeks', each: 'Weekly', unit: 'weeks' };
const QUARTER: PeriodWords = { one: 'quarter', many: 'quarters', each: 'Quarterly', unit: 'quarters' };

export const periodWords = (basis: Basis): PeriodWords => (basis === '13f' ? QUARTER : WEEK);

function basisWords(text: string): string {
  return text.replace(/\b(?:13f|etf|cot)\b/g, (name) => BASIS_WORDS[name]!);
}

/** Counts without separators. Other runs of digits are years, dates and codes of contracts. */
const COUNTED =
  /(?<![\w.,-])\d{4,}(?= (?:looks|weeks|quarters|days|rows|contracts|names|managers|securities)\b)/g;

/** A clause as a sentence: capital and full stop, rulers by their words, counts with separators. */
export function sentence(clause: string): string {
  const spelt = clause.replace(
    /\b(?:pctOi|pctAdv|bpsCap|volScaled)\b/g,
    (name) => RULER_WORDS[name as Ruler],
  );
  const grouped = basisWords(spelt).replace(COUNTED, (digits) => formatValue(Number(digits), 'count'));
  return /[.!?]$/.test(grouped) ? capitalised(grouped) : `${capitalised(grouped)}.`;
}

/** A field name in words: 'shareOfFiveLargest' -> 'share of five largest'; rulers by their own words. */
export function fieldWords(name: string): string {
  const ruler = RULER_WORDS[name as Ruler];
  if (ruler !== undefined) return ruler;
  if (name === 'm') return 'looks';
  if (name === 'adjusted') return 'adjusted p';
  if (name === 'buyers') return 'buyers among names';
  const [first, ...rest] = name.split(' ');
  if (rest.length > 0 && first! in BASIS_WORDS) return `${BASIS_WORDS[first!]}: ${rest.join(' ')}`;
  return name
    .replace(/([a-z])([A-Z0-9])/g, '$1 $2')
    .replace(/([0-9])([A-Za-z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
}
