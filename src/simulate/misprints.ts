import { COT_CLASSES, InvalidRequest, type IsoDate } from '../core/index.js';
import type { PositionMisprint } from './cftc-writer.js';
import type { PositionHistory } from './positions.js';
import type { PriceMisprint } from './price-writer.js';
import type { StockMarket } from './stocks.js';

/** A printed figure that is wrong, and what it should have been. */
export interface Misprints {
  readonly position: PositionMisprint;
  readonly price: PriceMisprint;
}

const ASSET_MANAGER = COT_CLASSES.indexOf('asset-manager');

/** The last digit of the asset managers' longs is struck twice: the row no longer adds up to its open interest. */
export function misprintPosition(history: PositionHistory, week: number): PositionMisprint {
  const long = history.long[ASSET_MANAGER]![week]!;
  return { code: history.contract.code, week, printed: long * 10 + (long % 10) };
}

const MISPRINTED_SYMBOL = 'HC2';

/** One close in cents instead of dollars: far outside the day's high and low. */
export function misprintPrice({ sessions, stocks }: StockMarket, onOrAfter: IsoDate): PriceMisprint {
  const i = sessions.findIndex((date) => date >= onOrAfter);
  const stock = stocks.find(({ yahooSymbol }) => yahooSymbol === MISPRINTED_SYMBOL);
  if (i < 0 || stock === undefined)
    throw new InvalidRequest(
      `no session on or after ${onOrAfter} to misprint a price of ${MISPRINTED_SYMBOL}`,
    );
  const close = stock.bars.close[i]!;
  const printed = Math.round(close * 1_000_000) / 10_000;
  return { symbol: stock.yahooSymbol, date: sessions[i]!, close, printed };
}
