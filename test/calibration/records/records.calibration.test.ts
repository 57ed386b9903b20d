import { describe, expect, it } from 'vitest';
import { anyRecordRate, recordRate, shareUpTo, testFamilies, testSingly } from './experiments.js';
import { GROWING, GROWING_HEAVY_TAILED, ONE_SIDED, STEADY, WEEKLY_GROWTH, type World } from './worlds.js';

/** Four standard errors of a share seen in n trials, so that a right engine fails for one seed in 16,000. */
const fourErrors = (share: number, n: number): number => 4 * Math.sqrt((share * (1 - share)) / n);

/** Exact rates, by integrating density x product of distribution functions; measures.md section 5 rounds them. */
const GROWING_RATE = 0.01206;
const GROWING_HEAVY_TAILED_RATE = 0.00731;

describe('how often nothing sets a record of ten years (measures.md section 5)', () => {
  it.each<[string, World, number, number]>([
    ['1.2 % where the scale grows 10 % a year', GROWING, GROWING_RATE, 12_000],
    ['0.8 % with Student t5 on top', GROWING_HEAVY_TAILED, GROWING_HEAVY_TAILED_RATE, 8_000],
    ['0.19 %, 1 in 523, without growth', STEADY, 1 / 523, 15_000],
  ])('%s', (_, world, expected, series) => {
    const found = recordRate(world, series, 1);
    expect(Math.abs(found - expected)).toBeLessThan(fourErrors(expected, series));
  });

  it('10.3 % for any of 11 growing series with correlation 0.3', () => {
    const groups = 2000;
    const found = anyRecordRate({
      groups,
      members: 11,
      correlation: 0.3,
      weeklyGrowth: WEEKLY_GROWTH,
      seed: 2,
    });
    expect(Math.abs(found - 0.103)).toBeLessThan(fourErrors(0.103, groups));
  });
});

describe('size of the tests where nothing happened', () => {
  /** What the method is allowed to be off by itself, see docs/methods/records.md. */
  const SLACK = 0.02;
  const series = 800;

  it.each([STEADY, GROWING, ONE_SIDED])('dependent p at 5 %: $name', async (world) => {
    for (const horizon of [1, 13]) {
      const { dependent } = await testSingly(world, {
        series,
        resamples: 499,
        tailResamples: 0,
        seed: 3,
        horizon,
      });
      expect(Math.abs(shareUpTo(0.05, dependent) - 0.05)).toBeLessThan(fourErrors(0.05, series) + SLACK / 2);
    }
  });

  it('exchangeable p is right without growth and far off with it', async () => {
    const options = { series, resamples: 20, tailResamples: 0, seed: 4 };
    const { exchangeable } = await testSingly(STEADY, options);
    expect(Math.abs(shareUpTo(0.05, exchangeable) - 0.05)).toBeLessThan(fourErrors(0.05, series));
    expect(shareUpTo(0.05, (await testSingly(GROWING, options)).exchangeable)).toBeGreaterThan(0.09);
  });

  it('tail p at 5 %, growth or not', async () => {
    for (const world of [STEADY, GROWING]) {
      const { tail } = await testSingly(world, { series: 400, resamples: 20, tailResamples: 20, seed: 5 });
      expect(Math.abs(shareUpTo(0.05, tail) - 0.05)).toBeLessThan(fourErrors(0.05, 400));
    }
  });

  it('adjusted p: a false positive in a whole family at about 5 %', async () => {
    const families = 80;
    const smallest = await testFamilies(GROWING, { families, members: 11, resamples: 499, seed: 6 });
    expect(shareUpTo(0.05, smallest)).toBeLessThan(0.05 + SLACK + fourErrors(0.05, families));
    expect(shareUpTo(0.5, smallest)).toBeGreaterThan(0.5 - fourErrors(0.5, families) - 0.05);
  });
});

describe('power against a planted value', () => {
  it('finds twice the old record, alone and in a family of 132 looks', async () => {
    const options = { series: 100, resamples: 499, tailResamples: 100, seed: 7, planted: 2 };
    const { dependent, tail, exchangeable } = await testSingly(GROWING, options);
    expect(shareUpTo(0.01, dependent)).toBeGreaterThan(0.95);
    expect(shareUpTo(0.01, tail)).toBeGreaterThan(0.95);
    expect(Math.max(...exchangeable)).toBe(1 / 523);
    const adjusted = await testFamilies(GROWING, {
      families: 15,
      members: 11,
      resamples: 499,
      seed: 8,
      planted: 2,
    });
    expect(shareUpTo(0.05, adjusted)).toBeGreaterThan(0.7);
  });
});
