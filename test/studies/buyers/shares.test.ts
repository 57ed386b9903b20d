import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BuyersPlace, type IsoDate, OUTSIDE_CLASS } from '../../../src/core/index.js';
import { concludeRoles } from '../../../src/studies/buyers/conclusion.js';
import {
  intervalScore,
  type QuarterShare,
  quartersBetween,
  scoredBounds,
  shareBounds,
  shareInterval,
} from '../../../src/studies/buyers/share-bounds.js';
import { buyerRows, type ClassFlow, withOutside } from '../../../src/studies/buyers/shares.js';

const PLACE: BuyersPlace = {
  basis: 'ledger',
  periodStart: '2026-04-06' as IsoDate,
  periodEnd: '2026-04-10' as IsoDate,
  knownAt: '2026-04-11T00:00:00Z',
  contract: null,
  sector: 'technology',
  sectorIsProxy: false,
};

function flow(name: string, grossBuy: number, grossSell: number): ClassFlow {
  return {
    place: PLACE,
    class: name,
    unit: 'US dollars',
    grossBuy,
    grossSell,
    net: grossBuy - grossSell,
    sources: [],
    reasons: {},
  };
}

const verdictOf = (flows: readonly ClassFlow[]) => concludeRoles(withOutside(buyerRows(flows))).verdict;

describe('shares', () => {
  test('are of all purchases and of net buying, and the other side is named', () => {
    const rows = withOutside(
      buyerRows([flow('retail', 100, 200), flow('pension', 300, 0), flow('bank', 100, 0)]),
    );
    expect(rows.map((row) => [row.class, row.side, row.net, row.grossBuyShare, row.netShare])).toEqual([
      ['pension', 'buyer', 300, 0.6, 0.75],
      ['bank', 'buyer', 100, 0.2, 0.25],
      ['retail', 'seller', -100, 0.2, 0],
      [OUTSIDE_CLASS, 'seller', -300, null, null],
    ]);
    expect(rows.at(-1)!.reasons.grossBuy).toContain('balance');
  });

  test('an unknown net makes the other side unknown, never 0', () => {
    const rows = withOutside(buyerRows([{ ...flow('retail', 1, 1), net: null }, flow('pension', 2, 0)]));
    expect(rows.at(-1)).toMatchObject({ class: OUTSIDE_CLASS, net: null, side: null });
    expect(rows.find((row) => row.class === 'retail')!.reasons.net).toBe('not known');
  });

  test('nobody buying gives null shares', () => {
    const [row] = buyerRows([flow('retail', 0, 0)]);
    expect(row).toMatchObject({ side: 'flat', grossBuyShare: null, netShare: null });
  });
});

describe('institutions, retail or speculators', () => {
  test('stands where both mappings agree', () => {
    expect(verdictOf([flow('pension', 9, 0), flow('hedge-fund', 5, 0), flow('retail', 0, 4)])).toBe(
      'institutions',
    );
    expect(verdictOf([flow('pension', 0, 9), flow('retail', 5, 4)])).toBe('retail');
  });

  test('is not measurable where it depends on what hedge funds are', () => {
    const { verdict, outcomes, explanation } = concludeRoles(
      buyerRows([flow('pension', 4, 0), flow('hedge-fund', 5, 0)]),
    );
    expect(verdict).toBe('not measurable');
    expect(outcomes.map(({ institution, speculator }) => [institution, speculator])).toEqual([
      [9, null],
      [4, 5],
    ]);
    expect(explanation).toContain('depends');
  });

  test('is not measurable where a class of no known kind bought most', () => {
    expect(verdictOf([flow('pension', 4, 0), flow('other', 5, 0)])).toBe('not measurable');
  });

  test('says which kinds the data has none of', () => {
    expect(concludeRoles(buyerRows([flow('pension', 4, 0)])).explanation).toContain('speculator, retail');
  });
});

const QUARTERS = ['2024-12-31', '2025-03-31', '2025-06-30', '2025-09-30', '2025-12-31', '2026-03-31'].map(
  (end) => end as IsoDate,
);
const shares = (values: readonly (number | null)[], managers = 3): QuarterShare[] =>
  values.map((share, i) => ({ quarterEnd: QUARTERS[i]!, managers, share }));

describe('bounds of a share', () => {
  test('are smallest and largest, widened by the largest change over one quarter', () => {
    const { low, high, quartersUsed, quartersAhead } = shareInterval(
      shares([0.1, 0.12, 0.11, 0.11]),
      QUARTERS[4]!,
    );
    expect([low, high]).toEqual([expect.closeTo(0.08, 12), expect.closeTo(0.14, 12)]);
    expect([quartersUsed, quartersAhead]).toEqual([4, 1]);
  });

  test('two quarters ahead take the changes over two quarters', () => {
    const { low, high, quartersAhead } = shareInterval(shares([0.1, 0.12, 0.16, 0.14]), QUARTERS[5]!);
    expect(quartersAhead).toBe(2);
    expect([low, high]).toEqual([expect.closeTo(0.04, 12), expect.closeTo(0.22, 12)]);
  });

  test('are null with the reason where Form 13F holds no such manager', () => {
    expect(shareInterval(shares([0, 0, 0, 0], 0), QUARTERS[4]!)).toMatchObject({
      low: null,
      high: null,
      reason: 'no manager of this class is in the Form 13F holdings of the store',
    });
    expect(shareInterval([], QUARTERS[3]!).reason).toContain('no quarter');
    expect(shareInterval(shares([0.1, 0.1, 0.1]), QUARTERS[3]!).reason).toContain('3, 4 needed');
  });

  test('are scored once 13F is known: width, and ten times two the miss', () => {
    expect(intervalScore(0.1, 0.3, 0.2, 0.9)).toBeCloseTo(0.2, 12);
    expect(intervalScore(0.1, 0.3, 0.35, 0.9)).toBeCloseTo(0.2 + 20 * 0.05, 12);
    expect(intervalScore(0.1, 0.3, 0.05, 0.9)).toBeCloseTo(0.2 + 20 * 0.05, 12);
    const known = shares([0.1, 0.12, 0.11, 0.11, 0.3]);
    const row = shareBounds('pension', known, QUARTERS[4]!, PLACE, { amount: 1000, of: 'x' });
    expect(row).toMatchObject({ actual: 0.3, hit: false, amountLow: 80, amountHigh: 140 });
    expect(row.score).toBeCloseTo(0.06 + 20 * 0.16, 9);
    expect(shareBounds('pension', known, QUARTERS[5]!, PLACE, { amount: null, of: null })).toMatchObject({
      actual: null,
      score: null,
      hit: null,
      amountLow: null,
    });
  });

  test('a quarter is judged by those before it: later ones change no score', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 6 }),
        (values) => {
          const all = shares(values);
          const scored = scoredBounds('pension', all, () => PLACE);
          const earlier = scoredBounds('pension', all.slice(0, -1), () => PLACE);
          expect(scored.filter(({ quarterEnd }) => quarterEnd !== all.at(-1)!.quarterEnd)).toEqual(earlier);
          for (const { low, high, actual, hit, score } of scored) {
            expect(low! >= 0 && high! <= 1 && low! <= high!).toBe(true);
            expect(hit).toBe(low! <= actual! && actual! <= high!);
            expect(score!).toBeGreaterThanOrEqual(high! - low!);
          }
        },
      ),
    );
  });

  test('count quarters over a year', () => {
    expect(quartersBetween('2025-12-31' as IsoDate, '2026-06-30' as IsoDate)).toBe(2);
  });
});
