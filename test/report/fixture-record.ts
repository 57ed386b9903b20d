import type { Check, GridCell, IsoDate, Measure, RecordRow } from '../../src/core/index.js';
import { LOOKBACKS, MEASURES, RULERS } from '../../src/core/index.js';
import { type FixtureOptions, headlineValue, LAST, ref, series, WEEKS } from './fixture-series.js';

/** The record week of the series, with its grid and its checks. */

function gridCell(
  ruler: GridCell['ruler'],
  measure: Measure,
  lookback: GridCell['lookback'],
  options: FixtureOptions,
): GridCell {
  const empty = { ruler, measure, lookback, value: null, rank: null, n: null, isRecord: null };
  if (ruler === 'bpsCap') return { ...empty, reason: 'the market value of the sector is not in the store' };
  if (ruler === 'pctAdv')
    return { ...empty, reason: 'no daily dollar volume of the contract is in the store' };
  if (options.withoutDollars === true && (ruler === 'dollars' || ruler === 'real')) {
    return { ...empty, reason: 'no index level is at hand for the contract' };
  }
  const n = { '1y': 52, '3y': 157, '5y': 261, '10y': options.sparse === true ? 431 : 522, all: 699 }[
    lookback
  ];
  const values = {
    contracts: headlineValue(options).contracts,
    dollars: headlineValue(options).dollars,
    real: headlineValue(options).dollars,
    pctOi: 0.0719,
    volScaled: 4.31,
  };
  const ranks = {
    record: { contracts: 1, dollars: 1, real: 1, pctOi: 1, volScaled: 1 },
    'nominal record': { contracts: 17, dollars: 1, real: 1, pctOi: 14, volScaled: 2 },
    none: { contracts: 61, dollars: 23, real: 29, pctOi: 58, volScaled: 44 },
  }[options.kind ?? 'nominal record'];
  const share = lookback === '1y' ? 0.2 : lookback === '3y' ? 0.5 : 1;
  const rank = Math.max(1, Math.round(ranks[ruler] * share));
  return { ruler, measure, lookback, value: values[ruler], rank, n, isRecord: rank === 1, reason: null };
}

function checks(options: FixtureOptions): Check[] {
  const kind = options.kind ?? 'nominal record';
  return [
    {
      name: 'scale',
      verdict: kind === 'record' ? 'pass' : 'fail',
      figures: { rankVolScaled: kind === 'record' ? 1 : 2, rankPctOi: kind === 'record' ? 1 : 14 },
      explanation:
        'The same leg and look-back was ranked in volatility-scaled terms and in share of open interest.',
    },
    {
      name: 'breadth',
      verdict: 'unknown',
      figures: { shareOfNamesBought: null },
      explanation: 'A futures contract has no names; basis 13f is needed.',
    },
    {
      name: 'calendar',
      verdict: 'pass',
      figures: { flagged: false, flags: 'none' },
      explanation: 'The week carries no flag of expiry, roll, rebalance, month or quarter end.',
    },
    {
      name: 'data',
      verdict: options.rebuilt === true ? 'fail' : 'pass',
      figures: { rebuiltRows: options.rebuilt === true ? 1 : 0, setAsideRows: 0 },
      explanation:
        options.rebuilt === true
          ? 'The row of the week was rebuilt from the next one.'
          : 'All rows behind the week are clean.',
    },
    {
      name: 'persistence',
      verdict: 'pass',
      figures: { meanOfThreeBeforeUsd: options.withoutDollars === true ? null : 1_203_000_000 },
      explanation: 'The mean of the three weeks before has the same sign.',
    },
    {
      name: 'agreement',
      verdict: 'unknown',
      figures: {},
      explanation: 'No other basis covers the week.',
    },
    {
      name: 'significance',
      verdict: options.unknownProbabilities === true ? 'unknown' : kind === 'record' ? 'pass' : 'fail',
      figures: {
        adjusted: options.unknownProbabilities === true ? null : kind === 'record' ? 0.0123 : 0.214,
      },
      explanation: 'The adjusted p was held against 0.05.',
    },
  ];
}

export function record(options: FixtureOptions = {}, points = series(options)): RecordRow {
  const kind = options.kind ?? 'nominal record';
  const measure = options.measure ?? 'net';
  const contractsOnly = options.withoutDollars === true;
  const table = RULERS.flatMap((ruler) =>
    MEASURES.flatMap((leg) => LOOKBACKS.map((lookback) => gridCell(ruler, leg, lookback, options))),
  );
  const known = table.filter((cell) => cell.rank !== null);
  const name =
    options.hostile === true
      ? 'S&P <script>alert("x")</script> | *NASDAQ-100* `x`'
      : 'NASDAQ-100 Consolidated';
  const none = options.unknownProbabilities === true;
  const old = points[WEEKS - 260]!;
  const n = options.sparse === true ? 431 : 522;
  return {
    basis: 'cot',
    measure,
    ruler: contractsOnly ? 'contracts' : 'dollars',
    lookback: '10y',
    sector: 'technology',
    sectorIsProxy: true,
    contract: '20974+',
    contractName: name,
    symbol: null,
    manager: null,
    class: options.class ?? 'asset-manager',
    periodStart: '2026-04-08' as IsoDate,
    periodEnd: LAST,
    knownAt: '2026-04-17T19:30:00Z',
    value: contractsOnly ? headlineValue(options).contracts : headlineValue(options).dollars,
    unit: contractsOnly ? 'contracts' : 'USD',
    n,
    coverage: options.sparse === true ? 0.8257 : 1,
    rank: kind === 'none' ? 23 : 1,
    ties: [],
    isRecord: kind !== 'none',
    largestSince: kind === 'none' ? points[WEEKS - 90]!.periodEnd : null,
    margin: kind === 'none' ? null : 0.0871,
    broke:
      kind === 'none'
        ? null
        : { periodEnd: old.periodEnd, value: contractsOnly ? 17_224 : 8_926_000_000, stoodWeeks: 259 },
    smallest: { rank: n + 1 - (kind === 'none' ? 22 : 0), isRecord: false },
    streak: { weeks: 4, sameSignOfLast: 9, of: 13 },
    sums: [2, 4, 13].map((periods) => ({
      periods,
      value:
        (contractsOnly ? headlineValue(options).contracts : headlineValue(options).dollars) *
        (1 + periods / 10),
      n: n - periods,
      coverage: 1,
      rank: periods === 13 ? 3 : 1,
      ties: [],
      isRecord: periods !== 13,
      largestSince: periods === 13 ? points[WEEKS - 200]!.periodEnd : null,
      margin: periods === 13 ? null : 0.02,
      broke:
        periods === 13
          ? null
          : { periodEnd: old.periodEnd, value: contractsOnly ? 19_000 : 9_100_000_000, stoodWeeks: 259 },
    })),
    rulers: { agree: known.filter((cell) => cell.isRecord === true).length, of: known.length, table },
    p: none
      ? { exchangeable: null, dependent: null, tail: null, adjusted: null }
      : kind === 'record'
        ? { exchangeable: 1 / 523, dependent: 0.0031, tail: 0.0008, adjusted: 0.0123 }
        : { exchangeable: 1 / 523, dependent: 0.0218, tail: 0.0062, adjusted: 0.214 },
    recordRate: none ? null : 0.0132,
    m: 1_540,
    resamples: 10_000,
    returnPeriodWeeks: none ? null : [161.3, 74.2, options.sparse === true ? null : 522.8],
    windows: LOOKBACKS.map((lookback, index) => ({
      lookback,
      n: [52, 157, 261, n, 699][index]!,
      z: none && index > 2 ? null : 2.1 + index * 0.61,
      percentile: none && index > 2 ? null : 0.981 + index * 0.004,
    })),
    kind,
    checks: checks(options),
    verdict:
      options.rebuilt === true ? 'anomaly' : none ? 'insufficient' : kind === 'record' ? 'signal' : 'mixed',
    sources: [ref(2, 701, options.hostile), ref(2, 700, options.hostile), ref(3, 1599)],
    reasons: none
      ? {
          exchangeable: 'fewer than 52 weeks',
          dependent: 'fewer than 156 weeks',
          tail: 'fewer than 25 excesses',
          adjusted: 'no member of the family could be tested',
          recordRate: 'fewer than 156 weeks',
          returnPeriodWeeks: 'fewer than 25 excesses',
        }
      : { margin: 'the week is no high' },
  };
}
