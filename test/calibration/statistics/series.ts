import { normalDraw, type Random } from '../../../src/core/index.js';

/** How one series moves; variance 1. */
export interface SeriesKind {
  readonly name: string;
  /** Correlation with the period before. */
  readonly persistence: number;
  /** Do large moves follow large moves? GARCH(1,1) with 0.10 and 0.85. */
  readonly clusters: boolean;
}

export const INDEPENDENT: SeriesKind = { name: 'independent', persistence: 0, clusters: false };
export const MILD: SeriesKind = { name: 'AR(1) 0.3', persistence: 0.3, clusters: false };
export const PERSISTENT: SeriesKind = { name: 'AR(1) 0.6', persistence: 0.6, clusters: false };
export const VERY_PERSISTENT: SeriesKind = { name: 'AR(1) 0.9', persistence: 0.9, clusters: false };
export const CLUSTERED: SeriesKind = { name: 'GARCH(1,1)', persistence: 0, clusters: true };
export const PERSISTENT_CLUSTERED: SeriesKind = {
  name: 'AR(1) 0.6 with GARCH(1,1)',
  persistence: 0.6,
  clusters: true,
};

const RUN_IN = 100;

function run(length: number, persistence: number, shock: () => number): Float64Array {
  const out = new Float64Array(length);
  const scale = Math.sqrt(1 - persistence ** 2);
  let value = 0;
  for (let t = -RUN_IN; t < length; t++) {
    value = persistence * value + scale * shock();
    if (t >= 0) out[t] = value;
  }
  return out;
}

/** Draws whose size clusters, or not; unconditional variance 1. */
export function shocks(random: Random, clusters: boolean): () => number {
  if (!clusters) return () => normalDraw(random);
  let variance = 1;
  return () => {
    const value = Math.sqrt(variance) * normalDraw(random);
    variance = 0.05 + 0.1 * value ** 2 + 0.85 * variance;
    return value;
  };
}

export function drawSeries(
  random: Random,
  length: number,
  { persistence, clusters }: SeriesKind,
): Float64Array {
  return run(length, persistence, shocks(random, clusters));
}

/** Share of `trials` in which something holds. */
export function shareOf(trials: number, holds: (trial: number) => boolean): number {
  let count = 0;
  for (let trial = 0; trial < trials; trial++) if (holds(trial)) count++;
  return count / trials;
}

/** Four standard errors of a share seen in so many trials: a right engine fails for one seed in 16,000. */
export const fourErrors = (share: number, trials: number): number =>
  4 * Math.sqrt((share * (1 - share)) / trials);
