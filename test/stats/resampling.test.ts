import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { fitRecordScale, optimalBlockLength, stationaryBootstrapIndices } from '../../src/stats/index.js';
import { fillGaps } from '../../src/stats/record-family-plan.js';
import { fromReference, largestDifference, REFERENCE } from './reference.js';

describe('optimalBlockLength', () => {
  it.each(Object.keys(REFERENCE.series))('agrees with arch on %s, but is at least 1', (name) => {
    const found = optimalBlockLength(Float64Array.from(REFERENCE.series[name]!));
    expect(found).toBeCloseTo(Math.max(1, REFERENCE.blockLength[name]!), 9);
  });

  it('is 1 where there is nothing to see', () => {
    expect(optimalBlockLength(new Float64Array(100).fill(3))).toBe(1);
    expect(optimalBlockLength(Float64Array.from([1, 2, 3]))).toBe(1);
  });
});

describe('stationaryBootstrapIndices', () => {
  const draw = (meanBlockLength: number, sourceLength = 50) =>
    stationaryBootstrapIndices({
      sourceLength,
      pathLength: 400,
      paths: 500,
      meanBlockLength,
      random: seededRandom(1),
    });

  it('goes on to the next value with chance 1 - 1 / block length, wrapping around', () => {
    for (const meanBlockLength of [1, 4, 20]) {
      const indices = draw(meanBlockLength);
      let next = 0;
      let steps = 0;
      for (let k = 1; k < indices.length; k++) {
        if (k % 400 === 0) continue;
        steps++;
        if (indices[k] === (indices[k - 1]! + 1) % 50) next++;
      }
      const expected = 1 - 1 / meanBlockLength + 1 / (50 * meanBlockLength);
      expect(Math.abs(next / steps - expected)).toBeLessThan(4 * Math.sqrt(0.25 / steps));
    }
  });

  it('draws every value equally often', () => {
    const counts = new Float64Array(50);
    for (const index of draw(5)) counts[index]!++;
    const expected = (500 * 400) / 50;
    for (const count of counts) expect(Math.abs(count - expected)).toBeLessThan(5 * 3 * Math.sqrt(expected));
  });

  it('is the same for the same seed, and refuses what does not fit', () => {
    expect(draw(3)).toEqual(draw(3));
    expect(() => draw(3, 70_000)).toThrow('70000 periods');
  });
});

describe('fitRecordScale', () => {
  it('agrees with numpy, zeros and gaps included', () => {
    const series = fromReference(REFERENCE.withZeros);
    const fit = fitRecordScale(series)!;
    expect(fit.logSlope).toBeCloseTo(REFERENCE.recordScale.logSlope, 12);
    const relative = fit.scale.map((value, k) => value / REFERENCE.recordScale.scale[k]!);
    expect(largestDifference(relative, new Float64Array(relative.length).fill(1))).toBeLessThan(1e-10);
    expect(
      largestDifference(
        fit.residuals,
        series.map((x, k) => x / fit.scale[k]!),
      ),
    ).toBe(0);
  });

  it('has residuals free of the unit and of growth', () => {
    const noise = seededRandom(3);
    const base = Float64Array.from({ length: 200 }, () => noise.next() - 0.4);
    const grown = base.map((x, k) => 1e6 * x * Math.exp(0.004 * k));
    const [plain, scaled] = [fitRecordScale(base)!, fitRecordScale(grown)!];
    expect(scaled.logSlope - plain.logSlope).toBeCloseTo(0.004, 10);
    expect(largestDifference(scaled.residuals, plain.residuals)).toBeLessThan(1e-9);
  });

  it('needs 26 values other than 0', () => {
    const series = new Float64Array(100);
    series.fill(1, 0, 25);
    expect(fitRecordScale(series)).toBeNull();
    expect(fitRecordScale(series.fill(1, 0, 26))).not.toBeNull();
  });
});

describe('fillGaps', () => {
  const gap = Number.NaN;

  it('takes the value before a lone gap, around the end too', () => {
    expect([...fillGaps(Float64Array.of(1, gap, 3, 4))]).toEqual([1, 1, 3, 4]);
    expect([...fillGaps(Float64Array.of(gap, 2, 3, 4))]).toEqual([4, 2, 3, 4]);
  });

  it('fills a long gap with the stretch before it, repeated where that is short', () => {
    expect([...fillGaps(Float64Array.of(gap, gap, gap, 7, 8))]).toEqual([7, 8, 7, 7, 8]);
    expect([...fillGaps(Float64Array.of(1, 2, 3, gap, gap, 6))]).toEqual([1, 2, 3, 2, 3, 6]);
  });

  it('invents nothing and leaves nothing missing', () => {
    const value = fc.option(fc.integer({ min: 1, max: 9 }), { nil: gap });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (list) => {
        fc.pre(list.some((x) => !Number.isNaN(x)));
        const filled = fillGaps(Float64Array.from(list));
        list.forEach((x, k) => {
          expect(list).toContain(filled[k]);
          if (!Number.isNaN(x)) expect(filled[k]).toBe(x);
        });
      }),
    );
  });
});
