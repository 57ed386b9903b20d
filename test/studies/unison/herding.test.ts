import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppContext } from '../../../src/app/context.js';
import { showUnison, type UnisonQuestion } from '../../../src/app/unison.js';
import {
  endOfDayInNewYork,
  type Fact,
  formatInstant,
  type HerdingRow,
  InvalidRequest,
  type IsoDate,
  newYorkInstant,
  silentLog,
  silentProgress,
  type UnisonRow,
} from '../../../src/core/index.js';
import { ledgerReader } from '../../../src/sources/ledger/index.js';
import { herdingRow, type PeriodTrades, tradeGroups } from '../../../src/studies/unison/index.js';
import { day, filed, named, Q2, Q3, Q4, sector } from '../../flows/thirteen-f-world.js';
import { ledgerText, type RowSpec } from '../../sources/ledger/ledger-fixtures.js';
import { readAll } from '../../sources/text/read-all.js';
import { FIXED_CLOCK, type TemporaryStore, temporaryStore } from '../../support/positions.js';

const QUESTION = { resamples: 99, seed: 1 };
const WHOLE = { sector: null, class: null };

/** Trades of a matrix: a row a manager, a column a security, '+' bought, '-' sold, '.' neither. */
function tradesOf(matrix: readonly string[], more: Partial<PeriodTrades> = {}): PeriodTrades {
  const securities = matrix[0]!.length;
  const cells = matrix.flatMap((row, m) => [...row].map((cell, s) => ({ cell, m, s })));
  return {
    basis: '13f',
    periodStart: '2025-10-01' as IsoDate,
    periodEnd: '2025-12-31' as IsoDate,
    knownAt: '2026-02-17T17:00:00Z',
    managers: matrix.map((_, m) => ({
      key: `m${m}`,
      class: m % 2 === 0 ? 'pension' : 'hedge-fund',
      counts: true,
    })),
    securities: Array.from({ length: securities }, (_, s) => ({
      key: `s${s}`,
      sector: s % 2 === 0 ? 'technology' : 'energy',
    })),
    manager: Uint32Array.from(cells, ({ m }) => m),
    security: Uint32Array.from(cells, ({ s }) => s),
    direction: Int8Array.from(cells, ({ cell }) => (cell === '+' ? 1 : cell === '-' ? -1 : 0)),
    heldNow: null,
    heldBefore: null,
    ...more,
  };
}

describe('herding of a group', () => {
  test('balance and breadth by hand', () => {
    const trades = tradesOf(['++-', '+..', '-+.'], {
      heldNow: Uint8Array.of(1, 1, 0, 1, 1, 1, 0, 1, 1),
      heldBefore: Uint8Array.of(1, 0, 1, 0, 1, 1, 1, 0, 1),
    });
    const row = herdingRow(trades, null, WHOLE, QUESTION);
    expect(row).toMatchObject({ managers: 3, securities: 3, trades: 6, tested: 0 });
    expect(row.netBuyerShare).toBeCloseTo((4 - 2) / 6, 12);
    expect(row.breadthChange).toBeCloseTo((0 + 2 / 3 - 1 / 3) / 3, 12);
    expect(row.lsv).toBeNull();
    expect(row.overdispersionP).toBeNull();
    expect(row.reasons.lsv).toBe('0 securities with 5 active managers, 10 needed');
    expect(row.reasons.following).toContain('period before');
  });

  test('a group is of its sector and class alone, and who does not count is left out', () => {
    const trades = tradesOf(['+-', '++', '-+']);
    const of = (group: Parameters<typeof herdingRow>[2], from = trades) =>
      herdingRow(from, null, group, QUESTION);
    expect(of({ sector: 'technology', class: null })).toMatchObject({ trades: 3, netBuyerShare: 1 / 3 });
    expect(of({ sector: null, class: 'pension' })).toMatchObject({ trades: 4, netBuyerShare: 0 });
    const without = {
      ...trades,
      managers: trades.managers.map((manager, m) => ({ ...manager, counts: m !== 2 })),
    };
    expect(of(WHOLE, without)).toMatchObject({ managers: 2, trades: 4, netBuyerShare: 0.5 });
  });

  test('everybody on one side of each security is overdispersed; LSV is 1/2 less what chance makes', () => {
    const matrix = Array.from({ length: 8 }, () => '++++++++++----------');
    const row = herdingRow(tradesOf(matrix), null, WHOLE, QUESTION);
    expect(row).toMatchObject({ tested: 20, netBuyerShare: 0, overdispersionP: 0.01 });
    const chance = (2 * 4 * 70) / (8 * 2 ** 8) / 2;
    expect(row.lsv).toBeCloseTo(0.5 - chance, 9);
    expect(row.lsvBuy).toBeCloseTo(row.lsvSell!, 12);
    expect(row.overdispersion).toBeGreaterThan(0.9);
  });

  test('following is of the same managers and securities by name, own and others adding up', () => {
    const matrix = Array.from({ length: 4 }, (_, m) =>
      Array.from({ length: 12 }, (_, s) => ((s * 7 + m * 3) % 5 < 2 ? '+' : '-')).join(''),
    );
    const now = tradesOf(matrix);
    const before = tradesOf(matrix.toReversed(), {
      managers: now.managers.toReversed(),
      periodEnd: '2025-09-30' as IsoDate,
    });
    const row = herdingRow(now, before, WHOLE, QUESTION);
    expect(row.following).toBeCloseTo(1, 9);
    expect(row.followingOwn! + row.followingOthers!).toBeCloseTo(row.following!, 9);
    const strangers = {
      ...before,
      securities: before.securities.map(({ key, sector: own }) => ({ key: `x${key}`, sector: own })),
    };
    expect(herdingRow(now, strangers, WHOLE, QUESTION).reasons.following).toBe(
      '0 securities traded in both periods, 10 needed',
    );
  });

  test('nobody trading is null with a reason', () => {
    const row = herdingRow(tradesOf(['..', '..']), null, WHOLE, QUESTION);
    expect(row).toMatchObject({ netBuyerShare: null, managers: 0, trades: 0 });
    expect(row.reasons.netBuyerShare).toBe('nobody traded');
  });

  test('groups: all, sectors and classes; with a sector its classes', () => {
    const trades = tradesOf(['+-', '+-']);
    expect(tradeGroups(trades, {})).toEqual([
      WHOLE,
      { sector: 'energy', class: null },
      { sector: 'technology', class: null },
      { sector: null, class: 'hedge-fund' },
      { sector: null, class: 'pension' },
    ]);
    expect(tradeGroups(trades, { sector: 'energy' })).toEqual([
      { sector: 'energy', class: null },
      { sector: 'energy', class: 'hedge-fund' },
      { sector: 'energy', class: 'pension' },
    ]);
    expect(tradeGroups(trades, { sector: 'energy', classes: ['pension'] })).toEqual([
      { sector: 'energy', class: 'pension' },
    ]);
  });
});

const cusip = (i: number): string => `9000${String(i).padStart(2, '0')}101`;
const MANAGERS = 6;
const NAMES = 12;

/** Six managers, twelve names: in the last quarter all buy the first six names and sell the others. */
function filings(): Fact[] {
  return Array.from({ length: MANAGERS }, (_, m) => m).flatMap((m) =>
    [Q2, Q3, Q4].flatMap((end, q) =>
      filed({
        cik: String(8001 + m),
        end,
        holdings: Array.from({ length: NAMES }, (_, i) => ({
          cusip: cusip(i),
          shares: 1000 + 100 * ((i * 5 + m) % 3) * q + (q === 2 ? (i < 6 ? 500 : -500) : 0),
        })),
      }),
    ),
  );
}

let temporary: TemporaryStore;
beforeAll(async () => {
  temporary = await temporaryStore();
  await temporary.add([...filings(), named(cusip(0), 'AAA'), sector('AAA', 'technology')], 'edgar');
});
afterAll(() => temporary.remove());

function ask(question: Partial<UnisonQuestion>, asOf = '2026-10-01', store = temporary) {
  const context: AppContext = {
    storeDirectory: store.directory,
    asOf: endOfDayInNewYork(day(asOf)),
    effects: { clock: FIXED_CLOCK, progress: silentProgress, log: silentLog },
  };
  return showUnison(context, { basis: '13f', report: 'futures-only', ...QUESTION, ...question });
}
const herding = (rows: readonly UnisonRow[]): HerdingRow[] => rows.filter((row) => row.kind === 'herding');

describe('unison on Form 13F', () => {
  test('a quarter in which all moved alike', async () => {
    const { data, notes } = await ask({});
    const whole = herding(data)[0]!;
    expect(whole).toMatchObject({
      periodEnd: Q4,
      sector: null,
      class: null,
      managers: MANAGERS,
      tested: NAMES,
      breadthChange: 0,
      overdispersionP: 0.01,
    });
    expect(notes.join(' ')).toContain('understates');
    expect(herding(data).map((row) => row.sector ?? row.class ?? 'all')).toEqual([
      'all',
      'technology',
      'other',
    ]);
  });

  test('filings accepted later change nothing earlier', async () => {
    const store = await temporaryStore();
    try {
      await store.add(filings(), 'edgar');
      const { data, notes } = await ask({}, '2026-03-01', store);
      await store.add(
        filed({
          cik: '8001',
          end: Q4,
          holdings: [{ cusip: cusip(0), shares: 1 }],
          accepted: '2026-04-20',
          accession: 'later',
        }),
        'edgar',
      );
      expect(await ask({}, '2026-03-01', store)).toMatchObject({ data, notes });
      expect((await ask({}, '2026-05-01', store)).data).not.toEqual(data);
    } finally {
      store.remove();
    }
  });

  test('contracts and classes are refused where they mean nothing', async () => {
    await expect(ask({ contracts: ['20974+'] })).rejects.toThrow(InvalidRequest);
    await expect(ask({ basis: 'cot', classes: ['dealer'] })).rejects.toThrow(InvalidRequest);
  });
});

describe('unison on a ledger', () => {
  test('takes accounts for managers, and names the ledger where there is none', async () => {
    await expect(ask({ basis: 'ledger' })).rejects.toThrow(
      /no complete week of executions .* 'tidemark import'/,
    );
    const store = await temporaryStore();
    try {
      let id = 0;
      const row = (account: string, side: string, quantity: string): RowSpec => ({
        time: formatInstant(newYorkInstant(day('2026-04-07'), 12)),
        id: `I${++id}`,
        account,
        class: 'pension',
        symbol: 'AAA',
        side,
        quantity,
        price: '10',
      });
      const rows = [
        row('A', 'buy', '10'),
        row('A', 'sell', '4'),
        row('B', 'buy-to-cover', '3'),
        row('C', 'sell-short', '5'),
        row('D', 'buy', '0.1'),
        row('D', 'buy', '0.2'),
        row('D', 'sell', '0.3'),
      ];
      await store.add(readAll(ledgerReader, ledgerText(rows)).facts, 'ledger');
      const { data } = await ask({ basis: 'ledger' }, '2026-10-01', store);
      expect(herding(data)[0]).toMatchObject({ managers: 3, securities: 1, trades: 3, breadthChange: null });
      expect(herding(data)[0]!.netBuyerShare).toBeCloseTo(1 / 3, 12);
      expect(data.find((one) => one.kind === 'class-agreement')).toMatchObject({
        basis: 'ledger',
        reason: expect.stringContaining('two classes'),
      });
    } finally {
      store.remove();
    }
  });
});
