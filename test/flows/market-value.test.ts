import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  addDays,
  bookedRatio,
  type Fact,
  type Instant,
  type IsoDate,
  newYorkInstant,
  TABLES,
  type TableName,
  tradingDays,
} from '../../src/core/index.js';
import { onNameScale, readLedgerFlows, readMarketValueCover } from '../../src/flows/index.js';
import { ledgerReader } from '../../src/sources/ledger/index.js';
import { xbrlReader } from '../../src/sources/xbrl/index.js';
import { ledgerText } from '../sources/ledger/ledger-fixtures.js';
import { readAll } from '../sources/text/read-all.js';
import { type TemporaryStore, temporaryStore } from '../support/positions.js';

const day = (text: string): IsoDate => text as IsoDate;
const LATER = newYorkInstant(day('2026-10-01'), 12);

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await temporaryStore();
});
afterEach(() => temporary.remove());

let line = 0;
function fact<Name extends TableName>(table: Name, date: IsoDate, row: Record<string, unknown>): Fact {
  const empty = Object.fromEntries(Object.keys(TABLES[table].columns).map((column) => [column, null]));
  return {
    table,
    row: { ...empty, ...row },
    periodStart: date,
    periodEnd: date,
    knownAt: newYorkInstant(date, 23, 59),
    knownAtKind: 'rule',
    rowNumber: ++line,
  } as Fact;
}

interface Count {
  readonly cik?: string;
  readonly on: string;
  readonly filed: string;
  readonly shares: number;
  readonly place?: 'cover' | 'balance sheet';
  readonly form?: string;
}

const count = ({ cik = '0000000001', on, filed, shares, place = 'cover', form = '10-Q' }: Count): Fact =>
  fact('companyFacts', day(filed), {
    cik,
    taxonomy: place === 'cover' ? 'dei' : 'us-gaap',
    concept: place === 'cover' ? 'EntityCommonStockSharesOutstanding' : 'CommonStockSharesOutstanding',
    unit: 'shares',
    endDate: day(on),
    filedDate: day(filed),
    value: shares,
    accessionNumber: `${filed}-${line}`,
    form,
  });

const listed = (symbol: string, cik: string | null, sector = 'technology', seen = '2020-01-02'): Fact =>
  fact('constituents', day(seen), {
    list: 'sp500',
    symbol,
    name: symbol,
    gicsSector: sector,
    sector,
    cik,
    firstSeen: day(seen),
    lastSeen: day(seen),
  });

const close = (symbol: string, date: string, price: number): Fact =>
  fact('prices', day(date), {
    symbol,
    date: day(date),
    frequency: 'daily',
    close: price,
    adjustedClose: price,
    volume: 1,
    priceBasis: 'split-adjusted',
  });

const split = (symbol: string, date: string, ratio: number): Fact => ({
  ...fact('corporateActions', day(date), { symbol, date: day(date), split: ratio }),
  knownAt: newYorkInstant(day(date), 9, 30),
});

/** Market value in dollars as the scale of single names takes it, or the reason why there is none. */
async function marketValueOf(symbol: string, on: string, asOf: Instant = LATER): Promise<number | string> {
  const view = await temporary.store.view(asOf);
  try {
    const [row] = await onNameScale(view, [
      { symbol, periodStart: day(on), net: 1e9, reasons: {} as Record<string, string> },
    ]);
    const { bpsCap, reasons } = row as typeof row & { readonly bpsCap?: number };
    return bpsCap === undefined ? reasons.bpsCap! : 1e13 / bpsCap;
  } finally {
    view.close();
  }
}

/** NVIDIA split 10 for 1 on 2024-06-10; its closes are adjusted for it. */
const NVDA = [
  listed('NVDA', '0000000001'),
  count({ on: '2024-05-24', filed: '2024-05-29', shares: 2.46e9 }),
  count({ on: '2024-08-23', filed: '2024-08-28', shares: 24.53e9 }),
  close('NVDA', '2024-06-06', 120),
  close('NVDA', '2024-06-07', 121),
  close('NVDA', '2024-06-10', 122),
  close('NVDA', '2024-08-28', 125),
  split('NVDA', '2024-06-10', 10),
];

describe('the market value of a company', () => {
  test('does not jump at a split between the count and the close', async () => {
    await temporary.add(NVDA);
    expect(await marketValueOf('NVDA', '2024-06-07')).toBeCloseTo(2.46e9 * 1200, 0);
    expect(await marketValueOf('NVDA', '2024-06-10')).toBeCloseTo(2.46e9 * 1210, 0);
    expect(await marketValueOf('NVDA', '2024-06-11')).toBeCloseTo(24.6e9 * 122, 0);
    expect(await marketValueOf('NVDA', '2024-08-29')).toBeCloseTo(24.53e9 * 125, 0);
  });

  test('does without the vendor’s record where a checked list has the split', async () => {
    await temporary.add(NVDA.slice(0, -1));
    expect(await marketValueOf('NVDA', '2024-06-10')).toBeCloseTo(2.46e9 * 1210, 0);
  });

  test('takes a filing from the day after it on', async () => {
    await temporary.add(NVDA);
    expect(await marketValueOf('NVDA', '2024-08-29')).toBeCloseTo(24.53e9 * 125, 0);
    await temporary.add([close('NVDA', '2024-08-27', 125)]);
    expect(await marketValueOf('NVDA', '2024-08-28')).toBeCloseTo(24.6e9 * 125, 0);
  });

  test('is null where closes stored later may be adjusted for a split that has not happened', async () => {
    await temporary.add(NVDA);
    const asOf = newYorkInstant(day('2024-06-07'), 12);
    expect(await marketValueOf('NVDA', '2024-06-07', asOf)).toMatch('10-for-1 split');
  });

  test('counts classes once, at the mean of closes that are alike', async () => {
    await temporary.add([
      listed('GOOG', '0000000002'),
      listed('GOOGL', '0000000002'),
      count({
        cik: '0000000002',
        on: '2024-03-31',
        filed: '2024-04-26',
        shares: 12e9,
        place: 'balance sheet',
      }),
      close('GOOG', '2024-06-07', 176),
      close('GOOGL', '2024-06-07', 174),
    ]);
    expect(await marketValueOf('GOOG', '2024-06-10')).toBeCloseTo(12e9 * 175, 0);
    expect(await marketValueOf('GOOGL', '2024-06-10')).toBeCloseTo(12e9 * 175, 0);
  });

  test('is null where classes are priced apart, or one has no price', async () => {
    const classes = [
      listed('BRK-A', '0000000003'),
      listed('BRK-B', '0000000003'),
      count({ cik: '0000000003', on: '2024-03-31', filed: '2024-04-26', shares: 1.4e6 }),
      close('BRK-B', '2024-06-07', 410),
    ];
    await temporary.add(classes);
    expect(await marketValueOf('BRK-B', '2024-06-10')).toMatch('no raw close of BRK-A');
    await temporary.add([close('BRK-A', '2024-06-07', 615_000)]);
    expect(await marketValueOf('BRK-B', '2024-06-10')).toMatch('priced apart');
  });

  test('is null where cover and balance sheet tell different shares', async () => {
    await temporary.add([
      listed('AAA', '0000000001'),
      count({ on: '2024-03-31', filed: '2024-04-26', shares: 1e9, place: 'balance sheet' }),
      count({ on: '2024-04-20', filed: '2024-04-26', shares: 4e8 }),
      close('AAA', '2024-06-07', 10),
    ]);
    expect(await marketValueOf('AAA', '2024-06-10')).toMatch('1000000000 shares on the balance sheet');
  });

  test('leaves out one count in another unit, and believes two that agree', async () => {
    await temporary.add([
      listed('AAA', '0000000001'),
      count({ on: '2023-10-20', filed: '2023-10-26', shares: 1e9 }),
      count({ on: '2024-01-20', filed: '2024-01-26', shares: 1e6 }),
      close('AAA', '2024-02-01', 10),
      close('AAA', '2024-06-07', 10),
    ]);
    expect(await marketValueOf('AAA', '2024-02-02')).toBeCloseTo(1e10, 0);
    await temporary.add([count({ on: '2024-04-20', filed: '2024-04-26', shares: 1.1e6 })]);
    expect(await marketValueOf('AAA', '2024-06-10')).toBeCloseTo(1.1e7, 0);
  });

  test('says what is missing: a count, a count this year, a close this week', async () => {
    await temporary.add([
      listed('AAA', '0000000001'),
      count({ on: '2022-04-20', filed: '2022-04-26', shares: 1e9 }),
      count({ cik: '0000000009', on: '2024-04-20', filed: '2024-04-26', shares: 1e9, form: '20-F' }),
      listed('FOREIGN', '0000000009'),
      close('AAA', '2022-05-02', 10),
      close('AAA', '2024-06-07', 10),
      close('FOREIGN', '2024-06-07', 10),
    ]);
    expect(await marketValueOf('BBB', '2024-06-10')).toBe('no shares outstanding were filed by then');
    expect(await marketValueOf('FOREIGN', '2024-06-10')).toBe('no shares outstanding were filed by then');
    expect(await marketValueOf('AAA', '2024-06-10')).toMatch('filed by then are of 2022-04-20');
    expect(await marketValueOf('AAA', '2022-05-03')).toBeCloseTo(1e10, 0);
    expect(await marketValueOf('AAA', '2022-05-12')).toMatch('no raw close of AAA');
  });

  test('does not change with what is filed or traded later', async () => {
    const plan = fc.record({
      shares: fc.array(fc.integer({ min: 1e6, max: 4e9 }), { minLength: 2, maxLength: 6 }),
      known: fc.nat(5),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ shares, known }) => {
        temporary.remove();
        temporary = await temporaryStore();
        const filed = shares.map((_, i) => addDays(day('2023-01-10'), 90 * i));
        const last = Math.min(known, shares.length - 1);
        const asOf = newYorkInstant(addDays(filed[last]!, 9), 12);
        const asked = addDays(filed[last]!, 7);
        const facts = shares.map((value, i) =>
          count({ on: addDays(filed[i]!, -10), filed: filed[i]!, shares: value }),
        );
        const closes = tradingDays(day('2023-01-03'), addDays(filed.at(-1)!, 20)).map((date, i) =>
          close('AAA', date, 10 + (i % 7)),
        );
        const isEarly = ({ knownAt }: Fact): boolean => knownAt <= asOf;
        await temporary.add([listed('AAA', '0000000001'), ...[...facts, ...closes].filter(isEarly)]);
        const before = await marketValueOf('AAA', asked, asOf);
        await temporary.add([...facts, ...closes].filter((one) => !isEarly(one)));
        expect(await marketValueOf('AAA', asked, asOf)).toEqual(before);
        expect(await marketValueOf('AAA', asked)).toEqual(before);
      }),
      { seed: 195, numRuns: 8 },
    );
  });
});

describe('closes booked as split', () => {
  test('are undone by the vendor’s ratios and by checked ones he has not', () => {
    const from = day('2021-01-04');
    expect(bookedRatio('NVDA', from, day('2024-06-07'), [])).toBe(4);
    expect(bookedRatio('NVDA', from, day('2024-06-10'), [])).toBe(40);
    const vendor = [{ symbol: 'NVDA', date: day('2024-06-10'), split: 10 }];
    expect(bookedRatio('NVDA', from, day('2024-06-10'), vendor)).toBe(40);
    expect(
      bookedRatio('AAA', from, day('2024-06-10'), [{ symbol: 'AAA', date: day('2022-01-03'), split: 3 }]),
    ).toBe(3);
  });
});

describe('bpsCap of a sector', () => {
  const symbols = Array.from({ length: 20 }, (_, i) => `T${String.fromCharCode(65 + i)}`);
  const cik = (i: number): string => String(i + 1).padStart(10, '0');
  const world = (counted: number): Fact[] => [
    ...symbols.map((symbol, i) => listed(symbol, cik(i))),
    ...symbols
      .slice(0, counted)
      .map((_, i) => count({ cik: cik(i), on: '2026-02-20', filed: '2026-02-26', shares: 1e9 })),
    ...symbols.flatMap((symbol) =>
      tradingDays(day('2026-03-30'), day('2026-04-17')).map((date) => close(symbol, date, 50)),
    ),
  ];
  const execution = { symbol: 'TA', quantity: '1000', price: '50', side: 'buy' };

  async function technology(counted: number) {
    await temporary.add(world(counted));
    const text = ledgerText([
      { ...execution, time: '2026-04-06T16:00:00Z', id: 'E1' },
      { ...execution, time: '2026-04-17T16:00:00Z', id: 'E2' },
    ]);
    await temporary.add(readAll(ledgerReader, text).facts, 'ledger');
    const view = await temporary.store.view(LATER);
    try {
      const flows = await readLedgerFlows(view);
      const flow = flows.find(({ sector }) => sector === 'technology')!;
      const net = flow.ruler('net', 'dollars').values[0]!;
      return { ruler: flow.ruler('net', 'bpsCap'), net, cover: await readMarketValueCover(view) };
    } finally {
      view.close();
    }
  }

  test('is over 95 % of its companies, the same in each week', async () => {
    const { ruler, net, cover } = await technology(19);
    expect(net).toBeGreaterThan(0);
    expect(ruler.values[0]).toBeCloseTo((1e4 * net) / (19 * 5e10), 12);
    expect(ruler.coverage).toBe(
      'market value of 19 of 20 (95.0 %) technology companies, the same from 2026-04-06 to 2026-04-13',
    );
    expect(cover).toMatchObject({ counted: 19, listed: 20, valued: 19, sectors: ['technology'] });
  });

  test('is null over fewer, and says over how many', async () => {
    const { ruler, cover } = await technology(18);
    expect(ruler.values[0]).toBeNaN();
    expect(ruler.reasonAt(0)).toBe(
      'of the technology companies 18 of 20 (90.0 %) have a known market value, 95 % are needed',
    );
    expect(cover.sectors).toEqual([]);
  });
});

const FACTS = join(import.meta.dirname, '../../../shared/data/xbrl');

describe.skipIf(!existsSync(FACTS))('real counts (needs ../shared/data)', () => {
  test('give published market values', async () => {
    const { gunzipSync } = await import('node:zlib');
    const { readFileSync } = await import('node:fs');
    for (const [name, cik, symbol] of [
      ['nvda', '0001045810', 'NVDA'],
      ['aapl', '0000320193', 'AAPL'],
    ] as const) {
      const text = gunzipSync(readFileSync(join(FACTS, `companyfacts-${name}-subset.json.gz`))).toString(
        'utf8',
      );
      await temporary.add(readAll(xbrlReader, text).facts, 'xbrl');
      await temporary.add([listed(symbol, cik)]);
    }
    await temporary.add([close('NVDA', '2024-06-07', 120.888), close('NVDA', '2024-06-10', 121.79)]);
    await temporary.add([close('AAPL', '2024-06-07', 196.89), split('NVDA', '2024-06-10', 10)]);
    expect(await marketValueOf('NVDA', '2024-06-10')).toBeCloseTo(2.974e12, -9.5);
    expect(await marketValueOf('NVDA', '2024-06-11')).toBeCloseTo(2.996e12, -9.5);
    expect(await marketValueOf('AAPL', '2024-06-10')).toBeCloseTo(3.019e12, -9.5);
  });
});
