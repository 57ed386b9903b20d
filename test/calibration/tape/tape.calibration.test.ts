import { describe, expect, it } from 'vitest';
import {
  accuracyNotes,
  type RuleAccuracy,
  type TapeAccuracy,
  tapeAccuracy,
} from '../../../src/app/tape-accuracy.js';
import type { Mechanism } from '../../../src/simulate/index.js';
import { allDays, calibrationTape } from './worlds.js';

const ORDERS_PER_DAY = 400;
const accuracy: TapeAccuracy = tapeAccuracy(allDays(calibrationTape(1, ORDERS_PER_DAY)));

const rule = (label: string): RuleAccuracy => accuracy.rules.find((one) => one.label === label)!;
const share = (label: string): number => rule(label).right / rule(label).signed;
const shareOf = (label: string, mechanism: Mechanism): number => {
  const { right, signed } = rule(label).byMechanism.get(mechanism)!;
  return right / signed;
};

describe('on a tape of known initiators', () => {
  it('the rules rank as in the literature', () => {
    // Ellis, Michaely and O'Hara 2000: tick 77.7, quote 76.4, Lee-Ready 81.1, theirs 81.9 per cent on Nasdaq.
    expect(share('tick')).toBeGreaterThan(0.72);
    for (const label of ['Lee-Ready, lag 1 ns', 'EMO', 'CLNV']) {
      expect(share(label)).toBeGreaterThan(share('tick'));
      expect(share(label)).toBeGreaterThan(0.8);
      expect(share(label)).toBeLessThan(0.95);
    }
    expect(share('reverse tick')).toBeLessThan(share('tick'));
  });

  it('a quote of the same stamp is too late, and one of five seconds too old', () => {
    expect(share('Lee-Ready, lag 0')).toBeLessThan(share('Lee-Ready, lag 1 ns') - 0.02);
    expect(share('Lee-Ready, lag 5 s')).toBeLessThan(share('Lee-Ready, lag 1 ms') - 0.01);
  });

  it('a midpoint is left to the tick, which is no better than a coin there', () => {
    expect(rule('quote').signed / rule('quote').prints).toBeLessThan(0.9);
    for (const label of ['Lee-Ready, lag 1 ns', 'EMO', 'CLNV']) {
      expect(Math.abs(shareOf(label, 'dark-midpoint') - 0.5)).toBeLessThan(0.1);
      expect(shareOf(label, 'exchange')).toBeGreaterThan(0.93);
    }
  });

  it('about a third of retail is found, and the midpoint signs it better than the fraction of a cent', () => {
    const [bjzz, bhjos] = accuracy.retail;
    for (const { found, foundTrue, truePrints } of [bjzz!, bhjos!]) {
      expect(foundTrue / truePrints).toBeGreaterThan(0.25);
      expect(foundTrue / truePrints).toBeLessThan(0.4);
      expect(foundTrue / found).toBeGreaterThan(0.7);
    }
    const wrong = ({ foundTrue, right }: { foundTrue: number; right: number }) => 1 - right / foundTrue;
    expect(wrong(bjzz!)).toBeGreaterThan(0.15);
    expect(wrong(bhjos!)).toBeLessThan(0.1);
  });

  it('is put in words, a line for each rule', () => {
    const notes = accuracyNotes(accuracy);
    expect(notes).toHaveLength(11);
    expect(notes[3]).toMatch(
      /^Tape, Lee-Ready, lag 1 ns: 8\d\.\d % of \d{4} signed prints rightly, 0\.\d % unsigned\.$/,
    );
    expect(notes[10]).toMatch(
      /^Tape, retail by BHJOS, by the midpoint: [23]\d\.\d % of \d+ retail prints found, /,
    );
  });

  it('blocks are what the thresholds say', () => {
    expect(accuracy.blocks.foundTrue).toBe(accuracy.blocks.truePrints);
    expect(accuracy.blocks.found).toBe(accuracy.blocks.foundTrue);
  });
});
