import { InvalidRequest } from '../../core/index.js';
import { bisect } from '../bisect.js';
import { logGamma } from '../distributions/incomplete-beta.js';
import { normalProbability } from '../distributions/normal.js';
import { studentCritical } from '../distributions/student.js';

/** Points of Simpson's rule over the standard deviation's distribution. */
const POINTS = 400;
const TOLERANCE = 1e-10;

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
  const isEnough = (move: number) => powerOfT(move, n, size) - power;
  let high = 1;
  while (isEnough(high) < 0) high *= 2;
  return bisect(isEnough, 0, high, TOLERANCE);
}

/** Chance that a one-sample t-test at `size` rejects where the true mean is `move` standard deviations. */
function powerOfT(move: number, n: number, size: number): number {
  const freedom = n - 1;
  const critical = studentCritical(1 - size, freedom);
  const shift = move * Math.sqrt(n);
  const logFront = Math.log(2) + (freedom / 2) * Math.log(freedom / 2) - logGamma(freedom / 2);
  const rejects = (ratio: number) => {
    if (ratio === 0) return freedom === 1 ? Math.exp(logFront) : 0;
    const density = Math.exp(logFront + (freedom - 1) * Math.log(ratio) - 0.5 * freedom * ratio * ratio);
    const edge = critical * ratio;
    return density * (normalProbability(shift - edge) + normalProbability(-shift - edge));
  };
  const low = Math.max(0, 1 - 10 / Math.sqrt(freedom));
  const step = (1 + 10 / Math.sqrt(freedom) - low) / POINTS;
  let sum = rejects(low) + rejects(low + POINTS * step);
  for (let k = 1; k < POINTS; k++) sum += (k % 2 === 1 ? 4 : 2) * rejects(low + k * step);
  return (sum * step) / 3;
}
