import type { IsoDate } from '../../../core/index.js';
import type { AsOfView } from '../../../store/index.js';
import { changeOf, type DayValues, dayValueSources, readDayValues } from './daily-values.js';
import type { FactorPeriods, PeriodFactor } from './period-factor.js';

const SERIES = ['DGS2', 'DGS10', 'DFEDTARU', 'DFEDTARL'] as const;
export type RateSeries = (typeof SERIES)[number];
export type Rates = Readonly<Record<RateSeries, DayValues>>;

/** Days for which a target holds after the day it is dated, where a file leaves days out. */
const TARGET_DAYS = 7;

/** Yields and the target range from a day on. */
export function readRates(view: AsOfView, from: IsoDate): Promise<Rates> {
  return readDayValues(view, 'macro', SERIES, from);
}

/** The last target on or before a day. */
function targetOn(target: DayValues, day: number): number {
  for (let back = 0; back <= TARGET_DAYS; back++) {
    const value = target.get(day - back);
    if (value !== undefined) return value;
  }
  return Number.NaN;
}

/** Two-year yield less the middle of the target range: where the market thinks that policy goes, and a premium. */
function policyPath(rates: Rates, day: number): number {
  const middle = (targetOn(rates.DFEDTARU, day) + targetOn(rates.DFEDTARL, day)) / 2;
  return (rates.DGS2.get(day) ?? Number.NaN) - middle;
}

function yieldFactor(
  view: AsOfView,
  periods: FactorPeriods,
  rates: Rates,
  about: { readonly series: 'DGS2' | 'DGS10'; readonly factor: string; readonly label: string },
): PeriodFactor {
  const { series, factor, label } = about;
  const { baseBondDay, endBondDay } = periods;
  const values = Float64Array.from({ length: periods.count }, (_, i) =>
    changeOf(rates[series], baseBondDay[i]!, endBondDay[i]!),
  );
  return {
    driver: 'macro',
    factor,
    definition: `change over the ${periods.word} of the ${label} Treasury yield (${series}), last business day to last business day`,
    unit: 'percentage points',
    isRegressor: true,
    values,
    reasonAt: (period) =>
      Number.isNaN(values[period]!)
        ? rates[series].size === 0
          ? `the store holds no ${series} known by then`
          : `${series} is not known for the last business day before the ${periods.word} or the last in it`
        : null,
    sources: (period) =>
      dayValueSources(view, 'macro', [series], [baseBondDay[period]!, endBondDay[period]!]),
  };
}

function pathFactor(view: AsOfView, periods: FactorPeriods, rates: Rates): PeriodFactor {
  const { baseBondDay, endBondDay } = periods;
  const values = Float64Array.from(
    { length: periods.count },
    (_, i) => policyPath(rates, endBondDay[i]!) - policyPath(rates, baseBondDay[i]!),
  );
  const missing = SERIES.filter((series) => series !== 'DGS10' && rates[series].size === 0);
  return {
    driver: 'macro',
    factor: 'policy-path-change',
    definition: `change over the ${periods.word} of the two-year yield less the middle of the target range (DGS2, DFEDTARU, DFEDTARL): a proxy of the expected path of policy, with the term premium in it; no futures on the federal funds rate are in the store`,
    unit: 'percentage points',
    isRegressor: true,
    values,
    reasonAt: (period) =>
      Number.isNaN(values[period]!)
        ? missing.length > 0
          ? `the store holds no ${missing.join(', ')} known by then`
          : `the two-year yield or the target range is not known on the last business day before the ${periods.word} or the last in it`
        : null,
    sources: (period) =>
      dayValueSources(
        view,
        'macro',
        ['DGS2', 'DFEDTARU', 'DFEDTARL'],
        [baseBondDay[period]!, endBondDay[period]!],
      ),
  };
}

/** Changes of the two- and ten-year yields and of the proxy of the policy path. */
export function macroFactors(view: AsOfView, periods: FactorPeriods, rates: Rates): PeriodFactor[] {
  return [
    yieldFactor(view, periods, rates, { series: 'DGS2', factor: 'two-year-yield-change', label: 'two-year' }),
    yieldFactor(view, periods, rates, {
      series: 'DGS10',
      factor: 'ten-year-yield-change',
      label: 'ten-year',
    }),
    pathFactor(view, periods, rates),
  ];
}
