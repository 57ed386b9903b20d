import { InvalidRequest } from '../../core/index.js';
import { normalQuantile } from '../distributions/normal.js';

export interface TimeToEvent {
  readonly n: number;
  /** Cases in which it happened; the others were watched to their time without it. */
  readonly happened: number;
  /** Distinct times at which it happened, ascending. */
  readonly times: Float64Array;
  /** Share for which it has not happened after each of `times`. */
  readonly survival: Float64Array;
  /** Of `survival`, Greenwood (1926); null where nobody is left. */
  readonly standardErrors: readonly (number | null)[];
  /** First time at which at most half are left; null where more than half are left at the end. */
  readonly median: number | null;
  /** Of the median; an end that is not reached is null. */
  readonly medianBand: readonly [number | null, number | null];
}

/** Slack under which a share left counts as a half: survival is a product of fractions. */
const SAME = 1e-12;

/**
 * How long until it happens, where some were not watched to the end (Kaplan and Meier 1958, JASA 53). The median's band is that of Brookmeyer
 * and Crowley (1982, Biometrics 38) by log(-log): the times at which the survival does not differ from a half.
 *
 * @param times    how long each case was watched, > 0, in any unit; leaving cases out that ended early would flatter the speed
 * @param happened 1 where it happened then, 0 where watching ended without it
 * @throws {InvalidRequest} for no case, unequal lengths, or a time that is not above 0
 */
export function timeToEvent(times: Float64Array, happened: Uint8Array, level = 0.95): TimeToEvent {
  checkCases(times, happened);
  const order = [...times.keys()].sort((a, b) => times[a]! - times[b]!);
  const steps: { time: number; survival: number; hazard: number; error: number | null }[] = [];
  let survival = 1;
  let hazard = 0;
  for (let i = 0; i < order.length; ) {
    const time = times[order[i]!]!;
    const atRisk = order.length - i;
    let ended = 0;
    for (; i < order.length && times[order[i]!] === time; i++) ended += happened[order[i]!]!;
    if (ended === 0) continue;
    survival *= 1 - ended / atRisk;
    hazard += ended / (atRisk * (atRisk - ended));
    steps.push({ time, survival, hazard, error: ended < atRisk ? survival * Math.sqrt(hazard) : null });
  }
  const firstTime = (holds: (step: (typeof steps)[number]) => boolean) => steps.find(holds)?.time ?? null;
  const critical = normalQuantile((1 + level) / 2);
  return {
    n: times.length,
    happened: happened.reduce((sum, flag) => sum + flag, 0),
    times: Float64Array.from(steps, ({ time }) => time),
    survival: Float64Array.from(steps, (step) => step.survival),
    standardErrors: steps.map(({ error }) => error),
    median: firstTime((step) => step.survival <= 0.5 + SAME),
    medianBand: [
      firstTime((step) => distanceFromHalf(step) < critical),
      firstTime((step) => distanceFromHalf(step) <= -critical),
    ],
  };
}

/** Standard errors by which the survival lies above a half, on the scale log(-log survival); nothing left is infinitely far. */
function distanceFromHalf({ survival, hazard }: { survival: number; hazard: number }): number {
  if (survival <= 0) return Number.NEGATIVE_INFINITY;
  const logSurvival = Math.log(survival);
  return (Math.log(Math.LN2) - Math.log(-logSurvival)) / (Math.sqrt(hazard) / -logSurvival);
}

function checkCases(times: Float64Array, happened: Uint8Array): void {
  if (times.length === 0 || times.length !== happened.length) {
    throw new InvalidRequest(
      `${times.length} times for ${happened.length} cases; give one each, and one case or more`,
    );
  }
  const bad = times.find((time) => !(time > 0 && time < Number.POSITIVE_INFINITY));
  if (bad !== undefined) throw new InvalidRequest(`a time of ${bad}; give times above 0`);
}
