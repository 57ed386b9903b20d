import { describe, expect, test } from 'vitest';
import { DRIVERS } from '../../../src/core/index.js';
import { NO_DRIVER, planted, tryDrivers } from './worlds.js';

/** Most that a share of `worlds` may be off by chance: four standard errors. */
const chance = (share: number, worlds: number): number => 4 * Math.sqrt((share * (1 - share)) / worlds);

describe('verdicts on drivers in simulated worlds', () => {
  test('a driver that is not there is shown in some 5 % of worlds, for and against alike', () => {
    const question = { weeks: 400, worlds: 250, seed: 3 };
    const outcome = tryDrivers(NO_DRIVER, question);
    for (const driver of DRIVERS) {
      expect(outcome[driver].shown).toBeLessThan(0.065 + chance(0.065, question.worlds));
      expect(outcome[driver].for).toBeLessThan(0.0325 + chance(0.0325, question.worlds));
    }
  });

  test('a planted driver is found, and no other is', () => {
    const question = { weeks: 400, worlds: 100, seed: 4 };
    const outcome = tryDrivers(planted('rotation', 0.3), question);
    expect(outcome.rotation.shown).toBeGreaterThan(0.8);
    expect(outcome.rotation.for).toBeGreaterThan(outcome.rotation.against);
    expect(outcome.ai.shown).toBeLessThan(0.065 + chance(0.065, question.worlds));
    expect(outcome.macro.shown).toBeLessThan(0.065 + chance(0.065, question.worlds));
  });
});
