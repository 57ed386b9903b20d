import { InvalidRequest, type Random, seededRandom } from '../core/index.js';
import {
  fitGeneralisedPareto,
  type GeneralisedPareto,
  paretoQuantile,
  paretoSurvival,
} from './generalised-pareto.js';
import { mean, observed, quantileOfSorted } from './moments.js';

export interface TailOptions {
  /** Fewest excesses a tail is fitted on. */
  readonly minExcesses?: number;
  /** Parametric bootstrap samples for the interval, at least 20. */
  readonly resamples: number;
  readonly seed: number;
}

/** How rare a value is by the tail of the values before it. */
export interface TailProbability {
  /** Chance that one period's value is as large; > 0. */
  readonly p: number;
  /** Periods between such values, 1 / p. */
  readonly returnPeriod: number;
  /**
   * 5 % and 95 % point of the return period, the latter null where the bootstrap does not bound it. Under the threshold p
   * is a plain count, and the interval [1 / p, 1 / p] says nothing more.
   */
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
const FEWEST_RESAMPLES = 20;

/**
 * Peaks over threshold: a generalised Pareto by maximum likelihood on the excesses over the 90 % quantile (Pickands
 * 1975, Annals of Statistics 3; Coles 2001, An Introduction to Statistical Modeling of Extreme Values, chapter 4):
 * p = share of excesses x P(Y > x - threshold). At or under the threshold p is the share of values >= x, x counted.
 *
 * The interval redraws the number of excesses (binomial) and their sizes from the fit, and fits anew. Far out the fit says
 * less than it seems to: p is never under the mean chance over those refits and the exponential tail (shape 0), so a value
 * beyond the end point of a negative shape is rare, not impossible, and p falls as x grows.
 *
 * @param earlier volScaled values before t, NaN = missing; t itself must not be in it
 * @param x       volScaled value at t
 * @throws {InvalidRequest} for fewer than 20 resamples
 */
export function tailProbability(
  earlier: Float64Array,
  x: number,
  options: TailOptions,
): TailProbability | NoTail {
  const { minExcesses = 25, resamples } = options;
  if (!(resamples >= FEWEST_RESAMPLES)) {
    throw new InvalidRequest(`${resamples} resamples give no interval; ask for ${FEWEST_RESAMPLES} or more`);
  }
  if (Number.isNaN(x)) return { reason: 'no scaled value for the period' };
  const sorted = observed(earlier).sort();
  const threshold = quantileOfSorted(sorted, THRESHOLD_QUANTILE);
  const excesses = sorted.filter((value) => value > threshold).map((value) => value - threshold);
  if (excesses.length < minExcesses) {
    return { reason: `${excesses.length} excesses over the 90 % quantile, ${minExcesses} needed` };
  }
  const fit = fitGeneralisedPareto(excesses);
  const found = { ...fit, threshold, excesses: excesses.length };
  if (x <= threshold) {
    const p = (1 + sorted.length - firstAtLeast(sorted, x)) / (sorted.length + 1);
    return { p, returnPeriod: 1 / p, interval90: [1 / p, 1 / p], ...found };
  }
  const share = excesses.length / sorted.length;
  const draws = refittedChances(sorted.length, share, fit, x - threshold, options);
  const exponential = share * paretoSurvival({ shape: 0, scale: mean(excesses) }, x - threshold);
  const predictive = (exponential + draws.reduce((sum, chance) => sum + chance, 0)) / (resamples + 1);
  const p = Math.max(share * paretoSurvival(fit, x - threshold), predictive);
  const low = Math.min(p, quantileOfSorted(draws, 0.05));
  const high = Math.max(p, quantileOfSorted(draws, 0.95));
  return { p, returnPeriod: 1 / p, interval90: [1 / high, low > 0 ? 1 / low : null], ...found };
}

/** Chance of an excess as large by each refitted bootstrap sample, ascending. */
function refittedChances(
  n: number,
  share: number,
  fit: GeneralisedPareto,
  excess: number,
  { resamples, seed }: TailOptions,
): Float64Array {
  const random = seededRandom(seed);
  const draws = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    const count = Math.max(2, binomialDraw(n, share, random));
    const values = new Float64Array(count);
    for (let k = 0; k < count; k++) values[k] = paretoQuantile(fit, 1 - random.next());
    draws[i] = (count / n) * paretoSurvival(fitGeneralisedPareto(values), excess);
  }
  return draws.sort();
}

function binomialDraw(n: number, share: number, random: Random): number {
  let successes = 0;
  for (let i = 0; i < n; i++) if (random.next() < share) successes++;
  return successes;
}

function firstAtLeast(sorted: Float64Array, x: number): number {
  const index = sorted.findIndex((value) => value >= x);
  return index < 0 ? sorted.length : index;
}
