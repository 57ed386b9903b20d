import type { Answered, ClaimAnswers } from '../../src/claims/index.js';
import type { BuyersAnswerRow, RecordRow, UnisonRow } from '../../src/core/index.js';

/** A record row whose figures matter to claims; the rest is plain. */
export function recordRow(over: Partial<RecordRow> = {}): RecordRow {
  return {
    basis: 'cot',
    measure: 'grossBuy',
    ruler: 'dollars',
    lookback: '10y',
    sector: 'technology',
    sectorIsProxy: true,
    contract: '20974+',
    contractName: 'NASDAQ-100 Consolidated',
    symbol: null,
    manager: null,
    class: 'asset-manager',
    periodStart: '2026-04-08',
    periodEnd: '2026-04-14',
    knownAt: '2026-04-17T19:30:00Z',
    value: 9.7e9,
    unit: 'US dollars',
    n: 522,
    coverage: 1,
    rank: 1,
    ties: [],
    isRecord: true,
    largestSince: null,
    margin: 0.48,
    broke: { periodEnd: '2018-09-25', value: 6.5e9, stoodWeeks: 394 },
    smallest: { rank: 523, isRecord: false },
    streak: { weeks: 3, sameSignOfLast: 359, of: 522 },
    sums: [],
    rulers: { agree: 2, of: 5, table: [] },
    p: { exchangeable: 0.002, dependent: 0.001, tail: 0.002, adjusted: 0.01 },
    recordRate: 0.003,
    m: 12392,
    resamples: 1000,
    returnPeriodWeeks: null,
    windows: [],
    kind: 'record',
    checks: [],
    verdict: 'signal',
    sources: [{ source: 'cftc', fileName: 'f', fileSha256: 'a', rowNumber: 1 }],
    reasons: {},
    ...over,
  } as RecordRow;
}

const absent = (): Promise<Answered<never>> =>
  Promise.resolve({ command: 'tidemark none', missing: 'the store has nothing of the kind' });

/** Answers that know what they are given, and nothing else. */
export function answersOf(known: {
  readonly record?: RecordRow;
  readonly buyers?: readonly BuyersAnswerRow[];
  readonly unison?: readonly UnisonRow[];
  readonly flows?: readonly object[];
  readonly aftermath?: readonly object[];
  readonly drivers?: readonly object[];
}): ClaimAnswers {
  const give = (rows: readonly unknown[] | undefined) => (): Promise<Answered<never>> =>
    rows === undefined ? absent() : Promise.resolve({ command: 'tidemark x', rows: rows as never[] });
  return {
    records: give(known.record === undefined ? undefined : [known.record]),
    buyers: give(known.buyers),
    unison: give(known.unison),
    flows: give(known.flows),
    aftermath: give(known.aftermath),
    drivers: give(known.drivers),
  };
}
