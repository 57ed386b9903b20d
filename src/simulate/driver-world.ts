import type { MacroSeries } from './macro.js';
import type { ReportWeek } from './weeks.js';

/** Worlds of what flows go with: nothing but the market, or the ten-year yield as well. */
export const DRIVER_WORLDS = ['none', 'ten-year-yield'] as const;
export type DriverWorld = (typeof DRIVER_WORLDS)[number];

/** Loading of asset-manager shocks on the driver in the world that has one. */
export const DRIVER_LOADING = 0.4;

/** The yield on each report date, or the last one before it. */
function yieldsOn({ dates, values }: MacroSeries, weeks: readonly ReportWeek[]): number[] {
  let [at, last] = [0, Number.NaN];
  return weeks.map(({ periodEnd }) => {
    for (; at < dates.length && dates[at]! <= periodEnd; at++) last = values[at] ?? last;
    return last;
  });
}

/**
 * Standardised weekly shocks that asset managers' flows load on: less the change of the ten-year yield from report date to report
 * date. Null in the world without a driver.
 */
export function drivingShocks(
  world: DriverWorld,
  macro: readonly MacroSeries[],
  weeks: readonly ReportWeek[],
): Float64Array | null {
  if (world === 'none') return null;
  const levels = yieldsOn(macro.find(({ id }) => id === 'DGS10')!, weeks);
  const changes = Float64Array.from(levels, (level, t) => (t === 0 ? 0 : levels[t - 1]! - level));
  const usual = Math.sqrt(changes.reduce((sum, change) => sum + change ** 2, 0) / changes.length);
  return changes.map((change) => change / usual);
}
