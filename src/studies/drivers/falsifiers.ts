import type { Driver, PolicyRow } from '../../core/index.js';
import type { FactorPeriods } from './factors/period-factor.js';
import type { FittedDrivers } from './model.js';

/** What would prove a driver wrong for the period, and whether it has happened; null = cannot be told. */
export interface Falsifier {
  readonly text: string;
  readonly falsified: boolean | null;
}

/** The factor that tells each driver's story, the sign that its coefficient must have, and what would prove it wrong. */
const STORIES: Readonly<Record<Driver, { factors: readonly string[]; sign: 1 | -1; story: string }>> = {
  ai: {
    factors: ['ai-basket-excess-return'],
    sign: 1,
    story:
      'Wrong if the AI basket did not do better against its sector than usual in a period of buying (worse in a period of selling), or if the flow has not risen with its lead over the periods before.',
  },
  earnings: {
    factors: ['earnings-surprise', 'net-beats'],
    sign: 1,
    story:
      'Wrong if companies did not surprise upwards on balance in a period of buying (downwards in a period of selling), or none reported, or if the flow has not risen with surprises over the periods before.',
  },
  macro: {
    factors: ['policy-path-change', 'two-year-yield-change', 'ten-year-yield-change'],
    sign: -1,
    story:
      'Wrong if the expected path of policy did not fall in a period of buying (rise in a period of selling), or if the sector does not fall against the market when the ten-year yield rises.',
  },
  rotation: {
    factors: ['cyclical-net-sold'],
    sign: 1,
    story:
      'Wrong if the same class did not sell the cyclical sectors on balance in a period of buying (buy them in a period of selling), or if the flow has not risen with such sales over the periods before.',
  },
};

/** The story's two tests: the factor moved as told in the period, and the flow has gone with it before. */
function happened(moved: boolean | null, held: boolean | null): boolean | null {
  if (moved === false || held === false) return true;
  return moved === null || held === null ? null : false;
}

/**
 * @param word what a period of the flow is called
 * @param known value of a factor in the period, null where it is not known, and its mean over the periods before
 */
export function falsifierOf(
  driver: Driver,
  word: FactorPeriods['word'],
  known: {
    readonly fit: FittedDrivers | null;
    readonly policy: PolicyRow;
    value(factor: string): number | null;
    usual(factor: string): number | null;
  },
): Falsifier {
  const { factors, sign, story } = STORIES[driver];
  const text = story.replaceAll('period', word);
  const { fit, policy } = known;
  const factor = factors.find((name) => known.value(name) !== null);
  if (factor === undefined || fit === null) return { text, falsified: null };
  const direction = Math.sign(fit.actual - fit.meanFlow);
  const neutral = driver === 'ai' ? known.usual(factor) : 0;
  const moved = neutral === null ? null : direction * sign * (known.value(factor)! - neutral) > 0;
  const place = fit.columns.findIndex((column) => column.factor === factor);
  const slope = place < 0 ? null : fit.regression.coefficients[place + 1]!;
  const held =
    driver === 'macro'
      ? policy.durationBeta === null
        ? null
        : policy.durationBeta < 0
      : slope === null
        ? null
        : slope * sign > 0;
  return { text, falsified: happened(moved, held) };
}
