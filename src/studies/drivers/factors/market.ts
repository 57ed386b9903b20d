import type { IsoDate } from '../../../core/index.js';
import type { AsOfView } from '../../../store/index.js';
import { type DayValues, dayValueSources, readDayValues, returnOf } from './daily-values.js';
import type { FactorPeriods, PeriodFactor } from './period-factor.js';

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
export async function readMarketLevels(view: AsOfView, from: IsoDate): Promise<MarketLevels | null> {
  for (const { table, symbol } of SERIES) {
    const values = (await readDayValues(view, table, [symbol], from))[symbol];
    if (values.size > 0) return { table, symbol, values };
  }
  return null;
}

/** The market return of each period: a control, in every subset of the drivers. */
export function marketFactor(
  view: AsOfView,
  periods: FactorPeriods,
  market: MarketLevels | null,
): PeriodFactor {
  const values = Float64Array.from({ length: periods.count }, (_, i) =>
    market === null
      ? Number.NaN
      : 100 * returnOf(market.values, periods.baseSession[i]!, periods.endSession[i]!),
  );
  return {
    driver: 'control',
    factor: 'market-return',
    definition: `return of the S&P 500 (${market?.symbol ?? 'no series'}, price only) from the last close before the ${periods.word} to its last close`,
    unit: 'percent',
    isRegressor: true,
    values,
    reasonAt: (period) =>
      Number.isNaN(values[period]!)
        ? market === null
          ? 'the store holds no level of the S&P 500 known by then'
          : `no close of ${market.symbol} on the last session before the ${periods.word} or the last in it`
        : null,
    sources: async (period) =>
      market === null
        ? []
        : dayValueSources(
            view,
            market.table,
            [market.symbol],
            [periods.baseSession[period]!, periods.endSession[period]!],
          ),
  };
}
