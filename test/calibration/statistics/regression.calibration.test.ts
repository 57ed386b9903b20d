import { describe, expect, test } from 'vitest';
import { SHARES_WORLDS, tryPrices, tryShares, trySlopes } from './regression.js';
import { fourErrors, INDEPENDENT, MILD, PERSISTENT } from './series.js';

/** What the methods are allowed to be off by themselves at so many rows, see docs/methods. */
const SLACK = 0.03;

describe('t of a slope, Newey-West with the automatic lag', () => {
  const trials = 300;

  test('rejects a slope of 0 about as often as it says, and far less than errors without lags', () => {
    const calm = trySlopes({ rows: 520, kind: INDEPENDENT, slope: 0, others: 3, trials });
    expect(Math.abs(calm.neweyWest - 0.05)).toBeLessThan(fourErrors(0.05, trials) + SLACK);
    const lasting = trySlopes({ rows: 520, kind: PERSISTENT, slope: 0, others: 3, trials });
    expect(lasting.neweyWest).toBeLessThan(0.05 + fourErrors(0.05, trials) + 2 * SLACK);
    expect(lasting.plain).toBeGreaterThan(1.5 * lasting.neweyWest);
  });

  test('finds a slope of 0.2', () => {
    expect(
      trySlopes({ rows: 520, kind: MILD, slope: 0.2, others: 3, trials: 100 }).neweyWest,
    ).toBeGreaterThan(0.9);
  });
});

test('mean price of Fama and MacBeth: size and power', () => {
  const trials = 150;
  const size = tryPrices({ periods: 120, names: 30, kind: INDEPENDENT, price: 0, trials });
  expect(Math.abs(size - 0.05)).toBeLessThan(fourErrors(0.05, trials) + SLACK);
  expect(tryPrices({ periods: 120, names: 30, kind: INDEPENDENT, price: 0.3, trials: 60 })).toBeGreaterThan(
    0.7,
  );
});

test.each(SHARES_WORLDS)('bands of R2 shares hold the truth: $name', (world) => {
  const trials = 40;
  for (const { truth, holds, aboveZero } of tryShares(world, { rows: 520, trials, resamples: 199 })) {
    expect(holds).toBeGreaterThan(0.95 - fourErrors(0.05, trials) - SLACK);
    if (truth === 0) expect(aboveZero).toBeLessThan(0.05 + fourErrors(0.05, trials));
    if (truth > 0.05) expect(aboveZero).toBeGreaterThan(0.7);
  }
});
