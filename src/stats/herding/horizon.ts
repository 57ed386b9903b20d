import { InvalidRequest } from '../../core/index.js';

/** The three kinds of institutions of Bushee (1998). */
export const HORIZONS = ['transient', 'quasi-index', 'dedicated'] as const;
export type Horizon = (typeof HORIZONS)[number];

/**
 * Herfindahl index of a portfolio: sum of squared weights, from 1 / positions to 1.
 * @param values market values, >= 0
 * @returns null where they sum to 0
 * @throws {InvalidRequest} for a value that is negative or no number
 */
export function concentration(values: Float64Array): number | null {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    if (!(value >= 0)) throw new InvalidRequest(`a holding worth ${value}; give market values of 0 or more`);
    sum += value;
    squares += value * value;
  }
  return sum > 0 ? squares / (sum * sum) : null;
}

/**
 * Transient, quasi-index or dedicated, after Bushee (1998, Accounting Review 73), by terciles of one cross-section in place of
 * his factor scores and clusters: transient trades more than two thirds of the managers do (whatever its concentration);
 * of the others, dedicated is more concentrated than two thirds of all managers; quasi-index is the rest, which trades little
 * and holds many. 'More than two thirds': at least 2/3 of the managers with both figures have a smaller value, so ties fall
 * to the calmer side.
 *
 * @param turnover      by manager, such as the mean `churnRatio` of four quarters; NaN where unknown
 * @param concentration by manager, such as `concentration`; NaN where unknown
 * @returns by manager; null where either figure is unknown, or where fewer than 3 managers have both
 * @throws {InvalidRequest} for unequal lengths
 */
export function classifyHorizons(turnover: Float64Array, concentration: Float64Array): (Horizon | null)[] {
  if (turnover.length !== concentration.length) {
    throw new InvalidRequest(
      `${turnover.length} turnovers and ${concentration.length} concentrations; give equal lengths`,
    );
  }
  const known = [...turnover.keys()].filter((i) => !Number.isNaN(turnover[i]! + concentration[i]!));
  const classes: (Horizon | null)[] = new Array(turnover.length).fill(null);
  if (known.length < 3) return classes;
  const busy = aboveTwoThirds(turnover, known);
  const narrow = aboveTwoThirds(concentration, known);
  for (const i of known) classes[i] = busy(i) ? 'transient' : narrow(i) ? 'dedicated' : 'quasi-index';
  return classes;
}

/** Tells of a position whether at least two thirds of the known ones have a smaller value. */
function aboveTwoThirds(values: Float64Array, known: readonly number[]): (i: number) => boolean {
  const sorted = Float64Array.from(known, (i) => values[i]!).sort();
  const bound = sorted[Math.ceil((2 * sorted.length) / 3) - 1]!;
  return (i) => values[i]! > bound;
}
