import { maximise } from './maximise.js';

/** Generalised Pareto distribution of an excess y >= 0: P(Y > y) = (1 + shape y / scale)^(-1 / shape). */
export interface GeneralisedPareto {
  readonly shape: number;
  readonly scale: number;
}

/** Below this size of shape the exponential limit is used: the formulas lose their digits. */
const EXPONENTIAL_SHAPE = 1e-9;
/** The likelihood is unbounded for shapes under -1; the search stays at or above it (Grimshaw 1993). */
const SMALLEST_SHAPE = -1;
const GRID_POINTS = 24;

/** P(Y > y); 0 beyond the end point of a negative shape. */
export function paretoSurvival({ shape, scale }: GeneralisedPareto, y: number): number {
  if (Math.abs(shape) < EXPONENTIAL_SHAPE) return Math.exp(-y / scale);
  const base = 1 + (shape * y) / scale;
  return base <= 0 ? 0 : base ** (-1 / shape);
}

/** The excess that is exceeded with chance `survival`, in (0, 1]. */
export function paretoQuantile({ shape, scale }: GeneralisedPareto, survival: number): number {
  if (Math.abs(shape) < EXPONENTIAL_SHAPE) return -scale * Math.log(survival);
  return (scale * Math.expm1(-shape * Math.log(survival))) / shape;
}

/**
 * Maximum likelihood by the profile over tau = shape / scale (Grimshaw 1993, Technometrics 35): given tau the shape is
 * the mean of log(1 + tau y), so one dimension is searched: a grid on both sides of 0, then golden sections.
 *
 * @param excesses all > 0, at least 2
 * @returns shape >= -1
 */
export function fitGeneralisedPareto(excesses: Float64Array): GeneralisedPareto {
  let sum = 0;
  let largest = 0;
  for (const y of excesses) {
    sum += y;
    if (y > largest) largest = y;
  }
  const average = sum / excesses.length;
  const grid = tauGrid(average, largest);
  const likelihood = (tau: number) => profileLogLikelihood(excesses, tau, average);
  let best = 0;
  let bestValue = Number.NEGATIVE_INFINITY;
  grid.forEach((tau, i) => {
    const value = likelihood(tau);
    if (value > bestValue) {
      bestValue = value;
      best = i;
    }
  });
  const tau = maximise(likelihood, grid[Math.max(0, best - 1)]!, grid[Math.min(grid.length - 1, best + 1)]!);
  const shape = shapeAt(excesses, tau);
  return Math.abs(shape) < EXPONENTIAL_SHAPE ? { shape: 0, scale: average } : { shape, scale: shape / tau };
}

/** Ascending from just above -1 / largest, dense near that pole and near 0, to shapes of about 4. */
function tauGrid(average: number, largest: number): Float64Array {
  const half = GRID_POINTS / 2;
  const grid = new Float64Array(GRID_POINTS + 1);
  for (let i = 1; i <= half; i++) {
    const step = i / half;
    grid[half - i] = -(1 - Math.exp(-16 * step ** 1.5)) / largest;
    grid[half + i] = (100 * step ** 4) / average;
  }
  return grid;
}

function shapeAt(excesses: Float64Array, tau: number): number {
  let sum = 0;
  for (const y of excesses) sum += Math.log1p(tau * y);
  return sum / excesses.length;
}

/** Log-likelihood per excess. */
function profileLogLikelihood(excesses: Float64Array, tau: number, average: number): number {
  if (tau === 0) return -Math.log(average) - 1;
  const shape = shapeAt(excesses, tau);
  if (!(shape > SMALLEST_SHAPE)) return Number.NEGATIVE_INFINITY;
  return Math.abs(shape) < EXPONENTIAL_SHAPE ? -Math.log(average) - 1 : -Math.log(shape / tau) - shape - 1;
}
