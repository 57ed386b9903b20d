import {
  type CotClass,
  formatInstant,
  LOOKBACKS,
  type Lookback,
  type Measure,
  type RecordRow,
  type RecordStanding,
  type Ruler,
  type WindowRow,
} from '../../core/index.js';
import {
  type CotContractSeries,
  hasDollars,
  knownAtOf,
  type ScaleContext,
  sourcesOf,
} from '../../flows/index.js';
import {
  exchangeableP,
  percentile,
  recordStanding,
  rollingSums,
  streak,
  tailProbability,
  zScore,
} from '../../stats/index.js';
import { runChecks, type SetAsideNear, verdictOf } from './checks.js';
import { HORIZONS_WEEKS, lookbackPeriods, type RecordFamily } from './family.js';
import { definitionGrid, kindOf, normalisedRecords, RulerTable } from './grid.js';

const MINIMUM_WINDOW = 26;
const MINIMUM_COVERAGE = 0.95;

export interface RowQuestion {
  readonly contract: CotContractSeries;
  readonly class: CotClass;
  readonly measure: Measure;
  readonly lookback: Lookback;
  readonly period: number;
}

export interface RowContext {
  readonly scales: ScaleContext;
  readonly family: RecordFamily;
  /** Figures of contracts outside the declared family, resampled apart; their adjusted p is null. */
  readonly outside: RecordFamily | null;
  readonly setAside: readonly SetAsideNear[];
  readonly seed: number;
  readonly tailResamples: number;
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
            stoodWeeks: t - found.brokeIndex,
          }
        : null,
  };
}

function windowsOf(values: Float64Array, period: number): WindowRow[] {
  return LOOKBACKS.map((lookback) => {
    const periods = lookbackPeriods(lookback, period);
    const { n } = recordStanding(values, periods);
    return n < MINIMUM_WINDOW
      ? { lookback, n, z: null, percentile: null }
      : { lookback, n, z: zScore(values, periods), percentile: percentile(values, periods) };
  });
}

function tailOf(table: RulerTable, question: RowQuestion, context: RowContext) {
  const series = table.of(question.measure, 'volScaled');
  const value = series.values[question.period]!;
  if (Number.isNaN(value))
    return { figures: null, reason: series.reasonAt(question.period) ?? 'volScaled is not known' };
  const first = Math.max(0, question.period - lookbackPeriods(question.lookback, question.period));
  const earlier = series.values.subarray(first, question.period);
  const fit = tailProbability(earlier, value, { resamples: context.tailResamples, seed: context.seed });
  return 'reason' in fit ? { figures: null, reason: fit.reason } : { figures: fit, reason: null };
}

function reasonsOf(parts: {
  values: number | null;
  valueReason: string | null;
  tail: string | null;
  inFamily: boolean;
  standing: RecordStanding;
  expected: number;
}): Record<string, string> {
  const reasons: Record<string, string> = {};
  if (parts.values === null) reasons.value = parts.valueReason ?? 'not known';
  if (parts.tail !== null) reasons['p.tail'] = parts.tail;
  if (!parts.inFamily)
    reasons['p.adjusted'] = 'the contract is outside the declared family of US equity index futures';
  if (parts.standing.coverage < MINIMUM_COVERAGE)
    reasons.coverage = `on ${parts.standing.n} of ${parts.expected} weeks`;
  return reasons;
}

/** The answer for one contract, class, leg and look-back in one week (measures.md sections 4 to 6). */
export function recordRow(question: RowQuestion, context: RowContext): RecordRow {
  const { contract, period, measure, lookback } = question;
  const table = new RulerTable(contract, question.class, context.scales);
  const ruler: Ruler = hasDollars(contract) ? 'dollars' : 'contracts';
  const series = table.of(measure, ruler);
  const values = series.values.subarray(0, period + 1);
  const ends = contract.calendar.periodEnds;
  const value = Number.isNaN(values[period]!) ? null : values[period]!;
  const expected = lookbackPeriods(lookback, period);
  const standing = standingOf(values, expected, ends);
  const grid = definitionGrid(table, period);
  const counted = grid.filter((cell) => cell.isRecord !== null);
  const normalised = normalisedRecords(grid, measure, lookback);
  const kind = kindOf(standing.isRecord, normalised);
  const member = { contract, class: question.class, measure, ruler, series };
  const inFamily = context.family.figures(member, lookback);
  const figures = inFamily ?? context.outside?.figures(member, lookback) ?? null;
  const tail = tailOf(table, question, context);
  const adjusted = inFamily?.adjusted ?? null;
  const near = [ends[period], ends[period - 1]];
  const { m } = context.family.looks;
  const checks = runChecks({
    contract,
    period,
    values: series.values,
    kind,
    normalised,
    setAside: context.setAside.filter((row) => near.includes(row.periodEnd)),
    adjusted,
    m,
  });
  const lowest = recordStanding(
    values.map((x) => -x),
    expected,
  );
  const run = streak(values, expected);
  return {
    basis: 'cot',
    measure,
    ruler,
    lookback,
    sector: contract.entry?.sector ?? null,
    sectorIsProxy: contract.entry?.sectorIsProxy ?? false,
    contract: contract.code,
    contractName: contract.name,
    symbol: null,
    manager: null,
    class: question.class,
    periodStart: contract.calendar.periodStarts[period]!,
    periodEnd: ends[period]!,
    knownAt: formatInstant(knownAtOf(contract, period)),
    value,
    unit: series.unit,
    ...standing,
    smallest: { rank: lowest.rank, isRecord: lowest.isRecord },
    streak: { weeks: run.length, sameSignOfLast: run.sameSign, of: run.of },
    sums: HORIZONS_WEEKS.filter((periods) => periods > 1).map((periods) => {
      const sums = rollingSums(values, periods);
      const last = sums[period]!;
      return { periods, value: Number.isNaN(last) ? null : last, ...standingOf(sums, expected, ends) };
    }),
    rulers: { agree: counted.filter((cell) => cell.isRecord).length, of: counted.length, table: grid },
    p: {
      exchangeable: exchangeableP(values, expected),
      dependent: figures?.dependent ?? null,
      tail: tail.figures?.p ?? null,
      adjusted,
    },
    recordRate: figures?.recordRate ?? null,
    m,
    resamples: context.family.looks.resamples,
    returnPeriodWeeks:
      tail.figures === null
        ? null
        : [tail.figures.returnPeriod, tail.figures.interval90[0], tail.figures.interval90[1]],
    windows: windowsOf(values, period),
    kind,
    checks,
    verdict: verdictOf(checks),
    sources: sourcesOf(contract, period),
    reasons: reasonsOf({
      values: value,
      valueReason: series.reasonAt(period),
      tail: tail.reason,
      inFamily: inFamily !== null || contract.entry !== null,
      standing,
      expected,
    }),
  };
}
