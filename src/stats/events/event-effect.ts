import { InvalidRequest, seededRandom } from '../../core/index.js';
import { normalAsRare, studentAsRare } from '../distributions/as-rare.js';
import { mean, quantileOfSorted } from '../moments.js';
import { declusterFirst } from './decluster.js';
import { detectableMove } from './detectable-move.js';
import { drawNull } from './event-null.js';
import type { Matching } from './match-periods.js';
import { signFlipTest, signTest } from './sign-tests.js';

export interface EventEffectRequest {
  /** What followed each period over the horizon, any unit; NaN = not known (yet). */
  readonly outcome: Float64Array;
  /** Periods, ascending and declustered. */
  readonly events: ArrayLike<number>;
  /** Of the same periods; its exclusion is the horizon. */
  readonly matching: Matching;
  /** Expected size of a period's outcome, known at its start (volatility, say), one a period; default the same for all. */
  readonly scale?: Float64Array;
  readonly resamples: number;
  readonly seed: number;
  /** Of the band, default 0.95. */
  readonly level?: number;
}

export interface EventEffect {
  /** Events with an outcome and matches; in the order of `differences` and `leaveOneOut`. */
  readonly events: Uint32Array;
  /** Events whose horizons do not overlap: as many independent looks as there are. */
  readonly independent: number;
  /** Means over events; null without an event. */
  readonly mean: number | null;
  readonly median: number | null;
  /** Mean over events of the mean outcome of their matches. */
  readonly matchedMean: number | null;
  /** mean - matchedMean. */
  readonly effect: number | null;
  /** Outcome less the mean outcome of its matches, one an event. */
  readonly differences: Float64Array;
  /** The effect without each event; empty for fewer than two. */
  readonly leaveOneOut: Float64Array;
  /** Ordinary periods that make the null. */
  readonly ordinary: number;
  /** Degrees of freedom of the null's spread; null without a test. */
  readonly freedom: number | null;
  readonly band: readonly [number, number] | null;
  /** Two-sided, stationary bootstrap of ordinary periods. */
  readonly p: number | null;
  /** Two-sided, on the differences alone: their signs, and all ways to set their signs. They take events as independent. */
  readonly signP: number | null;
  readonly signFlipP: number | null;
  /** Effect that the independent events could show with 80 % power, in units of the outcome. */
  readonly detectable: number | null;
  /** Why there is no p. */
  readonly reason: string | null;
}

/** Fewer events whose horizons do not overlap give figures and no claim. */
const FEWEST_EVENTS = 5;

/**
 * Did something else follow the events than follows periods like them? Effect = mean over events of outcome - mean outcome of the
 * matches.
 *
 * Null: see `drawNull`. p = (1 + draws as far from 0) / (resamples + 1), and the band is the effect less the draws' quantiles, both by
 * Student's t: the draws' deviation s is itself known from few stretches of ordinary periods, so that a draw of z s stands for one of t s,
 * where t of `freedom` degrees is as rare as the standard normal z. Events whose horizons overlap count once: fewer than five
 * give no test.
 *
 * @throws {InvalidRequest} for unequal lengths, events out of order or out of range, or fewer than 20 resamples
 */
export function eventEffect(request: EventEffectRequest): EventEffect {
  const {
    outcome,
    matching,
    resamples,
    scale = new Float64Array(outcome.length).fill(1),
    level = 0.95,
  } = request;
  checkRequest(request, scale);
  const difference = (period: number) =>
    outcome[period]! - matchedMeanOf(outcome, matching.matchesOf(period));
  const events = Uint32Array.from(Array.from(request.events).filter((t) => !Number.isNaN(difference(t))));
  const differences = Float64Array.from(events, difference);
  const independent = declusterFirst(events, matching.exclusion).length;
  const figures = { events, independent, differences, ...describe(outcome, events, differences) };
  const untested = {
    ordinary: 0,
    freedom: null,
    band: null,
    p: null,
    signP: null,
    signFlipP: null,
    detectable: null,
  };
  if (independent < FEWEST_EVENTS) {
    return { ...figures, ...untested, reason: tooFew(events.length, independent, matching.exclusion) };
  }
  const drawn = drawNull(request, scale, events, difference);
  if ('reason' in drawn) return { ...figures, ...untested, ...drawn };
  const { draws, deviation, ordinary, freedom } = drawn;
  const effect = figures.effect!;
  const bar = deviation * normalAsRare(effect / deviation, freedom);
  const asFar = draws.reduce((count, draw) => count + (Math.abs(draw) >= bar ? 1 : 0), 0);
  const sorted = draws.sort();
  const end = (share: number) =>
    effect - deviation * studentAsRare(quantileOfSorted(sorted, share) / deviation, freedom);
  return {
    ...figures,
    ordinary,
    freedom,
    band: [end((1 + level) / 2), end((1 - level) / 2)],
    p: (1 + asFar) / (resamples + 1),
    signP: signTest(differences),
    signFlipP: signFlipTest(differences, resamples, seededRandom(request.seed + 1)),
    detectable: detectableMove(independent) * Math.sqrt(independent) * deviation,
    reason: null,
  };
}

function tooFew(events: number, independent: number, periods: number): string {
  return independent === events
    ? `${events} events, ${FEWEST_EVENTS} needed for a test`
    : `${events} events, of which ${independent} lie ${periods} periods or more apart, ${FEWEST_EVENTS} such needed for a test`;
}

function checkRequest({ outcome, events, resamples }: EventEffectRequest, scale: Float64Array): void {
  if (scale.length !== outcome.length) {
    throw new InvalidRequest(`${scale.length} scales for ${outcome.length} outcomes; give one each`);
  }
  const far = Array.from(events).find((t) => !(t >= 0 && t < outcome.length));
  if (far !== undefined)
    throw new InvalidRequest(`event ${far} of ${outcome.length} periods; count them from 0`);
  if (!(resamples >= 20)) throw new InvalidRequest(`${resamples} resamples give no band; ask for 20 or more`);
}

/** NaN without a match. */
function matchedMeanOf(outcome: Float64Array, matches: Uint32Array): number {
  let sum = 0;
  for (const t of matches) sum += outcome[t]!;
  return sum / matches.length;
}

function describe(outcome: Float64Array, events: Uint32Array, differences: Float64Array) {
  const n = events.length;
  if (n === 0) return { mean: null, median: null, matchedMean: null, effect: null, leaveOneOut: differences };
  const outcomes = Float64Array.from(events, (t) => outcome[t]!);
  const effect = mean(differences);
  return {
    mean: mean(outcomes),
    median: quantileOfSorted(outcomes.slice().sort(), 0.5),
    matchedMean: mean(outcomes) - effect,
    effect,
    leaveOneOut: n < 2 ? new Float64Array(0) : differences.map((value) => (n * effect - value) / (n - 1)),
  };
}
