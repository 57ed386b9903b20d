import type { Sector } from '../core/index.js';

/** A fund whose creations and redemptions stand for a sector. */
export interface SectorFund {
  readonly sector: Sector;
  /** True where the fund's index only resembles the sector. */
  readonly isProxy: boolean;
}

/** The Select Sector SPDR funds hold the S&P 500 names of one sector each; QQQ follows the NASDAQ-100. */
const SECTOR_FUNDS: ReadonlyMap<string, SectorFund> = new Map([
  ['XLB', { sector: 'materials', isProxy: false }],
  ['XLC', { sector: 'communication-services', isProxy: false }],
  ['XLE', { sector: 'energy', isProxy: false }],
  ['XLF', { sector: 'financials', isProxy: false }],
  ['XLI', { sector: 'industrials', isProxy: false }],
  ['XLK', { sector: 'technology', isProxy: false }],
  ['XLP', { sector: 'consumer-staples', isProxy: false }],
  ['XLRE', { sector: 'real-estate', isProxy: false }],
  ['XLU', { sector: 'utilities', isProxy: false }],
  ['XLV', { sector: 'health-care', isProxy: false }],
  ['XLY', { sector: 'consumer-discretionary', isProxy: false }],
  ['QQQ', { sector: 'technology', isProxy: true }],
]);

/** @returns null for funds of the broad market and of no listed sector */
export function sectorFund(symbol: string): SectorFund | null {
  return SECTOR_FUNDS.get(symbol) ?? null;
}
