import { bisect } from '../bisect.js';
import { incompleteBeta } from './incomplete-beta.js';
import { normalProbability, normalQuantile } from './normal.js';

/** P(|T| >= |t|) of Student's t with `freedom` degrees of freedom; Infinity is the normal distribution. */
export function studentTwoSided(t: number, freedom: number): number {
  if (freedom === Number.POSITIVE_INFINITY) return 2 * normalProbability(-Math.abs(t));
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return 0;
  const whole = freedom + square;
  return incompleteBeta(freedom / whole, square / whole, freedom / 2, 0.5);
}

/** The t with P(|T| <= t) = level, in (0, 1): the half width of an interval in standard errors. */
export function studentCritical(level: number, freedom: number): number {
  if (freedom === Number.POSITIVE_INFINITY) return normalQuantile((1 + level) / 2);
  let high = 2;
  while (studentTwoSided(high, freedom) > 1 - level) high *= 2;
  return bisect((t) => 1 - level - studentTwoSided(t, freedom), 0, high);
}

/** P(F >= f) of the F distribution. */
export function fisherUpper(f: number, numerator: number, denominator: number): number {
  if (f <= 0) return 1;
  const whole = denominator + numerator * f;
  return incompleteBeta(denominator / whole, (numerator * f) / whole, denominator / 2, numerator / 2);
}
