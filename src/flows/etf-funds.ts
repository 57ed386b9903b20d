import { FUND_OF_SECTOR, SECTORS, type Sector } from '../core/index.js';

/** A fund whose creations and redemptions stand for a sector. */
export interface SectorFund {
  readonly sector: Sector;
  /** True where the fund's index only resembles the sector. */
  readonly isProxy: boolean;
}

/** The fund of each sector; QQQ follows the NASDAQ-100, which only resembles one. */
const SECTOR_FUNDS: ReadonlyMap<string, SectorFund> = new Map<string, SectorFund>([
  ...SECTORS.map((sector) => [FUND_OF_SECTOR[sector], { sector, isProxy: false }] as const),
  ['QQQ', { sector: 'technology', isProxy: true }],
]);

/** @returns null for funds of the broad market and of no listed sector */
export function sectorFund(symbol: string): SectorFund | null {
  return SECTOR_FUNDS.get(symbol) ?? null;
}
