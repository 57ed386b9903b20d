import type { IsoDate, Ruler } from '../core/index.js';
import { volScaled } from '../stats/index.js';
import type { ConsumerPrices } from './consumer-prices.js';

/** Units of every scale, in words. */
export const RULER_UNITS: Readonly<Record<Ruler, string>> = {
  contracts: 'contracts of the latest multiplier',
  dollars: 'US dollars',
  real: 'US dollars of the latest month',
  pctOi: 'share of open interest',
  bpsCap: 'basis points of market value',
  pctAdv: 'share of dollar volume',
  volScaled: 'multiples of its own volatility',
};

export const NO_CONSUMER_PRICES = 'the store has no consumer prices (FRED CPIAUCSL) for that month';
export const NO_VOLATILITY = 'fewer than 52 earlier weeks to seed the volatility, or no flow this week';

/** Scales that a series of dollars has on every basis (measures.md section 3). */
export interface DollarRulers {
  real(): Float64Array;
  bpsCap(): Float64Array;
  pctAdv(): Float64Array;
  volScaled(): Float64Array;
}

/**
 * @param dollars one amount a period, NaN = missing
 * @param periodVolume dollars traded over each period at the pace before it, NaN = not known
 */
export function dollarRulers(
  dollars: Float64Array,
  scales: {
    readonly periodEnds: readonly IsoDate[];
    readonly consumerPrices: ConsumerPrices | null;
    readonly periodVolume: Float64Array;
    /** Market value of the names behind the series at each period's start in dollars, NaN = not known. */
    readonly marketValue: Float64Array;
  },
): DollarRulers {
  const { periodEnds, consumerPrices, periodVolume, marketValue } = scales;
  return {
    real: () => dollars.map((value, i) => value * (consumerPrices?.factor(periodEnds[i]!) ?? Number.NaN)),
    bpsCap: () => dollars.map((value, i) => (1e4 * value) / marketValue[i]!),
    pctAdv: () => dollars.map((value, i) => value * (1 / periodVolume[i]!)),
    volScaled: () => volScaled(dollars),
  };
}
