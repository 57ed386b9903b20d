import { seededRandom } from '../../core/index.js';
import { optimalBlockLength } from '../block-length.js';
import { mean } from '../moments.js';
import { stationaryBootstrapIndices } from '../stationary-bootstrap.js';
import type { EventEffectRequest } from './event-effect.js';

/** Fewest ordinary periods that a null is drawn from. */
const FEWEST_ORDINARY = 26;

export interface EventNull {
  /** Effects where nothing sets the events apart. */
  readonly draws: Float64Array;
  readonly ordinary: number;
}

/**
 * What the effect is where the events are like any other period. Of every ordinary period the outcome less that of its own matches,
 * per unit of scale and divided by root(1 + 1 / matches), is what chance added to its outcome. These residuals, less their
 * mean, are resampled over all periods by the stationary bootstrap (Politis and Romano 1994), in blocks of at least the horizon,
 * put back to scale, and the effect is taken of them with the events and matches as they are: outcomes that overlap stay
 * dependent, and matches that events share are shared. The residuals' mean being fitted on about length / block looks, they are
 * widened by root(length / (length - block)).
 *
 * @param difference outcome less the mean of the matches, NaN without
 * @returns a reason where too few ordinary periods have matches, or an event or match has no scale
 */
export function drawNull(
  { matching, resamples, seed }: EventEffectRequest,
  scale: Float64Array,
  events: Uint32Array,
  difference: (period: number) => number,
): EventNull | { readonly reason: string; readonly ordinary: number } {
  const residuals = Float64Array.from(
    matching.ordinary,
    (t) => difference(t) / scale[t]! / Math.sqrt(1 + 1 / matching.matchesOf(t).length),
  ).filter(Number.isFinite);
  const ordinary = residuals.length;
  const meanBlockLength = Math.max(matching.exclusion, optimalBlockLength(residuals));
  const needed = Math.max(FEWEST_ORDINARY, Math.ceil(2 * meanBlockLength));
  if (ordinary < needed) {
    return { reason: `${ordinary} ordinary periods with matches, ${needed} needed for a test`, ordinary };
  }
  const matches = Array.from(events, (event) => matching.matchesOf(event));
  if (events.some((event, i) => [event, ...matches[i]!].some((t) => !Number.isFinite(scale[t])))) {
    return { reason: 'an event or a match has no scale', ordinary };
  }
  const centre = mean(residuals);
  const widening = Math.sqrt(ordinary / (ordinary - meanBlockLength));
  const chance = residuals.map((value) => (value - centre) * widening);
  const random = seededRandom(seed);
  const options = { sourceLength: ordinary, pathLength: scale.length, paths: 1, meanBlockLength, random };
  const draws = Float64Array.from({ length: resamples }, () => {
    const path = stationaryBootstrapIndices(options);
    const drawn = (t: number) => chance[path[t]!]! * scale[t]!;
    let sum = 0;
    events.forEach((event, i) => {
      const matched = matches[i]!.reduce((total, t) => total + drawn(t), 0) / matches[i]!.length;
      sum += drawn(event) - matched;
    });
    return sum / events.length;
  });
  return { draws, ordinary };
}
