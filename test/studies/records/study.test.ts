import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addDays,
  type Check,
  type CheckName,
  cotReleaseInstant,
  cotReportDates,
  endOfDayInNewYork,
  type Fact,
  type Instant,
  type IsoDate,
  NotCovered,
  normalDraw,
  seededRandom,
  silentProgress,
} from '../../../src/core/index.js';
import { verdictOf } from '../../../src/studies/records/checks.js';
import { kindOf } from '../../../src/studies/records/grid.js';
import {
  type RecordsQuestion,
  readCotWorld,
  scanRecords,
  studyRecords,
} from '../../../src/studies/records/index.js';
import {
  type Book,
  levelFact,
  positionFact,
  type TemporaryStore,
  temporaryStore,
} from '../../support/positions.js';

const DATES = cotReportDates('2019-01-01' as IsoDate, '2024-04-23' as IsoDate);
const LAST = DATES.at(-1)!;
const PLANTED = DATES.at(-4)!;

/** Asset managers against dealers, small noise, one planted week of buying 12,000 contracts. */
function worldFacts(seed: number): Fact[] {
  const random = seededRandom(seed);
  const facts: Fact[] = [];
  let before: Book | undefined;
  let [long, short] = [100_000, 40_000];
  DATES.forEach((reportDate, i) => {
    const planted = reportDate === PLANTED ? 12_000 : 0;
    const ahead = DATES.indexOf(PLANTED) - i;
    const lead = ahead > 0 && ahead <= 3 ? 900 : 0;
    long += Math.round(700 * normalDraw(random)) + planted + lead;
    short += Math.round(400 * normalDraw(random));
    const book = {
      long: [90_000 + short, long, 5000, 2000, 1000],
      short: [90_000 + long, short, 5000, 2000, 1000],
    };
    facts.push(positionFact({ reportDate, ...book, ...(before === undefined ? {} : { before }) }, i + 2));
    before = book;
    facts.push(levelFact('NASDAQ-100', reportDate, 8000 * 1.002 ** i, 10_000 + i));
  });
  return facts;
}

const QUESTION: RecordsQuestion = {
  lookback: '5y',
  measure: 'net',
  report: 'futures-only',
  contracts: ['20974+'],
  classes: ['asset-manager'],
  resamples: 400,
  seed: 1,
  week: PLANTED,
};

let temporary: TemporaryStore;
beforeAll(async () => {
  temporary = await temporaryStore();
  await temporary.add(worldFacts(5));
});
afterAll(() => temporary.remove());

async function study(question: Partial<RecordsQuestion> = {}, asOf: Instant = cotReleaseInstant(LAST)) {
  const view = await temporary.store.view(asOf);
  try {
    return await studyRecords(view, { ...QUESTION, ...question }, silentProgress);
  } finally {
    view.close();
  }
}

describe('the study of one week', () => {
  test('finds the planted record, on every scale, and calls it one', async () => {
    const { rows, looks } = await study();
    const [row] = rows;
    expect(row).toMatchObject({
      rank: 1,
      isRecord: true,
      kind: 'record',
      ties: [],
      largestSince: null,
      periodEnd: PLANTED,
    });
    expect(row!.p.dependent).toBeLessThan(0.02);
    expect(row!.p.exchangeable).toBeCloseTo(1 / (row!.n + 1), 12);
    expect(row!.p.adjusted!).toBeGreaterThanOrEqual(row!.p.dependent!);
    expect(row!.checks.map((check) => check.name)).toEqual([
      'scale',
      'breadth',
      'calendar',
      'data',
      'persistence',
      'agreement',
      'significance',
    ]);
    expect(row!.checks.find((check) => check.name === 'breadth')!.verdict).toBe('unknown');
    expect(looks.m).toBe(row!.m);
    expect(looks.contracts).toEqual(['20974+']);
  });

  test('answers the same whatever was asked and filtered', async () => {
    const narrow = await study();
    const wide = await study({ classes: undefined as never, contracts: undefined as never });
    const same = wide.rows.find((row) => row.class === 'asset-manager');
    expect(same).toEqual(narrow.rows[0]);
    expect(wide.looks).toEqual(narrow.looks);
  });

  test('gives the week that contains a day', async () => {
    for (const day of [addDays(PLANTED, -6), addDays(PLANTED, -1), PLANTED])
      expect((await study({ week: day })).periodEnd).toBe(PLANTED);
    expect((await study({ week: addDays(PLANTED, 1) })).periodEnd).toBe(DATES.at(-3));
  });

  test('says that a week is not known before its release', async () => {
    const justBefore = (cotReleaseInstant(PLANTED) - 1) as Instant;
    await expect(study({}, justBefore)).rejects.toThrow(NotCovered);
    await expect(study({}, justBefore)).rejects.toThrow(/is not known as of .* ask with a later --as-of/);
  });

  test('names contracts that may be meant', async () => {
    await expect(study({ contracts: ['20974'] })).rejects.toThrow(/do you mean 20974\+\?/);
  });

  test('a later row never changes an earlier answer', async () => {
    const asOf = cotReleaseInstant(DATES.at(-3)!);
    const before = JSON.stringify((await study({}, asOf)).rows);
    const revised = positionFact(
      {
        reportDate: PLANTED,
        long: [1, 9_999_999, 3, 4, 5],
        short: [9_999_999, 1, 3, 4, 5],
        knownAt: cotReleaseInstant(LAST),
      },
      1,
    );
    await temporary.add([revised, levelFact('NASDAQ-100', addDays(LAST, 1), 1, 2)], 'later');
    expect(JSON.stringify((await study({}, asOf)).rows)).toBe(before);
    const imported = endOfDayInNewYork('2026-11-01' as IsoDate);
    const data = (await study({}, imported)).rows[0]!.checks.find((check) => check.name === 'data');
    expect(data, 'and once known it shows').toMatchObject({ verdict: 'fail' });
  });
});

test('a scan lists the planted week as a record without testing it', async () => {
  const view = await temporary.store.view(cotReleaseInstant(DATES.at(-3)!));
  const world = await readCotWorld(view, { report: 'futures-only' });
  const found = scanRecords(world.flows, { measure: 'net', lookback: '3y', periods: 10 });
  view.close();
  expect(found.filter((record) => record.flow.class === 'asset-manager' && record.kind === 'record')).toEqual(
    [expect.objectContaining({ periodEnd: PLANTED, kind: 'record' })],
  );
});

describe('record or nominal record', () => {
  const none = { volScaled: null, pctOi: null, pctAdv: null, bpsCap: null };
  test.each([
    [true, { ...none, volScaled: true, pctOi: true }, 'record'],
    [true, { ...none, volScaled: true, pctOi: false, pctAdv: true }, 'record'],
    [true, { ...none, volScaled: true, pctOi: false }, 'nominal record'],
    [true, { ...none, volScaled: false, pctOi: true }, 'nominal record'],
    [true, none, 'nominal record'],
    [false, { ...none, volScaled: true, pctOi: true }, 'none'],
    [null, none, 'none'],
  ] as const)('isRecord %s with %o is %s', (isRecord, normalised, kind) => {
    expect(kindOf(isRecord, normalised)).toBe(kind);
  });
});

describe('the verdict', () => {
  const checks = (verdicts: Partial<Record<CheckName, Check['verdict']>>): Check[] =>
    (['scale', 'breadth', 'calendar', 'data', 'persistence', 'agreement', 'significance'] as const).map(
      (name) => ({
        name,
        verdict: verdicts[name] ?? 'pass',
        figures: {},
        explanation: '',
      }),
    );
  test.each([
    [{}, 'signal'],
    [{ breadth: 'unknown', agreement: 'unknown' }, 'signal'],
    [{ breadth: 'fail' }, 'anomaly'],
    [{ data: 'fail', scale: 'unknown' }, 'anomaly'],
    [{ scale: 'unknown' }, 'insufficient'],
    [{ significance: 'unknown' }, 'insufficient'],
    [
      { breadth: 'unknown', agreement: 'unknown', persistence: 'unknown', calendar: 'unknown' },
      'insufficient',
    ],
    [{ persistence: 'fail' }, 'mixed'],
    [{ significance: 'fail', scale: 'fail' }, 'mixed'],
  ] as const)('of %o is %s', (verdicts, verdict) => {
    expect(verdictOf(checks(verdicts))).toBe(verdict);
  });
});
