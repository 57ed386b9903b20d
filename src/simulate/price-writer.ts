import type { IsoDate } from '../core/index.js';
import type { DailyBars, IndexMarket, IndexSymbol } from './indexes.js';
import type { StockMarket } from './stocks.js';

/** A close printed a hundred times too high. */
export interface PriceMisprint {
  readonly symbol: string;
  readonly date: IsoDate;
  readonly close: number;
  readonly printed: number;
}

function barRow(bars: DailyBars, i: number): string {
  return `${bars.open[i]},${bars.high[i]},${bars.low[i]},${bars.close[i]}`;
}

/** Index levels as Yahoo has them: date, symbol, open, high, low, close, volume. */
export function indexLevelsCsv({ sessions, bars }: IndexMarket): string {
  const lines = ['date,symbol,open,high,low,close,volume'];
  for (const symbol of Object.keys(bars).sort() as IndexSymbol[]) {
    for (const [i, date] of sessions.entries()) {
      lines.push(`${date},${symbol},${barRow(bars[symbol], i)},${bars[symbol].volume[i]}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Daily stock prices as Yahoo has them without automatic adjustment: open to close split adjusted, adj_close total
 * return, volume in today's shares, so that close x volume is the money traded.
 */
export function stockPricesCsv({ sessions, stocks }: StockMarket, misprint: PriceMisprint | null): string {
  const lines = ['date,symbol,open,high,low,close,adj_close,volume'];
  for (const { yahooSymbol, bars, adjustedClose, lastSession } of stocks) {
    for (const [i, date] of sessions.slice(0, lastSession + 1).entries()) {
      const isMisprinted = misprint?.symbol === yahooSymbol && misprint.date === date;
      const close = isMisprinted ? misprint.printed : bars.close[i];
      lines.push(
        `${date},${yahooSymbol},${bars.open[i]},${bars.high[i]},${bars.low[i]},${close},${adjustedClose[i]},${bars.volume[i]}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Dividends and splits; a spin-off stands among the splits, as the vendor books it. */
export function corporateActionsCsv({ stocks }: StockMarket): string {
  const lines = ['date,symbol,dividend,split'];
  for (const { yahooSymbol, actions } of stocks) {
    for (const { date, dividend, split } of actions) {
      lines.push(`${date},${yahooSymbol},${dividend},${split}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
