import { describe, expect, test } from 'vitest';
import { thirteenFFlowRows, thirteenFRows } from '../../src/flows/index.js';
import {
  AAPL,
  bothQuarters,
  filed,
  holds,
  noon,
  OTHER,
  panelStore,
  Q3,
  Q4,
  rowOf,
} from './thirteen-f-world.js';

const store = panelStore();

describe('a change of holdings', () => {
  test('is bought or sold at the reference price, long-only', async () => {
    const panel = await store.panelOf(
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
    const panel = await store.panelOf([
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
    const panel = await store.panelOf(
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
    await store.temporary.add(
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
    expect((await store.panelAt('2026-02-09')).managers).toHaveLength(0);
    expect(rowOf(await store.panelAt('2026-02-10'), '11', AAPL)!.deltaShares).toBe(60);
    const added = await store.panelAt('2026-03-02');
    expect(rowOf(added, '11', AAPL)!.deltaShares).toBe(65);
    expect(rowOf(added, '11', OTHER)!.deltaShares).toBe(7);
    const restated = await store.panelAt('2026-05-04');
    expect(rowOf(restated, '11', AAPL)!.deltaShares).toBe(-10);
    expect(rowOf(restated, '11', OTHER)).toBeUndefined();
    expect(restated.knownAt).toBe(noon('2026-05-04'));
    expect(restated.managers[0]!.flags[0]).toContain('restatement');
  });

  test('an unreconciled filing is flagged on every row, one in no unit leaves its manager out', async () => {
    const panel = await store.panelOf([
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
    const panel = await store.panelOf([
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
    const panel = await store.panelOf([
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
