import type { PositionHistory } from './positions.js';
import { autoregression } from './processes.js';
import { randomStream } from './random-streams.js';
import type { ReportWeek } from './weeks.js';

/** Reportable traders and concentration of one contract, week by week. */
export interface TraderCounts {
  /** All reportable traders; under 20 the market is left out of the report. */
  readonly total: Int32Array;
  /** Share of open interest of the four largest traders, gross, long and short, in per cent. */
  readonly largestFourLong: Float64Array;
  readonly largestFourShort: Float64Array;
}

/** A market with fewer reportable traders is not published that week. */
export const FEWEST_TRADERS = 20;

export function simulateTraderCounts(history: PositionHistory, seed: number): TraderCounts {
  const { code, traders } = history.contract;
  const weeks = history.openInterest.length;
  const noise = autoregression(randomStream(seed, `${code} traders`), weeks, {
    persistence: 0.9,
    deviation: 0.08,
  });
  const share = (side: string): Float64Array =>
    autoregression(randomStream(seed, `${code} concentration ${side}`), weeks, {
      persistence: 0.95,
      deviation: 0.15,
    }).map((value) => 26 * Math.exp(value));
  return {
    total: Int32Array.from(noise, (value) => Math.round(traders * Math.exp(value))),
    largestFourLong: share('long'),
    largestFourShort: share('short'),
  };
}

/**
 * Weeks in which the contract is published. A thin market drops out whenever too few report; near its end one lone
 * week and one run of weeks are missing for certain.
 */
export function publishedWeeks(
  history: PositionHistory,
  counts: TraderCounts,
  weeks: readonly ReportWeek[],
): boolean[] {
  const { traders, listedOn } = history.contract;
  const last = weeks.length - 1;
  const isThin = traders < 1.5 * FEWEST_TRADERS;
  return weeks.map(({ periodEnd }, t) => {
    if (listedOn !== null && periodEnd < listedOn) return false;
    if (!isThin) return true;
    const back = last - t;
    if (back === 30 || (back >= 40 && back <= 44)) return false;
    if (back === 29 || back === 31 || back === 39 || back === 45) return true;
    return counts.total[t]! >= FEWEST_TRADERS;
  });
}

/**
 * Traders behind one position: none behind 0, else at least one, growing with the root of the position's share.
 * The report shows a dot for one, two or three.
 */
export function tradersBehind(position: number, openInterest: number, total: number): number {
  if (position === 0) return 0;
  return Math.max(1, Math.round(0.35 * total * Math.sqrt(position / openInterest)));
}
