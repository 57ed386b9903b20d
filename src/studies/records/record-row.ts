import {
  type Basis,
  dayNumber,
  formatInstant,
  LOOKBACKS,
  type Lookback,
  type Measure,
  type RecordRow,
  type RecordStanding,
  roundToCent,
  type WindowRow,
} from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import {
  exchangeableP,
  percentile,
  recordStanding,
  rollingSums,
  streak,
  tailProbability,
  zScore,
} from '../../stats/index.js';
import { type OtherBasis, periodsWord, runChecks, verdictOf } from './checks.js';
import { HORIZONS, lookbackPeriods, ownLookbackPeriods, type RecordFamily } from './family.js';
import { definitionGrid, kindOf, normalisedRecords } from './grid.js';

const MINIMUM_WINDOW = 26;
const MINIMUM_COVERAGE = 0.95;
const OUTSIDE_FAMILY: Readonly<Record<Basis, string>> = {
  cot: 'outside the declared family of US equity index futures',
  ledger: 'outside the declared family of sectors: its names are in none',
  '13f': 'outside the declared family of sectors: a sum over them',
  etf: 'outside the declared family of funds that stand for a sector',
  tape: 'outside the declared family',
};
const WEEKS_OF_PERIOD = { 'cftc-week': 1, 'market-week': 1, quarter: 13 } as const;
const TAIL_RESAMPLES = 200;

export interface RowQuestion {
  readonly flow: FlowSeries;
  readonly measure: Measure;
  readonly lookback: Lookback;
  readonly period: number;
}

export interface RowContext {
  /** Null where no series of the calendar has history enough to be tested. */
  readonly family: RecordFamily | null;
  /** Figures of series outside the declared family, resampled apart; their adjusted p is null. */
  readonly outside: RecordFamily | null;
  readonly otherBases: (flow: FlowSeries) => readonly OtherBasis[];
  readonly seed: number;
}

function standingOf(
  values: Float64Array,
  lookback: number,
  ends: readonly RecordRow['periodEnd'][],
): RecordStanding {
  const found = recordStanding(values, lookback);
  const t = values.length - 1;
  return {
    n: found.n,
    coverage: found.coverage,
    rank: found.rank,
    ties: found.ties.map((index) => ends[index]!),
    isRecord: found.isRecord,
    largestSince: found.largestSinceIndex === null ? null : ends[found.largestSinceIndex]!,
    margin: found.margin,
    broke:
      found.isRecord && found.brokeIndex !== null
        ? {
            periodEnd: ends[found.brokeIndex]!,
            value: values[found.brokeIndex]!,
            stoodWeeks: Math.round((dayNumber(ends[t]!) - dayNumber(ends[found.brokeIndex]!)) / 7),
          }
        : null,
  };
}

/** z and percentile among the periods of each look-back that have data; n says how many those are. */
function windowsOf(flow: FlowSeries, values: Float64Array, period: number): WindowRow[] {
  return LOOKBACKS.map((lookback) => {
    const first = Math.max(0, period - lookbackPeriods(flow, lookback, period));
    const held = values.subarray(first, period).filter((value) => !Number.isNaN(value));
    const n = held.length;
    if (n < MINIMUM_WINDOW || Number.isNaN(values[period]!))
      return { lookback, n, z: null, percentile: null };
    const all = Float64Array.of(...held, values[period]!);
    return { lookback, n, z: zScore(all, n), percentile: percentile(all, n) };
  });
}

function tailOf({ flow, measure, lookback, period }: RowQuestion, seed: number) {
  const series = flow.ruler(measure, 'volScaled');
  const value = series.values[period]!;
  if (Number.isNaN(value))
    return { figures: null, reason: series.reasonAt(period) ?? 'volScaled is not known' };
  const first = Math.max(0, period - lookbackPeriods(flow, lookback, period));
  const fit = tailProbability(series.values.subarray(first, period), value, {
    resamples: TAIL_RESAMPLES,
    seed,
  });
  return 'reason' in fit ? { figures: null, reason: fit.reason } : { figures: fit, reason: null };
}

function weeksOf(
  { returnPeriod, interval90 }: { returnPeriod: number; interval90: readonly [number, number | null] },
  weeks: number,
): [number, number | null, number | null] {
  const [low, high] = interval90;
  return [returnPeriod * weeks, low * weeks, high === null ? null : high * weeks];
}

function sumsOf(values: Float64Array, expected: number, ends: RecordRow['periodEnd'][], period: number) {
  return HORIZONS.filter((periods) => periods > 1).map((periods) => {
    const sums = rollingSums(values, periods).map(roundToCent);
    const last = sums[period]!;
    return { periods, value: Number.isNaN(last) ? null : last, ...standingOf(sums, expected, ends) };
  });
}

function significanceOf(question: RowQuestion, context: RowContext) {
  const cell = { ...question, ruler: question.flow.mainRuler };
  const inside = context.family?.figures(cell, 1) ?? null;
  const figures = inside ?? context.outside?.figures(cell, 1) ?? null;
  return { figures, adjusted: inside?.adjusted ?? null };
}

/** The answer for one series, leg and look-back in one period (measures.md sections 4 to 6). */
export function recordRow(question: RowQuestion, context: RowContext): RecordRow {
  const { flow, period, measure, lookback } = question;
  const series = flow.ruler(measure, flow.mainRuler);
  const values = series.values.subarray(0, period + 1);
  const ends = [...flow.calendar.periodEnds];
  const expected = ownLookbackPeriods(flow, series, lookback, period);
  const standing = standingOf(values, expected, ends);
  const grid = definitionGrid(flow, period);
  const counted = grid.filter((cell) => cell.isRecord !== null);
  const normalised = normalisedRecords(flow, period, { measure, lookback });
  const kind = kindOf(standing.isRecord, normalised);
  const { figures, adjusted } = significanceOf(question, context);
  const tail = tailOf(question, context.seed);
  const { m, resamples } = context.family?.looks ?? { m: 0, resamples: 0 };
  const checks = runChecks({
    flow,
    period,
    measure,
    values,
    kind,
    oldRecord: standing.broke?.value ?? null,
    normalised,
    adjusted,
    m,
    otherBases: context.otherBases(flow),
  });
  const lowest = recordStanding(
    values.map((x) => -x),
    expected,
  );
  const run = streak(values, expected);
  const reasons: Record<string, string> = {};
  if (Number.isNaN(values[period]!)) reasons.value = series.reasonAt(period) ?? 'not known';
  if (tail.reason !== null) reasons['p.tail'] = tail.reason;
  if (figures === null)
    reasons['p.dependent'] = 'too little history for this look-back, or no earlier value above 0';
  if (adjusted === null)
    reasons['p.adjusted'] = flow.inFamily
      ? 'this cell is not in the family: too little history, or no earlier value above 0'
      : OUTSIDE_FAMILY[flow.basis];
  if (standing.coverage < MINIMUM_COVERAGE)
    reasons.coverage = `on ${standing.n} of ${expected} ${periodsWord(flow.calendar)}`;
  return {
    basis: flow.basis,
    measure,
    ruler: flow.mainRuler,
    lookback,
    sector: flow.sector,
    sectorIsProxy: flow.sectorIsProxy,
    contract: flow.contract,
    contractName: flow.name,
    symbol: flow.symbol,
    manager: null,
    class: flow.class,
    periodStart: flow.calendar.periodStarts[period]!,
    periodEnd: ends[period]!,
    knownAt: formatInstant(flow.knownAt(period)),
    value: Number.isNaN(values[period]!) ? null : values[period]!,
    unit: series.unit,
    ...standing,
    smallest: { rank: lowest.rank, isRecord: lowest.isRecord },
    streak: { weeks: run.length, sameSignOfLast: run.sameSign, of: run.of },
    sums: sumsOf(values, expected, ends, period),
    rulers: { agree: counted.filter((cell) => cell.isRecord).length, of: counted.length, table: grid },
    p: {
      exchangeable: exchangeableP(values, expected),
      dependent: figures?.dependent ?? null,
      tail: tail.figures?.p ?? null,
      adjusted,
    },
    recordRate: figures?.recordRate ?? null,
    m,
    resamples,
    returnPeriodWeeks:
      tail.figures === null ? null : weeksOf(tail.figures, WEEKS_OF_PERIOD[flow.calendar.name]),
    windows: windowsOf(flow, values, period),
    kind,
    checks,
    verdict: verdictOf(checks),
    sources: flow.sources(period),
    reasons,
  };
}
