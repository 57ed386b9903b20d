import { normalDraw, type Random } from '../../../src/core/index.js';

/** Weekly growth in logs of a scale that grows 10 % a year of 52.18 weeks. */
export const WEEKLY_GROWTH = Math.log(1.1) / 52.18;

/** A kind of series without any event in it; `length` values, the last of them the one that is tested. */
export interface World {
  readonly name: string;
  draw(random: Random, length: number): Float64Array;
}

/** Student t with 5 degrees of freedom; a chi-square of 5 is one of 4, twice an exponential sum, and a squared normal. */
function studentDraw(random: Random): number {
  const chiSquare = -2 * Math.log((1 - random.next()) * (1 - random.next())) + normalDraw(random) ** 2;
  return normalDraw(random) / Math.sqrt(chiSquare / 5);
}

/** GARCH(1,1) with unconditional variance 1 after a run-in of 200 periods. */
function garch(random: Random, length: number, shock: number, memory: number): Float64Array {
  const out = new Float64Array(length);
  let variance = 1;
  for (let k = -200; k < length; k++) {
    const value = Math.sqrt(variance) * normalDraw(random);
    if (k >= 0) out[k] = value;
    variance = 1 - shock - memory + shock * value ** 2 + memory * variance;
  }
  return out;
}

function autoregression(random: Random, length: number, coefficient: number): Float64Array {
  const out = new Float64Array(length);
  let value = normalDraw(random) / Math.sqrt(1 - coefficient ** 2);
  for (let k = 0; k < length; k++) {
    out[k] = value;
    value = coefficient * value + normalDraw(random);
  }
  return out;
}

const each = (length: number, draw: (k: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, k) => draw(k));

export const GROWING: World = {
  name: 'Gaussian, scale grows 10 % a year',
  draw: (random, length) => each(length, (k) => normalDraw(random) * Math.exp(WEEKLY_GROWTH * k)),
};

export const STEADY: World = {
  name: 'iid Gaussian',
  draw: (random, length) => each(length, () => normalDraw(random)),
};

const HEAVY_TAILED: World = {
  name: 'iid Student t5',
  draw: (random, length) => each(length, () => studentDraw(random)),
};

export const GROWING_HEAVY_TAILED: World = {
  name: 'Student t5, scale grows 10 % a year',
  draw: (random, length) => each(length, (k) => studentDraw(random) * Math.exp(WEEKLY_GROWTH * k)),
};

export const ONE_SIDED: World = {
  name: 'one-sided, half zeros (positive part of a Gaussian)',
  draw: (random, length) => each(length, () => Math.max(0, normalDraw(random))),
};

export const WORLDS: readonly World[] = [
  STEADY,
  HEAVY_TAILED,
  { name: 'AR(1) 0.3', draw: (random, length) => autoregression(random, length, 0.3) },
  GROWING,
  GROWING_HEAVY_TAILED,
  { name: 'GARCH(1,1) 0.10, 0.87', draw: (random, length) => garch(random, length, 0.1, 0.87) },
  {
    name: 'GARCH(1,1) 0.10, 0.87, grows 10 % a year',
    draw: (random, length) => garch(random, length, 0.1, 0.87).map((x, k) => x * Math.exp(WEEKLY_GROWTH * k)),
  },
  ONE_SIDED,
  {
    name: 'one-sided, 85 % zeros, exponential sizes',
    draw: (random, length) => each(length, () => (random.next() < 0.85 ? 0 : -Math.log(1 - random.next()))),
  },
];
