import { describe, expect, test } from 'vitest';
import { EVENT_WORLDS, tryEvents, tryQuantiles } from './events.js';
import { fourErrors } from './series.js';

describe('what follows events', () => {
  const trials = 50;

  test.each(EVENT_WORLDS)('nothing special is found to be special in one of 20: $name', (world) => {
    for (const [events, horizon] of [
      [20, 4],
      [8, 26],
    ] as const) {
      const found = tryEvents(world, { weeks: 780, events, horizon, effect: 0, trials, resamples: 199 });
      expect(found.scaled).toBeLessThan(0.05 + fourErrors(0.05, trials) + 0.02);
      expect(found.holds).toBeGreaterThan(0.95 - fourErrors(0.05, trials) - 0.02);
    }
  });

  test('the detectable move is found in about 80 %', () => {
    const [independent] = EVENT_WORLDS;
    for (const [events, effect] of [
      [10, 1],
      [20, 0.66],
    ] as const) {
      const found = tryEvents(independent!, {
        weeks: 780,
        events,
        horizon: 4,
        effect,
        trials,
        resamples: 199,
      });
      expect(Math.abs(found.scaled - 0.8)).toBeLessThan(fourErrors(0.8, trials) + 0.05);
    }
  });
});

test('a lower 10 % quantile: size and power', () => {
  const trials = 100;
  const run = (n: number, shift: number) => tryQuantiles({ n, shift, trials, resamples: 199 });
  expect(run(20, 0)).toBeLessThan(0.05 + fourErrors(0.05, trials) + 0.03);
  expect(run(40, 1)).toBeGreaterThan(0.7);
});
