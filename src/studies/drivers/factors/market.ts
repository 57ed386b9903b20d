import { addDays } from '../../../core/index.js';
import type { AsOfView } from '../../../store/index.js';
import { type DayValues, dayValueSources, readDayValues, returnOf } from './daily-values.js';
import type { FactorWeeks, WeeklyFactor } from './weekly-factor.js';

/** Levels of the S&P 500 by day, whatever the source calls it. */
export interface MarketLevels {
  readonly table: 'levels' | 'macro';
  readonly symbol: string;
  readonly values: DayValues;
}

/** The first of these that the view has is the market. */
const SERIES = [
  { table: 'levels', symbol: '^GSPC' },
  { table: 'levels', symbol: 'S&P 500' },
  { table: 'macro', symbol: 'SP500' },
] as const;

/** @returns null where the view knows no level of the S&P 500 */
export async function readMarketLevels(view: AsOfView, weeks: FactorWeeks): Promise<MarketLevels | null> {
  const from = addDays(weeks.starts[0]!, -14);
  for (const { table, symbol } of SERIES) {
    const values = (await readDayValues(view, table, [symbol], from))[symbol];
    if (values.size > 0) return { table, symbol, values };
  }
  return null;
}

/** The market return of each week: a control, in every subset of the drivers. */
export function marketFactor(view: AsOfView, weeks: FactorWeeks, market: MarketLevels | null): WeeklyFactor {
  const values = Float64Array.from({ length: weeks.count }, (_, i) =>
    market === null ? Number.NaN : 100 * returnOf(market.values, weeks.baseSession[i]!, weeks.endSession[i]!),
  );
  return {
    driver: 'control',
    factor: 'market-return',
    definition: `return of the S&P 500 (${market?.symbol ?? 'no series'}, price only) from the last close before the week to its last close`,
    unit: 'percent',
    isRegressor: true,
    values,
    reasonAt: (week) =>
      Number.isNaN(values[week]!)
        ? market === null
          ? 'the store holds no level of the S&P 500 known by then'
          : `no close of ${market.symbol} on the last session before the week or the last in it`
        : null,
    sources: async (week) =>
      market === null
        ? []
        : dayValueSources(
            view,
            market.table,
            [market.symbol],
            [weeks.baseSession[week]!, weeks.endSession[week]!],
          ),
  };
}
