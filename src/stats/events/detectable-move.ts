import { InvalidRequest } from '../../core/index.js';
import { logGamma } from '../distributions/incomplete-beta.js';
import { normalProbability } from '../distributions/normal.js';
import { studentCritical } from '../distributions/student.js';

/** Steps of the integral over the standard deviation. */
const POINTS = 400;
const TOLERANCE = 1e-11;

/** Moves found before: an answer asks for the same few dozens of times. */
const held = new Map<string, number>();

/**
 * The true mean, in standard deviations of one event, that a two-sided one-sample t-test at 5 % would find in n independent
 * events with the power asked for: 1.68, 1.00 and 0.66 for 5, 10 and 20 events and 80 % (noncentral t; Cohen 1988,
 * Statistical Power Analysis, chapter 2).
 *
 * @param n whole, 2 or more
 * @param power above `size` and under 1, default 0.8
 * @param size of the test, default 0.05
 * @throws {InvalidRequest} for fewer events or a power out of range
 */
export function detectableMove(n: number, power = 0.8, size = 0.05): number {
  if (!(Number.isInteger(n) && n >= 2))
    throw new InvalidRequest(`${n} events show no spread; give 2 or more`);
  if (!(power > size && power < 1))
    throw new InvalidRequest(`power ${power}; give one between ${size} and 1`);
  const key = `${n}|${power}|${size}`;
  const before = held.get(key);
  if (before !== undefined) return before;
  const powerAt = powerOfT(n, size);
  let high = 1;
  while (powerAt(high) < power) high *= 2;
  const move = falsePosition((value) => powerAt(value) - power, high);
  held.set(key, move);
  return move;
}

/** Root of an increasing function in [0, high], by false position with halved ends (Illinois). */
function falsePosition(increasing: (x: number) => number, high: number): number {
  let [under, over] = [0, high];
  let [below, above] = [increasing(under), increasing(over)];
  while (over - under > TOLERANCE) {
    const next = over - (above * (over - under)) / (above - below);
    const value = increasing(next);
    if (Math.abs(value) < TOLERANCE) return next;
    if (value < 0) [under, below, above] = [next, value, above / 2];
    else [over, above, below] = [next, value, below / 2];
  }
  return over;
}

/**
 * Chance that a one-sample t-test of n values rejects, by the true mean in standard deviations: the normal chance given the sample's
 * standard deviation, integrated over that. The trapezoidal rule over the cube root of the deviation is as good as exact:
 * there the integrand is flat at both ends.
 */
function powerOfT(n: number, size: number): (move: number) => number {
  const freedom = n - 1;
  const critical = studentCritical(1 - size, freedom);
  const logFront = Math.log(2) + (freedom / 2) * Math.log(freedom / 2) - logGamma(freedom / 2);
  const low = Math.cbrt(Math.max(0, 1 - 10 / Math.sqrt(freedom)));
  const step = (Math.cbrt(1 + 10 / Math.sqrt(freedom)) - low) / POINTS;
  const roots = Float64Array.from({ length: POINTS }, (_, k) => low + (k + 1) * step);
  const deviations = roots.map((root) => root ** 3);
  const weights = deviations.map((ratio, k) => {
    const logDensity = logFront + (freedom - 1) * Math.log(ratio) - 0.5 * freedom * ratio * ratio;
    return Math.exp(logDensity) * 3 * roots[k]! ** 2 * step;
  });
  return (move) => {
    const shift = move * Math.sqrt(n);
    let power = 0;
    for (let k = 0; k < POINTS; k++) {
      const edge = critical * deviations[k]!;
      power += weights[k]! * (normalProbability(shift - edge) + normalProbability(-shift - edge));
    }
    return power;
  };
}
