import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { churnRatio, classifyHorizons, concentration } from '../../../src/stats/index.js';

const column = (...values: number[]) => Float64Array.from(values);

describe('churn ratio', () => {
  test('equals the formula of the paper on a worked example', () => {
    const holdings = {
      sharesNow: column(120, 0, 30),
      sharesBefore: column(100, 50, 30),
      priceNow: column(12, 20, 5),
      priceBefore: column(10, 25, 4),
    };
    let above = 0;
    let below = 0;
    for (let j = 0; j < 3; j++) {
      const [n, m] = [holdings.sharesNow[j]!, holdings.sharesBefore[j]!];
      const [p, q] = [holdings.priceNow[j]!, holdings.priceBefore[j]!];
      above += Math.abs(n * p - m * q - m * (p - q));
      below += (n * p + m * q) / 2;
    }
    expect(churnRatio(holdings).ratio).toBeCloseTo(above / below, 14);
  });

  test('lies in 0 to 2 for constant prices: nothing traded, everything exchanged', () => {
    const price = column(10, 10);
    const kept = { sharesNow: column(5, 0), sharesBefore: column(5, 0), priceNow: price, priceBefore: price };
    expect(churnRatio(kept)).toEqual({ ratio: 0, priced: 1, unpriced: 0 });
    expect(churnRatio({ ...kept, sharesNow: column(0, 5) })).toEqual({ ratio: 2, priced: 2, unpriced: 0 });
  });

  test('does not move with the split basis or the currency', () => {
    const shares = fc.double({ min: 0, max: 1e6, noNaN: true });
    const price = fc.double({ min: 0.01, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(shares, shares, price, price), { minLength: 1 }), (rows) => {
        const of = (split: number, currency: number) =>
          churnRatio({
            sharesNow: Float64Array.from(rows, ([n]) => n * split),
            sharesBefore: Float64Array.from(rows, ([, m]) => m * split),
            priceNow: Float64Array.from(rows, ([, , p]) => (p / split) * currency),
            priceBefore: Float64Array.from(rows, ([, , , q]) => (q / split) * currency),
          }).ratio;
        const plain = of(1, 1);
        fc.pre(plain !== null);
        expect(of(4, 128)).toBeCloseTo(plain!, 9);
      }),
      { seed: 6 },
    );
  });

  test('counts what has no price, and is null where nothing has', () => {
    const holdings = {
      sharesNow: column(1, 2, 0),
      sharesBefore: column(1, 0, 0),
      priceNow: column(3, Number.NaN, Number.NaN),
      priceBefore: column(3, 4, Number.NaN),
    };
    expect(churnRatio(holdings)).toEqual({ ratio: 0, priced: 1, unpriced: 1 });
    expect(churnRatio({ ...holdings, priceBefore: column(Number.NaN, 4, 5) }).ratio).toBeNull();
    expect(() => churnRatio({ ...holdings, sharesNow: column(1, -2, 0) })).toThrow(
      'sharesNow is -2 at position 1',
    );
    expect(() => churnRatio({ ...holdings, sharesNow: column(1, Number.NaN, 0) })).toThrow(
      'sharesNow is NaN',
    );
    expect(() => churnRatio({ ...holdings, priceNow: column(1) })).toThrow('priceNow has 1 positions');
  });
});

test('concentration', () => {
  expect(concentration(column(5, 5, 5, 5))).toBeCloseTo(0.25, 14);
  expect(concentration(column(7, 0))).toBe(1);
  expect(concentration(column(0, 0))).toBeNull();
  expect(() => concentration(column(1, Number.NaN))).toThrow('a holding worth NaN');
});

describe('horizon classes', () => {
  test('a third trades most; of the others the concentrated are dedicated', () => {
    const turnover = column(0.9, 0.8, 0.2, 0.1, 0.3, 0.15);
    const herfindahl = column(0.01, 0.5, 0.4, 0.3, 0.02, 0.01);
    expect(classifyHorizons(turnover, herfindahl)).toEqual([
      'transient',
      'transient',
      'dedicated',
      'quasi-index',
      'quasi-index',
      'quasi-index',
    ]);
  });

  test('without differences all are quasi-index; unknown figures have no class', () => {
    const turnover = column(0.2, 0.2, 0.2, Number.NaN, 0.2);
    expect(classifyHorizons(turnover, column(0.1, 0.1, 0.1, 0.1, Number.NaN))).toEqual([
      'quasi-index',
      'quasi-index',
      'quasi-index',
      null,
      null,
    ]);
    expect(classifyHorizons(column(1, 2), column(1, 2))).toEqual([null, null]);
    expect(() => classifyHorizons(column(1, 2), column(1))).toThrow('2 turnovers and 1 concentrations');
  });

  test('at most a third is transient, and only ranks matter', () => {
    const figures = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })), { maxLength: 60 });
    fc.assert(
      fc.property(figures, (rows) => {
        const turnover = Float64Array.from(rows, ([t]) => t);
        const herfindahl = Float64Array.from(rows, ([, c]) => c);
        const classes = classifyHorizons(turnover, herfindahl);
        const known = classes.filter((name) => name !== null).length;
        expect(classes.filter((name) => name === 'transient').length).toBeLessThanOrEqual(known / 3);
        expect(
          classifyHorizons(
            turnover.map((t) => 8 * t),
            herfindahl.map((c) => c / 4 + 1),
          ),
        ).toEqual(classes);
      }),
      { seed: 6 },
    );
  });
});
