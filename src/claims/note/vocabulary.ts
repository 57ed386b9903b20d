import { RULERS, type Ruler, SECTORS } from '../../core/index.js';
import type { ClaimBasis, ClaimClass, ClaimLeg, ClaimScope } from '../claim.js';
import { DATE, dateOf } from './spans.js';

/** Words of a class; the first is the one that is printed. */
export const CLASS_TERMS: Readonly<Record<ClaimClass, readonly string[]>> = {
  institutions: [
    'institutions',
    'institutional investors',
    'institutional',
    'institutional buyers',
    'institutional clients',
    'institutional money',
    'big institutions',
    'large institutions',
  ],
  'smaller-institutions': ['smaller institutions', 'small institutions'],
  speculators: ['speculators', 'speculative traders', 'fast money'],
  retail: [
    'retail',
    'retail investors',
    'retail traders',
    'retail buyers',
    'individual investors',
    'individuals',
    'households',
    'small investors',
    'mom-and-pop investors',
  ],
  'hedge-fund': ['hedge funds', 'hedge fund'],
  'leveraged-fund': ['leveraged funds', 'leveraged fund'],
  'asset-manager': [
    'asset managers',
    'asset manager',
    'mutual funds',
    'mutual fund',
    'real money',
    'long-only funds',
    'long-only investors',
    'fund managers',
  ],
  'other-reportable': ['other reportables'],
  'non-reportable': ['non-reportables', 'small traders'],
  dealer: ['dealers', 'dealer', 'broker-dealers'],
  pension: ['pensions', 'pension funds', 'pension fund', 'pension plans', 'pension schemes'],
  'sovereign-wealth': [
    'sovereign funds',
    'sovereign fund',
    'sovereign wealth funds',
    'sovereign wealth fund',
    'sovereign wealth',
    'swfs',
  ],
  bank: ['banks'],
  insurance: ['insurers', 'insurance companies', 'insurance firms'],
  endowment: ['endowments'],
  'family-office': ['family offices'],
  'fund-investors': ['fund investors', 'etf investors'],
  'whole-market': ['the whole market', 'the market as a whole', 'all investors', 'everyone'],
};

/** Words of a leg; the first is the one that is printed. 'Buying' alone is all purchases, never a leg or net. */
export const LEG_TERMS: Readonly<Record<ClaimLeg, readonly string[]>> = {
  net: [
    'net flow',
    'net buying',
    'net purchases',
    'net flows',
    'net inflow',
    'net inflows',
    'inflow',
    'inflows',
    'net demand',
  ],
  grossBuy: [
    'notional buying',
    'notional purchases',
    'gross buying',
    'gross purchases',
    'purchases',
    'buying',
  ],
  longBuy: ['long buys', 'long buying', 'long purchases'],
  longSell: ['long sales', 'long selling'],
  shortSell: ['short sales', 'short selling'],
  shortCover: ['short covers', 'short covering'],
  grossSell: ['sales', 'notional selling', 'notional sales', 'gross selling', 'selling'],
  turnover: ['turnover', 'dollar volume', 'trading volume'],
};

/** Net below zero in words: its extreme is a low. */
export const NET_SELLING_TERMS = ['net selling', 'net sales', 'net outflow', 'net outflows'];

const SECTOR_SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  technology: ['tech', 'information technology'],
  'health-care': ['healthcare'],
  'consumer-discretionary': ['discretionary'],
  'communication-services': ['communications'],
  'consumer-staples': ['staples'],
};

/** Contracts by the name of their market. */
export const CONTRACT_TERMS: Readonly<Record<string, readonly string[]>> = {
  '20974+': [
    'nasdaq-100 futures',
    'nasdaq 100 futures',
    'nasdaq futures',
    'nasdaq-100 index futures',
    'nasdaq-100 e-mini futures',
    'e-mini nasdaq-100 futures',
  ],
  '13874+': [
    's&p 500 futures',
    's&p futures',
    's&p 500 index futures',
    's&p 500 e-mini futures',
    'e-mini s&p 500 futures',
  ],
  '12460+': ['dow futures', 'djia futures'],
  '239742': ['russell 2000 futures'],
};

export const RULER_TERMS: Readonly<Record<Ruler, readonly string[]>> = {
  contracts: ['in contracts'],
  dollars: ['in dollars', 'in dollar terms'],
  real: ['in constant dollars', 'in real terms', 'adjusted for inflation'],
  pctOi: ['as a share of open interest', 'relative to open interest'],
  bpsCap: ['in basis points of market value', 'relative to market value'],
  pctAdv: ['as a share of daily volume', 'relative to average daily volume'],
  volScaled: ['scaled by volatility', 'relative to own volatility', 'in units of own volatility'],
};

export const BASIS_TERMS: Readonly<Record<ClaimBasis, readonly string[]>> = {
  cot: ['in the futures report'],
  '13f': ['in form 13f filings', 'in 13f filings'],
  ledger: ['in the executions brought'],
  etf: ['in fund creations'],
  tape: ['on the tape'],
};

export const sectorTerm = (sector: string): string => sector.replaceAll('-', ' ');

interface Term {
  readonly words: string;
  readonly scope: ClaimScope;
  readonly low?: boolean;
}

const termsOf = <Key extends string>(
  terms: Readonly<Record<Key, readonly string[]>>,
  scope: (key: Key) => ClaimScope,
): Term[] =>
  (Object.keys(terms) as Key[]).flatMap((key) => terms[key].map((words) => ({ words, scope: scope(key) })));

const SECTOR_TERMS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  SECTORS.map((sector) => [
    sector,
    [sectorTerm(sector), ...(SECTOR_SYNONYMS[sector] ?? [])].flatMap((name) => [
      name,
      `${name} stocks`,
      `${name} shares`,
      `${name} sector`,
    ]),
  ]),
);

/** Every term, the longest first, so that none is cut short by another. */
const TERMS: readonly Term[] = [
  ...termsOf(CLASS_TERMS, (name) => ({ class: name })),
  ...termsOf(LEG_TERMS, (leg) => ({ leg })),
  ...NET_SELLING_TERMS.map((words) => ({ words, scope: { leg: 'net' as const }, low: true })),
  ...termsOf(SECTOR_TERMS, (sector) => ({ sector })),
  ...termsOf(CONTRACT_TERMS, (contract) => ({ contract })),
  ...RULERS.flatMap((ruler) => RULER_TERMS[ruler].map((words) => ({ words, scope: { ruler } }))),
  ...termsOf(BASIS_TERMS, (basis) => ({ basis })),
].sort((a, b) => b.words.length - a.words.length);

/** What a phrase names. */
interface Phrase {
  readonly scope: ClaimScope;
  /** True where it names net below zero. */
  readonly low: boolean;
  /** How it points back: 'it', 'such buying'. */
  readonly pointsBack: 'it' | 'such' | null;
}

const SKIPPED =
  /^(?:weeks|one-week|single-week|sector|us|the|of|by|in|from|for|on|into|weekly|total|their|its|,)(?= |$)/;
const WEEK = new RegExp(`^(?:in |for |during )?(?:the )?week (?:to|ending|ended) (${DATE})(?= |,|$)`);
const THIS_WEEK = /^(?:in |for |during )?(?:last|this|the|that) week(?= |,|$)/;
const CONTRACT = /^contract ([0-9a-z]{5,6}\+?)(?= |,|$)/;
const POINTING = /^(?:it|this|that|such)(?= |$)/;

const wordEnd = (text: string, length: number): boolean =>
  text.length === length || /^[ ,]/.test(text.slice(length));

/**
 * Reads a phrase whole: classes, legs, markets, weeks, scales and the small words between them. A word that the grammar
 * does not know, or two different things of one kind, leave it unread (null).
 */
export function readPhrase(text: string): Phrase | null {
  const scope: Record<string, string> = {};
  let low = false;
  let pointsBack: Phrase['pointsBack'] = null;
  let rest = text.trim();
  const take = (length: number): void => {
    rest = rest.slice(length).replace(/^[ ,]+/, '');
  };
  const put = (patch: ClaimScope): boolean => {
    for (const [key, value] of Object.entries(patch)) {
      if (scope[key] !== undefined && scope[key] !== value) return false;
      scope[key] = value as string;
    }
    return true;
  };
  while (rest !== '') {
    const week = WEEK.exec(rest);
    if (week !== null) {
      const date = dateOf(week[1]!);
      if (date === null || date.length < 10 || !put({ week: date })) return null;
      take(week[0].length);
      continue;
    }
    const term = TERMS.find(({ words }) => rest.startsWith(words) && wordEnd(rest, words.length));
    if (term !== undefined) {
      if (!put(term.scope)) return null;
      low ||= term.low === true;
      take(term.words.length);
      continue;
    }
    const code = CONTRACT.exec(rest);
    if (code !== null) {
      if (!put({ contract: code[1]!.toUpperCase() })) return null;
      take(code[0].length);
      continue;
    }
    const passed = THIS_WEEK.exec(rest) ?? SKIPPED.exec(rest);
    const pointing = POINTING.exec(rest);
    if (passed === null && pointing === null) return null;
    if (passed === null) pointsBack ??= pointing![0] === 'such' ? 'such' : 'it';
    take((passed ?? pointing)![0].length);
  }
  return { scope: scope as ClaimScope, low, pointsBack };
}

/** Items of a list, 'a, b and c'; none where it is empty. */
export function listItems(text: string): string[] {
  return text
    .split(/\s*,\s*(?:and |or )?|\s+(?:and|or)\s+/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Classes of a list, or null where an item is none. */
export function readClasses(text: string): ClaimClass[] | null {
  const read = listItems(text.replace(/^(?:both|neither) /, '')).map((item) => {
    const phrase = readPhrase(item);
    if (phrase === null || phrase.pointsBack !== null || Object.keys(phrase.scope).join() !== 'class')
      return null;
    return phrase.scope.class!;
  });
  return read.length === 0 || read.some((one) => one === null) ? null : (read as ClaimClass[]);
}
