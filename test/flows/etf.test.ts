import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  endOfDayInNewYork,
  type Fact,
  type IsoDate,
  newYorkInstant,
  nextTradingDay,
  tradingDays,
} from '../../src/core/index.js';
import {
  type EtfFlowQuestion,
  type EtfFlowRow,
  etfFlowRows,
  readEtfFlows,
  sectorFund,
} from '../../src/flows/index.js';
import { etfReader } from '../../src/sources/etf/index.js';
import { readAll } from '../sources/text/read-all.js';
import { hasSharedData, sharedBytes } from '../sources/text/shared-data.js';
import { type TemporaryStore, temporaryStore } from '../support/positions.js';
import { closes, day, fact, vendorSplit } from './thirteen-f-world.js';

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await temporaryStore();
});
afterEach(() => temporary.remove());

const count = (symbol: string, date: string, shares: number, price: number | null = 100): Fact =>
  fact(
    'fundShares',
    { symbol, date, shares, price },
    { periodEnd: day(date), knownAt: newYorkInstant(nextTradingDay(day(date)), 9, 30) },
  );

async function rowsAt(asOf: string, question: EtfFlowQuestion = { every: 'day' }): Promise<EtfFlowRow[]> {
  const view = await temporary.store.view(endOfDayInNewYork(day(asOf)));
  try {
    return await etfFlowRows(view, question);
  } finally {
    view.close();
  }
}

async function rowsOf(
  facts: readonly Fact[],
  question: EtfFlowQuestion = { every: 'day' },
): Promise<EtfFlowRow[]> {
  await temporary.add(facts, 'etf');
  return rowsAt('2026-10-01', question);
}

const on = (rows: readonly EtfFlowRow[], date: string): EtfFlowRow =>
  rows.find((row) => row.periodEnd === date)!;

describe('a day of a fund', () => {
  test('is the change of its shares at its price, net only', async () => {
    const rows = await rowsOf([count('XLK', '2026-03-30', 1000), count('XLK', '2026-03-31', 1010, 132.5)]);
    expect(on(rows, '2026-03-31')).toMatchObject({
      basis: 'etf',
      class: 'fund-investors',
      sides: 'net-only',
      symbol: 'XLK',
      sector: 'technology',
      sectorIsProxy: false,
      created: 10,
      nav: 132.5,
      navKind: 'stated',
      net: 1325,
      grossBuy: null,
      longBuy: null,
      gross: null,
      flags: [],
      knownAt: '2026-04-01T13:30:00Z',
    });
    expect(on(rows, '2026-03-31').sources).toHaveLength(2);
    expect(on(rows, '2026-03-30')).toMatchObject({ net: null, created: null });
    expect(on(rows, '2026-03-30').reasons.net).toContain('2026-03-27');
    expect(on(rows, '2026-03-31').reasons.grossBuy).toContain('net');
  });

  test('a price that is not stated is the day’s close, a vendor’s later split undone', async () => {
    const rows = await rowsOf([
      count('XLK', '2025-12-02', 1000, null),
      count('XLK', '2025-12-03', 1010, null),
      count('XLK', '2025-12-04', 1010, null),
      count('XLK', '2025-12-05', 2030, null),
      count('XLK', '2025-12-08', 2020, null),
      ...closes('XLK', '2025-12-02', '2025-12-05', () => 146),
      vendorSplit('XLK', '2025-12-05', 2),
    ]);
    expect(on(rows, '2025-12-03')).toMatchObject({ nav: 292, navKind: 'close', net: 2920 });
    expect(on(rows, '2025-12-03').sources).toHaveLength(3);
    expect(on(rows, '2025-12-05')).toMatchObject({ created: 10, nav: 146, net: 1460 });
    expect(on(rows, '2025-12-08')).toMatchObject({ created: -10, nav: null, net: null });
    expect(on(rows, '2025-12-08').reasons.net).toContain('no price');
  });

  test('as of a day before a split, a close stored after it is of no known basis', async () => {
    await temporary.add([
      count('XLK', '2025-12-02', 1000, null),
      count('XLK', '2025-12-03', 1010, null),
      ...closes('XLK', '2025-12-02', '2025-12-05', () => 146),
      vendorSplit('XLK', '2025-12-05', 2),
    ]);
    expect(on(await rowsAt('2025-12-04'), '2025-12-03').reasons.net).toContain('2025-12-05');
    expect(on(await rowsAt('2025-12-05'), '2025-12-03').net).toBe(2920);
  });

  test('a split of the count that no list knows is no creation', async () => {
    const rows = await rowsOf([
      count('AAA', '2026-03-30', 1000),
      count('AAA', '2026-03-31', 3000, 33),
      count('BBB', '2026-03-30', 1000),
      count('BBB', '2026-03-31', 1300, 33),
      vendorSplit('BBB', '2026-03-31', 1.31),
    ]);
    expect(
      rows.filter(({ periodEnd }) => periodEnd === '2026-03-31').map((row) => [row.net, row.reasons.net]),
    ).toEqual([
      [null, expect.stringContaining('3.00-fold')],
      [null, expect.stringContaining('1.31')],
    ]);
  });
});

describe('defects of lists', () => {
  test('weekends and holidays have no flow; they stand in for a session without a count', async () => {
    const rows = await rowsOf([
      count('XLK', '2026-03-28', 1000),
      count('XLK', '2026-03-30', 1001),
      count('XLK', '2026-04-02', 1002),
      count('XLK', '2026-04-03', 1002),
      count('XLK', '2026-04-06', 1004),
    ]);
    for (const closed of ['2026-03-28', '2026-04-03'])
      expect(on(rows, closed)).toMatchObject({ net: null, reasons: { net: 'no session on that day' } });
    expect(on(rows, '2026-03-30')).toMatchObject({ net: 100 });
    expect(on(rows, '2026-03-30').flags).toEqual(['the count of 2026-03-27 is that of 2026-03-28']);
    expect(on(rows, '2026-04-02').reasons.net).toContain('no count for the session before, 2026-04-01');
    expect(on(rows, '2026-04-06')).toMatchObject({ net: 200, flags: [] });
  });

  test('five equal counts in a row are stale, four are not', async () => {
    const days = tradingDays(day('2026-03-02'), day('2026-03-13'));
    const stale = await rowsOf(days.map((date, i) => count('QQQ', date, i < 5 ? 500 : 500 + i)));
    expect(stale.slice(1, 5).map(({ net }) => net)).toEqual([null, null, null, null]);
    expect(stale[4]!.flags).toEqual(['stale: the same count on 5 days in a row']);
    expect(stale[5]).toMatchObject({ net: 500, flags: [] });
    const early = await rowsAt('2026-03-06');
    expect(early.map(({ net }) => net)).toEqual([null, 0, 0, 0]);
  });

  test('a jump that is gone the next day is flagged on both days and kept', async () => {
    const rows = await rowsOf([
      count('XLF', '2026-03-30', 1000),
      count('XLF', '2026-03-31', 1100),
      count('XLF', '2026-04-01', 1001),
      count('XLF', '2026-04-02', 1021),
    ]);
    expect(on(rows, '2026-03-31')).toMatchObject({
      net: 10_000,
      flags: ['one-day round trip: gone again on 2026-04-01'],
    });
    expect(on(rows, '2026-04-01')).toMatchObject({
      net: -9900,
      flags: ['one-day round trip: back from 2026-03-31'],
    });
    expect(on(rows, '2026-04-02').flags).toEqual([]);
  });
});

describe('weeks', () => {
  const week = (monday: string, base: number): Fact[] =>
    tradingDays(day(monday), nextFriday(monday)).map((date, i) => count('XLK', date, base + i));
  const nextFriday = (monday: string): IsoDate => {
    const days = tradingDays(day(monday), day('2026-12-31'));
    return days.filter((date) => date < addSeven(monday)).at(-1)!;
  };
  const addSeven = (date: string): string =>
    new Date(Date.parse(date) + 7 * 86_400_000).toISOString().slice(0, 10);

  test('are sums of their days, Monday to the last session, and null with a day that is not known', async () => {
    const rows = await rowsOf(
      [
        count('XLK', '2026-03-20', 999),
        ...week('2026-03-23', 1000),
        ...week('2026-03-30', 1010),
        count('XLK', '2026-04-06', 1),
      ],
      { every: 'week' },
    );
    expect(
      rows.map(({ periodStart, periodEnd, created, net }) => [periodStart, periodEnd, created, net]),
    ).toEqual([
      ['2026-03-16', '2026-03-20', null, null],
      ['2026-03-23', '2026-03-27', 5, 500],
      ['2026-03-30', '2026-04-02', 9, 900],
    ]);
    expect(rows[0]!.reasons.net).toContain('no count of 2026-03-16');
  });

  test('equal the change of the count between their ends where the price is one', async () => {
    const days = tradingDays(day('2026-03-20'), day('2026-04-10'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: days.length, maxLength: days.length }),
        async (steps) => {
          const own = await temporaryStore();
          let shares = 5000;
          const counts = days.map((date, i) => {
            shares += i % 2 === 0 ? steps[i]! : -steps[i]!;
            return count('XLK', date, shares, 10);
          });
          await own.add(counts);
          const view = await own.store.view(endOfDayInNewYork(day('2026-10-01')));
          const rows = await etfFlowRows(view, { every: 'week', from: day('2026-03-27') });
          view.close();
          own.remove();
          let before = (counts[0]!.row as { shares: number }).shares;
          for (const row of rows) {
            expect(row.net).toBe((row.shares - before) * 10);
            before = row.shares;
          }
          expect(rows).toHaveLength(3);
        },
      ),
      { numRuns: 8 },
    );
  });

  test('are series for the studies', async () => {
    await temporary.add([
      count('XLK', '2026-03-20', 999),
      ...week('2026-03-23', 1000),
      ...week('2026-03-30', 1010),
    ]);
    await temporary.add([
      ...week('2026-03-30', 50).map((one) => ({
        ...one,
        row: { ...one.row, symbol: 'SPY' } as typeof one.row,
      })),
    ]);
    const view = await temporary.store.view(endOfDayInNewYork(day('2026-10-01')));
    const [spy, xlk] = await readEtfFlows(view);
    view.close();
    expect(xlk).toMatchObject({
      symbol: 'XLK',
      sector: 'technology',
      inFamily: true,
      class: 'fund-investors',
    });
    expect(spy).toMatchObject({ symbol: 'SPY', sector: null, inFamily: false });
    expect(xlk!.calendar.periodEnds).toEqual(['2026-03-20', '2026-03-27', '2026-04-02']);
    expect([...xlk!.ruler('net', 'dollars').values]).toEqual([Number.NaN, 500, 900]);
    expect([0, 1, 2].map((period) => xlk!.has(period))).toEqual([false, true, true]);
    expect(xlk!.ruler('grossBuy', 'dollars').reasonAt(1)).toContain('net');
    expect(spy!.ruler('net', 'dollars').reasonAt(0)).toContain('2026-03-20');
    expect(spy!.ruler('net', 'dollars').reasonAt(2)).toContain('2026-03-30');
    expect(xlk!.knownAt(2)).toBe(newYorkInstant(day('2026-04-06'), 9, 30));
    expect(xlk!.sources(2).length).toBeGreaterThan(4);
  });
});

test('funds stand for sectors, QQQ as a proxy, broad ones for none', () => {
  expect(sectorFund('XLE')).toEqual({ sector: 'energy', isProxy: false });
  expect(sectorFund('QQQ')).toEqual({ sector: 'technology', isProxy: true });
  expect(sectorFund('SPY')).toBeNull();
});

describe.skipIf(!hasSharedData)('the sample of issuers’ counts (needs ../shared/data)', () => {
  test('shows its defects', async () => {
    const rows = await rowsOf(
      readAll(etfReader, sharedBytes('etf/etf-shares-outstanding-sample-2026.csv')).facts,
    );
    const of = (symbol: string, date: string) =>
      rows.find((row) => row.symbol === symbol && row.periodEnd === date)!;
    expect(rows).toHaveLength(369);
    expect(of('SPY', '2026-03-28').reasons.net).toBe('no session on that day');
    expect(of('SPY', '2026-04-03').reasons.net).toBe('no session on that day');
    expect(of('SPY', '2026-03-31')).toMatchObject({ created: -4_050_000, net: -2_621_484_118.65 });
    expect(of('SPY', '2026-04-01').reasons.net).toContain('no price');
    expect(of('XLK', '2026-03-31')).toMatchObject({ created: 150_000, sector: 'technology' });
    for (const row of rows.filter(({ symbol }) => symbol === 'QQQ')) expect(row.net).toBeNull();
    expect(of('QQQ', '2026-04-01').flags.join()).toContain('stale');
    expect(
      rows.find(({ symbol, periodEnd }) => symbol === 'PSLV' && periodEnd === '2025-08-07')!.flags,
    ).toEqual(['one-day round trip: gone again on 2025-08-08']);
    for (const { net, created, nav } of rows)
      if (net !== null) expect(Math.abs(net - created! * nav!)).toBeLessThanOrEqual(0.0051);
  });
});
