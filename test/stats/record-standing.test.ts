import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchangeableP, recordStanding, rollingSums, streak } from '../../src/stats/index.js';

const gap = Number.NaN;
const series = (...values: number[]) => Float64Array.from(values);

describe('recordStanding', () => {
  it('tells what a record broke and how long that had stood', () => {
    const standing = recordStanding(series(9, 3, 5, gap, 5, 1, 8), 5);
    expect(standing).toEqual({
      n: 4,
      coverage: 0.8,
      rank: 1,
      ties: [],
      isRecord: true,
      largestSinceIndex: 0,
      margin: 8 / 5 - 1,
      brokeIndex: 2,
    });
  });

  it('lets ties share the better rank and names them; a tie is no record', () => {
    const standing = recordStanding(series(5, 2, 5, 1, 5), Number.POSITIVE_INFINITY);
    expect(standing).toMatchObject({
      rank: 1,
      ties: [0, 2],
      isRecord: false,
      largestSinceIndex: 2,
      brokeIndex: null,
    });
    expect(exchangeableP(series(5, 2, 5, 1, 5), 4)).toBe(3 / 5);
  });

  it('looks back over all history for the last value as large', () => {
    expect(recordStanding(series(7, 1, 2, 3), 2).largestSinceIndex).toBe(0);
    expect(recordStanding(series(1, 2, 3), 2).largestSinceIndex).toBeNull();
  });

  it('has no margin over an old record that is not above 0', () => {
    expect(recordStanding(series(-3, -2, -1), 2)).toMatchObject({ isRecord: true, margin: null });
    expect(recordStanding(series(-3, 0, 1), 2).margin).toBeNull();
  });

  it('says nothing without a value or without a past', () => {
    expect(recordStanding(series(1, 2, gap), 2)).toMatchObject({ n: 2, rank: null, isRecord: null });
    expect(recordStanding(series(gap, gap, 4), 2)).toMatchObject({
      n: 0,
      coverage: 0,
      rank: null,
      isRecord: null,
    });
    expect(recordStanding(series(), 2)).toMatchObject({ n: 0, rank: null });
    expect(exchangeableP(series(gap, 4), 1)).toBeNull();
  });

  it('counts the periods since the first one with data as all history', () => {
    expect(recordStanding(series(gap, gap, 1, gap, 3, 4, 5), Number.POSITIVE_INFINITY).coverage).toBe(0.75);
  });

  const value = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -9, max: 9 }) },
    { weight: 1, arbitrary: fc.constant(gap) },
  );
  const anySeries = fc.array(value, { minLength: 2, maxLength: 40 }).map((list) => Float64Array.from(list));

  it('agrees with counting by the definition', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 1, max: 45 }), (values, lookback) => {
        const last = values.at(-1)!;
        const before = [...values.slice(0, -1).slice(-lookback)].filter((x) => !Number.isNaN(x));
        const { n, rank, ties, isRecord } = recordStanding(values, lookback);
        expect(n).toBe(before.length);
        if (n === 0 || Number.isNaN(last)) expect(rank).toBeNull();
        else {
          expect(rank).toBe(1 + before.filter((x) => x > last).length);
          expect(ties.length).toBe(before.filter((x) => x === last).length);
          expect(isRecord).toBe(last > Math.max(...before));
          expect(exchangeableP(values, lookback)).toBe(
            (1 + before.filter((x) => x >= last).length) / (n + 1),
          );
        }
      }),
    );
  });

  it('ranks the same under any increasing transform, and mirrored for the smallest', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 1, max: 45 }), (values, lookback) => {
        const plain = recordStanding(values, lookback);
        const bent = recordStanding(
          values.map((x) => Math.expm1(x / 3) + 5),
          lookback,
        );
        for (const name of ['n', 'rank', 'ties', 'isRecord', 'largestSinceIndex', 'brokeIndex'] as const) {
          expect(bent[name]).toEqual(plain[name]);
        }
        const turned = recordStanding(
          values.map((x) => -x),
          lookback,
        );
        if (plain.rank !== null) expect(turned.rank! + plain.rank + plain.ties.length).toBe(plain.n + 2);
      }),
    );
  });
});

describe('streak', () => {
  it('counts periods with the sign of the last one', () => {
    expect(streak(series(1, -1, 2, 3, 4), 4)).toEqual({ length: 3, sameSign: 3, of: 4 });
    expect(streak(series(1, gap, -2, -3), 10)).toEqual({ length: 2, sameSign: 2, of: 3 });
  });

  it('ends at a missing period and is 0 for 0', () => {
    expect(streak(series(1, 1, gap, 1), 4).length).toBe(1);
    expect(streak(series(1, 1, 0), 3)).toEqual({ length: 0, sameSign: 0, of: 3 });
    expect(streak(series(1, gap), 2)).toEqual({ length: 0, sameSign: 0, of: 1 });
    expect(streak(series(), 2)).toEqual({ length: 0, sameSign: 0, of: 0 });
  });
});

describe('rollingSums', () => {
  it('sums the periods up to each one and nothing over a hole', () => {
    expect(rollingSums(series(1, 2, 3, gap, 5, 6), 2)).toEqual(series(gap, 3, 5, gap, gap, 11));
    expect(rollingSums(series(1, 2), 3)).toEqual(series(gap, gap));
    expect(rollingSums(series(4, 2), 1)).toEqual(series(4, 2));
  });
});
