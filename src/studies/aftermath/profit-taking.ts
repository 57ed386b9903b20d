import type { FlowSeries } from '../../flows/index.js';
import { DECLUSTER_WEEKS } from './events.js';

/** What those that bought most before each week did after it. */
export interface EarlyMovers {
  /** Their scale: shares of open interest for futures, else own volatility. */
  readonly unit: string;
  /** Class that bought most in the 13 weeks up to a week; null where not known, or none bought. */
  moverOf(week: number): string | null;
  /** Its net over the weeks that follow; NaN where a week of the horizon is not known. */
  after(horizonWeeks: number): Float64Array;
}

/** @param classes series of all classes of one market, on one calendar */
export function earlyMovers(classes: readonly FlowSeries[], last: number): EarlyMovers {
  const ruler = classes[0]?.basis === 'cot' ? 'pctOi' : 'volScaled';
  const series = classes.map((flow) => flow.ruler('net', ruler).values.slice(0, last + 1));
  const sums = (values: Float64Array, first: number, end: number): number => {
    let sum = 0;
    for (let t = first; t <= end; t++) sum += values[t] ?? Number.NaN;
    return sum;
  };
  const movers = Int32Array.from({ length: last + 1 }, (_, week) => {
    if (week < DECLUSTER_WEEKS - 1) return -1;
    const bought = series.map((values) => sums(values, week - DECLUSTER_WEEKS + 1, week));
    const most = Math.max(...bought.filter((value) => !Number.isNaN(value)), 0);
    return most > 0 ? bought.indexOf(most) : -1;
  });
  return {
    unit: classes[0]?.ruler('net', ruler).unit ?? ruler,
    moverOf: (week) => classes[movers[week]!]?.class ?? null,
    after: (horizonWeeks) =>
      Float64Array.from(movers, (mover, week) =>
        mover < 0 || week + horizonWeeks > last
          ? Number.NaN
          : sums(series[mover]!, week + 1, week + horizonWeeks),
      ),
  };
}
