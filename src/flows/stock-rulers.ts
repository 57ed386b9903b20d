import type { Measure, Ruler } from '../core/index.js';
import { dollarRulers, NO_CONSUMER_PRICES, NO_VOLATILITY, RULER_UNITS } from './dollar-rulers.js';
import { cachedRulers, type FlowSeries } from './flow-series.js';
import type { NamesBehind, StockScales } from './stock-scales.js';

/** What is a basis's own of the rulers of one series. */
export interface StockAmounts {
  readonly scales: StockScales;
  readonly names: NamesBehind;
  /** True where the names only resemble those of the series: their volume stands in, their value does not. */
  readonly isProxy?: boolean;
  /** US dollars of a measure by period; NaN = missing. */
  amounts(measure: Measure): Float64Array;
  /** Why the amount of a period is missing on a ruler; null where the reason is the ruler's own. */
  missing(period: number, measure: Measure, ruler: Ruler): string | null;
  /** Why rulers that the basis does not have, or does not always have, are missing. */
  readonly reasons: Readonly<Record<'contracts' | 'pctOi' | 'pctAdv', string>> & {
    readonly volScaled?: string;
  };
}

/** Every ruler of a series of dollars in stocks, each made once. */
export function stockRulers(stock: StockAmounts): FlowSeries['ruler'] {
  const { scales, names, isProxy = false, amounts, missing, reasons } = stock;
  const { calendar, consumerPrices } = scales;
  const nothing = (): Float64Array => new Float64Array(calendar.periodEnds.length).fill(Number.NaN);
  const marketValue = scales.marketValue(isProxy ? undefined : names);
  const why: Readonly<Record<Exclude<Ruler, 'bpsCap'>, string>> = {
    dollars: 'not known',
    real: NO_CONSUMER_PRICES,
    volScaled: NO_VOLATILITY,
    ...reasons,
  };
  return cachedRulers((measure, ruler) => {
    const dollars = amounts(measure);
    const makers: Record<Ruler, () => Float64Array> = {
      ...dollarRulers(dollars, {
        periodEnds: calendar.periodEnds,
        consumerPrices,
        periodVolume: scales.periodVolume(names),
        marketValue: marketValue.dollars,
      }),
      dollars: () => dollars,
      contracts: nothing,
      pctOi: nothing,
    };
    const ownReason = (period: number): string =>
      ruler === 'bpsCap' ? marketValue.reasonAt(period) : why[ruler];
    const values = makers[ruler]();
    return {
      values,
      unit: RULER_UNITS[ruler],
      coverage: ruler === 'bpsCap' ? marketValue.coverage : null,
      reasonAt: (period) =>
        Number.isNaN(values[period]!) ? (missing(period, measure, ruler) ?? ownReason(period)) : null,
    };
  });
}

/** Why dollars traded in the names of a sector are not known over a period. */
export const noVolume = (names: string, period: 'period' | 'week' | 'quarter'): string =>
  `no unbroken 60 trading days of raw closes and volumes before the ${period} for ${names}`;

/** Why a series of names that no list puts into a sector has no such scale. */
export const NO_SECTOR_VOLUME = 'names without a sector have no dollar volume of their own';
