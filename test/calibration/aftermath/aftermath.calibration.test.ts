import { expect, test } from 'vitest';
import { fourErrors } from '../statistics/series.js';
import { FLOOR, NOTHING, tryAftermath } from './worlds.js';

const draws = { markets: 6, resamples: 999, seed: 7 };

test('where nothing is planted little is found', async () => {
  const found = await tryAftermath(NOTHING, draws);
  const most = 0.05 + fourErrors(0.05, draws.markets);
  for (const share of [found.floor, found.lift, found.any, found.cascade, found.otherPair, found.loop])
    expect(share).toBeLessThan(most);
});

test('a planted floor is found more often than not', async () => {
  const { floor } = await tryAftermath(FLOOR, { ...draws, markets: 4 });
  expect(floor).toBeGreaterThan(0.5);
});
