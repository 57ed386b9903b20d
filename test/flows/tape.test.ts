import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  addDays,
  type Fact,
  type Instant,
  type IsoDate,
  newYorkInstant,
  previousTradingDay,
  TABLES,
  tradingDays,
} from '../../src/core/index.js';
import {
  type FlowSeries,
  readTapeFlows,
  readTapeSectors,
  readTapeSpan,
  tapeFlowRows,
} from '../../src/flows/index.js';
import type { AsOfView } from '../../src/store/index.js';
import { hasLooks } from '../../src/studies/records/index.js';
import { type TemporaryStore, temporaryStore } from '../support/positions.js';

const LATER = newYorkInstant('2026-10-01' as IsoDate, 12);
const MONDAY = '2024-03-04' as IsoDate;
const FRIDAY = '2024-03-08' as IsoDate;

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await temporaryStore();
});
afterEach(() => temporary.remove());

async function ask<Result>(
  question: (view: AsOfView) => Promise<Result>,
  asOf: Instant = LATER,
): Promise<Result> {
  const view = await temporary.store.view(asOf);
  try {
    return await question(view);
  } finally {
    view.close();
  }
}

let rows = 0;
function fact<Name extends 'tapeSums' | 'tapeSigning'>(
  table: Name,
  date: IsoDate,
  row: Record<string, unknown>,
): Fact {
  const blank = Object.entries(TABLES[table].columns).map(([name, type]) => [
    name,
    type === 'integer' ? 0 : null,
  ]);
  return {
    table,
    row: { ...Object.fromEntries(blank), date, ...row },
    periodStart: date,
    periodEnd: date,
    knownAt: newYorkInstant(date, 16),
    knownAtKind: 'published',
    rowNumber: ++rows,
  } as Fact;
}

interface Sum {
  readonly symbol?: string;
  readonly class?: string;
  readonly buy: number;
  readonly sell: number;
}

const sum = (date: IsoDate, { symbol = 'AAA', class: printClass = 'other', buy, sell }: Sum): Fact =>
  fact('tapeSums', date, { symbol, printClass, buyUsd: buy, sellUsd: sell, buyPrints: 1, sellPrints: 1 });
const signing = (date: IsoDate, symbol = 'AAA', more: Record<string, unknown> = {}): Fact =>
  fact('tapeSigning', date, {
    symbol,
    lagNanos: 1,
    rule: 'lee-ready',
    quoteKind: 'nbbo',
    tradeFormat: 'test-trades',
    conditionTable: 'test',
    hasSubPennyPrices: true,
    trades: 2,
    signable: 2,
    byQuote: 2,
    ...more,
  });

const listed = (symbol: string, sector: string, firstSeen: string): Fact => ({
  table: 'constituents',
  row: {
    list: 'S&P 500',
    symbol,
    name: symbol,
    gicsSector: sector,
    gicsSubIndustry: null,
    sector,
    cik: null,
    firstSeen: firstSeen as IsoDate,
    lastSeen: firstSeen as IsoDate,
  },
  periodStart: firstSeen as IsoDate,
  periodEnd: firstSeen as IsoDate,
  knownAt: newYorkInstant(firstSeen as IsoDate, 20),
  knownAtKind: 'rule',
  rowNumber: ++rows,
});

const week = tradingDays(MONDAY, FRIDAY);
const flowOf = (flows: readonly FlowSeries[], name: string, sector: string | null): FlowSeries =>
  flows.find((flow) => flow.class === name && flow.sector === sector)!;

describe('sectors', () => {
  test('are those of the day, class shares spelt either way, and unknown for the rest', async () => {
    await temporary.add([
      listed('AAA', 'technology', '2024-01-02'),
      listed('AAA', 'communication-services', '2024-03-06'),
      listed('BF-B', 'consumer-staples', '2024-01-02'),
      ...['AAA', 'BF.B', 'ZZZ'].flatMap((symbol) =>
        week.flatMap((date) => [sum(date, { symbol, buy: 10, sell: 4 }), signing(date, symbol)]),
      ),
    ]);
    const sectorOf = await ask(readTapeSectors);
    expect(
      ['2020-01-02', '2024-03-05', '2024-03-06'].map((date) => sectorOf('AAA', date as IsoDate)),
    ).toEqual(['technology', 'technology', 'communication-services']);
    const found = await ask((view) => tapeFlowRows(view, { every: 'week', by: ['sector'] }));
    expect(found.map(({ sector, net, isComplete }) => [sector, net, isComplete])).toEqual([
      ['communication-services', 18, true],
      ['consumer-staples', 30, true],
      ['technology', 12, true],
      ['unknown', 30, true],
    ]);
    const flows = await ask(readTapeFlows);
    expect(flowOf(flows, 'other', 'unknown').inFamily).toBe(false);
    expect(flowOf(flows, 'other', null).ruler('net', 'dollars').values).toEqual(Float64Array.of(90));
  });
});

describe('series of weeks', () => {
  test('a week without each of its days has no figure, and the days are named', async () => {
    const next = tradingDays(addDays(MONDAY, 7), addDays(FRIDAY, 7));
    await temporary.add(
      [...week, ...next.slice(0, 4)].flatMap((date) => [sum(date, { buy: 10, sell: 4 }), signing(date)]),
    );
    const flow = flowOf(await ask(readTapeFlows), 'other', null);
    expect([flow.has(0), flow.has(1)]).toEqual([true, false]);
    const dollars = flow.ruler('net', 'dollars');
    expect([...dollars.values]).toEqual([30, Number.NaN]);
    expect(dollars.reasonAt(1)).toBe('the tape has no print of 2024-03-15');
    expect(flow.ruler('longBuy', 'dollars').reasonAt(0)).toMatch(/opens a long or covers a short/);
    expect(flow.ruler('grossBuy', 'dollars').values[0]).toBe(50);
    expect(flow.sources(0)).toHaveLength(1);
  });

  test('a week is not seen before it is over, whatever is stored', async () => {
    await temporary.add(week.flatMap((date) => [sum(date, { buy: 10, sell: 4 }), signing(date)]));
    const at = (hour: number) => ask(readTapeFlows, newYorkInstant(FRIDAY, hour));
    expect(await at(19)).toEqual([]);
    expect((await at(20)).map(({ sector }) => sector)).toEqual(['unknown', null]);
  });

  test('breadth is over names, and names that come and go are a fault', async () => {
    await temporary.add(
      week.flatMap((date, i) => [
        sum(date, { buy: 10, sell: 0 }),
        signing(date),
        sum(date, { symbol: 'BBB', buy: 0, sell: 2 }),
        signing(date, 'BBB', i === 0 ? { metCrossed: 2 } : {}),
        ...(i === 2 ? [sum(date, { symbol: 'CCC', buy: 1, sell: 1 }), signing(date, 'CCC')] : []),
      ]),
    );
    const flow = flowOf(await ask(readTapeFlows), 'other', null);
    expect(flow.breadth(0, 'net')).toEqual({ buyers: 1 / 3, names: 3, topFive: 1, withoutLargest: -10 });
    expect(flow.breadth(0, 'grossBuy')).toMatchObject({ buyers: 1 / 3, names: 3 });
    expect(flow.quality(0).faults).toEqual([
      'the tape has 3 names on one day of the week and 2 on another',
      '9.1 % of the prints met a crossed quote',
    ]);
  });

  test('53 whole weeks support looks, 52 do not', async () => {
    const weeks = (count: number) =>
      Array.from({ length: count }, (_, i) => addDays(MONDAY, 7 * i)).flatMap((monday) =>
        tradingDays(monday, addDays(monday, 4)),
      );
    const add = (dates: readonly IsoDate[]) =>
      temporary.add(dates.flatMap((date) => [sum(date, { buy: 10, sell: 4 }), signing(date)]));
    await add(weeks(52));
    expect(hasLooks(await ask(readTapeFlows))).toBe(false);
    await add(weeks(53).slice(weeks(52).length));
    expect(hasLooks(await ask(readTapeFlows))).toBe(true);
  });
});

describe('the days of a report', () => {
  test('are summed by kind of print; days without tape are named; no day is a reason', async () => {
    await temporary.add(
      week
        .slice(0, 4)
        .flatMap((date) => [
          sum(date, { buy: 10, sell: 4 }),
          sum(date, { class: 'retail', buy: 1, sell: 2 }),
          fact('tapeSums', date, { symbol: 'AAA', printClass: 'auction', unsignedUsd: 6, unsignedPrints: 1 }),
          signing(date, 'AAA', { byQuote: 1, byTick: 1, metCrossed: 1, buyUsd: 11, sellUsd: 6 }),
          signing(date, 'AAA', { lagNanos: 5e9, buyUsd: 9, sellUsd: 8 }),
        ]),
    );
    const span = (from: IsoDate, to: IsoDate) => ask((view) => readTapeSpan(view, from, to));
    const { week: found } = (await span(MONDAY, FRIDAY))!;
    expect(found).toMatchObject({
      missingDays: [FRIDAY],
      names: 1,
      all: { buy: 44, sell: 24, net: 20, unsigned: 24, turnover: 92, prints: 20 },
      lags: [
        { label: '1 ns', isDefault: true, net: 20 },
        { label: '5 s', isDefault: false, net: 4 },
      ],
      signing: { byQuote: 0.5, byTick: 0.5, crossedQuote: 0.5, isDoubtful: true, formats: ['test-trades'] },
      retail: { published: { foundBySubPenny: 0.35, wrongBySubPenny: 0.28, wrongByMidpoint: 0.05 } },
    });
    expect(found!.classes.map((row) => [row.class, row.net])).toEqual([
      ['other', 24],
      ['retail', -4],
      ['auction', null],
    ]);
    const before = previousTradingDay(MONDAY);
    expect(await span(before, before)).toEqual({
      week: null,
      reason:
        'the tape in the store has 4 days from 2024-03-04 to 2024-03-07, and none of 2024-03-01 to 2024-03-01',
    });
  });

  test('a store without tape has nothing to say', async () => {
    expect(await ask((view) => readTapeSpan(view, MONDAY, FRIDAY))).toBeNull();
  });
});
