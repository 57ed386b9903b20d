import { describe, expect, test } from 'vitest';
import { fiveClassTail, type PanelOutcome, tryAgreement, tryPanels } from './experiments.js';
import {
  ADDING_UP,
  COMMON_NEWS,
  commonShock,
  FOLLOWERS,
  HABIT,
  HERDING,
  INDEPENDENT,
  LASTING_NEWS,
} from './worlds.js';

/** Most that a share of `rejects` in so many markets may be off by chance: four standard errors. */
const chance = (share: number, markets: number): number => 4 * Math.sqrt((share * (1 - share)) / markets);

describe('panels of managers', () => {
  const experiment = { securities: 150, managers: 60, markets: 120, resamples: 99, seed: 1 };
  const outcome = (world: typeof INDEPENDENT): PanelOutcome => tryPanels(world, experiment);
  const size = 0.05 + chance(0.05, experiment.markets);

  test('independent managers are called neither in unison nor following more often than 5 %', () => {
    const found = outcome(INDEPENDENT);
    expect(found.overdispersionRejects).toBeLessThan(size);
    expect(found.correlationRejects).toBeLessThan(size);
    expect(found.ownRejects).toBeLessThan(size);
    expect(found.othersRejects).toBeLessThan(size);
    expect(Math.abs(found.lsv)).toBeLessThan(0.003);
  });

  test('common news and true herding are both seen, and cannot be told apart by counts', () => {
    const news = outcome(COMMON_NEWS);
    const herding = outcome(HERDING);
    for (const { overdispersionRejects, rho, othersRejects } of [news, herding]) {
      expect(overdispersionRejects).toBeGreaterThan(0.35);
      expect(rho).toBeGreaterThan(0.013);
      expect(rho).toBeLessThan(0.027);
      expect(othersRejects).toBeLessThan(size);
    }
    expect(Math.abs(news.lsv - herding.lsv)).toBeLessThan(0.006);
  });

  test('following others is told from repeating oneself', () => {
    const followers = outcome(FOLLOWERS);
    expect(followers.othersRejects).toBeGreaterThan(0.5);
    expect(followers.ownRejects).toBeLessThan(size);
    const habit = outcome(HABIT);
    expect(habit.ownRejects).toBeGreaterThan(0.5);
    expect(habit.othersRejects).toBeLessThan(size);
  });

  test('news that lasts looks like following', () => {
    expect(outcome(LASTING_NEWS).others).toBeGreaterThan(0.05);
  });
});

describe('classes whose nets sum to zero', () => {
  test('shuffling each alone says 8 % where the truth is 4 %; the autoregression says 4 %', () => {
    const { truth, shuffled, autoregression } = fiveClassTail(40_000, 5);
    expect(truth).toBeGreaterThan(0.034);
    expect(truth).toBeLessThan(0.043);
    expect(shuffled).toBeGreaterThan(0.075);
    expect(shuffled).toBeLessThan(0.088);
    expect(Math.abs(autoregression - truth)).toBeLessThan(0.005);
  });

  test('size and power of the joint tail', () => {
    const experiment = { markets: 30, weeks: 160, resamples: 199, seed: 2 };
    const nothing = tryAgreement(ADDING_UP, experiment);
    for (const rejects of [nothing.jointTailRejects, nothing.jointTailSoldRejects, nothing.eitherTailRejects])
      expect(rejects).toBeLessThan(0.05 + chance(0.05, 30));
    const [bought, sold] = [
      tryAgreement(commonShock(2), experiment),
      tryAgreement(commonShock(-2), experiment),
    ];
    expect(bought.jointTailRejects).toBeGreaterThan(0.5);
    expect(bought.eitherTailRejects).toBeGreaterThan(0.5);
    expect(sold.jointTailSoldRejects).toBeGreaterThan(0.5);
    expect(sold.jointTailRejects).toBeLessThan(0.05);
  });
});
