import { expect, test } from 'vitest';
import { seasonalSurprises } from '../../src/stats/index.js';
import { EVENTS } from './events/reference.js';
import { fromReference, largestDifference } from './reference.js';

const series = fromReference(EVENTS.surprises.series);

test('agrees with plain slices, holes included', () => {
  const ours = seasonalSurprises(series);
  expect(largestDifference(ours.expected, fromReference(EVENTS.surprises.expected))).toBeLessThan(1e-12);
  expect(largestDifference(ours.standardised, fromReference(EVENTS.surprises.standardised))).toBeLessThan(
    1e-12,
  );
  expect(ours.surprise[39]).toBe(series[39]! - ours.expected[39]!);
});

test('a later quarter never changes an earlier surprise', () => {
  const whole = seasonalSurprises(series);
  for (const end of [15, 24, 33]) {
    const cut = seasonalSurprises(series.subarray(0, end));
    expect(cut.standardised).toEqual(whole.standardised.subarray(0, end));
  }
});

test('a steady climb has no spread to standardise by', () => {
  const steady = Float64Array.from({ length: 30 }, (_, t) => Math.floor(t / 4));
  const { surprise, standardised } = seasonalSurprises(steady);
  expect(surprise[29]).toBe(0);
  expect(standardised.every(Number.isNaN)).toBe(true);
  expect(() => seasonalSurprises(series, { season: 0 })).toThrow('a season of 0');
  expect(() => seasonalSurprises(series, { fewest: 30 })).toThrow('30 of 20 differences');
});
