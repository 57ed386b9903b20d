import {
  AFTERMATH_HORIZONS_WEEKS,
  type AftermathPlace,
  OUTCOMES,
  type Outcome,
  type OutcomeRow,
} from '../../core/index.js';
import {
  declusterFirst,
  type EventEffect,
  eventEffect,
  holm,
  type Matching,
  matchPeriods,
  timeToEvent,
} from '../../stats/index.js';
import { DECLUSTER_WEEKS } from './events.js';
import { drawdownTimes, FEWEST_DOWNSIDE_WEEKS, type WeeklyOutcomes } from './outcomes.js';
import type { WeekPaths } from './paths.js';

export interface Resampling {
  readonly resamples: number;
  readonly seed: number;
}

/** The events, what followed every week, and what weeks are matched on. */
export interface EffectSources {
  readonly place: AftermathPlace;
  /** All that the rule found, and the declustered events asked about. */
  readonly found: Uint32Array;
  readonly events: Uint32Array;
  readonly paths: WeekPaths;
  outcomes(horizonWeeks: number): WeeklyOutcomes;
  /** Unit of outcome 'profit-taking'. */
  readonly flowUnit: string;
  readonly resampling: Resampling;
}

/** Outcomes whose size goes with the volatility known at the entry; the others lie between 0 and 1 or are ratios. */
const GROW_WITH_VOLATILITY: ReadonlySet<Outcome> = new Set([
  'return',
  'excess-return',
  'maximum-drawdown',
  'floor-depth-below',
  'downside-quantile-5',
]);

/**
 * Fewest ordinary stretches, a horizon apart, that a null is drawn from: where events leave less, all matches come from one era, and at 26
 * and 52 weeks a third of true nulls was rejected.
 */
const FEWEST_ORDINARY_STRETCHES = 8;

const UNITS: Readonly<Record<Outcome, string>> = {
  return: 'fraction',
  'excess-return': 'fraction',
  'maximum-drawdown': 'fraction of the highest close',
  'volatility-ratio': 'ratio after / before',
  'floor-days-above': 'share of closes',
  'floor-depth-below': 'fraction of the anchored price',
  'floor-rebounds': 'share of touches',
  'downside-quantile-5': 'daily log return',
  'profit-taking': '',
  'drawdown-beyond-5': 'share of weeks',
  'drawdown-beyond-10': 'share of weeks',
  'weeks-to-drawdown-5': 'weeks',
  'weeks-to-drawdown-10': 'weeks',
  'time-in-range': 'share of closes',
};

const DRAWDOWN_TIMES = [
  ['weeks-to-drawdown-5', 0.05],
  ['weeks-to-drawdown-10', 0.1],
] as const;
const LONGEST_HORIZON = AFTERMATH_HORIZONS_WEEKS.at(-1)!;

/** Matches by horizon and by which weeks have a figure: most outcomes share them. */
export class Matches {
  readonly #sources: EffectSources;
  readonly #held = new Map<string, Matching>();

  constructor(sources: EffectSources) {
    this.#sources = sources;
  }

  of(outcome: Float64Array, horizonWeeks: number): Matching {
    const { trailingReturn, trailingVolatility } = this.#sources.paths;
    const usable = new Uint8Array(outcome.length);
    for (let t = 0; t < usable.length; t++)
      usable[t] = Number.isNaN(outcome[t]! + trailingReturn[t]! + trailingVolatility[t]!) ? 0 : 1;
    const key = `${horizonWeeks}|${usable.join('')}`;
    const { found, paths } = this.#sources;
    const matching =
      this.#held.get(key) ??
      matchPeriods({
        covariates: [paths.trailingReturn, paths.trailingVolatility],
        usable,
        events: found,
        exclusion: horizonWeeks,
      });
    this.#held.set(key, matching);
    return matching;
  }
}

const NO_FIGURES = {
  n: 0,
  mean: null,
  median: null,
  matchedMean: null,
  matchedWeeks: 0,
  difference: null,
  low: null,
  high: null,
  p: null,
  adjustedP: null,
  m: 0,
  leaveOneOutLow: null,
  leaveOneOutHigh: null,
  detectable: null,
  verdict: null,
} as const;

function emptyRow(sources: EffectSources, outcome: Outcome, horizonWeeks: number): OutcomeRow {
  const unit = outcome === 'profit-taking' ? sources.flowUnit : UNITS[outcome];
  return { kind: 'outcome', ...sources.place, outcome, unit, horizonWeeks, ...NO_FIGURES, reason: null };
}

/** The events that have a figure, matched or not: an event without a match still happened. */
function describeEvents(outcome: Float64Array, events: Uint32Array) {
  const values = Float64Array.from(events, (week) => outcome[week]!)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const n = values.length;
  if (n === 0) return { n, mean: null, median: null };
  const middle = n >> 1;
  const median = n % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
  return { n, mean: values.reduce((sum, value) => sum + value, 0) / n, median };
}

function matchedWeeksOf({ events }: EventEffect, matching: Matching): number {
  return new Set([...events].flatMap((week) => [...matching.matchesOf(week)])).size;
}

/** One outcome over one horizon; p is not yet adjusted. */
function effectRow(
  sources: EffectSources,
  matches: Matches,
  outcome: Outcome,
  horizonWeeks: number,
): OutcomeRow {
  const row = emptyRow(sources, outcome, horizonWeeks);
  if (outcome === 'downside-quantile-5' && horizonWeeks < FEWEST_DOWNSIDE_WEEKS)
    return { ...row, reason: `fewer than 40 closes in ${horizonWeeks} weeks: a 5 % quantile takes 40` };
  const values = sources.outcomes(horizonWeeks)[outcome];
  if (values === undefined) return { ...row, reason: 'no prices with which to measure it are known' };
  const figures = describeEvents(values, sources.events);
  if (figures.n === 0)
    return { ...row, reason: `no event has a known outcome ${horizonWeeks} weeks after it` };
  const matching = matches.of(values, horizonWeeks);
  const { trailingVolatility } = sources.paths;
  const effect = eventEffect({
    outcome: values,
    events: sources.events,
    matching,
    ...(GROW_WITH_VOLATILITY.has(outcome) ? { scale: trailingVolatility } : {}),
    ...sources.resampling,
  });
  const { leaveOneOut } = effect;
  const noTest = whyNoTest(outcome, horizonWeeks, matching);
  const isTested = effect.p !== null && noTest === null;
  return {
    ...row,
    ...figures,
    // Means are of the same events as the difference, so that mean - matchedMean = difference.
    ...(effect.events.length === 0
      ? {}
      : { n: effect.events.length, mean: effect.mean, median: effect.median }),
    matchedMean: effect.matchedMean,
    matchedWeeks: matchedWeeksOf(effect, matching),
    difference: effect.effect,
    low: isTested ? effect.band![0] : null,
    high: isTested ? effect.band![1] : null,
    p: isTested ? effect.p : null,
    leaveOneOutLow: leaveOneOut.length === 0 ? null : Math.min(...leaveOneOut),
    leaveOneOutHigh: leaveOneOut.length === 0 ? null : Math.max(...leaveOneOut),
    detectable: isTested ? effect.detectable : null,
    reason: effect.p === null ? effect.reason : (noTest ?? effect.reason),
  };
}

/** Why an outcome over a horizon has figures but no test; null where it has one. */
function whyNoTest(outcome: Outcome, horizonWeeks: number, matching: Matching): string | null {
  if (outcome === 'profit-taking' && horizonWeeks > DECLUSTER_WEEKS)
    return `events are ${DECLUSTER_WEEKS} weeks apart or more: within ${horizonWeeks} weeks the same class may set the next record, so that its flow is no null`;
  const stretches = declusterFirst(matching.ordinary, horizonWeeks).length;
  if (stretches >= FEWEST_ORDINARY_STRETCHES) return null;
  return `${stretches} ordinary stretches of ${horizonWeeks} weeks, ${FEWEST_ORDINARY_STRETCHES} needed for a test`;
}

/** Median weeks to a drawdown (Kaplan and Meier), with the median's band; events still under way count as watched so far. */
function timeRow(
  sources: EffectSources,
  matches: Matches,
  outcome: 'weeks-to-drawdown-5' | 'weeks-to-drawdown-10',
  size: number,
): OutcomeRow {
  const row = emptyRow(sources, outcome, LONGEST_HORIZON);
  const times = drawdownTimes(sources.paths, size, LONGEST_HORIZON);
  const isWatched = (week: number) => !Number.isNaN(times.weeks[week]!);
  const curve = (weeks: readonly number[]) =>
    weeks.length === 0
      ? null
      : timeToEvent(
          Float64Array.from(weeks, (week) => times.weeks[week]!),
          Uint8Array.from(weeks, (week) => times.happened[week]!),
        );
  const events = [...sources.events].filter(isWatched);
  // An event is matched by weeks whose horizon need not be over, like its own.
  const matching = matches.of(times.weeks, LONGEST_HORIZON);
  const matched = [...new Set(events.flatMap((week) => [...matching.matchesOf(week)]))];
  const [ours, theirs] = [curve(events), curve(matched)];
  if (ours === null) return { ...row, reason: 'no close is known after an event' };
  const matchedMedian = theirs?.median ?? null;
  return {
    ...row,
    n: ours.n,
    median: ours.median,
    matchedMean: matchedMedian,
    matchedWeeks: matched.length,
    difference: ours.median === null || matchedMedian === null ? null : ours.median - matchedMedian,
    low: ours.medianBand[0],
    high: ours.medianBand[1],
    reason:
      ours.median === null
        ? `more than half of the events were not followed by it within ${LONGEST_HORIZON} weeks`
        : 'the median with its own band; the test is on the share with such a drawdown',
  };
}

function withVerdicts(rows: readonly OutcomeRow[]): OutcomeRow[] {
  const tested = rows.filter(({ p }) => p !== null);
  const adjusted = holm(tested.map(({ p }) => p!));
  const byRow = new Map(tested.map((row, i) => [row, adjusted[i]!]));
  return rows.map((row) => {
    const adjustedP = byRow.get(row) ?? null;
    const verdict =
      adjustedP === null
        ? null
        : adjustedP >= 0.05
          ? 'no effect seen'
          : row.difference! > 0
            ? 'above'
            : 'below';
    return { ...row, adjustedP, m: tested.length, verdict };
  });
}

/** Every outcome over every horizon, with p adjusted over all of them. */
export function outcomeRows(sources: EffectSources): OutcomeRow[] {
  const matches = new Matches(sources);
  const rows: OutcomeRow[] = [];
  for (const outcome of OUTCOMES) {
    const time = DRAWDOWN_TIMES.find(([name]) => name === outcome);
    if (time !== undefined) rows.push(timeRow(sources, matches, time[0], time[1]));
    else
      for (const horizon of AFTERMATH_HORIZONS_WEEKS)
        rows.push(effectRow(sources, matches, outcome, horizon));
  }
  return withVerdicts(rows);
}
