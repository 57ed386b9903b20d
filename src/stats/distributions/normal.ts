import { bisect } from '../bisect.js';

const DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);
/** From here on the tail is taken from its continued fraction: 1 - distribution would lose its digits. */
const TAIL_FROM = 3;

function normalDensity(x: number): number {
  return DENSITY_AT_0 * Math.exp(-0.5 * x * x);
}

/** P(Z <= x) of a standard normal: Marsaglia's (2004) series in the middle, Laplace's continued fraction in the tails. */
export function normalProbability(x: number): number {
  if (x < -TAIL_FROM) return upperTail(-x);
  if (x > TAIL_FROM) return 1 - upperTail(x);
  let sum = x;
  let term = x;
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

function upperTail(x: number): number {
  let fraction = x;
  for (let k = Math.ceil(20 + 600 / (x * x)); k >= 1; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}

/** The value with P(Z <= value) = probability, in (0, 1). */
export function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  return bisect((x) => normalProbability(x) - probability, -40, 1);
}
