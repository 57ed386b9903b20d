import { normalDraw, type Random, seededRandom } from '../../../src/core/index.js';
import { declusterFirst, eventEffect, matchPeriods, quantileEffect } from '../../../src/stats/index.js';
import { shareOf, shocks } from './series.js';

/** Weeks of returns, and a rule that makes events of them. */
export interface EventWorld {
  readonly name: string;
  readonly clusters: boolean;
  /** 'any': weeks drawn at random; 'wild': where the past 13 weeks were volatile; 'runs': in runs of a few weeks. */
  readonly placed: 'any' | 'wild' | 'runs';
}

export const EVENT_WORLDS: readonly EventWorld[] = [
  { name: 'independent returns, events anywhere', clusters: false, placed: 'any' },
  { name: 'independent returns, events in runs', clusters: false, placed: 'runs' },
  { name: 'volatility clusters, events anywhere', clusters: true, placed: 'any' },
  { name: 'volatility clusters, events where it is high', clusters: true, placed: 'wild' },
];

export interface EventTrials {
  readonly weeks: number;
  readonly events: number;
  readonly horizon: number;
  /** Added to what follows an event over the horizon, in standard deviations of the outcome. */
  readonly effect: number;
  readonly trials: number;
  readonly resamples: number;
}

interface Market {
  readonly outcome: Float64Array;
  readonly trailing: Float64Array;
  readonly volatility: Float64Array;
  readonly events: Uint32Array;
}

const LOOK_BACK = 13;

function drawMarket(
  random: Random,
  world: EventWorld,
  { weeks, events, horizon, effect }: EventTrials,
): Market {
  const draw = shocks(random, world.clusters);
  const returns = Float64Array.from({ length: weeks }, draw);
  const window = (from: number, to: number) => (from < 0 || to > weeks ? null : returns.subarray(from, to));
  const sum = (values: Float64Array | null) =>
    values?.reduce((total, value) => total + value, 0) ?? Number.NaN;
  const root = (values: Float64Array | null) =>
    Math.sqrt((values?.reduce((total, value) => total + value ** 2, 0) ?? Number.NaN) / LOOK_BACK);
  const trailing = returns.map((_, t) => sum(window(t + 1 - LOOK_BACK, t + 1)));
  const volatility = returns.map((_, t) => root(window(t + 1 - LOOK_BACK, t + 1)));
  const outcome = returns.map((_, t) => sum(window(t + 1, t + 1 + horizon)));
  const placed = placeEvents(random, world.placed, volatility, events, horizon);
  for (const t of placed) outcome[t]! += effect * Math.sqrt(horizon);
  return { outcome, trailing, volatility, events: placed };
}

function placeEvents(
  random: Random,
  placed: EventWorld['placed'],
  volatility: Float64Array,
  events: number,
  horizon: number,
): Uint32Array {
  const end = volatility.length - horizon;
  const chosen = new Set<number>();
  const high = volatility
    .slice(LOOK_BACK)
    .sort()
    .at(-Math.floor(volatility.length / 4))!;
  while (chosen.size < 8 * events) {
    const t = LOOK_BACK + Math.floor(random.next() * (end - LOOK_BACK));
    if (placed === 'wild' && volatility[t]! < high && random.next() < 0.95) continue;
    const run = placed === 'runs' ? 4 : 1;
    for (let k = 0; k < run && t + k < end; k++) chosen.add(t + k);
  }
  const all = declusterFirst(
    [...chosen].sort((a, b) => a - b),
    Math.max(LOOK_BACK, horizon),
  );
  // A fair choice of as many as wanted, in order.
  const left = [...all];
  while (left.length > events) left.splice(Math.floor(random.next() * left.length), 1);
  return Uint32Array.from(left);
}

/** How often each test of the effect rejects at 5 %, how often its 95 % band holds the truth, and how many events there were. */
export function tryEvents(world: EventWorld, options: EventTrials) {
  const random = seededRandom(8);
  const counts = { bootstrap: 0, scaled: 0, signFlip: 0, holds: 0, events: 0 };
  for (let trial = 0; trial < options.trials; trial++) {
    const market = drawMarket(random, world, options);
    const { outcome, events, volatility } = market;
    const matching = matchPeriods({
      covariates: [market.trailing, volatility],
      usable: Uint8Array.from(outcome, (value) => (Number.isNaN(value) ? 0 : 1)),
      events,
      exclusion: options.horizon,
    });
    const request = { outcome, events, matching, resamples: options.resamples, seed: trial };
    const [plain, scaled] = [eventEffect(request), eventEffect({ ...request, scale: volatility })];
    if (plain.p === null || scaled.p === null) throw new Error(plain.reason ?? scaled.reason ?? '');
    const truth = options.effect * Math.sqrt(options.horizon);
    counts.bootstrap += Number(plain.p <= 0.05) / options.trials;
    counts.scaled += Number(scaled.p <= 0.05) / options.trials;
    counts.signFlip += Number(plain.signFlipP! <= 0.05) / options.trials;
    counts.holds += Number(scaled.band![0] <= truth && truth <= scaled.band![1]) / options.trials;
    counts.events += events.length / options.trials;
  }
  return counts;
}

/** How often the 10 % quantile of so many events is found different from that of 200 matched periods, where it lies `shift` lower. */
export function tryQuantiles({
  n,
  shift,
  trials,
  resamples,
}: {
  n: number;
  shift: number;
  trials: number;
  resamples: number;
}) {
  const random = seededRandom(9);
  return shareOf(trials, (trial) => {
    const draws = (count: number, by: number) =>
      Float64Array.from({ length: count }, () => normalDraw(random) - by);
    const found = quantileEffect({
      values: draws(n, shift),
      reference: draws(200, 0),
      share: 0.1,
      resamples,
      seed: trial,
    });
    if ('reason' in found) throw new Error(found.reason);
    return found.p <= 0.05;
  });
}
