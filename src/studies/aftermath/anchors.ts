import { dayNumber } from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import { type DailyCloses, lastAtOrBefore } from './price-series.js';

/** The price that each week's buyers paid, on the scale of the closes it was made of. */
export interface Anchors {
  readonly daily: DailyCloses;
  /** One a week; NaN where the week has no close. */
  readonly prices: Float64Array;
  readonly method: string;
}

/**
 * Anchored price of every week: the mean of the week's closes weighted by the volume of each day, over the sessions of
 * the flow's own period; without volume their plain mean, and the method says so.
 */
export function weekAnchors(flow: FlowSeries, daily: DailyCloses, last: number): Anchors {
  const { periodStarts, periodEnds } = flow.calendar;
  const { days, closes, volumes } = daily;
  const prices = Float64Array.from({ length: last + 1 }, (_, week) => {
    const first = lastAtOrBefore(days, dayNumber(periodStarts[week]!) - 1) + 1;
    const end = lastAtOrBefore(days, dayNumber(periodEnds[week]!));
    let [money, shares] = [0, 0];
    for (let i = first; i <= end; i++) {
      const volume = volumes === null ? 1 : volumes[i]!;
      money += closes[i]! * volume;
      shares += volume;
    }
    return shares > 0 ? money / shares : Number.NaN;
  });
  const method =
    volumes === null
      ? `mean close of the week (${daily.symbol}, no volume known)`
      : `volume-weighted close of the week (${daily.symbol})`;
  return { daily, prices, method };
}
