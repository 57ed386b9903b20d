import type { Basis, RecordRow, Ruler } from '../core/index.js';
import type { ClaimLeg } from './claim.js';

const LEG_WORDS: Readonly<Record<ClaimLeg, string>> = {
  net: 'net flow',
  grossBuy: 'notional buying (long buys and short covers)',
  longBuy: 'long buys',
  longSell: 'long sales',
  shortSell: 'short sales',
  shortCover: 'short covers',
  grossSell: 'sales (long sales and short sales)',
  turnover: 'turnover',
};

/** What a leg is called; one leg is never called net nor plain buying. */
export const legWords = (leg: ClaimLeg): string => LEG_WORDS[leg];

const RULER_WORDS: Readonly<Record<Ruler, string>> = {
  contracts: 'contracts',
  dollars: 'dollars',
  real: 'constant dollars',
  pctOi: 'share of open interest',
  bpsCap: 'basis points of market value',
  pctAdv: 'share of daily volume',
  volScaled: 'units of its own volatility',
};

export const rulerWords = (ruler: Ruler): string => RULER_WORDS[ruler];

/** 'NASDAQ-100 Consolidated futures (a proxy for technology)'. */
export function marketWords(
  row: Pick<RecordRow, 'contract' | 'sector' | 'sectorIsProxy'> & {
    readonly contractName?: string | null;
    readonly symbol?: string | null;
  },
): string {
  const sector = row.sector?.replaceAll('-', ' ') ?? null;
  if (row.contract === null) return row.symbol ?? sector ?? 'all sectors';
  const name = (row.contractName ?? `contract ${row.contract}`).split(' - ')[0]!;
  const futures = /future/i.test(name) ? name : `${name} futures`;
  return row.sectorIsProxy && sector !== null ? `${futures} (a proxy for ${sector})` : futures;
}

/** What a period of a basis is called. */
export const periodWord = (basis: Basis): 'week' | 'quarter' => (basis === '13f' ? 'quarter' : 'week');

const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

export function count(value: number): string {
  return `${value < 0 ? '-' : ''}${grouped(Math.abs(Math.round(value)).toFixed(0))}`;
}

/** '$9.70 bn', '-$551 m', '$12,300'. */
export function dollars(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  if (size >= 999.5e6) return `${sign}$${(size / 1e9).toFixed(2)} bn`;
  if (size >= 1e6) return `${sign}$${Math.round(size / 1e6)} m`;
  return `${sign}$${count(size)}`;
}

export function amount(value: number, unit: string): string {
  return unit === 'US dollars' || unit === 'USD' ? dollars(value) : `${count(value)} ${unit}`;
}

export function percent(value: number, digits = 0): string {
  return `${(100 * value).toFixed(digits)} %`;
}

/** A probability with what it can tell: never 0. */
export function probability(p: number): string {
  if (p < 0.001) return 'p under 0.001';
  return `p ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

export function signed(value: number, digits = 2): string {
  const text = value.toFixed(digits);
  if (Number(text) === 0) return text.replace('-', '');
  return value > 0 ? `+${text}` : text;
}
