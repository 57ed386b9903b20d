import type {
  Check,
  CotFlowRow,
  GridCell,
  IsoDate,
  Measure,
  RecordRow,
  ReportInput,
  ScreenRow,
  SeriesPoint,
  SourceRef,
} from '../../src/core/index.js';
import {
  addDays,
  COT_CLASSES,
  LOOKBACKS,
  MEASURES,
  normalDraw,
  RULERS,
  seededRandom,
} from '../../src/core/index.js';

/** Invented figures in the shape of real ones: 700 weeks of one class in one contract, and its record week. */

const WEEKS = 700;
const LAST = '2026-04-14' as IsoDate;
const SHA = ['a1', 'b2', 'c3', 'd4'].map((pair) => pair.repeat(32));

/** The week's value by kind: a week that is no high is smaller than some before it. */
const VALUES = {
  record: { contracts: 18_724, dollars: 9_703_412_880 },
  'nominal record': { contracts: 18_724, dollars: 9_703_412_880 },
  none: { contracts: 6_013, dollars: 3_116_204_400 },
} as const;

const headlineValue = (options: FixtureOptions) => VALUES[options.kind ?? 'nominal record'];

export interface FixtureOptions {
  readonly kind?: RecordRow['kind'];
  readonly measure?: Measure;
  readonly class?: string;
  readonly withoutDollars?: boolean;
  readonly sparse?: boolean;
  readonly rebuilt?: boolean;
  readonly unknownProbabilities?: boolean;
  readonly hostile?: boolean;
  readonly bare?: boolean;
  readonly seed?: number;
  /** Only so many of the newest weeks stand in the series; the figures stay those of the whole. */
  readonly weeks?: number;
}

const ref = (file: number, rowNumber: number, hostile = false): SourceRef => ({
  source: file === 3 ? 'fred' : 'cftc',
  fileName: hostile ? `<b>fut|fin</b>&"${file}".txt` : `finfut-${2010 + file * 5}.txt`,
  fileSha256: SHA[file]!,
  rowNumber,
});

export function series(options: FixtureOptions = {}): SeriesPoint[] {
  const random = seededRandom(options.seed ?? 20260414);
  let volatility = 1;
  const points: SeriesPoint[] = [];
  for (let week = 0; week < WEEKS; week++) {
    const shock = normalDraw(random);
    volatility = Math.sqrt(0.94 * volatility * volatility + 0.06 * shock * shock);
    const growth = 1.1 ** (week / 52);
    const periodEnd = addDays(LAST, -7 * (WEEKS - 1 - week));
    const isLast = week === WEEKS - 1;
    const contracts = isLast
      ? headlineValue(options).contracts
      : week === WEEKS - 260
        ? 17_224
        : Math.round(Math.max(-2.2, Math.min(2.2, shock)) * volatility * 7_400);
    const isOldHigh = week === WEEKS - 260;
    const dollars = isLast
      ? headlineValue(options).dollars
      : isOldHigh
        ? 8_926_000_000
        : Math.round(contracts * growth * 120_000);
    const missing = options.sparse === true && ((week > 300 && week < 340) || week % 9 === 4) && !isLast;
    const missingDollars = missing || options.withoutDollars === true;
    points.push({
      periodEnd,
      dollars: missingDollars ? null : dollars,
      contracts: missing ? null : contracts,
      volScaled: missing || week < 52 ? null : shock / volatility + (isLast ? 4 : 0),
      pctOi: missing ? null : (contracts / 260_000) * (isLast ? 0.9 : 1),
      flags: options.rebuilt === true && week % 100 === 7 ? ['rebuilt'] : week % 13 === 0 ? ['roll'] : [],
      sources: missing ? [] : [ref(Math.floor(week / 250), 2 + week, options.hostile), ref(3, 900 + week)],
    });
  }
  return points;
}

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

const DELTAS: Readonly<Record<string, readonly [number, number]>> = {
  'asset-manager': [11_473, -7_251],
  'leveraged-fund': [-2_310, 4_120],
  dealer: [-9_030, 2_066],
  'other-reportable': [-350, 91],
  'non-reportable': [217, 974],
};

export function flows(options: FixtureOptions = {}): CotFlowRow[] {
  const point = 518_233;
  return COT_CLASSES.map((investorClass, index) => {
    const [dL, dS] = DELTAS[investorClass]!;
    const dollars = (count: number): number | null =>
      options.withoutDollars === true ? null : Math.round(count * point);
    const legs = [Math.max(dL, 0), Math.max(-dL, 0), Math.max(dS, 0), Math.max(-dS, 0)] as const;
    const net = dL - dS;
    return {
      basis: 'cot',
      periodStart: '2026-04-08' as IsoDate,
      periodEnd: LAST,
      knownAt: '2026-04-17T19:30:00Z',
      sector: 'technology',
      contract: '20974+',
      symbol: null,
      manager: null,
      class: investorClass,
      sides: 'four-way',
      longBuy: dollars(legs[0]),
      longSell: dollars(legs[1]),
      shortSell: dollars(legs[2]),
      shortCover: dollars(legs[3]),
      grossBuy: dollars(legs[0] + legs[3]),
      grossSell: dollars(legs[1] + legs[2]),
      net: dollars(net),
      gross: dollars(legs[0] + legs[1] + legs[2] + legs[3]),
      grossing: dollars(dL + dS),
      buyRatio: legs[3] === 0 || options.withoutDollars === true ? null : legs[0] / legs[3],
      contracts: net,
      pctOi: net / 260_197,
      real: dollars(net),
      bpsCap: null,
      pctAdv: null,
      z52: 1.9 - index,
      z260: 2.4 - index,
      z520: 3.31 - index,
      zRobust: 4.02 - index,
      volScaled: 4.31 - index * 1.4,
      sources: [ref(2, 701 + index * 10, options.hostile), ref(3, 1599)],
      reasons: {
        bpsCap: 'the market value of the sector is not in the store',
        pctAdv: 'no daily dollar volume of the contract is in the store',
        ...(options.withoutDollars === true
          ? {
              net: 'no index level is at hand for the contract',
              real: 'no index level is at hand for the contract',
            }
          : {}),
        buyRatio: 'there were no short covers',
      },
      contractsLong: 106_090 + index * 1000,
      contractsShort: 29_785 + index * 500,
      deltaLong: dL,
      deltaShort: dS,
      openInterest: 260_197,
      multiplier: 20,
      price: options.withoutDollars === true ? null : 25_911.65,
      priceDate: options.withoutDollars === true ? null : LAST,
      priceKind: options.withoutDollars === true ? null : 'index close NASDAQ-100',
      report: 'futures-only',
      grade: options.rebuilt === true ? 'rebuilt' : 'published',
      flags: options.rebuilt === true ? ['rebuilt'] : [],
    };
  });
}

function screen(options: FixtureOptions): ScreenRow[] {
  const markets = [
    ['20974+', 'NASDAQ-100 Consolidated', 'technology', true],
    [
      '13874+',
      options.hostile === true ? '<img src=x onerror=alert(1)>' : 'S&P 500 Consolidated',
      null,
      false,
    ],
    ['239742', 'Russell E-mini', null, false],
    ['138749', 'E-mini S&P Energy', 'energy', false],
  ] as const;
  return markets.flatMap(([contract, contractName, sector, sectorIsProxy], market) =>
    COT_CLASSES.map((investorClass, index) => ({
      contract,
      contractName,
      sector,
      sectorIsProxy,
      class: investorClass,
      periodEnd: LAST,
      netPositionContracts: 76_305 - market * 30_000 - index * 18_000,
      percentile1y: (7 + index * 11 + market) / 60,
      percentile3y: (9 + index * 9 + market) / 60,
      percentile5y: market === 3 ? null : (12 + index * 8 + market) / 60,
      net: market === 2 || options.withoutDollars === true ? null : 9_703_412_880 - index * 4_400_000_000,
      contracts: 18_724 - index * 8_000 - market * 700,
      rank: 1 + index * 120,
      n: 522,
      streakWeeks: 4 - index,
      indexReturn: market === 2 ? null : 0.0193 - market * 0.01,
      nextRelease: '2026-04-24T19:30:00Z',
      ...(market === 1 ? { sources: [ref(2, 1200 + index)] } : {}),
    })),
  );
}

/** The input of a report; see FixtureOptions for its variants. */
export function reportInput(options: FixtureOptions = {}): ReportInput {
  const points = series(options);
  const headline = record(options, points);
  const other: RecordRow = {
    ...record({ ...options, kind: 'nominal record' }, points),
    contract: '13874+',
    contractName: options.hostile === true ? '"><script>x</script>' : 'S&P 500 Consolidated',
    sector: null,
    sectorIsProxy: false,
    class: 'leveraged-fund',
    value: 5_120_000_000,
    ruler: 'dollars',
  };
  return {
    version: '0.1.0',
    asOf: '2026-04-18T03:59:59Z',
    store: { id: 'snapshot-000042', rows: 184_233 },
    command: 'tidemark report --week 2026-04-14 --contract 20974+ --class asset-manager',
    query: {
      week: LAST,
      contract: '20974+',
      class: headline.class,
      measure: headline.measure,
      lookback: '10y',
    },
    record: headline,
    series: points.slice(-(options.weeks ?? WEEKS)),
    flowsOfWeek: options.bare === true ? [] : flows(options),
    otherRecords: options.bare === true ? [] : [other],
    screen: options.bare === true ? [] : screen(options),
    looks: {
      m: 1_540,
      periodEnd: LAST,
      resamples: 10_000,
      blockLengthWeeks: 6.4,
      adjustedFloor: 1 / 10_001,
      contracts: ['20974+', '13874+', '239742', '138749'],
      classes: [...COT_CLASSES],
      measures: [...MEASURES],
      rulers: [
        { ruler: 'contracts', hypotheses: 600 },
        { ruler: 'dollars', hypotheses: 480 },
        { ruler: 'volScaled', hypotheses: 460 },
      ],
      lookbacks: [...LOOKBACKS],
      horizonsWeeks: [1, 2, 4, 13],
    },
    status: [
      {
        source: 'cftc',
        kind: 'cftc-tff-text',
        files: 14,
        rows: 30_944,
        firstPeriod: '2010-07-20' as IsoDate,
        lastPeriod: LAST,
        lastKnown: '2026-04-17T19:30:00Z',
        ageDays: 4,
        setAsideRows: 3,
        gaps: [{ from: '2016-03-22' as IsoDate, to: '2016-12-20' as IsoDate, periods: 40 }],
      },
      {
        source: 'universe',
        kind: 'constituents',
        files: 1,
        rows: 503,
        firstPeriod: null,
        lastPeriod: null,
        lastKnown: null,
        ageDays: null,
        setAsideRows: 0,
        gaps: [],
      },
    ],
    files: [0, 1, 2].map((file) => ({
      fileName: ref(file, 1, options.hostile).fileName,
      fileSha256: SHA[file]!,
      source: 'cftc',
      kind: 'cftc-tff-text',
      storedAt: '2026-04-18T01:00:00Z',
      rowsRead: 2_600 + file,
      rowsSetAside: file,
    })),
    notes:
      options.hostile === true
        ? ['<script>alert(1)</script> & [x](javascript:alert(1))']
        : ['2016-03-22 to 2016-12-20 are brought from elsewhere, not published by the CFTC.'],
  };
}
