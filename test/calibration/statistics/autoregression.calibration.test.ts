import { describe, expect, test } from 'vitest';
import { LEAD_WORLDS, SYSTEM_WORLDS, tryBands, tryGranger, tryLeads, tryLoop } from './autoregression.js';
import { fourErrors } from './series.js';

const world = (name: string) => SYSTEM_WORLDS.find((each) => each.name === name)!;
const PERIODS = 520;

describe('Granger tests', () => {
  test.each([
    'no link',
    'no link, shocks correlated 0.4',
    'no link, size of shocks clusters in all together',
    'two links of 0.2, clusters',
  ])('one false pair in 20, and any false pair in 20 systems: %s', (name) => {
    const trials = 120;
    const { single, anyFalse, found } = tryGranger(world(name), { periods: PERIODS, trials, resamples: 0 });
    expect(Math.abs(single - 0.05)).toBeLessThan(fourErrors(0.05, 6 * trials) + 0.01);
    expect(anyFalse).toBeLessThan(0.05 + fourErrors(0.05, trials));
    if (found !== null) expect(found).toBeGreaterThan(0.85);
  });
});

describe('the loop', () => {
  test('is seldom found where a link is missing', () => {
    const trials = 50;
    for (const name of ['no link', 'two links of 0.2, none from 2 to 0', 'no link, shocks correlated 0.4']) {
      const { rejects } = tryLoop(world(name), { periods: PERIODS, trials, resamples: 199 });
      expect(rejects).toBeLessThan(0.05 + fourErrors(0.05, trials));
    }
  });

  test('is found where all links are there, and its bands hold the responses', () => {
    const options = { periods: PERIODS, trials: 30, resamples: 199 };
    expect(tryLoop(world('loop of 0.2'), options).rejects).toBeGreaterThan(0.85);
    expect(tryBands(world('loop of 0.2'), options)).toBeGreaterThan(0.89);
  });
});

test('unrelated series seldom have a lead, also where they persist; a lead is found with its length', () => {
  const trials = 40;
  const run = (name: string) =>
    tryLeads(LEAD_WORLDS.find((each) => each.name === name)!, { periods: PERIODS, trials, resamples: 199 });
  for (const name of ['independent, unrelated', 'AR(1) 0.6, unrelated']) {
    expect(run(name).rejects).toBeLessThan(0.05 + fourErrors(0.05, trials) + 0.02);
  }
  expect(run('independent, lead of 2 with 0.2').isTwo).toBeGreaterThan(0.75);
});
