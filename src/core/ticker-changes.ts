import { TICKER_CHANGES } from './data/ticker-changes.js';
import type { IsoDate } from './units.js';

/**
 * The ticker under which prices of today's downloads have the history of what was listed as `symbol` on a day ('FB' in 2014
 * is 'META'). A symbol that is on no list of changes, or that was taken by another company later, is left as it is.
 */
export function tickerOfToday(symbol: string, date: IsoDate): string {
  const change = TICKER_CHANGES.find(({ from, changed }) => from === symbol && date < changed);
  return change === undefined ? symbol : tickerOfToday(change.to, change.changed);
}
