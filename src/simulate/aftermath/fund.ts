import type { IsoDate } from '../../core/index.js';
import type { DailyBars } from '../indexes.js';

export const FUND_SYMBOL = 'QQQ';
/** Index points a share. */
const POINTS = 40;
/** Shares of the fund for a share of the index's names. */
const VOLUME_SHARE = 0.012;

/** A fund that holds the index, without dividends: a fortieth of its level, to the cent. */
export function fundBars(index: DailyBars): DailyBars {
  const price = (points: Float64Array): Float64Array =>
    points.map((value) => Math.round((100 * value) / POINTS) / 100);
  return {
    open: price(index.open),
    high: price(index.high),
    low: price(index.low),
    close: price(index.close),
    volume: index.volume.map((shares) => Math.round(VOLUME_SHARE * shares)),
  };
}

/** Daily prices of the fund as Yahoo has them. */
export function fundPricesCsv(sessions: readonly IsoDate[], bars: DailyBars): string {
  const { open, high, low, close, volume } = bars;
  const rows = sessions.map(
    (date, i) =>
      `${date},${FUND_SYMBOL},${open[i]},${high[i]},${low[i]},${close[i]},${close[i]},${volume[i]}`,
  );
  return `date,symbol,open,high,low,close,adj_close,volume\n${rows.join('\n')}\n`;
}
