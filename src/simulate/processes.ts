import type { Random } from '../core/index.js';
import { normalDraws } from './random-streams.js';

interface AutoregressionParameters {
  /** First-order coefficient, 0 <= persistence < 1. */
  readonly persistence: number;
  /** Standard deviation of the stationary distribution. */
  readonly deviation: number;
}

/** A stationary Gaussian AR(1) of mean zero, started from its stationary distribution. */
export function autoregression(
  random: Random,
  count: number,
  { persistence, deviation }: AutoregressionParameters,
): Float64Array {
  const shock = Math.sqrt(1 - persistence * persistence);
  const draws = normalDraws(random, count);
  let state = 0;
  return draws.map((draw, i) => {
    state = i === 0 ? draw : persistence * state + shock * draw;
    return deviation * state;
  });
}

/** exp of an AR(1), scaled to mean one: the multiplier of a stochastic-volatility process (Taylor 1986). */
export function lognormalMultiplier(
  random: Random,
  count: number,
  parameters: AutoregressionParameters,
): Float64Array {
  const shift = parameters.deviation ** 2 / 2;
  return autoregression(random, count, parameters).map((value) => Math.exp(value - shift));
}

interface GarchParameters {
  /** Unconditional standard deviation of one return. */
  readonly deviation: number;
  /** Weight of the last squared return. */
  readonly reaction: number;
  /** Weight of the last variance; reaction + memory < 1. */
  readonly memory: number;
}

/** Gaussian GARCH(1,1) returns of mean zero (Bollerslev 1986), started at the unconditional variance. */
export function garchReturns(
  random: Random,
  count: number,
  { deviation, reaction, memory }: GarchParameters,
): Float64Array {
  const longRun = deviation * deviation;
  const constant = longRun * (1 - reaction - memory);
  let variance = longRun;
  return normalDraws(random, count).map((draw) => {
    const value = Math.sqrt(variance) * draw;
    variance = constant + reaction * value * value + memory * variance;
    return value;
  });
}

/** Adds a constant to every step of a path so that the steps sum to `total`: a bridge that keeps the shocks. */
export function pinSteps(steps: Float64Array, total: number): Float64Array {
  const missing = total - steps.reduce((sum, step) => sum + step, 0);
  return steps.map((step) => step + missing / steps.length);
}
