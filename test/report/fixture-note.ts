import type {
  AftermathAnswerRow,
  ClaimRow,
  ClaimVerdict,
  DriversAnswerRow,
  ReportInput,
  SourceRef,
} from '../../src/core/index.js';
import { LAST, ref } from './fixture-series.js';

/** Invented answers about a note, drivers and what followed, in the shape of real ones. */

const PLACE = { basis: 'cot', contract: '20974+', sector: 'technology', class: 'asset-manager' } as const;
const WEEK = {
  ...PLACE,
  sectorIsProxy: true,
  periodStart: '2026-04-08' as typeof LAST,
  periodEnd: LAST,
} as const;
const WATCHED = { ...PLACE, measure: 'net', priceSeries: 'index close NASDAQ-100' } as const;

export function claim(
  id: string,
  text: string,
  verdict: ClaimVerdict,
  rest: Partial<ClaimRow> = {},
): ClaimRow {
  return {
    kind: 'claim',
    id,
    line: 1,
    text,
    measure: 'record',
    verdict,
    explanation: 'The figure of the week was looked at.',
    effect: 9_703_412_880,
    effectUnit: 'US dollars',
    interval: null,
    n: 522,
    m: 1540,
    asOf: '2026-04-18T03:59:59Z',
    evidence: [],
    wouldChange: 'a larger week before it.',
    ...rest,
  };
}

const evidence = (sources: readonly SourceRef[]) => [
  {
    command: 'tidemark records --week 2026-04-14',
    label: 'value',
    value: 9_703_412_880,
    unit: 'USD',
    sources,
  },
];

function claims(hostile: boolean): ReportInput['claims'] {
  const text = hostile ? '<script>alert(1)</script> [x](javascript:alert(1))' : 'AI and earnings explain it.';
  return {
    note: 'standard note',
    rows: [
      claim('1', 'It was the largest in ten years.', 'weakly supported', {
        evidence: evidence([ref(2, 701)]),
      }),
      claim('2', 'It is no fluke.', 'not distinguishable from chance', {
        measure: 'significance',
        effect: 0.64,
        effectUnit: 'p',
      }),
      claim('3', 'They moved together.', 'contradicted', {
        measure: 'unison',
        effect: 0.16,
        effectUnit: '|sum of net| / sum of |net|, 0 to 1',
        m: null,
      }),
      claim('4', text, 'not distinguishable from chance', {
        measure: 'driver',
        effect: 0.16,
        effectUnit: 'times own volatility',
        interval: [-0.15, 0.47],
      }),
      claim('5', text, 'not measurable', { measure: 'driver', effect: null, n: null, m: null }),
      claim('6', 'The trend is intact.', 'supported', { measure: 'trend', effectUnit: null, effect: 0.0474 }),
      { kind: 'unread', text: 'Buy now.', line: 9, reason: 'advice is not a claim' },
    ],
    notes: ['6 claims checked at once.'],
    reason: null,
  };
}

function drivers(): ReportInput['drivers'] {
  const known = { r2Share: 0.02, r2ShareLow: 0, r2ShareHigh: 0.06, reason: null } as const;
  const unknown = {
    r2Share: null,
    r2ShareLow: null,
    r2ShareHigh: null,
    contribution: null,
    contributionLow: null,
    contributionHigh: null,
    verdict: null,
    falsified: null,
    reason: 'no announcement of the week is known',
  } as const;
  const part = (contribution: number, contributionLow: number, contributionHigh: number) => ({
    ...known,
    contribution,
    contributionLow,
    contributionHigh,
  });
  const driver = { ...WEEK, kind: 'driver' } as const;
  const factor = { ...WEEK, kind: 'factor', firstWeek: null, lastWeek: null, sources: [] } as const;
  const rows: DriversAnswerRow[] = [
    {
      ...WEEK,
      kind: 'model',
      declaration: 'the flow on four drivers',
      n: 228,
      firstWeek: null,
      lastWeek: null,
      lags: 2,
      r2: 0.21,
      outOfSampleR2: 0.12,
      unexplainedShare: 0.79,
      actual: 4.61,
      fitted: 0.96,
      residual: 3.65,
      reason: null,
    },
    {
      ...driver,
      driver: 'ai',
      falsifier: 'Wrong if it fell.',
      falsified: false,
      ...part(0.9, 0.4, 1.4),
      verdict: 'for',
    },
    { ...driver, driver: 'earnings', falsifier: 'Wrong if they missed.', ...unknown },
    {
      ...driver,
      driver: 'macro',
      falsifier: 'Wrong if yields rose.',
      falsified: true,
      ...part(-0.5, -0.9, -0.1),
      verdict: 'against',
    },
    {
      ...driver,
      driver: 'rotation',
      falsifier: 'Wrong if none was sold.',
      falsified: false,
      ...part(0.05, -0.1, 0.2),
      verdict: 'not shown',
    },
    {
      ...WEEK,
      kind: 'coefficient',
      driver: 'control',
      factor: 'market-return',
      estimate: 0.15,
      standardError: 0.03,
      t: 5.5,
      p: 0.0000001,
      low: 0.09,
      high: 0.2,
      contribution: 0.78,
    },
    {
      ...factor,
      driver: 'ai',
      factor: 'ai-basket-excess-return',
      definition: 'return of the basket less its sector',
      unit: 'percent',
      value: 4.45,
      mean: 0.23,
      standardDeviation: 1.6,
      z: 2.62,
      weeks: 515,
      isRegressor: true,
      reason: null,
      sources: [ref(3, 12)],
    },
    {
      ...factor,
      driver: 'earnings',
      factor: 'net-beats',
      definition: 'beats less misses',
      unit: 'fraction',
      value: null,
      mean: 0.05,
      standardDeviation: 0.06,
      z: null,
      weeks: 549,
      isRegressor: false,
      reason: 'no announcement of the week is known',
    },
    {
      ...WEEK,
      kind: 'policy',
      state: 'easing',
      targetUpper: 3.75,
      lastMove: '2025-12-10' as typeof LAST,
      lastMoveBasisPoints: -25,
      weeksSinceMove: 17,
      durationBeta: 3.6,
      durationLow: 2.28,
      durationHigh: 4.93,
      fomcDayBeta: null,
      fomcDays: 0,
      reason: 'no day of a decision is known',
      sources: [ref(3, 40)],
    },
    {
      ...WEEK,
      kind: 'cross-section',
      exposure: 'size',
      names: 0,
      periods: 0,
      estimate: null,
      standardError: null,
      t: null,
      p: null,
      low: null,
      high: null,
      reason: 'basis cot does not tell names by week',
    },
  ];
  return { rows, notes: [], reason: null };
}

const EVENTS = ['2018-09-25', LAST].map((day) => day as typeof LAST);

function aftermath(): ReportInput['aftermath'] {
  const outcome = {
    ...WATCHED,
    kind: 'outcome',
    horizonWeeks: 13,
    n: 1,
    mean: 0.029,
    median: 0.057,
    matchedMean: 0.031,
    matchedWeeks: 36,
    difference: -0.002,
    low: -0.05,
    high: 0.054,
    p: null,
    adjustedP: null,
    m: 56,
    leaveOneOutLow: null,
    leaveOneOutHigh: null,
    detectable: null,
    verdict: null,
    reason: 'fewer than five events',
  } as const;
  const rows: AftermathAnswerRow[] = [
    {
      ...WATCHED,
      kind: 'rule',
      rule: 'net above all earlier weeks',
      look: 'expanding',
      threshold: null,
      declusterWeeks: 13,
      found: 2,
      n: 2,
      firstWeek: EVENTS[0]!,
      lastWeek: LAST,
      events: EVENTS,
      reason: 'fewer than five events: figures and no claim',
    },
    { ...outcome, outcome: 'return', unit: 'fraction' },
    { ...outcome, outcome: 'return', unit: 'fraction', horizonWeeks: 52 },
    { ...outcome, outcome: 'volatility-ratio', unit: 'ratio after / before' },
    ...EVENTS.map(
      (periodEnd, event): AftermathAnswerRow => ({
        ...WATCHED,
        kind: 'episode',
        periodEnd,
        knownAt: '2026-04-17T19:30:00Z',
        value: 6_540_000_000,
        firstClose: '2018-09-28' as typeof LAST,
        anchorPrice: 7400,
        figures: {
          return: event === 0 ? { 1: -0.03, 4: -0.103, 13: -0.174 } : { 1: null, 4: null, 13: null },
        },
        matched: [],
        sources: [ref(1, 90 + event)],
      }),
    ),
    {
      ...WATCHED,
      kind: 'cascade',
      leader: 'asset-manager',
      follower: 'other-reportable',
      leadWeeks: 2,
      correlation: 0.21,
      bandLow: -0.1,
      bandHigh: 0.1,
      grangerP: 0.001,
      grangerAdjustedP: 0.012,
      lags: 2,
      n: 769,
      verdict: 'leads',
      reason: null,
    },
    {
      ...WATCHED,
      kind: 'loop',
      ordering: 'return, sentiment, flow',
      gain: 0.0001,
      low: -0.018,
      high: 0.017,
      gainWithoutLoop: 0.0002,
      spectralRadius: 0.75,
      lags: 2,
      n: 766,
      verdict: 'not shown',
      reason: null,
    },
    {
      ...WATCHED,
      kind: 'forecast',
      id: 'f',
      madeAt: '2026-04-18T03:59:59Z',
      periodEnd: LAST,
      statement: 'closes higher on 2026-07-17',
      outcome: 'return',
      horizonWeeks: 13,
      dueDate: '2026-07-17' as typeof LAST,
      probability: 0.81,
      low: null,
      high: null,
      level: null,
      actual: null,
      brier: null,
      covered: null,
    },
    {
      kind: 'forecast-score',
      made: 3,
      due: 2,
      brier: 0.2,
      brierOfBaseRate: 0.24,
      coverage: 0.5,
      coverageLow: 0.01,
      coverageHigh: 0.99,
      level: 0.8,
    },
  ];
  return { rows, notes: ['Prices are of an index that exists today.'], reason: null };
}

export const reportNote = (hostile = false): Pick<ReportInput, 'claims' | 'drivers' | 'aftermath'> =>
  ({ drivers: drivers(), aftermath: aftermath(), claims: claims(hostile) }) as Required<
    Pick<ReportInput, 'claims' | 'drivers' | 'aftermath'>
  >;
