import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bar,
  type BulkVolume,
  bulkVolume,
  normalCdf,
  studentTCdf,
  timeBars,
  volumeBars,
  vpin,
} from '../../src/tape/index.js';
import reference from '../reference/tape/distributions.json' with { type: 'json' };
import { at, micros } from './columns.js';

const bar = (price: number | null, shares: number): Bar => ({
  startNanos: 0,
  volumeMicros: BigInt(micros(shares)),
  lastPriceMicros: price === null ? null : micros(price),
});
const buys = (volumes: readonly BulkVolume[]) => volumes.map(({ buyShares }) => buyShares);
const rounded = (value: number | null) => (value === null ? null : Math.round(value * 1e4) / 1e4);

const example = [bar(20, 10), bar(20.01, 50), bar(19.99, 80), bar(20, 20), bar(20, 40)];
const wholeNormal = { distribution: { kind: 'normal' }, sigma: { kind: 'whole-sample' } } as const;

describe('distributions', () => {
  it('agree with scipy', () => {
    for (const [i, point] of reference.points.entries()) {
      expect(Math.abs(normalCdf(point) - reference.normal[i]!)).toBeLessThan(1e-15);
      for (const [df, values] of Object.entries(reference.studentT)) {
        expect(Math.abs(studentTCdf(point, Number(df)) / values[i]! - 1)).toBeLessThan(1e-12);
      }
    }
  });

  it('are that of Cauchy at one degree of freedom', () => {
    for (const point of reference.points) {
      expect(studentTCdf(point, 1)).toBeCloseTo(0.5 + Math.atan(point) / Math.PI, 14);
    }
  });
});

describe('bulk volume', () => {
  it('splits bars by the standardised change, the example under the normal', () => {
    const { bars, looksAhead } = bulkVolume(example, wholeNormal);
    expect(looksAhead).toBe(true);
    expect(bars[0]).toMatchObject({ buyShares: null });
    expect(buys(bars).map(rounded)).toEqual([null, 38.0125, 6.292, 15.205, 20]);
    expect(bars[1]).toMatchObject({ sigmaUsd: expect.closeTo(0.01414214, 8) });
  });

  it('has the fat tails of t with a quarter degree of freedom by default', () => {
    const { bars } = bulkVolume(example, { sigma: { kind: 'whole-sample' } });
    expect(rounded(bars[1]!.buyShares)).toBe(rounded(50 * studentTCdf(Math.SQRT1_2, 0.25)));
  });

  it('takes a trailing sigma from the past alone', () => {
    const { bars, looksAhead } = bulkVolume(example, { sigma: { kind: 'trailing', bars: 2 } });
    expect(looksAhead).toBe(false);
    expect(bars.map(({ buyShares }) => buyShares === null)).toEqual([true, true, false, false, false]);
    const longer = bulkVolume([...example, bar(30, 1000)], { sigma: { kind: 'trailing', bars: 2 } });
    expect(longer.bars.slice(0, 5)).toEqual(bars);
  });

  it('halves bars without a change, or without any variation', () => {
    const flat = [bar(20, 10), bar(20, 30), bar(20, 50)];
    expect(buys(bulkVolume(flat, wholeNormal).bars)).toEqual([null, 15, 25]);
    const steady = [bar(20, 10), bar(21, 30), bar(22, 50)];
    expect(buys(bulkVolume(steady, wholeNormal).bars)).toEqual([null, 15, 25]);
  });

  it('weighs changes by volume where asked to; equal volumes change nothing', () => {
    const equal = example.map(({ lastPriceMicros }) => bar(lastPriceMicros! / 1e6, 10));
    const byVolume = bulkVolume(equal, { ...wholeNormal, weights: 'volume' });
    expect(buys(byVolume.bars).map(rounded)).toEqual(buys(bulkVolume(equal, wholeNormal).bars).map(rounded));
    const weighted = bulkVolume(example, { ...wholeNormal, weights: 'volume' });
    const d = [0.01, -0.02, 0.01, 0];
    const v = [50, 80, 20, 40];
    const mean = d.reduce((sum, x, i) => sum + x * v[i]!, 0) / 190;
    const variance = d.reduce((sum, x, i) => sum + v[i]! * (x - mean) ** 2, 0) / (190 * 0.75);
    expect(weighted.bars[1]).toMatchObject({ sigmaUsd: expect.closeTo(Math.sqrt(variance), 12) });
  });

  it('refuses a window of one bar and no degrees of freedom', () => {
    expect(() => bulkVolume(example, { sigma: { kind: 'trailing', bars: 1 } })).toThrow(/window of 1 bars/);
    const distribution = { kind: 'student-t', degreesOfFreedom: 0 } as const;
    expect(() => bulkVolume(example, { distribution })).toThrow(/degrees of freedom/);
  });
});

describe('time bars', () => {
  it('carry the price through empty bars and leave out what is outside the span', () => {
    const span = { openNanos: at('09:30'), closeNanos: at('09:34:30') };
    const prints = [
      { timeNanos: at('09:29:59'), priceMicros: 1, sizeMicros: 7 },
      { timeNanos: at('09:31'), priceMicros: 5, sizeMicros: 2 },
      { timeNanos: at('09:31:59.999999999'), priceMicros: 6, sizeMicros: 3 },
      { timeNanos: at('09:34:29'), priceMicros: 4, sizeMicros: 1 },
      { timeNanos: at('09:34:30'), priceMicros: 9, sizeMicros: 9 },
    ];
    const bars = timeBars(prints, 60e9, span);
    expect(bars.map(({ volumeMicros }) => volumeMicros)).toEqual([0n, 5n, 0n, 0n, 1n]);
    expect(bars.map(({ lastPriceMicros }) => lastPriceMicros)).toEqual([null, 6, 6, 6, 4]);
  });
});

describe('volume bars', () => {
  const prints = [
    { timeNanos: 1, priceMicros: 10, sizeMicros: 60 },
    { timeNanos: 2, priceMicros: 11, sizeMicros: 250 },
    { timeNanos: 3, priceMicros: 12, sizeMicros: 30 },
  ];

  it('split the print that overflows and hand out the unfilled bar apart', () => {
    const { bars, unfilled } = volumeBars(prints, 100);
    expect(bars.map(({ startNanos, lastPriceMicros }) => [startNanos, lastPriceMicros])).toEqual([
      [1, 11],
      [2, 11],
      [2, 11],
    ]);
    expect(unfilled).toEqual({ startNanos: 2, volumeMicros: 40n, lastPriceMicros: 12 });
    expect(volumeBars(prints, 340).unfilled).toBeNull();
  });

  it('hold all volume, whatever the sizes', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1_000 }), { maxLength: 50 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 700 }), (all, barSize) => {
        const { bars, unfilled } = volumeBars(
          all.map((sizeMicros, timeNanos) => ({ timeNanos, priceMicros: 1, sizeMicros })),
          barSize,
        );
        const held = bars.length * barSize + Number(unfilled?.volumeMicros ?? 0n);
        expect(held).toBe(all.reduce((sum, size) => sum + size, 0));
        expect(Number(unfilled?.volumeMicros ?? 0n)).toBeLessThan(barSize);
      }),
      { seed: 4 },
    );
  });
});

describe('VPIN', () => {
  const bucket = (buyShares: number): BulkVolume => ({
    buyShares,
    sellShares: 100 - buyShares,
    sigmaUsd: 0.01,
  });

  it('is the mean imbalance of the last full buckets', () => {
    expect(vpin([bucket(50), bucket(80), bucket(30), bucket(100)], 100, 2)).toEqual([null, 0.3, 0.5, 0.7]);
  });

  it('has no answer while a bucket of its window has none', () => {
    const none: BulkVolume = { buyShares: null, sellShares: null, reason: 'first' };
    expect(vpin([none, bucket(80), bucket(30)], 100, 2)).toEqual([null, null, 0.5]);
    expect(() => vpin([], 100, 0)).toThrow(/window of 0 buckets/);
    expect(() => vpin([], 0, 1)).toThrow(/buckets of 0 shares/);
  });
});
