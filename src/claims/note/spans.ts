import { isIsoDate } from '../../core/index.js';
import type { Span } from '../claim.js';
import { NUMBER, numberOf } from './numbers.js';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const MONTH = `(?:${MONTHS.join('|')})`;

/** A date in a sentence, whole or by its month or year alone; for use in other patterns. */
export const DATE = `(?:\\d{4}-\\d\\d-\\d\\d|\\d{4}-\\d\\d|(?:\\d{1,2} )?${MONTH}(?: \\d{1,2},)? \\d{4}|(?:19|20|21)\\d\\d)`;

/** 'in ten years', 'since March 2020', 'on record'; for use in other patterns. */
export const SPAN = `(?:(?:in|over|for|of) (?:(?:the )?(?:last |past )|more than |at least )?${NUMBER} (?:years?|months?|weeks?|decades?)|(?:in|over) (?:the )?(?:last|past) (?:year|decade)|since ${DATE}|on record|ever|of all time|in all history|since records began)`;

/** 'March 17, 2020' as 2020-03-17, 'March 2020' as 2020-03; null for a day that does not exist. */
export function dateOf(text: string): string | null {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return isIsoDate(text) ? text : null;
  if (/^\d{4}(-(0[1-9]|1[0-2]))?$/.test(text)) return text;
  const parts = new RegExp(`^(?:(\\d{1,2}) )?(${MONTH})(?: (\\d{1,2}),)? (\\d{4})$`).exec(text);
  if (parts === null) return null;
  const [, before, month, after, year] = parts;
  const day = before ?? after;
  const yearMonth = `${year}-${String(MONTHS.indexOf(month!) + 1).padStart(2, '0')}`;
  if (day === undefined) return yearMonth;
  const whole = `${yearMonth}-${day.padStart(2, '0')}`;
  return isIsoDate(whole) ? whole : null;
}

const DECLARED: Readonly<Record<string, Span>> = { 1: '1y', 3: '3y', 5: '5y', 10: '10y' };

function spanOf(count: number, unit: string): Span | null {
  if (!Number.isInteger(count) || count < 1 || count > 999) return null;
  if (unit === 'decade') return spanOf(10 * count, 'year');
  if (unit === 'year') return DECLARED[count] ?? `${count} years`;
  return `${count} ${unit as 'month' | 'week'}s`;
}

/** How far back a sentence looks; null where its number or date means nothing. */
export function readSpan(text: string): { readonly span: Span } | { readonly since: string } | null {
  if (/^(?:on record|ever|of all time|in all history|since records began)$/.test(text))
    return { span: 'all' };
  const since = /^since (.+)$/.exec(text);
  if (since !== null) {
    const date = dateOf(since[1]!);
    return date === null ? null : { since: date };
  }
  const last = /(?:last|past) (year|decade)$/.exec(text);
  const counted = new RegExp(`(${NUMBER}) (year|month|week|decade)s?$`).exec(text);
  const span =
    last !== null
      ? spanOf(1, last[1]!)
      : counted === null
        ? null
        : spanOf(numberOf(counted[1]!), counted[2]!);
  return span === null ? null : { span };
}

/** The words that read back as the span. */
export function spanWords(span: Span): string {
  if (span === 'all') return 'on record';
  const years = /^(\d+)y$/.exec(span);
  return years === null ? `in ${span}` : `in ${years[1]} years`;
}
