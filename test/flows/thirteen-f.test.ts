import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endOfDayInNewYork, type Fact, InvalidRequest, type IsoDate } from '../../src/core/index.js';
import {
  quarterBefore,
  readThirteenFFlows,
  readThirteenFPanel,
  type ThirteenFPanel,
  type ThirteenFRow,
  thirteenFFlowRows,
  thirteenFRows,
} from '../../src/flows/index.js';
import { type TemporaryStore, temporaryStore } from '../support/positions.js';
import {
  AAPL,
  bothQuarters,
  brought,
  closes,
  DD,
  day,
  fact,
  filed,
  type HoldingSpec,
  NFLX,
  named,
  noon,
  OTHER,
  Q2,
  Q3,
  Q4,
  QNITY,
  sector,
  vendorSplit,
  XYZ,
  XYZ_NEW,
} from './thirteen-f-world.js';

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await temporaryStore();
});
afterEach(() => temporary.remove());

async function panelOf(facts: readonly Fact[], asOf = '2026-10-01', end = Q4): Promise<ThirteenFPanel> {
  await temporary.add(facts, 'edgar');
  return panelAt(asOf, end);
}

async function panelAt(asOf: string, end: IsoDate = Q4): Promise<ThirteenFPanel> {
  const view = await temporary.store.view(endOfDayInNewYork(day(asOf)));
  try {
    return await readThirteenFPanel(view, end);
  } finally {
    view.close();
  }
}

const rowOf = (panel: ThirteenFPanel, cik: string, cusip: string): ThirteenFRow | undefined =>
  [...thirteenFRows(panel)].find((row) => row.cik?.endsWith(cik) && row.cusip === cusip);
const holds = (cusip: string, shares: number, more: Partial<HoldingSpec> = {}): HoldingSpec => ({
  cusip,
  shares,
  ...more,
});

describe('a change of holdings', () => {
  test('is bought or sold at the reference price, long-only', async () => {
    const panel = await panelOf(
      bothQuarters(
        '11',
        [holds(AAPL, 100), holds(OTHER, 50)],
        [holds(AAPL, 140, { price: 110 }), holds(OTHER, 20)],
      ),
    );
    expect(rowOf(panel, '11', AAPL)).toMatchObject({
      sharesBefore: 100,
      sharesNow: 140,
      deltaShares: 40,
      longBuy: 4400,
      longSell: 0,
      price: 110,
      priceKind: 'filed-value-per-share',
      factor: 1,
      grade: 'published',
      reason: null,
    });
    expect(rowOf(panel, '11', OTHER)).toMatchObject({ deltaShares: -30, longBuy: 0, longSell: 3000 });
    const [row] = thirteenFFlowRows(panel, []);
    expect(row).toMatchObject({
      basis: '13f',
      periodStart: '2025-10-01',
      periodEnd: '2025-12-31',
      class: 'all managers',
      sides: 'long-only',
      longBuy: 4400,
      grossBuy: 4400,
      longSell: 3000,
      grossSell: 3000,
      net: 1400,
      gross: 7400,
      shortSell: null,
      shortCover: null,
      grossing: null,
      buyRatio: null,
    });
    expect(row!.reasons.shortSell).toContain('no short');
  });

  test('a first filing is not buying, a missing one not selling, a notice neither', async () => {
    const panel = await panelOf([
      ...filed({ cik: '11', end: Q4, holdings: [holds(AAPL, 100)] }),
      ...filed({ cik: '12', end: Q3, holdings: [holds(AAPL, 100)] }),
      ...filed({ cik: '13', end: Q3, holdings: [holds(AAPL, 100)] }),
      ...filed({ cik: '13', end: Q4, holdings: null }),
      ...bothQuarters('14', [holds(AAPL, 100)], [holds(AAPL, 100)]),
    ]);
    expect(panel.managers.map(({ cik }) => cik)).toEqual(['0000000014']);
    expect(panel.excluded.map(({ cik, isMissed }) => [cik!.slice(-2), isMissed])).toEqual([
      ['11', false],
      ['12', true],
      ['13', true],
    ]);
    expect(panel.excluded[2]!.reason).toContain('notice');
    expect(panel.coverage).toMatchObject({ managers: 1, ofManagers: 3 });
    expect(thirteenFFlowRows(panel, [])[0]).toMatchObject({ longBuy: 0, longSell: 0, net: 0 });
  });

  test('options and principal are not shares, and rows of one security add up', async () => {
    const panel = await panelOf(
      bothQuarters(
        '11',
        [holds(AAPL, 100), holds(AAPL, 900, { putCall: 'call' })],
        [
          holds(AAPL, 60),
          holds(AAPL, 70),
          holds(AAPL, 9000, { putCall: 'put' }),
          holds(OTHER, 5000, { amountType: 'PRN' }),
          holds('98980GAB8', 400),
        ],
      ),
    );
    expect([...thirteenFRows(panel)]).toHaveLength(1);
    expect(rowOf(panel, '11', AAPL)!.deltaShares).toBe(30);
    expect(panel.coverage.leftOut).toEqual({ options: 1, principal: 1, debt: 1 });
  });
});

describe('which filings stand', () => {
  const original = filed({
    cik: '11',
    end: Q4,
    holdings: [holds(AAPL, 100)],
    accepted: '2026-02-10',
    accession: 'A',
  });
  const before = filed({ cik: '11', end: Q3, holdings: [holds(AAPL, 40)] });

  test('a restatement replaces and new holdings add, each from its acceptance on', async () => {
    await temporary.add(
      [
        ...before,
        ...original,
        ...filed({
          cik: '11',
          end: Q4,
          holdings: [holds(AAPL, 5), holds(OTHER, 7)],
          accepted: '2026-03-02',
          accession: 'B',
          filing: { amendmentType: 'NEW HOLDINGS', formType: '13F-HR/A' },
        }),
        ...filed({
          cik: '11',
          end: Q4,
          holdings: [holds(AAPL, 30)],
          accepted: '2026-05-04',
          accession: 'C',
          filing: { amendmentType: 'RESTATEMENT', formType: '13F-HR/A' },
        }),
      ],
      'edgar',
    );
    expect((await panelAt('2026-02-09')).managers).toHaveLength(0);
    expect(rowOf(await panelAt('2026-02-10'), '11', AAPL)!.deltaShares).toBe(60);
    const added = await panelAt('2026-03-02');
    expect(rowOf(added, '11', AAPL)!.deltaShares).toBe(65);
    expect(rowOf(added, '11', OTHER)!.deltaShares).toBe(7);
    const restated = await panelAt('2026-05-04');
    expect(rowOf(restated, '11', AAPL)!.deltaShares).toBe(-10);
    expect(rowOf(restated, '11', OTHER)).toBeUndefined();
    expect(restated.knownAt).toBe(noon('2026-05-04'));
    expect(restated.managers[0]!.flags[0]).toContain('restatement');
  });

  test('an unreconciled filing is flagged on every row, one in no unit leaves its manager out', async () => {
    const panel = await panelOf([
      ...before,
      ...filed({
        cik: '11',
        end: Q4,
        holdings: [holds(AAPL, 100)],
        filing: { reconciled: false, reconciliation: '1 entry of 2' },
      }),
      ...filed({ cik: '12', end: Q3, holdings: [holds(AAPL, 100)] }),
      ...filed({ cik: '12', end: Q4, holdings: [], filing: { valueUnit: 'neither', entriesRead: 2 } }),
    ]);
    expect(rowOf(panel, '11', AAPL)!.flags.join()).toContain('unreconciled');
    expect(panel.excluded).toMatchObject([{ cik: '0000000012', isMissed: true }]);
    expect(panel.excluded[0]!.reason).toContain('no unit');
  });

  test('holdings that move into another manager’s report are nobody’s purchase', async () => {
    const panel = await panelOf([
      ...filed({ cik: '11', end: Q3, holdings: [holds(AAPL, 100)] }),
      ...filed({
        cik: '11',
        end: Q4,
        holdings: [holds(AAPL, 600)],
        filing: { reportType: 'combination', includedManagers: '1 0000000012 Moved LP' },
      }),
      ...filed({ cik: '12', end: Q3, holdings: [holds(AAPL, 500)] }),
      ...filed({ cik: '12', end: Q4, holdings: null }),
      ...bothQuarters('13', [holds(AAPL, 10)], [holds(AAPL, 12)]),
    ]);
    expect(panel.managers.map(({ cik }) => cik)).toEqual(['0000000013']);
    expect(panel.excluded.find(({ cik }) => cik === '0000000011')!.reason).toContain('0000000012 moved');
  });

  test('a manager whose every position changed by one factor has not traded', async () => {
    const cusips = Array.from({ length: 25 }, (_, i) => `${500000 + i}101`);
    const panel = await panelOf([
      ...bothQuarters(
        '11',
        cusips.map((c, i) => holds(c, 100 + i)),
        cusips.map((c, i) => holds(c, 1001 + 10 * i)),
      ),
      ...bothQuarters(
        '12',
        cusips.map((c, i) => holds(c, 100 + i)),
        cusips.map((c, i) => holds(c, 101 + i)),
      ),
    ]);
    expect(panel.managers.map(({ cik }) => cik)).toEqual(['0000000012']);
    expect(panel.excluded[0]!.reason).toContain('10.0-fold');
    expect(
      [...thirteenFRows(panel)].every(({ deltaShares, cik }) => deltaShares === 1 && cik === '0000000012'),
    ).toBe(true);
  });
});

describe('splits and spin-offs', () => {
  const names = [named(NFLX, 'NFLX'), named(DD, 'DD'), named(QNITY, 'Q'), named(XYZ, 'ZZZ')];

  test('a true split is not buying', async () => {
    const panel = await panelOf([
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
    const panel = await panelOf([
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
    const panel = await panelOf([
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
    const panel = await panelOf([
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
    const panel = await panelOf(three(XYZ, []));
    expect(rowOf(panel, '11', XYZ)).toMatchObject({ deltaShares: null, longSell: null });
    expect(rowOf(panel, '11', XYZ)!.reason).toContain('all 3 holders');
  });

  test('is sold where it still trades, or where only two held it', async () => {
    const alive = await panelOf([
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
    const same = await panelOf([...three(XYZ, [holds(XYZ_NEW, 100)]), ...tickers]);
    expect(rowOf(same, '11', XYZ_NEW)).toMatchObject({ sharesBefore: 100, sharesNow: 100, deltaShares: 0 });
    expect(rowOf(same, '11', XYZ_NEW)!.flags.join()).toContain(`CUSIP changed from ${XYZ}`);
    expect(rowOf(same, '11', XYZ)).toBeUndefined();
  });

  test('an old CUSIP that some filers still use is the same security', async () => {
    const panel = await panelOf([
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
    const panel = await panelOf([
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
    const autumn = await panelOf(facts, '2026-10-01', Q3);
    expect(rowOf(autumn, '11', NFLX)).toMatchObject({ deltaShares: 2, priceKind: 'mean-daily-close' });
    expect(rowOf(autumn, '11', NFLX)!.price).toBeCloseTo(1100, 9);
    const winter = await panelAt('2026-10-01');
    expect(rowOf(winter, '11', NFLX)).toMatchObject({ deltaShares: 0, price: 110 });
    // As of a day before the split nobody could undo it, so the filings' own value counts: the answer is the same.
    const early = await panelAt('2025-11-16', Q3);
    expect(rowOf(early, '11', NFLX)).toMatchObject({
      deltaShares: 2,
      price: 1100,
      priceKind: 'filed-value-per-share',
    });
    expect(rowOf(early, '11', NFLX)!.flags.join()).toContain('is not the filings');
  });

  test('of another security under the same ticker is refused', async () => {
    const panel = await panelOf([
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
    const panel = await panelOf(facts);
    expect(rowOf(panel, '11', OTHER)).toMatchObject({ deltaShares: 100, longBuy: null, price: null });
    expect(rowOf(panel, '11', OTHER)!.reason).toContain('no price');
    expect(thirteenFFlowRows(panel, ['symbol'])[0]).toMatchObject({ net: null, symbol: OTHER });
  });
});

describe('brought lists', () => {
  test('fill in for managers without filings, and keep their grade', async () => {
    const panel = await panelOf([
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

describe('sums and series', () => {
  const world = [
    named(AAPL, 'AAPL'),
    sector('AAPL', 'technology'),
    ...filed({ cik: '11', end: Q2, holdings: [holds(AAPL, 100), holds(OTHER, 10)] }),
    ...filed({ cik: '11', end: Q3, holdings: [holds(AAPL, 150), holds(OTHER, 10)] }),
    ...filed({ cik: '11', end: Q4, holdings: [holds(AAPL, 130), holds(OTHER, 40)] }),
  ];

  test('add up over any keys', async () => {
    const cell = fc.tuple(fc.nat(3), fc.nat(4), fc.nat(500), fc.nat(500));
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 12 }), async (cells) => {
        const own = await temporaryStore();
        try {
          const byManager = new Map<number, { before: HoldingSpec[]; now: HoldingSpec[] }>();
          for (const [manager, security, before, now] of cells) {
            const held = byManager.get(manager) ?? { before: [], now: [] };
            held.before.push(holds(`${700000 + security}101`, before, { price: 7 }));
            held.now.push(holds(`${700000 + security}101`, now, { price: 7 }));
            byManager.set(manager, held);
          }
          const facts = [...byManager].flatMap(([manager, { before, now }]) =>
            bothQuarters(String(20 + manager), before, now),
          );
          await own.add(facts, 'edgar');
          const view = await own.store.view(endOfDayInNewYork(day('2026-10-01')));
          const panel = await readThirteenFPanel(view, Q4);
          view.close();
          const net = (keys: Parameters<typeof thirteenFFlowRows>[1]) =>
            Math.round(thirteenFFlowRows(panel, keys).reduce((sum, row) => sum + (row.net ?? 0) * 100, 0));
          const whole = net([]);
          expect(net(['manager'])).toBe(whole);
          expect(net(['symbol', 'manager'])).toBe(whole);
          expect(net(['sector', 'class'])).toBe(whole);
          for (const row of thirteenFFlowRows(panel, ['symbol', 'manager'])) {
            if (row.net === null) continue;
            expect(Math.min(row.longBuy!, row.longSell!)).toBe(0);
            expect(row.net).toBeCloseTo(row.longBuy! - row.longSell!, 6);
          }
        } finally {
          own.remove();
        }
      }),
      { numRuns: 6 },
    );
  });

  test('run over quarters by sector and class, with what they rest on', async () => {
    await temporary.add(world, 'edgar');
    const view = await temporary.store.view(endOfDayInNewYork(day('2026-10-01')));
    const series = await readThirteenFFlows(view);
    view.close();
    expect(series.map((one) => [one.sector, one.class])).toEqual([
      [null, 'other'],
      ['technology', 'other'],
    ]);
    const technology = series[1]!;
    expect(technology.calendar.periodEnds).toEqual([Q3, Q4]);
    expect([...technology.ruler('net', 'dollars').values]).toEqual([5000, -2000]);
    expect([...technology.ruler('longBuy', 'dollars').values]).toEqual([5000, 0]);
    expect([...series[0]!.ruler('net', 'dollars').values]).toEqual([5000, 1000]);
    expect(technology.knownAt(1)).toBe(noon('2026-02-17'));
    expect(technology.sources(1)).toHaveLength(2);
    expect(series[0]!.breadth(1, 'net')).toEqual({
      buyers: 0.5,
      names: 2,
      topFive: 1,
      withoutLargest: -2000,
    });
    expect(technology.breadth(1, 'net')!.topFive).toBeNull();
    expect(technology.quality(1).faults).toEqual([]);
    expect(technology.ruler('net', 'contracts').reasonAt(0)).toContain('do not add');
    expect(technology.ruler('net', 'volScaled').reasonAt(0)).toContain('52 earlier quarters');
    expect(technology.ruler('net', 'dollars').reasonAt(0)).toBeNull();
  });

  test('before the deadline hold only who has filed, and say so', async () => {
    await temporary.add(
      [
        ...world.filter(({ periodEnd }) => periodEnd !== Q4),
        ...filed({ cik: '11', end: Q4, holdings: [holds(AAPL, 130)], accepted: '2026-01-20' }),
        ...filed({ cik: '12', end: Q3, holdings: [holds(AAPL, 5)] }),
        ...filed({ cik: '12', end: Q4, holdings: [holds(AAPL, 9)], accepted: '2026-02-13' }),
      ],
      'edgar',
    );
    const early = await panelAt('2026-01-31');
    expect(early.coverage).toMatchObject({ managers: 1, ofManagers: 2 });
    expect(early.knownAt).toBe(noon('2026-01-20'));
    const view = await temporary.store.view(endOfDayInNewYork(day('2026-01-31')));
    const [series] = await readThirteenFFlows(view);
    view.close();
    expect(series!.quality(1).faults[0]).toContain('1 of 2');
    expect((await panelAt('2026-02-13')).coverage).toMatchObject({ managers: 2, ofManagers: 2 });
  });

  test('an empty store gives no series and an empty panel', async () => {
    const panel = await panelAt('2026-10-01');
    expect(panel).toMatchObject({ managers: [], securities: [], knownAt: null });
    expect(panel.coverage.sectorShare).toBeNull();
    expect(thirteenFFlowRows(panel, ['class'])).toEqual([]);
    const view = await temporary.store.view(endOfDayInNewYork(day('2026-10-01')));
    expect(await readThirteenFFlows(view)).toEqual([]);
    view.close();
  });

  test('quarters are named by their last day', () => {
    expect(
      ['2025-03-31', '2025-06-30', '2025-09-30', '2025-12-31'].map((end) => quarterBefore(day(end))),
    ).toEqual(['2024-12-31', '2025-03-31', '2025-06-30', '2025-09-30']);
    expect(() => quarterBefore(day('2025-12-30'))).toThrow(InvalidRequest);
  });
});
