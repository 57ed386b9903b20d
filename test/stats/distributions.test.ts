import { describe, expect, test } from 'vitest';
import { normalProbability, normalQuantile } from '../../src/stats/distributions/normal.js';
import { fisherUpper, studentCritical, studentTwoSided } from '../../src/stats/distributions/student.js';
import { expectEqual, REGRESSION } from './regression/reference.js';

const { points, normal, normalLower, student, fisher } = REGRESSION.distributions;

describe('against scipy', () => {
  test('normal distribution, both tails', () => {
    expectEqual(points.map(normalProbability), normal, 1e-14);
    expectEqual(
      points.map((x) => normalProbability(-x)),
      normalLower,
      1e-13,
    );
    for (const p of [1e-12, 0.025, 0.5, 0.9])
      expect(normalProbability(normalQuantile(p)) / p).toBeCloseTo(1, 12);
  });

  test.each(student)("Student's t, $freedom degrees of freedom", ({ freedom, twoSided, critical }) => {
    expectEqual(
      points.map((t) => studentTwoSided(t, freedom)),
      twoSided,
      1e-10,
    );
    expect(studentCritical(0.95, freedom) / critical).toBeCloseTo(1, 10);
  });

  test.each(fisher)('F of $numerator and $denominator', ({ numerator, denominator, upper }) => {
    expectEqual(
      points.map((f) => fisherUpper(f, numerator, denominator)),
      upper,
      1e-10,
    );
  });
});

test('with no end of freedom it is the normal distribution', () => {
  expect(studentTwoSided(1.96, Number.POSITIVE_INFINITY)).toBeCloseTo(0.04999579, 8);
  expect(studentCritical(0.95, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963985, 9);
  expect(studentTwoSided(Number.POSITIVE_INFINITY, 5)).toBe(0);
});
