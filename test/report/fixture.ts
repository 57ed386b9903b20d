import type { CotFlowRow, IsoDate, RecordRow, ReportInput, ReportScreenRow } from '../../src/core/index.js';
import { COT_CLASSES, LOOKBACKS, MEASURES } from '../../src/core/index.js';
import { reportBuyers, reportUnison } from './fixture-buyers.js';
import { reportNote } from './fixture-note.js';
import { record } from './fixture-record.js';
import { type FixtureOptions, LAST, ref, SHA, series, WEEKS } from './fixture-series.js';

export type { FixtureOptions } from './fixture-series.js';

const DELTAS: Readonly<Record<string, readonly [number, number]>> = {
  'asset-manager': [11_473, -7_251],
  'leveraged-fund': [-2_310, 4_120],
  dealer: [-9_030, 2_066],
  'other-reportable': [-350, 91],
  'non-reportable': [217, 974],
};

function flows(options: FixtureOptions = {}): CotFlowRow[] {
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

function screen(options: FixtureOptions): ReportScreenRow[] {
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
      symbol: null,
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
  const flowsOfWeek = options.bare === true ? [] : flows(options);
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
    flowsOfWeek,
    ...(options.bare === true
      ? {}
      : { buyers: reportBuyers(flowsOfWeek, options), unison: reportUnison(flowsOfWeek, options) }),
    ...(options.note === true ? reportNote(options.hostile) : {}),
    otherRecords: options.bare === true ? [] : [other],
    screen: options.bare === true ? [] : screen(options),
    looks: {
      m: 1_540,
      calendars: ['cot'],
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
