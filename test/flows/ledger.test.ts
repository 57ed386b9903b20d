import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  addDays,
  type Fact,
  formatInstant,
  INSTITUTIONS,
  type Instant,
  type IsoDate,
  newYorkInstant,
  tradingDays,
} from '../../src/core/index.js';
import {
  type LedgerFlowSeries,
  ledgerFlowRows,
  readLedgerFlows,
  UNCLASSIFIED,
} from '../../src/flows/index.js';
import { ledgerReader } from '../../src/sources/ledger/index.js';
import { ledgerText, type RowSpec } from '../sources/ledger/ledger-fixtures.js';
import { readAll } from '../sources/text/read-all.js';
import { macroFact, type TemporaryStore, temporaryStore } from '../support/positions.js';

const LATER = newYorkInstant('2026-10-01' as IsoDate, 12);
const MONDAY = '2026-04-06' as IsoDate;

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await temporaryStore();
});
afterEach(() => temporary.remove());

let ids = 0;
/** An execution at noon in New York of a day. */
const on = (date: IsoDate, spec: RowSpec = {}): RowSpec => ({
  time: formatInstant(newYorkInstant(date, 12)),
  id: `I${++ids}`,
  ...spec,
});
const day = (week: number, weekday = 0): IsoDate => addDays(MONDAY, 7 * week + weekday);

const add = (rows: readonly RowSpec[]) =>
  temporary.add(readAll(ledgerReader, ledgerText(rows)).facts, 'ledger');

function listed(symbol: string, sector: string, firstSeen: string, rowNumber: number): Fact<'constituents'> {
  const seen = firstSeen as IsoDate;
  const names = { list: 'S&P 500', symbol, name: symbol, gicsSubIndustry: null, cik: null };
  return {
    table: 'constituents',
    row: { ...names, gicsSector: sector, sector, firstSeen: seen, lastSeen: seen },
    periodStart: seen,
    periodEnd: seen,
    knownAt: newYorkInstant(seen, 20),
    knownAtKind: 'rule',
    rowNumber,
  };
}

async function flowsAt(asOf: Instant = LATER): Promise<LedgerFlowSeries[]> {
  const view = await temporary.store.view(asOf);
  try {
    return await readLedgerFlows(view);
  } finally {
    view.close();
  }
}

async function flowOf(name: string, sector: string | null = null, asOf: Instant = LATER) {
  const flow = (await flowsAt(asOf)).find((series) => series.class === name && series.sector === sector);
  if (flow === undefined) throw new Error(`no flow of ${name} in ${sector}`);
  return flow;
}

describe('weekly flows of basis ledger', () => {
  test('have the four legs of the week, to the cent', async () => {
    await add([
      on(day(0), { side: 'buy', quantity: '100', price: '10.005' }),
      on(day(0, 1), { side: 'sell', quantity: '3', price: '0.335' }),
      on(day(0, 2), { side: 'sell-short', quantity: '7', price: '1' }),
      on(day(0, 4), { side: 'buy-to-cover', quantity: '0.5', price: '5' }),
    ]);
    const [row] = ledgerFlowRows(await flowOf('hedge-fund'));
    expect(row).toMatchObject({
      basis: 'ledger',
      sides: 'four-way',
      periodStart: MONDAY,
      periodEnd: '2026-04-10',
      knownAt: '2026-04-11T00:00:00Z',
      longBuy: 1000.5,
      longSell: 1.01,
      shortSell: 7,
      shortCover: 2.5,
      grossBuy: 1003,
      grossSell: 8.01,
      net: 994.99,
      gross: 1011.01,
      grossing: 1003.99,
      buyRatio: 400.2,
      flags: [],
    });
    expect(row!.contracts).toBeNull();
    expect(row!.reasons.contracts).toMatch('no contracts');
    expect(row!.reasons.bpsCap).toMatch('shares outstanding');
    expect(row!.reasons.z52).toMatch('fewer earlier periods');
  });

  test('equal sums of whole numbers, whatever is traded, and sectors add up to all', async () => {
    await temporary.add([
      listed('AAPL', 'technology', '2020-01-01', 2),
      listed('XOM', 'energy', '2020-01-01', 3),
    ]);
    const cents = fc.bigInt(1n, 10n ** 11n);
    const execution = fc.record({
      class: fc.constantFrom('hedge-fund', 'pension', 'retail'),
      symbol: fc.constantFrom('AAPL', 'XOM', 'ZZZ'),
      side: fc.constantFrom('buy', 'sell', 'sell-short', 'buy-to-cover'),
      cents,
    });
    const [sample] = fc.sample(fc.array(execution, { minLength: 400, maxLength: 400 }), {
      numRuns: 1,
      seed: 7,
    });
    const price = (amount: bigint) => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
    await add(sample!.map((row) => on(day(0), { ...row, quantity: '1', price: price(row.cents) })));
    const flows = await flowsAt();
    for (const name of ['hedge-fund', 'pension', 'retail', INSTITUTIONS]) {
      const own = sample!.filter((row) =>
        name === INSTITUTIONS ? row.class !== 'retail' : row.class === name,
      );
      for (const [sector, symbol] of [
        [null, null],
        ['technology', 'AAPL'],
        ['energy', 'XOM'],
        [UNCLASSIFIED, 'ZZZ'],
      ]) {
        const sum = (side: string): bigint =>
          own
            .filter((row) => row.side === side && (symbol === null || row.symbol === symbol))
            .reduce((total, row) => total + row.cents, 0n);
        const legs = flows.find((flow) => flow.class === name && flow.sector === sector)!.legs(0)!;
        expect(Object.values(legs).map(BigInt)).toEqual(
          ['buy', 'sell', 'sell-short', 'buy-to-cover'].map(sum),
        );
      }
    }
  });

  test('sum institutions without retail and market makers', async () => {
    const classes = [
      'pension',
      'hedge-fund',
      'some-desk',
      'retail',
      'market-maker',
      'non-reportable',
      'fund-investors',
    ];
    await add(classes.map((name, i) => on(day(0), { class: name, quantity: '1', price: String(10 ** i) })));
    expect((await flowOf(INSTITUTIONS)).legs(0)).toMatchObject({ longBuy: 11_100 });
  });

  test('put a symbol into the sector that the lists showed by then', async () => {
    await temporary.add([
      listed('META', 'technology', '2016-01-01', 2),
      listed('META', 'communication-services', '2026-04-13', 3),
    ]);
    await add([on(day(0), { symbol: 'META' }), on(day(1), { symbol: 'META' })]);
    const before = await flowOf('hedge-fund', 'technology');
    const after = await flowOf('hedge-fund', 'communication-services');
    expect([before.legs(0)!.longBuy, before.legs(1)!.longBuy]).toEqual([1_102_500, 0]);
    expect([after.legs(0)!.longBuy, after.legs(1)!.longBuy]).toEqual([0, 1_102_500]);
  });

  test('are zero in a week without executions, and none before the first of the class', async () => {
    await add([
      on(day(0), { class: 'pension' }),
      on(day(3), { class: 'pension' }),
      on(day(2), { class: 'endowment' }),
    ]);
    const pension = await flowOf('pension');
    const endowment = await flowOf('endowment');
    expect([...pension.ruler('net', 'dollars').values]).toEqual([11_025, 0, 0, 11_025]);
    expect([...endowment.ruler('net', 'dollars').values]).toEqual([Number.NaN, Number.NaN, 11_025, 0]);
    expect([0, 1, 2, 3].map((period) => endowment.has(period))).toEqual([false, false, true, true]);
    expect(endowment.ruler('net', 'dollars').reasonAt(1)).toMatch('no endowment execution');
    expect(endowment.breadth(3, 'net')).toBeNull();
  });

  test('end with the last trading day: the week of Good Friday on Thursday', async () => {
    await add([on('2026-04-02' as IsoDate)]);
    const { calendar } = await flowOf('hedge-fund');
    expect(calendar).toMatchObject({
      name: 'market-week',
      periodStarts: ['2026-03-30'],
      periodEnds: ['2026-04-02'],
    });
  });
});

describe('what is known', () => {
  test('is a week once its trading is over, and nothing later', async () => {
    await add([on(day(0)), on(day(0, 4), { time: '2026-04-10T23:30:00Z' }), on(day(1)), on(day(2))]);
    const friday = '2026-04-10' as IsoDate;
    expect(await flowsAt(newYorkInstant(friday, 19, 59))).toEqual([]);
    const first = await flowOf('hedge-fund', null, newYorkInstant(friday, 20));
    expect(first.calendar.periodEnds).toEqual([friday]);
    expect(first.legs(0)!.longBuy).toBe(2_205_000);
    expect(first.knownAt(0)).toBe(newYorkInstant(friday, 20));
    const running = await flowOf('hedge-fund', null, newYorkInstant(day(1, 2), 12));
    expect(running.calendar.periodEnds).toEqual([friday]);
    expect((await flowOf('hedge-fund')).calendar.periodEnds).toHaveLength(3);
  });

  test('does not change with what comes later', async () => {
    await add([on(day(0)), on(day(1), { quantity: '5' })]);
    const asOf = newYorkInstant(day(1, 5), 12);
    const rows = async () => (await flowsAt(asOf)).flatMap((flow) => ledgerFlowRows(flow));
    const before = await rows();
    await add([on(day(2)), on(day(3), { class: 'pension' })]);
    expect(await rows()).toEqual(before);
  });

  test('is nothing where the store has no executions', async () => {
    expect(await flowsAt()).toEqual([]);
  });
});

/** A purchase of a hundred dollars on each day of weeks 0 to 59, so that a week is 500 dollars. */
const steady = (): RowSpec[] =>
  tradingDays(MONDAY.replace('2026', '2024') as IsoDate, '2025-06-06' as IsoDate).flatMap((date) => [
    on(date, { quantity: '1', price: '100', symbol: 'AAPL' }),
  ]);

describe('the quality of a week', () => {
  test('names the ends of the ledger that fall within it', async () => {
    await add([on(day(0, 2)), on(day(1)), on(day(2, 1))]);
    const flow = await flowOf('hedge-fund');
    expect(flow.quality(0).faults).toEqual(['the ledger begins on 2026-04-08, within the week']);
    expect(flow.quality(1).faults).toEqual([]);
    expect(flow.quality(2).faults).toEqual(['the ledger ends on 2026-04-21, within the week']);
  });

  test('names rows that were set aside and revised', async () => {
    const [kept, wrong] = [on(day(0)), on(day(0, 4), { side: '?' })];
    const reading = readAll(ledgerReader, ledgerText([kept, wrong]));
    const session = await temporary.store.beginImport({ command: 'test' });
    const file = {
      fileName: 'l.csv',
      fileSha256: 'f'.repeat(64),
      source: 'ledger',
      kind: 'ledger-csv',
      bytes: 1,
    };
    await session.commitFile(file, [reading]);
    await session.close();
    await add([{ ...kept, price: '111' }]);
    const { faults } = (
      await flowOf('hedge-fund', null, newYorkInstant('2026-12-01' as IsoDate, 12))
    ).quality(0);
    expect(faults).toContain(
      '1 executions of the week were set aside (l.csv, row 3: the side cannot be read)',
    );
    expect(faults).toContain('1 of its executions were revised');
  });

  test('fails where one print in a hundred makes the record', async () => {
    const last = '2025-06-06' as IsoDate;
    await add([...steady(), on(last, { quantity: '1', price: '1000' })]);
    const flow = await flowOf('hedge-fund');
    const period = flow.calendar.periodEnds.indexOf(last);
    const fault = 'without the largest 1 % of its prints (1 of 6) the week is no such record';
    for (const measure of ['net', 'longBuy'] as const)
      expect(flow.quality(period, measure).faults).toEqual([fault]);
    expect(flow.quality(period - 1).faults).toEqual([]);
  });

  test('holds where many prints make it', async () => {
    const last = '2025-06-06' as IsoDate;
    await add([...steady(), ...Array.from({ length: 20 }, () => on(last, { quantity: '1', price: '100' }))]);
    const flow = await flowOf('hedge-fund');
    expect(flow.quality(flow.calendar.periodEnds.indexOf(last)).faults).toEqual([]);
  });

  test('tells what cannot be known without opening positions, and what positions show', async () => {
    await add([
      on(day(0), { side: 'sell', quantity: '10' }),
      on(day(0, 1), { account: 'B', side: 'buy', quantity: '10' }),
      on(day(0, 2), { account: 'B', side: 'sell', quantity: '10' }),
      on(day(1, 4), { account: 'C', side: 'buy', before: '-10' }),
    ]);
    const flow = await flowOf('hedge-fund');
    expect(flow.quality(0).remark).toMatch(
      'in 1 of 2 pairs of account and symbol plain sales exceed purchases',
    );
    expect(flow.quality(0).faults).toEqual([]);
    expect(flow.quality(1).faults).toEqual([
      '1 purchases of accounts that were short or short sales of accounts that were long stand in the wrong leg',
    ]);
  });

  test('comes with the first row of every file behind it', async () => {
    await add([on(day(0)), on(day(0))]);
    await add([on(day(0)), on(day(1, 4))]);
    const flow = await flowOf(INSTITUTIONS);
    expect(flow.sources(0).map((ref) => ref.rowNumber)).toEqual([2, 2]);
    expect(flow.sources(1).map((ref) => ref.rowNumber)).toEqual([3]);
  });
});

describe('breadth', () => {
  test('tells buyers, the five largest names and the rest without the largest', async () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F'];
    await add([
      ...names.map((symbol, i) => on(day(0), { symbol, quantity: '1', price: String(100 * (i + 1)) })),
      on(day(0), { symbol: 'G', side: 'sell', quantity: '1', price: '500' }),
    ]);
    const flow = await flowOf('hedge-fund');
    expect(flow.breadth(0, 'net')).toEqual({
      buyers: 6 / 7,
      names: 7,
      topFive: 2000 / 1600,
      withoutLargest: 1000,
    });
    expect(flow.breadth(0, 'longBuy')).toEqual({
      buyers: 6 / 7,
      names: 7,
      topFive: 2000 / 2100,
      withoutLargest: 1500,
    });
  });

  test('a name that was bought and sold more is no buyer, whatever is measured', async () => {
    await add([
      on(day(0), { symbol: 'A', quantity: '1', price: '100' }),
      on(day(0), { symbol: 'B', quantity: '1', price: '100' }),
      on(day(0), { symbol: 'B', side: 'sell', quantity: '3', price: '100' }),
    ]);
    const flow = await flowOf('hedge-fund');
    for (const measure of ['net', 'grossBuy', 'longBuy'] as const)
      expect(flow.breadth(0, measure)).toMatchObject({ buyers: 1 / 2, names: 2 });
  });
});

describe('scales', () => {
  test('are those of dollars: real by consumer prices, volScaled by its own past', async () => {
    const later = newYorkInstant('2025-07-01' as IsoDate, 12);
    await temporary.add([
      macroFact('CPIAUCSL', '2024-04-01' as IsoDate, 100, later, 2),
      macroFact('CPIAUCSL', '2025-06-01' as IsoDate, 110, later, 3),
    ]);
    await add(steady());
    const flow = await flowOf('hedge-fund');
    const dollars = flow.ruler('net', 'dollars').values;
    expect(flow.ruler('net', 'real').values[0]).toBeCloseTo(dollars[0]! * 1.1, 8);
    expect(flow.ruler('net', 'volScaled').values[55]).toBeCloseTo(1, 1);
    expect(flow.ruler('net', 'volScaled').reasonAt(3)).toMatch('fewer than 52');
    expect(flow.ruler('net', 'pctAdv').reasonAt(3)).toMatch('60 trading days');
    expect(flow.mainRuler).toBe('dollars');
  });
});
