import { describe, expect, test } from 'vitest';
import { thirteenFFlowRows, thirteenFRows } from '../../src/flows/index.js';
import {
  AAPL,
  bothQuarters,
  brought,
  closes,
  DD,
  fact,
  filed,
  type HoldingSpec,
  holds,
  NFLX,
  named,
  OTHER,
  panelStore,
  Q2,
  Q3,
  Q4,
  QNITY,
  rowOf,
  vendorSplit,
  XYZ,
  XYZ_NEW,
} from './thirteen-f-world.js';

const store = panelStore();

describe('splits and spin-offs', () => {
  const names = [named(NFLX, 'NFLX'), named(DD, 'DD'), named(QNITY, 'Q'), named(XYZ, 'ZZZ')];

  test('a true split is not buying', async () => {
    const panel = await store.panelOf([
      ...names,
      vendorSplit('NFLX', '2025-11-17', 10),
      ...bothQuarters('11', [holds(NFLX, 100, { price: 1200 })], [holds(NFLX, 900, { price: 94 })]),
      ...bothQuarters('12', [holds(NFLX, 33, { price: 1200 })], [holds(NFLX, 330, { price: 94 })]),
    ]);
    expect(rowOf(panel, '11', NFLX)).toMatchObject({
      factor: 10,
      deltaShares: -100,
      longSell: 9400,
      longBuy: 0,
    });
    expect(rowOf(panel, '12', NFLX)!.deltaShares).toBe(0);
  });

  test('a spin-off booked as a split changes no shares, and what was received is not bought', async () => {
    const panel = await store.panelOf([
      ...names,
      vendorSplit('DD', '2025-11-03', 2.39),
      ...bothQuarters('11', [holds(DD, 1001)], [holds(DD, 1101), holds(QNITY, 500)]),
      ...bothQuarters('12', [holds(DD, 1000)], [holds(DD, 1000)]),
      ...bothQuarters('13', [holds(DD, 1000)], [holds(QNITY, 800)]),
      ...bothQuarters('14', [holds(AAPL, 1)], [holds(AAPL, 1), holds(QNITY, 70)]),
    ]);
    expect(rowOf(panel, '11', DD)).toMatchObject({ factor: 1, deltaShares: 100 });
    expect(rowOf(panel, '11', QNITY)!.deltaShares).toBe(0);
    expect(rowOf(panel, '12', QNITY)).toMatchObject({ sharesBefore: 0, sharesNow: 0, deltaShares: -500 });
    expect(rowOf(panel, '13', QNITY)!.deltaShares).toBe(300);
    expect(rowOf(panel, '14', QNITY)!.deltaShares).toBe(70);
  });

  test('a ratio on no list gives null with its reason, and the sum says so', async () => {
    const panel = await store.panelOf([
      ...names,
      vendorSplit('ZZZ', '2025-11-03', 1.37),
      ...bothQuarters('11', [holds(XYZ, 100), holds(AAPL, 1)], [holds(XYZ, 137), holds(AAPL, 3)]),
    ]);
    const row = rowOf(panel, '11', XYZ)!;
    expect(row).toMatchObject({ factor: null, deltaShares: null, longBuy: null, longSell: null });
    expect(row.reason).toContain('1.37');
    const [sum] = thirteenFFlowRows(panel, []);
    expect(sum!.net).toBe(200);
    expect(sum!.reasons.net).toBe('1 of 2 positions have no dollars and are not in the sum');
  });

  test('without any list, holders and price together give a split away', async () => {
    const panel = await store.panelOf([
      ...bothQuarters('11', [holds(XYZ, 100)], [holds(XYZ, 400, { price: 26 })]),
      ...bothQuarters('12', [holds(XYZ, 70)], [holds(XYZ, 280, { price: 26 })]),
      ...bothQuarters('13', [holds(XYZ, 50)], [holds(XYZ, 190, { price: 26 })]),
      ...bothQuarters('14', [holds(OTHER, 100)], [holds(OTHER, 400, { price: 98 })]),
      ...bothQuarters('15', [holds(OTHER, 50)], [holds(OTHER, 200, { price: 98 })]),
    ]);
    expect(rowOf(panel, '13', XYZ)!.reason).toContain('split of 4:1');
    expect(rowOf(panel, '14', OTHER)!.deltaShares).toBe(300);
  });
});

describe('securities that end', () => {
  const three = (cusip: string, now: readonly HoldingSpec[]) =>
    ['11', '12', '13'].flatMap((cik) =>
      bothQuarters(cik, [holds(cusip, 100), holds(AAPL, 1)], [holds(AAPL, 1), ...now]),
    );

  test('one that all its holders lost at once is not sold', async () => {
    const panel = await store.panelOf(three(XYZ, []));
    expect(rowOf(panel, '11', XYZ)).toMatchObject({ deltaShares: null, longSell: null });
    expect(rowOf(panel, '11', XYZ)!.reason).toContain('all 3 holders');
  });

  test('is sold where it still trades, or where only two held it', async () => {
    const alive = await store.panelOf([
      ...three(XYZ, []),
      named(XYZ, 'ZZZ'),
      ...closes('ZZZ', '2025-12-01', '2025-12-31', () => 90),
      ...bothQuarters('14', [holds(OTHER, 100)], [holds(AAPL, 1)]),
    ]);
    expect(rowOf(alive, '11', XYZ)).toMatchObject({
      deltaShares: -100,
      longSell: 9000,
      priceKind: 'mean-daily-close',
    });
    expect(rowOf(alive, '14', OTHER)).toMatchObject({
      longSell: 10_000,
      priceKind: 'value-per-share-before',
    });
    expect(rowOf(alive, '14', OTHER)!.flags).toContain('its last holders of the panel left');
  });

  test('a new CUSIP of the same ticker carries on if holders kept their shares, else its ratio is unknown', async () => {
    const tickers = [named(XYZ, 'ZZZ'), named(XYZ_NEW, 'ZZZ')];
    const same = await store.panelOf([...three(XYZ, [holds(XYZ_NEW, 100)]), ...tickers]);
    expect(rowOf(same, '11', XYZ_NEW)).toMatchObject({ sharesBefore: 100, sharesNow: 100, deltaShares: 0 });
    expect(rowOf(same, '11', XYZ_NEW)!.flags.join()).toContain(`CUSIP changed from ${XYZ}`);
    expect(rowOf(same, '11', XYZ)).toBeUndefined();
  });

  test('an old CUSIP that some filers still use is the same security', async () => {
    const panel = await store.panelOf([
      ...[named(XYZ, 'ZZZ'), named('900000119', 'ZZZ'), named('900000226', 'ZZZ')],
      ...bothQuarters('11', [holds(XYZ, 100)], [holds('900000119', 100)]),
      ...bothQuarters('12', [holds(XYZ, 50)], [holds(XYZ, 70)]),
      ...bothQuarters('13', [holds('900000226', 5, { price: 300 })], [holds('900000226', 6, { price: 300 })]),
      ...bothQuarters('14', [holds('900000119', 20)], [holds('900000119', 20)]),
    ]);
    const rows = [...thirteenFRows(panel)].map((row) => [row.cusip, row.cik!.slice(-2), row.deltaShares]);
    expect(rows).toEqual([
      ['900000119', '11', 0],
      ['900000119', '14', 0],
      ['900000119', '12', 20],
      ['900000226', '13', 1],
    ]);
  });

  test('an exchange at another ratio is not known', async () => {
    const panel = await store.panelOf([
      ...three(XYZ, [holds(XYZ_NEW, 12)]),
      named(XYZ, 'ZZZ'),
      named(XYZ_NEW, 'ZZZ'),
    ]);
    expect(rowOf(panel, '11', XYZ_NEW)!.deltaShares).toBeNull();
    expect(rowOf(panel, '11', XYZ_NEW)!.reason).toContain('at which ratio');
  });
});

describe('the reference price', () => {
  test('is the mean close in the basis of the quarter’s end, vendor’s later ratios undone', async () => {
    const facts = [
      named(NFLX, 'NFLX'),
      vendorSplit('NFLX', '2025-11-17', 10),
      ...closes('NFLX', '2025-07-01', '2025-12-31', () => 110),
      ...filed({ cik: '11', end: Q2, holdings: [holds(NFLX, 10, { price: 1100 })] }),
      ...filed({ cik: '11', end: Q3, holdings: [holds(NFLX, 12, { price: 1100 })] }),
      ...filed({ cik: '11', end: Q4, holdings: [holds(NFLX, 120, { price: 110 })] }),
    ];
    const autumn = await store.panelOf(facts, '2026-10-01', Q3);
    expect(rowOf(autumn, '11', NFLX)).toMatchObject({ deltaShares: 2, priceKind: 'mean-daily-close' });
    expect(rowOf(autumn, '11', NFLX)!.price).toBeCloseTo(1100, 9);
    const winter = await store.panelAt('2026-10-01');
    expect(rowOf(winter, '11', NFLX)).toMatchObject({ deltaShares: 0, price: 110 });
    // As of a day before the split nobody could undo it, so the filings' own value counts: the answer is the same.
    const early = await store.panelAt('2025-11-16', Q3);
    expect(rowOf(early, '11', NFLX)).toMatchObject({
      deltaShares: 2,
      price: 1100,
      priceKind: 'filed-value-per-share',
    });
    expect(rowOf(early, '11', NFLX)!.flags.join()).toContain('is not the filings');
  });

  test('of another security under the same ticker is refused', async () => {
    const panel = await store.panelOf([
      named(OTHER, 'ZZZ'),
      ...closes('ZZZ', '2025-10-01', '2025-12-31', () => 90),
      ...bothQuarters('11', [holds(OTHER, 100, { price: 5 })], [holds(OTHER, 200, { price: 4 })]),
    ]);
    expect(rowOf(panel, '11', OTHER)).toMatchObject({
      price: 4,
      priceKind: 'filed-value-per-share',
      longBuy: 400,
    });
  });

  test('an undecided unit leaves shares without dollars', async () => {
    const facts = bothQuarters('11', [holds(OTHER, 100)], [holds(OTHER, 200)]).map((one) =>
      one.table === 'holdings' ? { ...one, row: { ...one.row, valueUsd: null } as typeof one.row } : one,
    );
    const panel = await store.panelOf(facts);
    expect(rowOf(panel, '11', OTHER)).toMatchObject({ deltaShares: 100, longBuy: null, price: null });
    expect(rowOf(panel, '11', OTHER)!.reason).toContain('no price');
    expect(thirteenFFlowRows(panel, ['symbol'])[0]).toMatchObject({ net: null, symbol: OTHER });
  });
});

describe('brought lists', () => {
  test('fill in for managers without filings, and keep their grade', async () => {
    const panel = await store.panelOf([
      fact('fundManagers', { fund: 'Alpha', cik: '0000000011', legalName: 'ALPHA PARTNERS' }),
      fact('fundManagers', { fund: 'Beta', cik: '0000000012', legalName: 'BETA PENSION FUND' }),
      ...bothQuarters('11', [holds(AAPL, 100)], [holds(AAPL, 101)]),
      ...brought('Alpha', Q3, [{ cusip: AAPL, shares: 100 }]),
      ...brought('Alpha', Q4, [{ cusip: AAPL, shares: 999 }]),
      ...brought('Beta', Q3, [{ cusip: AAPL, shares: 100, ticker: 'AAPL' }]),
      ...brought('Beta', Q4, [{ cusip: AAPL, shares: 130, ticker: 'AAPL' }]),
      ...brought('Gamma', Q4, [{ cusip: AAPL, shares: 130 }]),
    ]);
    expect(panel.managers.map(({ name, grade }) => [name, grade])).toEqual([
      ['Manager 11', 'published'],
      ['Beta', 'brought'],
    ]);
    expect(rowOf(panel, '11', AAPL)).toMatchObject({ deltaShares: 1, grade: 'published' });
    expect(rowOf(panel, '12', AAPL)).toMatchObject({ deltaShares: 30, class: 'pension', ticker: 'AAPL' });
    expect(panel.excluded[0]).toMatchObject({ name: 'Gamma', isMissed: false });
    const classes = thirteenFFlowRows(panel, ['class']).map((row) => [row.class, row.longBuy]);
    expect(classes).toContainEqual(['pension', 3000]);
  });
});
