import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { normalDraw, type Random, seededRandom } from '../../src/core/index.js';

const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../reference/random/reference.json'), 'utf8'),
) as Record<string, number[]>;

const draws = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.next());

describe('seeded random numbers', () => {
  it.each(Object.entries(reference))(
    'begin for seed %s as the published algorithm does',
    (seed, expected) => {
      expect(draws(seededRandom(Number(seed)), expected.length)).toEqual(expected);
    },
  );

  it('depend on the low 32 bits of the seed alone', () => {
    expect(reference['4294967297']).toEqual(reference['1']);
    expect(draws(seededRandom(7), 5)).not.toEqual(draws(seededRandom(8), 5));
  });

  it('are uniform on [0, 1)', () => {
    const cells = new Array<number>(100).fill(0);
    const values = draws(seededRandom(20260414), 200_000);
    for (const value of values) cells[Math.floor(value * 100)]! += 1;
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(cells.length).toBe(100);
    const chiSquare = cells.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    // 99 degrees of freedom: between the 0.1 % and the 99.9 % quantile.
    expect(chiSquare).toBeGreaterThan(60);
    expect(chiSquare).toBeLessThan(149);
  });

  it('do not follow from each other', () => {
    const values = draws(seededRandom(3), 200_000).map((value) => (value - 0.5) * Math.sqrt(12));
    for (const lag of [1, 2, 7]) {
      const products = values.slice(lag).map((value, index) => value * values[index]!);
      const correlation = products.reduce((sum, product) => sum + product, 0) / products.length;
      // Four standard errors.
      expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(200_000));
    }
  });

  it('have their lowest bits filled', () => {
    const odd = draws(seededRandom(5), 10_000).filter((value) => (value * 2 ** 53) % 2 === 1).length;
    expect(Math.abs(odd - 5000)).toBeLessThan(200);
  });

  it('make normal draws of mean 0, variance 1 and kurtosis 3', () => {
    const random = seededRandom(11);
    const values = Array.from({ length: 100_000 }, () => normalDraw(random));
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.0127);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.018);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.13);
  });

  it('never make a normal draw that is not finite', () => {
    for (const edge of [0, 1 - 2 ** -53]) expect(normalDraw({ next: () => edge })).toSatisfy(Number.isFinite);
  });
});
