import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuyersQuestion, showBuyers } from '../../../src/app/buyers.js';
import type { AppContext } from '../../../src/app/context.js';
import {
  type BuyersAnswerRow,
  endOfDayInNewYork,
  type Fact,
  type ManagerGroupRow,
  NotCovered,
  OUTSIDE_CLASS,
  parseManagerOverrides,
  silentLog,
  silentProgress,
} from '../../../src/core/index.js';
import { AAPL, day, filed, named, OTHER, Q2, Q3, Q4, sector, XYZ } from '../../flows/thirteen-f-world.js';
import { FIXED_CLOCK, type TemporaryStore, temporaryStore } from '../../support/positions.js';

const PENSION = '919079';
const HEDGE_FUND = '1009207';
const INDEX_FUND = '102909';

/** Shares of AAPL, OTHER and XYZ by manager at the ends of three quarters, at 100 dollars. */
const BOOKS: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  [PENSION]: [
    [1000, 500, 0],
    [1200, 500, 0],
    [1500, 400, 0],
  ],
  [HEDGE_FUND]: [
    [100, 0, 900],
    [700, 300, 0],
    [0, 0, 1000],
  ],
  [INDEX_FUND]: [
    [9000, 9000, 9000],
    [9100, 9000, 9000],
    [9600, 9000, 9000],
  ],
  '7001': [
    [10, 0, 0],
    [10, 0, 0],
    [10, 0, 0],
  ],
};
const NAMES: Readonly<Record<string, string>> = { '7001': 'Plain Capital Partners' };

function filings(quarters: readonly number[]): Fact[] {
  return Object.entries(BOOKS).flatMap(([cik, book]) =>
    quarters.flatMap((q) =>
      filed({
        cik,
        end: [Q2, Q3, Q4][q]!,
        holdings: [AAPL, OTHER, XYZ].flatMap((cusip, i) => {
          const shares = book[q]![i]!;
          return shares === 0 ? [] : [{ cusip, shares }];
        }),
        ...(NAMES[cik] === undefined ? {} : { name: NAMES[cik] }),
      }),
    ),
  );
}

let temporary: TemporaryStore;
beforeAll(async () => {
  temporary = await temporaryStore();
  await temporary.add(
    [
      ...filings([0, 1, 2]),
      named(AAPL, 'AAPL'),
      named(OTHER, 'OTH'),
      sector('AAPL', 'technology'),
      sector('OTH', 'energy'),
    ],
    'edgar',
  );
});
afterAll(() => temporary.remove());

function context(asOf: string, store = temporary): AppContext {
  return {
    storeDirectory: store.directory,
    asOf: endOfDayInNewYork(day(asOf)),
    effects: { clock: FIXED_CLOCK, progress: silentProgress, log: silentLog },
  };
}

const QUESTION: BuyersQuestion = { basis: '13f', report: 'futures-only', bounds: true };
const ask = (question: Partial<BuyersQuestion> = {}, asOf = '2026-10-01', store = temporary) =>
  showBuyers(context(asOf, store), { ...QUESTION, ...question });
const of = <Kind extends BuyersAnswerRow['kind']>(data: readonly BuyersAnswerRow[], kind: Kind) =>
  data.filter((row): row is Extract<BuyersAnswerRow, { kind: Kind }> => row.kind === kind);

describe('a quarter of Form 13F', () => {
  test('gives purchases, sales and shares by class, and who was on the other side', async () => {
    const { data, notes } = await ask();
    const rows = of(data, 'class');
    expect(rows.map((row) => [row.class, row.grossBuy, row.grossSell, row.net])).toEqual([
      ['asset-manager', 50_000, 0, 50_000],
      ['pension', 30_000, 10_000, 20_000],
      ['hedge-fund', 100_000, 100_000, 0],
      [OUTSIDE_CLASS, null, null, -70_000],
    ]);
    expect(rows.map((row) => row.netShare)).toEqual([
      expect.closeTo(5 / 7, 12),
      expect.closeTo(2 / 7, 12),
      0,
      null,
    ]);
    expect(rows[1]!.sources).toHaveLength(2);
    expect(notes.join(' ')).toContain('everyone not in this data');
    expect(notes.join(' ')).toContain('4 of 4 managers');
  });

  test('of one sector', async () => {
    const rows = of((await ask({ sector: 'technology' })).data, 'class');
    expect(rows.map((row) => [row.class, row.net])).toEqual([
      ['asset-manager', 50_000],
      ['pension', 30_000],
      ['hedge-fund', -70_000],
      [OUTSIDE_CLASS, -10_000],
    ]);
  });

  test('without index funds', async () => {
    const rows = of((await ask({ exclude: ['passive'] })).data, 'class');
    expect(rows.find((row) => row.class === 'asset-manager')).toMatchObject({ grossBuy: 0, net: 0 });
  });

  test("with the user's own classes", async () => {
    const overrides = parseManagerOverrides(
      `[{"cik": "${INDEX_FUND}", "class": "sovereign-wealth", "reason": "ours"}]`,
      'own.json',
    );
    const { data, query } = await ask({ overrides });
    expect(of(data, 'class').find((row) => row.class === 'sovereign-wealth')?.net).toBe(50_000);
    expect(query.managers).toMatchObject([{ class: 'sovereign-wealth', reason: 'ours' }]);
  });

  test('by horizon and size: groups add up to the classes', async () => {
    const { data } = await ask();
    const bought = of(data, 'class').reduce((sum, row) => sum + (row.grossBuy ?? 0), 0);
    for (const kind of ['horizon', 'size'] as const) {
      const groups = data.filter((row): row is ManagerGroupRow => row.kind === kind);
      expect(groups.reduce((sum, row) => sum + row.grossBuy, 0)).toBe(bought);
      expect(groups.reduce((sum, row) => sum + row.managers, 0)).toBe(4);
    }
    const horizons = data.filter((row): row is ManagerGroupRow => row.kind === 'horizon');
    expect(horizons.find((row) => row.group === 'transient')).toMatchObject({
      managers: 1,
      grossBuy: 100_000,
      churnQuarters: 2,
    });
    const largest = data.find((row) => row.kind === 'size' && row.group === 'largest-tenth');
    expect(largest).toMatchObject({ managers: 1, grossBuy: 50_000 });
  });

  test('churn is traded over mean value of the quarters, in reference prices', async () => {
    const { data } = await ask();
    const transient = data.find((row) => row.kind === 'horizon' && row.group === 'transient');
    const q3 = (600 + 300 + 900) / ((1000 + 1000) / 2);
    const q4 = (700 + 300 + 1000) / ((1000 + 1000) / 2);
    expect(transient).toMatchObject({ medianChurn: expect.closeTo((q3 + q4) / 2, 12) });
  });
});

describe('a quarter that is not there', () => {
  test('is named with what gets it', async () => {
    await expect(ask({ week: day('2026-02-03') }, '2026-04-01')).rejects.toThrow(
      /quarter to 2026-03-31 is not known .*import the SEC's 13F data set/,
    );
    await expect(ask({ week: day('2020-02-03') })).rejects.toThrow(NotCovered);
    const empty = await temporaryStore();
    try {
      await expect(ask({}, '2026-10-01', empty)).rejects.toThrow(/no Form 13F .* 'tidemark import'/);
    } finally {
      empty.remove();
    }
  });
});

describe('as of a moment', () => {
  test('a filing accepted later changes nothing earlier', async () => {
    const store = await temporaryStore();
    try {
      await store.add([...filings([0, 1, 2]), named(AAPL, 'AAPL')], 'edgar');
      const asked = { week: day('2025-11-11') };
      const { data, notes, query } = await ask(asked, '2026-03-01', store);
      await store.add(
        filed({
          cik: PENSION,
          end: Q4,
          holdings: [{ cusip: AAPL, shares: 9_999_999 }],
          accepted: '2026-04-20',
          accession: 'later',
          filing: { amendmentType: 'RESTATEMENT' },
        }),
        'edgar',
      );
      expect(await ask(asked, '2026-03-01', store)).toMatchObject({ data, notes, query });
      const after = of((await ask(asked, '2026-05-01', store)).data, 'class');
      expect(after.find((row) => row.class === 'pension')!.grossBuy).toBeGreaterThan(900_000_000);
    } finally {
      store.remove();
    }
  });

  test('before the deadline the quarter asked for by default is the complete one', async () => {
    const { data, notes } = await ask({}, '2026-02-10');
    expect(data[0]!.periodEnd).toBe(Q3);
    expect(notes.join(' ')).not.toContain('may file until');
  });
});

describe('bounds', () => {
  test('come from the quarters before, are scored by the quarter itself, and null for a class without managers', async () => {
    const { data } = await ask({ sector: 'technology' });
    const bounds = of(data, 'bounds');
    expect(bounds.map((row) => [row.class, row.quarterEnd, row.low])).toEqual([
      ['pension', Q4, null],
      ['sovereign-wealth', Q4, null],
    ]);
    expect(bounds[0]).toMatchObject({
      actual: 3 / 8,
      quartersUsed: 0,
      reason: expect.stringContaining('4 needed'),
    });
    expect(bounds[1]!.reason).toContain('no manager of this class');
  });

  test('are left out on demand', async () => {
    expect(of((await ask({ bounds: false })).data, 'bounds')).toEqual([]);
  });
});
