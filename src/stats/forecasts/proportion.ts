import { InvalidRequest } from '../../core/index.js';
import { bisect } from '../bisect.js';
import { incompleteBeta } from '../distributions/incomplete-beta.js';
import { normalQuantile } from '../distributions/normal.js';
import { binomialProbability } from '../herding/binomial.js';

/**
 * Score interval of a chance seen `successes` times in `trials` (Wilson 1927, JASA 22), without continuity correction.
 * @throws {InvalidRequest} for no trial, or successes beyond them
 */
export function wilsonInterval(successes: number, trials: number, level = 0.95): readonly [number, number] {
  checkCounts(successes, trials);
  const z = normalQuantile((1 + level) / 2);
  const share = successes / trials;
  const centre = (share + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const half =
    (z / (1 + (z * z) / trials)) *
    Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return [successes === 0 ? 0 : centre - half, successes === trials ? 1 : centre + half];
}

/**
 * Exact interval of a chance (Clopper and Pearson 1934, Biometrika 26): never covers less often than it says.
 * @throws {InvalidRequest} for no trial, or successes beyond them
 */
export function exactInterval(successes: number, trials: number, level = 0.95): readonly [number, number] {
  checkCounts(successes, trials);
  const tail = (1 - level) / 2;
  const misses = trials - successes;
  // P(B >= k) = I_p(k, n - k + 1), which grows with p.
  const atLeast = (k: number) => (p: number) => incompleteBeta(p, 1 - p, k, trials - k + 1);
  const low = successes === 0 ? 0 : bisect((p) => atLeast(successes)(p) - tail, 0, 1);
  const high = misses === 0 ? 1 : bisect((p) => atLeast(successes + 1)(p) - (1 - tail), 0, 1);
  return [low, high];
}

/** Relative slack under which two probabilities count as equal. */
const SAME = 1 + 1e-7;

/** Exact two-sided p of a binomial count: chance of all counts that are no likelier than the one seen. */
export function binomialTwoSided(successes: number, trials: number, chance: number): number {
  checkCounts(successes, trials);
  const seen = binomialProbability(successes, trials, chance);
  let p = 0;
  for (let k = 0; k <= trials; k++) {
    const probability = binomialProbability(k, trials, chance);
    if (probability <= seen * SAME) p += probability;
  }
  return Math.min(1, p);
}

function checkCounts(successes: number, trials: number): void {
  if (!(trials >= 1 && successes >= 0 && successes <= trials)) {
    throw new InvalidRequest(`${successes} successes in ${trials} trials; give 1 trial or more`);
  }
}
