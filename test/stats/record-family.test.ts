import { afterEach, describe, expect, it, vi } from 'vitest';
import { normalDraw, seededRandom } from '../../src/core/index.js';
import {
  type RecordFamilyRequest,
  type RecordFamilyResult,
  resampleRecordFamily,
} from '../../src/stats/index.js';

const PERIODS = 300;
const all = Number.POSITIVE_INFINITY;

/** Eleven series: gaps, a late start, many zeros, growth; the last value of number 3 is five times its old record. */
function elevenSeries(): Float64Array[] {
  const random = seededRandom(5);
  const series = Array.from({ length: 11 }, (_, s) =>
    Float64Array.from({ length: PERIODS }, (_, k) => {
      const value = normalDraw(random) * Math.exp(0.0005 * s * k);
      if (s === 4 && k < 150) return Number.NaN;
      if (s === 5 && random.next() < 0.1 && k < PERIODS - 13) return Number.NaN;
      return s === 6 ? (random.next() < 0.7 ? 0 : Math.abs(value)) : value;
    }),
  );
  series[3]![PERIODS - 1] = 5 * Math.max(...series[3]!.subarray(0, PERIODS - 1));
  return series;
}

const request = (change: Partial<RecordFamilyRequest> = {}): RecordFamilyRequest => ({
  series: elevenSeries(),
  lookbacks: [52, 157, all],
  horizons: [1, 2, 4, 13],
  resamples: 999,
  seed: 7,
  ...change,
});

/** Every cell's figures, for whole comparisons. */
const allFigures = (family: RecordFamilyResult) =>
  Array.from({ length: 11 * 3 * 4 }, (_, i) =>
    family.figures(Math.floor(i / 12), Math.floor(i / 4) % 3, i % 4),
  );

describe('resampleRecordFamily', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('finds the planted value and nothing else', async () => {
    const family = await resampleRecordFamily(request());
    expect(family.m).toBe(11 * 12);
    expect(family.figures(3, 1, 0)).toMatchObject({ dependent: 1 / 1000, adjusted: 1 / 1000 });
    expect(family.figures(3, 1, 0)!.ratio).toBeCloseTo(5, 12);
    const others = allFigures(family).filter((_, i) => Math.floor(i / 12) !== 3);
    expect(others.every((figures) => figures!.adjusted > 0.05)).toBe(true);
  });

  it('never adjusts a p downwards, and none under the floor', async () => {
    const family = await resampleRecordFamily(request());
    for (const figures of allFigures(family)) {
      expect(figures!.adjusted).toBeGreaterThanOrEqual(figures!.dependent);
      expect(figures!.adjusted).toBeGreaterThanOrEqual(family.adjustedFloor);
      expect(figures!.adjusted).toBeLessThanOrEqual(1);
    }
  });

  it('gives the same on any number of threads, and again', async () => {
    const many = request({ resamples: 23_000, lookbacks: [52], horizons: [1] });
    const [one, two, three] = [
      await resampleRecordFamily(many),
      await resampleRecordFamily({ ...many, threads: 2 }),
      await resampleRecordFamily({ ...many, threads: 3 }),
    ];
    for (let s = 0; s < 11; s++) {
      expect(two.figures(s, 0, 0)).toEqual(one.figures(s, 0, 0));
      expect(three.figures(s, 0, 0)).toEqual(one.figures(s, 0, 0));
    }
  });

  it('gives the same without WebAssembly', async () => {
    const fast = await resampleRecordFamily(request());
    vi.stubGlobal('WebAssembly', undefined);
    expect(allFigures(await resampleRecordFamily(request()))).toEqual(allFigures(fast));
  });

  it('is free of the units of the series', async () => {
    const plain = await resampleRecordFamily(request());
    const scaled = await resampleRecordFamily(
      request({ series: elevenSeries().map((values, s) => values.map((x) => x * 2 ** (3 * s))) }),
    );
    const ratio = (family: RecordFamilyResult) => allFigures(family).map((figures) => figures!.ratio);
    expect(ratio(scaled)).toEqual(ratio(plain));
    allFigures(scaled).forEach((figures, i) => {
      expect(figures!.dependent).toBeCloseTo(allFigures(plain)[i]!.dependent, 2);
    });
  });

  it('tells a large family with few paths what a small one is told, or 1', async () => {
    const lookbacks = [20, 52, 80, 120, 157, all];
    const few = request({ resamples: 250, lookbacks });
    const large = await resampleRecordFamily(few);
    const small = await resampleRecordFamily({ ...few, include: (s, l) => s === 3 && l < 3 });
    expect(large.m).toBeGreaterThan(200);
    expect(small.m).toBe(12);
    for (let h = 0; h < 4; h++) {
      const [inLarge, inSmall] = [large.figures(3, 1, h)!, small.figures(3, 1, h)!];
      expect(inLarge.adjusted).toBeGreaterThanOrEqual(inLarge.dependent);
      expect(inSmall.adjusted).toBeGreaterThanOrEqual(inSmall.dependent);
      if (inLarge.dependent > 0.1) expect(inLarge.adjusted).toBe(1);
    }
    expect(large.figures(3, 5, 0)!.adjusted).toBeLessThan(0.05);
  });

  it('takes look-backs in any order', async () => {
    const ordered = await resampleRecordFamily(request());
    const turned = await resampleRecordFamily(request({ lookbacks: [all, 52, 157] }));
    for (let s = 0; s < 11; s++) {
      [2, 0, 1].forEach((l, position) => {
        expect(turned.figures(s, position, 2)).toEqual(ordered.figures(s, l, 2));
      });
    }
  });

  it('says why a cell is not tested', async () => {
    const series = elevenSeries();
    series[0]![PERIODS - 1] = Number.NaN;
    series[1]!.fill(0, 0, PERIODS - 20);
    series[2]!.set(series[2]!.map((x) => -Math.abs(x) - 0.1));
    series[7]![PERIODS - 3] = Number.NaN;
    const family = await resampleRecordFamily(
      request({ series, include: (s, lookback, horizon) => s !== 8 || (lookback === 2 && horizon === 0) }),
    );
    expect(family.state(0, 0, 0)).toBe('no value for the period');
    expect(family.state(1, 0, 0)).toBe('too few earlier values');
    expect(family.state(2, 1, 1)).toBe('no earlier value above 0');
    expect(family.state(7, 0, 0)).toBe('tested');
    expect(family.state(7, 0, 2)).toBe('no value for the period');
    expect(family.state(8, 1, 0)).toBe('not in the family');
    expect(family.state(8, 2, 0)).toBe('tested');
    expect(family.figures(0, 0, 0)).toBeNull();
    expect(family.m).toBe(allFigures(family).filter((figures) => figures !== null).length);
  });

  it('answers for a family of nothing', async () => {
    const family = await resampleRecordFamily(request({ series: [] }));
    expect(family).toMatchObject({ m: 0, blockLength: 0 });
  });

  it.each<[string, Partial<RecordFamilyRequest>]>([
    ['look-back 0', { lookbacks: [0] }],
    ['horizon 1.5', { horizons: [1.5] }],
    [`horizon ${PERIODS} has no past`, { horizons: [PERIODS] }],
    ['0 resamples', { resamples: 0 }],
    ['series 1 has 299 periods', { series: [new Float64Array(300), new Float64Array(299)] }],
  ])('refuses: %s', async (message, change) => {
    await expect(resampleRecordFamily(request(change))).rejects.toThrow(message);
  });
});
