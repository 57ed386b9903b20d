import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IsoDate } from '../../../src/core/index.js';
import { decideValueUnit, type ValuePair } from '../../../src/sources/edgar/index.js';
import { decideValueUnitOfCover } from '../../../src/sources/edgar/value-unit.js';

const before = '2022-02-14' as IsoDate;
const after = '2024-02-14' as IsoDate;

/** Rows at the given prices, 100,000 shares each, values in the unit. */
function rowsAt(
  prices: readonly number[],
  unit: 'dollars' | 'thousands',
  more: Partial<ValuePair> = {},
): ValuePair[] {
  return prices.map((price, index) => ({
    value: Math.round((price * 100_000) / (unit === 'dollars' ? 1 : 1000)),
    amount: 100_000,
    amountType: 'SH',
    isOption: false,
    cusip: `cusip${index}`,
    ...more,
  }));
}

const unitOf = (pairs: readonly ValuePair[], filedDate: IsoDate | null = null) =>
  decideValueUnit(pairs, { filedDate }).unit;

describe('decideValueUnit', () => {
  const ordinary = [12, 35, 48, 77, 190];

  test.each([before, after, null])('ordinary prices are decided against any date (%s)', (filedDate) => {
    expect(unitOf(rowsAt(ordinary, 'dollars'), filedDate)).toBe('dollars');
    expect(unitOf(rowsAt(ordinary, 'thousands'), filedDate)).toBe('thousands');
  });

  test('says when a filer went against the rule of its day', () => {
    const { evidence, medianValuePerShare } = decideValueUnit(rowsAt(ordinary, 'thousands'), {
      filedDate: after,
    });
    expect(evidence).toContain('AGAINST the rule');
    expect(medianValuePerShare).toBe(0.048);
    expect(decideValueUnit(rowsAt(ordinary, 'dollars'), { filedDate: after }).evidence).not.toContain(
      'AGAINST',
    );
  });

  test('five mega-caps in thousands are not taken for pennies', () => {
    expect(unitOf(rowsAt([132.69, 222.42, 1751.88, 1752.64, 3256.93], 'thousands'), before)).toBe(
      'thousands',
    );
  });

  test('what could be either stays undecided', () => {
    const pennies = rowsAt([1.5], 'dollars', { amount: 300_000_000, value: 450_000_000 });
    expect(unitOf(pennies, before)).toBe('undecided');
    expect(unitOf([])).toBe('undecided');
    expect(unitOf(rowsAt([0, 0], 'dollars'))).toBe('undecided');
  });

  test('what is a price in no unit fits neither', () => {
    const shareCountsInThousands = rowsAt([50], 'dollars', { amount: 1 });
    expect(unitOf(shareCountsInThousands, after)).toBe('neither');
    expect(unitOf(rowsAt([50], 'dollars', { amount: 1e15 }), after)).toBe('neither');
  });

  test('options and principal speak only where there are no shares', () => {
    const options = rowsAt([45], 'thousands', { isOption: true });
    expect(unitOf([...options, ...rowsAt(ordinary, 'dollars')])).toBe('dollars');
    expect(unitOf(options)).toBe('thousands');
    const bonds = rowsAt([0.98, 1.02, 1.1], 'thousands', { amountType: 'PRN', amount: 100_000 });
    expect(unitOf(bonds)).toBe('thousands');
    expect(unitOf(rowsAt([0.98, 1.02, 1.1], 'dollars', { amountType: 'PRN' }))).toBe('dollars');
  });

  test('known prices decide what plausibility cannot, and refuse what they contradict', () => {
    const pairs = rowsAt([700_000], 'dollars');
    expect(decideValueUnit(pairs, { filedDate: after }).unit).toBe('neither');
    const priceOf = () => 700_000;
    expect(decideValueUnit(pairs, { filedDate: after, priceOf })).toMatchObject({ unit: 'dollars' });
    expect(decideValueUnit(rowsAt([1.5], 'thousands'), { filedDate: after, priceOf: () => 1.5 }).unit).toBe(
      'thousands',
    );
    expect(decideValueUnit(rowsAt([50], 'dollars'), { filedDate: after, priceOf: () => 5 }).unit).toBe(
      'neither',
    );
    expect(decideValueUnit(rowsAt([50], 'dollars'), { filedDate: after, priceOf: () => null }).unit).toBe(
      'dollars',
    );
  });

  test('the order of the rows and a common factor of value and amount change nothing', () => {
    const prices = fc.array(fc.double({ min: 5, max: 800, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(prices, fc.constantFrom('dollars' as const, 'thousands' as const), (drawn, unit) => {
        const pairs = rowsAt(drawn, unit);
        const decided = decideValueUnit(pairs, { filedDate: null });
        expect(decideValueUnit(pairs.toReversed(), { filedDate: null })).toEqual(decided);
        expect(decided.unit === unit || decided.unit === 'undecided').toBe(true);
      }),
    );
  });
});

describe('decideValueUnitOfCover', () => {
  test('weighs the mean position', () => {
    expect(decideValueUnitOfCover(114_663_960, 92, null).unit).toBe('dollars');
    expect(decideValueUnitOfCover(114_663, 92, before).unit).toBe('thousands');
    expect(decideValueUnitOfCover(732_158, 5, before).unit).toBe('undecided');
    expect(decideValueUnitOfCover(null, 5, after).unit).toBe('undecided');
    expect(decideValueUnitOfCover(5, 0, after).unit).toBe('undecided');
  });
});
