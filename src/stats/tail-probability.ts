import { type Random, seededRandom } from '../core/index.js';
import {
  fitGeneralisedPareto,
  type GeneralisedPareto,
  paretoQuantile,
  paretoSurvival,
} from './generalised-pareto.js';
import { observed, quantileOfSorted } from './moments.js';

export interface TailOptions {
  /** Fewest excesses a tail is fitted on. */
  readonly minExcesses?: number;
  /** Parametric bootstrap samples for the interval. */
  readonly resamples: number;
  readonly seed: number;
}

/** How rare a value is by the tail of the values before it. */
export interface TailProbability {
  /** Chance that one period's value is as large. */
  readonly p: number;
  /** True where the value lies beyond the fitted end point: p is then the upper end of the interval. */
  readonly pIsUpperBound: boolean;
  /** Periods between such values, 1 / p. */
  readonly returnPeriod: number;
  /** 5 % and 95 % point of the return period; null where the bootstrap does not bound it. */
  readonly interval90: readonly [number, number | null];
  readonly shape: number;
  readonly scale: number;
  /** 90 % quantile of the earlier values. */
  readonly threshold: number;
  readonly excesses: number;
}

/** Why there is no figure. */
export interface NoTail {
  readonly reason: string;
}

const THRESHOLD_QUANTILE = 0.9;

/**
 * Peaks over threshold: a generalised Pareto by maximum likelihood on the excesses over the 90 % quantile (Pickands
 * 1975, Annals of Statistics 3; Coles 2001, An Introduction to Statistical Modeling of Extreme Values, chapter 4):
 * p = share of excesses x P(Y > x - threshold). At or under the threshold p is the share of values >= x, x counted.
 * The interval redraws the number of excesses (binomial) and their sizes from the fit, and fits anew.
 *
 * @param earlier volScaled values before t, NaN = missing; t itself must not be in it
 * @param x       volScaled value at t
 */
export function tailProbability(
  earlier: Float64Array,
  x: number,
  options: TailOptions,
): TailProbability | NoTail {
  const { minExcesses = 25, resamples, seed } = options;
  if (Number.isNaN(x)) return { reason: 'no scaled value for the period' };
  const sorted = observed(earlier).sort();
  const threshold = quantileOfSorted(sorted, THRESHOLD_QUANTILE);
  const excesses = sorted.filter((value) => value > threshold).map((value) => value - threshold);
  if (excesses.length < minExcesses) {
    return { reason: `${excesses.length} excesses over the 90 % quantile, ${minExcesses} needed` };
  }
  const fit = fitGeneralisedPareto(excesses);
  const sample: TailSample = { n: sorted.length, excesses: excesses.length, fit };
  const chance = (s: TailSample) =>
    x > threshold
      ? (s.excesses / s.n) * paretoSurvival(s.fit, x - threshold)
      : (1 + sorted.reduce((count, value) => count + (value >= x ? 1 : 0), 0)) / (sorted.length + 1);
  const draws = bootstrapChances(sample, chance, resamples, seededRandom(seed));
  const low = quantileOfSorted(draws, 0.05);
  const high = quantileOfSorted(draws, 0.95);
  const estimate = chance(sample);
  const p = estimate > 0 ? estimate : Math.max(high, 1 / (resamples + 1));
  return {
    p,
    pIsUpperBound: estimate === 0,
    returnPeriod: 1 / p,
    interval90: [1 / Math.max(high, p), low > 0 ? 1 / Math.min(low, p) : null],
    ...fit,
    threshold,
    excesses: excesses.length,
  };
}

interface TailSample {
  readonly n: number;
  readonly excesses: number;
  readonly fit: GeneralisedPareto;
}

/** Chance of the value by each refitted bootstrap sample, ascending. */
function bootstrapChances(
  sample: TailSample,
  chance: (sample: TailSample) => number,
  resamples: number,
  random: Random,
): Float64Array {
  const draws = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    const excesses = Math.max(2, binomialDraw(sample.n, sample.excesses / sample.n, random));
    const values = Float64Array.from({ length: excesses }, () =>
      paretoQuantile(sample.fit, 1 - random.next()),
    );
    draws[i] = chance({ n: sample.n, excesses, fit: fitGeneralisedPareto(values) });
  }
  return draws.sort();
}

function binomialDraw(n: number, share: number, random: Random): number {
  let successes = 0;
  for (let i = 0; i < n; i++) if (random.next() < share) successes++;
  return successes;
}
