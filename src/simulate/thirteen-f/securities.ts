import { cusipCheckDigit, type IsoDate, type Sector, sectorOfGics } from '../../core/index.js';
import type { PriceMisprint } from '../price-writer.js';
import { MERGED_SYMBOL } from '../stock-names.js';
import type { SimulatedStock, StockMarket } from '../stocks.js';
import { shareFactors } from '../traded-prices.js';
import type { HoldingsQuarter } from './quarters.js';

/** A stock as Form 13F names it, with what a quarter's change in shares is worth. Arrays have one place a quarter. */
export interface HeldSecurity {
  readonly symbol: string;
  readonly issuerName: string;
  readonly sector: Sector;
  readonly cusip: string;
  /** Shares that one of the quarter before has become by true splits. */
  readonly splitFactor: readonly number[];
  /**
   * Mean published close of the quarter as traded, in shares of its end; spin-offs are no splits, and a misprinted close is
   * no close. Null once the company is gone.
   */
  readonly meanPrice: readonly (number | null)[];
  /** Close of the last session as traded; null once the company is gone. */
  readonly endPrice: readonly (number | null)[];
  /** The quarter in which holders were paid out; null = none. */
  readonly mergedIn: number | null;
}

/** A convertible bond: reported as principal in dollars. */
export interface HeldBond {
  readonly issuerName: string;
  readonly cusip: string;
  /** Dollars a dollar of principal. */
  readonly price: number;
}

/** Issuer numbers 990000 to 999999 are left to users' own use: no security has them. */
const FIRST_ISSUER = 990_100;
const COMMON_STOCK = '10';
const FIRST_BOND = 'AA';
const BOND_ISSUERS = ['HC1', 'IT3', 'CD1'];

function inventedCusip(rank: number, issue: string): string {
  const base = `${FIRST_ISSUER + 10 * rank}${issue}`;
  return `${base}${cusipCheckDigit(base)}`;
}

export function heldSecurities(
  { sessions, stocks }: StockMarket,
  quarters: readonly HoldingsQuarter[],
  misprint: PriceMisprint | null,
): HeldSecurity[] {
  const spans = quarters.map(({ start, end }) => sessionsWithin(sessions, start, end));
  return stocks.map((stock, rank) => {
    const { vendor, split } = shareFactors(sessions, stock);
    const isGone = spans.map(({ last }) => last > stock.lastSession);
    const traded = (i: number): number => Math.round(stock.bars.close[i]! * vendor[i]! * 100) / 100;
    return {
      symbol: stock.symbol,
      issuerName: stock.name.toUpperCase(),
      sector: sectorOfGics(stock.gicsSector)!,
      cusip: inventedCusip(rank, COMMON_STOCK),
      splitFactor: spans.map(({ last }, q) => (q === 0 ? 1 : split[spans[q - 1]!.last]! / split[last]!)),
      meanPrice: spans.map(({ first, last }) => {
        const end = Math.min(last, stock.lastSession);
        if (end < first) return null;
        let [sum, closes] = [0, 0];
        for (let i = first; i <= end; i++) {
          if (misprint?.symbol === stock.yahooSymbol && misprint.date === sessions[i]) continue;
          sum += (stock.bars.close[i]! * vendor[i]! * split[end]!) / split[i]!;
          closes++;
        }
        return sum / closes;
      }),
      endPrice: spans.map(({ last }, q) => (isGone[q] ? null : traded(last))),
      mergedIn: stock.symbol === MERGED_SYMBOL ? isGone.indexOf(true) : null,
    };
  });
}

export function heldBonds({ stocks }: StockMarket): HeldBond[] {
  return BOND_ISSUERS.map((symbol, i) => {
    const rank = stocks.findIndex((stock) => stock.symbol === symbol);
    const { name } = stocks[rank] as SimulatedStock;
    return {
      issuerName: name.toUpperCase(),
      cusip: inventedCusip(rank, FIRST_BOND),
      price: 0.94 + 0.07 * i,
    };
  });
}

function sessionsWithin(
  sessions: readonly IsoDate[],
  start: IsoDate,
  end: IsoDate,
): { readonly first: number; readonly last: number } {
  return {
    first: sessions.findIndex((date) => date >= start),
    last: sessions.findLastIndex((date) => date <= end),
  };
}

/** The list `cusip,ticker`; class shares as such lists write them, without the dot. */
export function cusipTickerCsv(securities: readonly HeldSecurity[]): string {
  const rows = securities.map(({ cusip, symbol }) => `${cusip},${symbol.replace('.', '')}`).sort();
  return `${['cusip,ticker', ...rows].join('\n')}\n`;
}
