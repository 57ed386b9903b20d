import type { Basis, ClassAgreementRow, Lookback, Measure, Ruler } from '../../core/index.js';
import type { Unit } from '../model.js';
import { classWords, isWholeMarket } from './investors.js';
import { capitalised } from './phrases.js';

/** What the measure is called for this class. One leg is never 'net' nor plain 'buying'. */
export function measureWords(measure: Measure, investorClass: string, value: number | null = null): string {
  if (measure === 'longBuy') return 'long buys';
  if (measure === 'grossBuy') return isWholeMarket(investorClass) ? 'turnover' : 'notional buying';
  if (value === null) return 'net flow';
  return value < 0 ? 'net selling' : 'net buying';
}

/** What the measure holds, for the first mention. */
export function measureDefinition(measure: Measure, investorClass: string, basis: Basis = 'cot'): string {
  if (basis === '13f') return LONG_ONLY[measure];
  if (basis === 'etf') return 'Net is shares created less shares redeemed, at net asset value.';
  if (basis === 'tape') return INITIATED[measure];
  if (measure === 'longBuy') {
    return 'Long buys are one leg of four: longs opened or added to, without short covers and before sales are taken off.';
  }
  if (measure === 'grossBuy') {
    return isWholeMarket(investorClass)
      ? 'For the whole market purchases equal sales, so the figure is turnover.'
      : `Notional buying here is long buys plus short covers of ${classWords(investorClass)} alone, one of the classes of the report; it does not cover the rest of the market.`;
  }
  return 'Net is long buys plus short covers, less long sales and short sales.';
}

const INITIATED: Readonly<Record<Measure, string>> = {
  net: 'Net is dollars traded at the initiative of buyers less those at the initiative of sellers, of one kind of print.',
  grossBuy:
    'Notional buying here is dollars traded at the initiative of buyers, of one kind of print; every such trade has a seller.',
  longBuy: 'The tape does not tell whether a purchase opens a long or covers a short.',
};

const LONG_ONLY: Readonly<Record<Measure, string>> = {
  net: 'Net is long purchases less long sales: Form 13F shows no short positions.',
  grossBuy:
    'Notional buying here is long purchases alone, of one class of managers that file Form 13F; short covers are not seen.',
  longBuy: 'Long buys are shares added to long positions, before sales are taken off.',
};

/** What of the purchases a basis cannot see, said wherever they show. */
const BASIS_LIMITS: Readonly<Partial<Record<Basis, string>>> = {
  '13f':
    'Purchases and sales are lower bounds of what was traded, since only quarter ends are seen, and of long positions alone.',
  ledger:
    'The ledger is what was brought: a part of the market, whose purchases are of these accounts alone.',
  etf: 'Creations and redemptions are seen net: what was bought and sold in between is not.',
  tape: 'Bought and sold are the dollars of trades that a buyer or a seller initiated, as inferred from quotes: who was in a hurry, by kind of print, not who the investor is.',
};

export const basisLimit = (basis: Basis): string | null =>
  basis === 'cot' ? LOWER_BOUND : (BASIS_LIMITS[basis] ?? null);

export const LOWER_BOUND =
  'Long buys, long sales, short sales and short covers are lower bounds of what was traded, since only week ends are seen.';

/** What the weeks of a test are compared in. */
export function agreementRulerWords(ruler: ClassAgreementRow['ruler']): string {
  return ruler === 'pctOi' ? 'as a share of open interest' : `in ${RULER_WORDS[ruler]}`;
}

/** What a ruler is called. */
export const RULER_WORDS: Readonly<Record<Ruler, string>> = {
  contracts: 'contracts',
  dollars: 'dollars',
  real: 'constant dollars',
  pctOi: 'share of open interest',
  bpsCap: 'basis points of market value',
  pctAdv: 'share of daily volume',
  volScaled: 'volatility-scaled terms',
};

export function rulerWords(ruler: Ruler): string {
  return RULER_WORDS[ruler];
}

export function rulerLabel(ruler: Ruler): string {
  return ruler === 'volScaled' ? 'Volatility-scaled' : capitalised(RULER_WORDS[ruler]);
}

const RULER_UNITS: Readonly<Record<Ruler, Unit>> = {
  contracts: 'contracts',
  dollars: 'USD',
  real: 'USD',
  pctOi: 'share',
  bpsCap: 'basis points',
  pctAdv: 'share',
  volScaled: 'times own volatility',
};

export function rulerUnit(ruler: Ruler): Unit {
  return RULER_UNITS[ruler];
}

const LEG_LABELS: Readonly<Record<Measure, string>> = {
  net: 'net',
  grossBuy: 'long buys + short covers',
  longBuy: 'long buys',
};

export function legLabel(measure: Measure): string {
  return LEG_LABELS[measure];
}

const LOOKBACK_WORDS: Readonly<Record<Lookback, string>> = {
  '1y': '1 year',
  '3y': '3 years',
  '5y': '5 years',
  '10y': '10 years',
  all: 'all history',
};

export function lookbackWords(lookback: Lookback): string {
  return LOOKBACK_WORDS[lookback];
}
