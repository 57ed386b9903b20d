import {
  CALENDAR_FLAGS,
  type CalendarFlag,
  type Check,
  type Measure,
  type RecordRow,
  type Verdict,
  weekFlags,
} from '../../core/index.js';
import type { FlowSeries, PeriodCalendar } from '../../flows/index.js';
import type { NormalisedRecords } from './grid.js';

/** Weeks with a flag that the calendar check needs for a comparison. */
const MINIMUM_FLAGGED_WEEKS = 30;

export interface CheckInput {
  readonly flow: FlowSeries;
  readonly period: number;
  readonly measure: Measure;
  readonly values: Float64Array;
  readonly kind: RecordRow['kind'];
  /** The record that the value would still have to beat without its largest name; null without a record. */
  readonly oldRecord: number | null;
  readonly normalised: NormalisedRecords;
  readonly adjusted: number | null;
  readonly m: number;
  /** Net of the other bases over the same days, with their own ranks. */
  readonly otherBases: readonly OtherBasis[];
}

/** What another basis that covers the period says. */
export interface OtherBasis {
  readonly basis: string;
  readonly net: number;
  readonly rank: number | null;
}

/** What the periods of a calendar are called. */
export function periodsWord({ name }: PeriodCalendar): 'weeks' | 'quarters' {
  return name === 'quarter' ? 'quarters' : 'weeks';
}

function scaleCheck(input: CheckInput): Check {
  const { volScaled, pctOi, pctAdv, bpsCap } = input.normalised;
  const known = volScaled !== null && [pctOi, pctAdv, bpsCap].some((value) => value !== null);
  const explanation = !known
    ? 'volScaled or all of pctOi, pctAdv and bpsCap are not known'
    : input.kind === 'record'
      ? 'also a record in volScaled and in at least one of pctOi, pctAdv, bpsCap'
      : input.kind === 'nominal record'
        ? 'a nominal record: not one in volScaled and in one of pctOi, pctAdv, bpsCap'
        : 'no record in this look-back';
  const verdict = !known ? 'unknown' : input.kind === 'record' ? 'pass' : 'fail';
  const coverage = bpsCap === null ? null : input.flow.ruler(input.measure, 'bpsCap').coverage;
  return {
    name: 'scale',
    verdict,
    figures: { kind: input.kind, volScaled, pctOi, pctAdv, bpsCap },
    explanation: coverage == null ? explanation : `${explanation}; bpsCap rests on the ${coverage}`,
  };
}

function breadthCheck({ flow, period, measure, oldRecord }: CheckInput): Check {
  const breadth = flow.breadth(period, measure);
  if (breadth === null) {
    const explanation =
      flow.basis === 'cot'
        ? 'futures positions are not told by name, so breadth cannot be measured on this basis'
        : 'the names behind this period are not known';
    return { name: 'breadth', verdict: 'unknown', figures: {}, explanation };
  }
  const { buyers, names, topFive, withoutLargest } = breadth;
  const figures = { buyers, names, topFive, withoutLargest };
  if (oldRecord === null)
    return {
      name: 'breadth',
      verdict: 'unknown',
      figures,
      explanation: 'no record whose breadth could be judged',
    };
  const survives = withoutLargest > oldRecord;
  const explanation = survives
    ? 'the record survives leaving out its largest name'
    : 'the record does not survive leaving out its largest name';
  return { name: 'breadth', verdict: survives ? 'pass' : 'fail', figures, explanation };
}

function agreementCheck({ otherBases, values, period }: CheckInput): Check {
  if (otherBases.length === 0)
    return {
      name: 'agreement',
      verdict: 'unknown',
      figures: {},
      explanation: 'no other basis in the store covers this period for investors of this kind',
    };
  const sided = otherBases.filter(({ net }) => net !== 0);
  const against = sided.filter((other) => Math.sign(other.net) !== Math.sign(values[period]!));
  const figures = Object.fromEntries(
    otherBases.flatMap(({ basis, net, rank }) => [
      [`${basis} net`, net],
      [`${basis} rank`, rank],
    ]),
  );
  const named = (bases: readonly OtherBasis[]): string => bases.map(({ basis }) => basis).join(', ');
  if (sided.length === 0)
    return {
      name: 'agreement',
      verdict: 'unknown',
      figures,
      explanation: `${named(otherBases)} did neither buy nor sell on balance`,
    };
  return {
    name: 'agreement',
    verdict: against.length === 0 ? 'pass' : 'fail',
    figures,
    explanation:
      against.length === 0
        ? `net of the same sign: ${named(sided)}`
        : `net of the opposite sign: ${named(against)}`,
  };
}

/** Rank of the period's value among earlier periods that carry the flag, and how many there are. */
function rankAmongFlagged(input: CheckInput, flag: CalendarFlag): { rank: number; weeks: number } {
  const { periodStarts, periodEnds } = input.flow.calendar;
  const value = input.values[input.period]!;
  let rank = 1;
  let weeks = 0;
  for (let i = 0; i < input.period; i++) {
    const other = input.values[i]!;
    if (Number.isNaN(other) || !weekFlags(periodStarts[i]!, periodEnds[i]!).includes(flag)) continue;
    weeks++;
    if (other > value) rank++;
  }
  return { rank, weeks };
}

function calendarCheck(input: CheckInput): Check {
  const { calendar } = input.flow;
  if (calendar.name === 'quarter')
    return {
      name: 'calendar',
      verdict: 'pass',
      figures: { flags: '' },
      explanation: 'every quarter holds the same calendar events',
    };
  const flags = weekFlags(calendar.periodStarts[input.period]!, calendar.periodEnds[input.period]!);
  if (flags.length === 0)
    return {
      name: 'calendar',
      verdict: 'pass',
      figures: { flags: '' },
      explanation: 'the week carries no calendar flag',
    };
  const figures: Record<string, number | string> = { flags: flags.join(', ') };
  let beaten = false;
  let few = false;
  for (const flag of CALENDAR_FLAGS.filter((candidate) => flags.includes(candidate))) {
    const { rank, weeks } = rankAmongFlagged(input, flag);
    figures[`${flag} rank`] = rank;
    figures[`${flag} weeks`] = weeks;
    if (rank > 1) beaten = true;
    if (weeks < MINIMUM_FLAGGED_WEEKS) few = true;
  }
  const verdict = beaten ? 'fail' : few ? 'unknown' : 'pass';
  const explanation = beaten
    ? `flagged ${flags.join(', ')}, and an earlier week with the same flag was larger`
    : few
      ? `flagged ${flags.join(', ')}, and fewer than ${MINIMUM_FLAGGED_WEEKS} earlier weeks carry the same flag`
      : `flagged ${flags.join(', ')}, and the largest of the weeks with the same flag`;
  return { name: 'calendar', verdict, figures, explanation };
}

function dataCheck({ flow, period, measure }: CheckInput): Check {
  const { faults, remark, broughtRows } = flow.quality(period, measure);
  const clean = 'no set-aside, revised, rebuilt or stale row behind the figure';
  return {
    name: 'data',
    verdict: faults.length === 0 ? 'pass' : 'fail',
    figures: { faults: faults.length, broughtReports: broughtRows },
    explanation: [faults.length === 0 ? clean : faults.join('; '), remark]
      .filter((part) => part !== '')
      .join('; '),
  };
}

function persistenceCheck(input: CheckInput): Check {
  const { values, period } = input;
  const word = periodsWord(input.flow.calendar);
  const before = [1, 2, 3].map((lag) => values[period - lag] ?? Number.NaN);
  if (before.some(Number.isNaN))
    return {
      name: 'persistence',
      verdict: 'unknown',
      figures: {},
      explanation: `one of the three ${word} before is missing`,
    };
  const mean = before.reduce((total, value) => total + value, 0) / 3;
  const same = Math.sign(mean) === Math.sign(values[period]!);
  return {
    name: 'persistence',
    verdict: same ? 'pass' : 'fail',
    figures: { meanOfThreeBefore: mean },
    explanation: same
      ? `the mean of the three ${word} before has the same sign`
      : `the mean of the three ${word} before does not have the same sign`,
  };
}

function significanceCheck(input: CheckInput): Check {
  const { adjusted, m } = input;
  const figures = { adjusted, m };
  if (adjusted === null)
    return { name: 'significance', verdict: 'unknown', figures, explanation: 'the adjusted p is not known' };
  const pass = adjusted < 0.05;
  return {
    name: 'significance',
    verdict: pass ? 'pass' : 'fail',
    figures,
    explanation: `adjusted over ${m} looks, p is ${pass ? 'under' : 'not under'} 0.05`,
  };
}

/** The seven checks of measures.md section 6, in its order. Missing data gives unknown, never pass. */
export function runChecks(input: CheckInput): Check[] {
  return [
    scaleCheck(input),
    breadthCheck(input),
    calendarCheck(input),
    dataCheck(input),
    persistenceCheck(input),
    agreementCheck(input),
    significanceCheck(input),
  ];
}

/** The verdict of the seven checks, by the order of measures.md section 6. */
export function verdictOf(checks: readonly Check[]): Verdict {
  const of = (name: Check['name']): Check['verdict'] =>
    checks.find((check) => check.name === name)?.verdict ?? 'unknown';
  if (of('breadth') === 'fail' || of('data') === 'fail') return 'anomaly';
  const known = checks.filter((check) => check.verdict !== 'unknown').length;
  if (known < 4 || [of('scale'), of('data'), of('significance')].includes('unknown')) return 'insufficient';
  return checks.some((check) => check.verdict === 'fail') ? 'mixed' : 'signal';
}
