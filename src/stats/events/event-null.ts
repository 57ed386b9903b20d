import { seededRandom } from '../../core/index.js';
import { optimalBlockLength } from '../block-length.js';
import { mean, standardDeviation } from '../moments.js';
import { stationaryBootstrapAt } from '../stationary-bootstrap.js';
import { declusterFirst } from './decluster.js';
import type { EventEffectRequest } from './event-effect.js';
import type { Matching } from './match-periods.js';

/** Fewest ordinary periods that a null is drawn from. */
const FEWEST_ORDINARY = 26;
/** Fewest stretches of ordinary periods in which an outcome that is mostly one value was another. */
const FEWEST_OTHERS = 5;

export interface EventNull {
  /** Effects where nothing sets the events apart. */
  readonly draws: Float64Array;
  /** Standard deviation of the draws, above 0. */
  readonly deviation: number;
  /** Degrees of freedom of that deviation, see `freedomOf`. */
  readonly freedom: number;
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
 * @returns a reason where too few ordinary periods have matches, the outcome hardly varies over them, or an event or match has no
 *   scale
 */
export function drawNull(
  { outcome, matching, resamples, seed }: EventEffectRequest,
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
  const still = hardlyVaries(outcome, matching);
  if (still !== null) return { reason: still, ordinary };
  const matches = Array.from(events, (event) => matching.matchesOf(event));
  if (events.some((event, i) => [event, ...matches[i]!].some((t) => !Number.isFinite(scale[t])))) {
    return { reason: 'an event or a match has no scale', ordinary };
  }
  const centre = mean(residuals);
  const widening = Math.sqrt(ordinary / (ordinary - meanBlockLength));
  const chance = residuals.map((value) => (value - centre) * widening);
  const random = seededRandom(seed);
  const options = { sourceLength: ordinary, pathLength: scale.length, meanBlockLength, random };
  const places = Uint32Array.from(new Set([...events, ...matches.flatMap((found) => [...found])])).sort();
  const placeOf = new Map(Array.from(places, (period, i) => [period, i]));
  let matched = 0;
  const compared: Compared = {
    scale: Float64Array.from(places, (period) => scale[period]!),
    events: Uint32Array.from(events, (event) => placeOf.get(event)!),
    matches: Uint32Array.from(
      matches.flatMap((found) => Array.from(found, (period) => placeOf.get(period)!)),
    ),
    matchEnds: Uint32Array.from(matches, ({ length }) => {
      matched += length;
      return matched;
    }),
  };
  const path = new Uint16Array(places.length);
  const drawn = new Float64Array(places.length);
  const draws = new Float64Array(resamples);
  for (let draw = 0; draw < resamples; draw++) {
    stationaryBootstrapAt(places, path, options);
    draws[draw] = effectOf(path, chance, drawn, compared);
  }
  const deviation = standardDeviation(draws);
  if (!(deviation > 0)) return { reason: 'ordinary periods do not differ from their matches', ordinary };
  return { draws, deviation, freedom: freedomOf(chance, ordinary / meanBlockLength), ordinary };
}

/**
 * Degrees of freedom of the deviation of values that amount to so many independent ones: 2 n / (kurtosis - (n - 3) / (n - 1)), which is n - 1
 * for normal values, less for heavy tails and more for bounded values (O'Neill 2014, The American Statistician 68, result 3).
 *
 * @param centred mean 0
 */
function freedomOf(centred: Float64Array, independent: number): number {
  const square = mean(centred.map((value) => value ** 2));
  const kurtosis = mean(centred.map((value) => value ** 4)) / square ** 2;
  return (2 * independent) / (kurtosis - (independent - 3) / (independent - 1));
}

/** Why an outcome that is one value in half of the ordinary periods or more tells too little of the others; null where it does not. */
function hardlyVaries(outcome: Float64Array, { ordinary, exclusion }: Matching): string | null {
  const counts = new Map<number, number>();
  for (const t of ordinary) counts.set(outcome[t]!, (counts.get(outcome[t]!) ?? 0) + 1);
  const [usual, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  if (count < ordinary.length / 2) return null;
  const others = declusterFirst(
    ordinary.filter((t) => outcome[t] !== usual),
    exclusion,
  ).length;
  return others >= FEWEST_OTHERS
    ? null
    : `the outcome is ${usual} in all ordinary periods but ${others} stretches, ${FEWEST_OTHERS} needed for a test`;
}

/** What an effect is taken of, by place among the periods drawn. */
interface Compared {
  readonly scale: Float64Array;
  readonly events: Uint32Array;
  /** Of all events in their order, and where each event's end. */
  readonly matches: Uint32Array;
  readonly matchEnds: Uint32Array;
}

/** @param drawn filled with what is drawn at each place */
function effectOf(
  path: Uint16Array,
  chance: Float64Array,
  drawn: Float64Array,
  { scale, events, matches, matchEnds }: Compared,
): number {
  for (let k = 0; k < path.length; k++) drawn[k] = chance[path[k]!]! * scale[k]!;
  let sum = 0;
  let from = 0;
  for (let i = 0; i < events.length; i++) {
    const end = matchEnds[i]!;
    let matched = 0;
    for (let k = from; k < end; k++) matched += drawn[matches[k]!]!;
    sum += drawn[events[i]!]! - matched / (end - from);
    from = end;
  }
  return sum / events.length;
}
