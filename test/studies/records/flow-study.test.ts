import { describe, expect, test } from 'vitest';
import {
  addDays,
  type Basis,
  endOfDayInNewYork,
  type Instant,
  type IsoDate,
  NotCovered,
  normalDraw,
  seededRandom,
  silentProgress,
} from '../../../src/core/index.js';
import type { FlowSeries, PeriodCalendar } from '../../../src/flows/index.js';
import type { AsOfView } from '../../../src/store/index.js';
import {
  type FlowRecordsQuestion,
  hasLooks,
  type OtherNets,
  type StudyCompany,
  studyFlowRecords,
} from '../../../src/studies/records/index.js';

const WEEKS = 300;
const FIRST = '2020-01-06' as IsoDate;
const CALENDAR: PeriodCalendar = {
  name: 'market-week',
  periodStarts: Array.from({ length: WEEKS }, (_, i) => addDays(FIRST, 7 * i)),
  periodEnds: Array.from({ length: WEEKS }, (_, i) => addDays(FIRST, 7 * i + 4)),
  lookbackPeriods: { '1y': 52, '3y': 157, '5y': 261, '10y': 522 },
};
const LAST = WEEKS - 1;
const END = CALENDAR.periodEnds[LAST]!;

interface Spec {
  readonly class?: string;
  readonly sector?: string | null;
  readonly calendar?: PeriodCalendar;
  readonly values?: Float64Array;
  readonly inFamily?: boolean;
}

function noise(seed: number, planted = 0, length = WEEKS): Float64Array {
  const random = seededRandom(seed);
  const values = Float64Array.from({ length }, () => 1e6 * normalDraw(random));
  values[length - 1]! += planted;
  return values;
}

/** A series whose net, grossBuy and longBuy are one, in dollars and as a share of volume. */
function series(spec: Spec = {}): FlowSeries {
  const { calendar = CALENDAR, values = noise(1) } = spec;
  const known = (unit: string, of: Float64Array) => ({
    values: of,
    unit,
    reasonAt: (period: number) => (Number.isNaN(of[period]!) ? 'not known' : null),
  });
  const missing = known('', new Float64Array(values.length).fill(Number.NaN));
  const dollars = known('US dollars', values);
  const scaled = known(
    'standard deviations',
    values.map((value, i) => (i < 52 ? Number.NaN : value / 1e6)),
  );
  return {
    basis: calendar.name === 'quarter' ? '13f' : 'ledger',
    class: spec.class ?? 'pension',
    sector: spec.sector === undefined ? 'technology' : spec.sector,
    sectorIsProxy: false,
    contract: null,
    symbol: null,
    name: 'test',
    inFamily: spec.inFamily ?? true,
    calendar,
    mainRuler: 'dollars',
    has: (period) => !Number.isNaN(values[period]!),
    ruler: (_, ruler) =>
      ruler === 'dollars' || ruler === 'pctAdv' ? dollars : ruler === 'volScaled' ? scaled : missing,
    knownAt: (period) => endOfDayInNewYork(calendar.periodEnds[period]!),
    sources: () => [],
    quality: () => ({ faults: [], remark: '', broughtRows: 0 }),
    breadth: (period) => ({ buyers: 0.8, names: 10, topFive: 0.6, withoutLargest: 0.9 * values[period]! }),
  };
}

const VIEW = { asOf: endOfDayInNewYork('2026-10-01' as IsoDate) as Instant } as AsOfView;
const QUESTION: FlowRecordsQuestion = { lookback: '5y', measure: 'net', resamples: 400, seed: 1 };
const study = (
  flows: readonly FlowSeries[],
  question: Partial<FlowRecordsQuestion> = {},
  company?: StudyCompany,
) => studyFlowRecords(flows, { ...QUESTION, ...question }, { view: VIEW, progress: silentProgress }, company);

const PLANTED = [series({ values: noise(1, 12e6) }), series({ class: 'retail', values: noise(2) })];

describe('records of any basis', () => {
  test('a planted week is found, tested in its family and called a record', async () => {
    const { rows, looks, periodEnd } = await study(PLANTED);
    expect(periodEnd).toBe(END);
    expect(looks!.classes).toEqual(['pension', 'retail']);
    const [row] = rows;
    expect(row).toMatchObject({
      basis: 'ledger',
      class: 'pension',
      sector: 'technology',
      rank: 1,
      kind: 'record',
    });
    expect(row!.p.adjusted!).toBeLessThan(0.05);
    expect(row!.checks.find((check) => check.name === 'breadth')!.verdict).toBe('pass');
    expect(row!.checks.find((check) => check.name === 'agreement')!.verdict).toBe('unknown');
  });

  test('asking for one class does not change its answer', async () => {
    const [whole] = (await study(PLANTED)).rows;
    const asked = await study(PLANTED, { classes: ['pension'] });
    expect(asked.rows).toEqual([whole]);
  });

  test('two names of one figure are one look, and both have its p', async () => {
    const known = (...measures: string[]) =>
      PLANTED.map((flow): FlowSeries => {
        const none = flow.ruler('net', 'contracts');
        return {
          ...flow,
          ruler: (measure, ruler) => (measures.includes(measure) ? flow.ruler(measure, ruler) : none),
        };
      });
    const once = await study(known('net'));
    const thrice = await study(known('net', 'grossBuy', 'longBuy'));
    expect(thrice.looks!.m).toBe(once.looks!.m);
    expect(thrice.looks!.rulers).toEqual(once.looks!.rulers);
    expect(thrice.rows[0]!.p).toEqual(once.rows[0]!.p);
    const bought = await study(known('net', 'grossBuy', 'longBuy'), { measure: 'grossBuy' });
    expect(bought.rows[0]!.p).toEqual(once.rows[0]!.p);
  });

  test('calendars of looks that the view supports multiply p, the own one once', async () => {
    const beside = async (...calendars: Basis[]) =>
      study(PLANTED, {}, { others: async () => [], calendars: async () => calendars });
    const one = await study(PLANTED);
    const p = one.rows[0]!.p.adjusted!;
    expect((await beside('ledger')).rows).toEqual(one.rows);
    for (const [calendars, count] of [
      [['cot', 'ledger', '13f'], 3],
      [['cot', '13f'], 3],
      [['cot'], 2],
    ] as const) {
      const { rows, looks } = await beside(...calendars);
      expect(rows[0]!.p.adjusted).toBeCloseTo(Math.min(1, count * p), 12);
      expect(rows[0]!.p.dependent).toBe(one.rows[0]!.p.dependent);
      expect(looks!.calendars).toHaveLength(count);
      expect(looks!.adjustedFloor).toBeCloseTo(count * one.looks!.adjustedFloor, 12);
    }
  });

  test('a view supports looks at a basis once one series of its family has 52 weeks behind it', () => {
    const short = (weeks: number, more: Partial<FlowSeries> = {}) => {
      const flow = series({ values: new Float64Array(WEEKS).fill(1) });
      return { ...flow, has: (period: number) => period < weeks, ...more };
    };
    expect(hasLooks([])).toBe(false);
    expect(hasLooks([short(52), short(30)])).toBe(false);
    expect(hasLooks([short(30), short(53)])).toBe(true);
    expect(hasLooks([short(60, { inFamily: false })])).toBe(false);
  });

  test('a day belongs to its market week, the weekend too', async () => {
    const monday = CALENDAR.periodStarts[200]!;
    for (const day of [monday, addDays(monday, 4), addDays(monday, 6)])
      expect((await study(PLANTED, { week: day })).period).toBe(200);
    await expect(study(PLANTED, { week: addDays(END, 3) })).rejects.toThrow(/not known on basis ledger/);
    await expect(study(PLANTED, { week: '2019-01-01' as IsoDate })).rejects.toThrow(/begins on 2020-01-06/);
    await expect(study(PLANTED, { sector: 'energy' })).rejects.toThrow(NotCovered);
  });

  test('all history is that of the series: what the calendar has before it is not missing', async () => {
    const values = noise(3, 12e6).fill(Number.NaN, 0, 100);
    const asked = async (hole: number) =>
      (await study([series({ values: values.with(hole, Number.NaN) })], { lookback: 'all' })).rows[0]!;
    const whole = await asked(50);
    expect(whole).toMatchObject({ rank: 1, n: WEEKS - 101, coverage: 1 });
    expect(whole.reasons.coverage).toBeUndefined();
    expect((await asked(150)).coverage).toBe((WEEKS - 102) / (WEEKS - 101));
  });

  test('too short a history gives ranks, no p, and the verdict insufficient', async () => {
    const calendar = {
      name: 'quarter',
      periodStarts: ['2025-07-01', '2025-10-01', '2026-01-01'] as IsoDate[],
      periodEnds: ['2025-09-30', '2025-12-31', '2026-03-31'] as IsoDate[],
      lookbackPeriods: { '1y': 4, '3y': 12, '5y': 20, '10y': 40 },
    } as const;
    const { rows, looks } = await study([series({ calendar, values: Float64Array.of(1, 2, 3) })]);
    expect(looks).toBeNull();
    expect(rows[0]).toMatchObject({ rank: 1, n: 2, m: 0, verdict: 'insufficient' });
    expect(rows[0]!.p.adjusted).toBeNull();
    expect(rows[0]!.broke!.stoodWeeks).toBe(13);
    expect(rows[0]!.reasons.coverage).toBe('on 2 of 20 quarters');
  });
});

describe('agreement with other bases', () => {
  const week = (net: number, more: Partial<OtherNets> = {}): OtherNets => ({
    basis: 'cot',
    class: 'asset-manager',
    sector: 'technology',
    calendar: {
      ...CALENDAR,
      name: 'cftc-week',
      periodStarts: CALENDAR.periodStarts.map((start) => addDays(start, -5)),
      periodEnds: CALENDAR.periodEnds.map((end) => addDays(end, -3)),
    },
    net: new Float64Array(WEEKS).fill(net),
    ...more,
  });
  const quarter = (net: number): OtherNets => ({
    basis: '13f',
    class: 'pension',
    sector: 'technology',
    calendar: {
      ...CALENDAR,
      name: 'quarter',
      periodStarts: [addDays(END, -60)],
      periodEnds: [addDays(END, 20)],
    },
    net: Float64Array.of(net),
  });
  const agreement = async (others: readonly OtherNets[], flows = PLANTED, name = 'pension') => {
    const { rows } = await study(
      flows,
      { classes: [name] },
      { others: async () => others, calendars: async () => [] },
    );
    return rows[0]!.checks.find((check) => check.name === 'agreement')!;
  };

  test('holds the net of the same days against it', async () => {
    const shifted = (days: number): OtherNets => {
      const base = week(5);
      return {
        ...base,
        calendar: {
          ...base.calendar,
          periodStarts: base.calendar.periodStarts.map((start) => addDays(start, days)),
          periodEnds: base.calendar.periodEnds.map((end) => addDays(end, days)),
        },
      };
    };
    expect((await agreement([week(5)])).verdict).toBe('unknown');
    expect(await agreement([shifted(2)])).toMatchObject({ verdict: 'pass', figures: { 'cot net': 5 } });
    expect(await agreement([{ ...shifted(2), net: new Float64Array(WEEKS) }])).toMatchObject({
      verdict: 'unknown',
      explanation: expect.stringContaining('neither buy nor sell'),
    });
    expect(await agreement([{ ...shifted(2), net: new Float64Array(WEEKS).fill(-5) }])).toMatchObject({
      verdict: 'fail',
    });
  });

  test('takes the quarter around the week, whose rank is not known', async () => {
    expect(await agreement([quarter(7)])).toMatchObject({
      verdict: 'pass',
      figures: { '13f net': 7, '13f rank': null },
    });
  });

  test('compares institutions of the same sector alone', async () => {
    expect((await agreement([quarter(7)], PLANTED, 'retail')).verdict).toBe('unknown');
    expect((await agreement([{ ...quarter(7), sector: 'energy' }])).verdict).toBe('unknown');
    expect((await agreement([{ ...quarter(7), class: 'market-maker' }])).verdict).toBe('unknown');
    expect((await agreement([{ ...quarter(7), basis: 'ledger' }])).verdict).toBe('unknown');
  });

  test('sums the weeks of a quarter, if all are known', async () => {
    const calendar: PeriodCalendar = {
      name: 'quarter',
      periodStarts: [CALENDAR.periodStarts[100]!],
      periodEnds: [CALENDAR.periodEnds[112]!],
      lookbackPeriods: { '1y': 4, '3y': 12, '5y': 20, '10y': 40 },
    };
    const flows = [series({ calendar, values: Float64Array.of(9) })];
    const whole = await agreement(
      [week(2, { basis: 'ledger', class: 'institutions', calendar: CALENDAR })],
      flows,
    );
    expect(whole).toMatchObject({ verdict: 'pass', figures: { 'ledger net': 26 } });
    const holed = week(2, { basis: 'ledger', class: 'institutions', calendar: CALENDAR });
    holed.net[105] = Number.NaN;
    expect((await agreement([holed], flows)).verdict).toBe('unknown');
  });
});
