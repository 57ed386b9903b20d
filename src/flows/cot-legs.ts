import type { CotClass, Measure } from '../core/index.js';
import type { CotContractSeries } from './cot-series.js';

/** The four legs of a change of positions, in contracts, each >= 0 (measures.md 2.2). */
export interface Legs {
  readonly longBuy: number;
  readonly longSell: number;
  readonly shortSell: number;
  readonly shortCover: number;
}

export function legsOf(deltaLong: number, deltaShort: number): Legs {
  return {
    longBuy: Math.max(deltaLong, 0),
    longSell: Math.max(-deltaLong, 0),
    shortSell: Math.max(deltaShort, 0),
    shortCover: Math.max(-deltaShort, 0),
  };
}

/** A measure of the legs, in the legs' unit: net, all purchases, or long buys alone. */
export function measureOf(legs: Legs, measure: Measure): number {
  const { longBuy, longSell, shortSell, shortCover } = legs;
  if (measure === 'longBuy') return longBuy;
  const grossBuy = longBuy + shortCover;
  return measure === 'grossBuy' ? grossBuy : grossBuy - longSell - shortSell;
}

/** A measure of one class over the calendar, in contracts of each week's own multiplier; NaN where there is no flow. */
export function measureSeries(series: CotContractSeries, name: CotClass, measure: Measure): Float64Array {
  const { deltaLong, deltaShort } = series.classes[name];
  return deltaLong.map((long, i) =>
    Number.isNaN(long) ? Number.NaN : measureOf(legsOf(long, deltaShort[i]!), measure),
  );
}
