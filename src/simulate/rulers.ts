import { COT_CLASSES, type CotClass } from '../core/index.js';
import type { PositionHistory } from './positions.js';

/**
 * The net flow of one class on the rulers that plants are sized with: the simulator's own reading of measures.md
 * sections 2.2 and 3, apart from the program's. Index = week; NaN where there is no value.
 */
export interface NetRulers {
  /** In contracts of the last week's unit. */
  readonly contracts: Float64Array;
  /** In US dollars at the week's own price; equal to contracts where the contract has no price. */
  readonly dollars: Float64Array;
  readonly pctOi: Float64Array;
  readonly volScaled: Float64Array;
  /**
   * What a week's own contracts are multiplied with or divided by: contracts of the last week's unit and dollars that
   * one stands for, open interest of the week before in the week's unit, volatility of the dollars.
   */
  readonly lastPerContract: Float64Array;
  readonly dollarsPerContract: Float64Array;
  readonly openInterestBefore: Float64Array;
  readonly volatility: Float64Array;
}

export const SIZING_RULERS = ['contracts', 'dollars', 'pctOi', 'volScaled'] as const;
export type SizingRuler = (typeof SIZING_RULERS)[number];

/** Changes of both legs on the week in contracts of the week's unit, k = multiplier before / multiplier now. */
export function legChanges(
  history: PositionHistory,
  name: CotClass,
  week: number,
): { readonly long: number; readonly short: number } {
  const c = COT_CLASSES.indexOf(name);
  const k = history.multiplier[week - 1]! / history.multiplier[week]!;
  const change = (side: readonly Int32Array[]): number => side[c]![week]! - k * side[c]![week - 1]!;
  return { long: change(history.long), short: change(history.short) };
}

/** @param closes close of the contract's index at each report date; null where it has none */
export function netRulers(
  history: PositionHistory,
  name: CotClass,
  closes: readonly number[] | null,
): NetRulers {
  const weeks = history.openInterest.length;
  const { multiplier } = history;
  const ownContracts = Float64Array.from({ length: weeks }, (_, t) => {
    if (t === 0) return Number.NaN;
    const change = legChanges(history, name, t);
    return change.long - change.short;
  });
  const lastPerContract = multiplier.map((value) => value / multiplier[weeks - 1]!);
  const dollarsPerContract = Float64Array.from({ length: weeks }, (_, t) =>
    closes === null ? lastPerContract[t]! : multiplier[t]! * closes[t]!,
  );
  const openInterestBefore = Float64Array.from({ length: weeks }, (_, t) =>
    t === 0 ? Number.NaN : (history.openInterest[t - 1]! * multiplier[t - 1]!) / multiplier[t]!,
  );
  const dollars = ownContracts.map((value, t) => value * dollarsPerContract[t]!);
  const volatility = trailingVolatility(dollars);
  return {
    contracts: ownContracts.map((value, t) => value * lastPerContract[t]!),
    dollars,
    pctOi: ownContracts.map((value, t) => value / openInterestBefore[t]!),
    volScaled: dollars.map((value, t) => value / volatility[t]!),
    lastPerContract,
    dollarsPerContract,
    openInterestBefore,
    volatility,
  };
}

/** s(t)^2 = 0.97 s(t-1)^2 + 0.03 x(t-1)^2, seeded with the mean square of the first 52 weeks; NaN before. */
function trailingVolatility(values: Float64Array): Float64Array {
  const first = 1;
  const seeded = first + 52;
  const volatility = new Float64Array(values.length).fill(Number.NaN);
  let variance = 0;
  for (let t = first; t < values.length; t++) {
    if (t < seeded) variance += values[t]! ** 2 / 52;
    else {
      if (t > seeded) variance = 0.97 * variance + 0.03 * values[t - 1]! ** 2;
      volatility[t] = Math.sqrt(variance);
    }
  }
  return volatility;
}

/** Largest value from one week up to but not including another; NaN is passed over. */
export function largestBefore(values: Float64Array, from: number, to: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let t = Math.max(0, from); t < to; t++) if (values[t]! > largest) largest = values[t]!;
  return largest;
}

/** What one contract of week t counts on a ruler. */
export function perContract(rulers: NetRulers, ruler: SizingRuler, week: number): number {
  if (ruler === 'contracts') return rulers.lastPerContract[week]!;
  if (ruler === 'dollars') return rulers.dollarsPerContract[week]!;
  if (ruler === 'pctOi') return 1 / rulers.openInterestBefore[week]!;
  return rulers.dollarsPerContract[week]! / rulers.volatility[week]!;
}

/** 1 + number of values from one week up to but not including another that are at least the week's own. */
export function rankBefore(values: Float64Array, week: number, from: number): number {
  let rank = 1;
  for (let t = Math.max(0, from); t < week; t++) if (values[t]! >= values[week]!) rank++;
  return rank;
}
