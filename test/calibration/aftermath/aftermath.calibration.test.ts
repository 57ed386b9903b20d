import { expect, test } from 'vitest';
import { fourErrors } from '../statistics/series.js';
import { askMarkets, names, namesPlanted } from './worlds.js';

const draws = { markets: 6, resamples: 999, seed: 7 };

test('where nothing is planted little is found', async () => {
  const asked = await askMarkets('none', draws);
  const most = 0.05 + fourErrors(0.05, draws.markets);
  for (const part of ['prices', 'profit-taking', 'cascade', 'loop'] as const) {
    const share = asked.filter((market) => names(market, part)).length / draws.markets;
    expect([part, share < most]).toEqual([part, true]);
  }
});

test.each(['cascade', 'loop'] as const)('a planted %s is named more often than not', async (world) => {
  const asked = await askMarkets(world, { ...draws, markets: 3 });
  expect(asked.filter(namesPlanted).length).toBeGreaterThan(1);
});

test.each([
  ['floor', 'floor-days-above'],
  ['profit-taking', 'profit-taking'],
] as const)('a planted %s is seen nearly always by its own test', async (world, outcome) => {
  const asked = await askMarkets(world, { ...draws, markets: 4 });
  const seen = asked.filter(({ outcomes }) =>
    outcomes.some((row) => row.outcome === outcome && row.horizonWeeks === 13 && row.p! < 0.05),
  );
  expect(seen.length).toBeGreaterThan(2);
});
