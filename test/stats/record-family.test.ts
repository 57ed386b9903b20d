import { describe, expect, it } from 'vitest';
import { normalDraw, seededRandom } from '../../src/core/index.js';
import { resampleRecordFamily } from '../../src/stats/index.js';

function gaussianSeries(count: number, periods: number, seed: number): Float64Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: periods }, () => normalDraw(random)),
  );
}

describe('resampleRecordFamily', () => {
  it('finds a planted value five times the old record and nothing else', async () => {
    const series = gaussianSeries(11, 523, 5);
    const target = series[3]!;
    target[522] = 5 * Math.max(...target.subarray(0, 522));
    const family = await resampleRecordFamily({
      series,
      lookbacks: [52, 261, Number.POSITIVE_INFINITY],
      horizons: [1, 4],
      resamples: 1000,
      seed: 7,
    });
    expect(family.figures(3, 2, 0)?.dependent).toBeLessThan(0.002);
  });
});
