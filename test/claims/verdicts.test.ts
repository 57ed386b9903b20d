import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  atMostWeakly,
  judgeEffect,
  judgeFigure,
  judgeProbability,
  judgeRecord,
  judgeWindows,
} from '../../src/claims/verdicts.js';
import { CLAIM_VERDICTS, type ClaimVerdict, languageFaults } from '../../src/core/index.js';

const SEED = { seed: 11, numRuns: 500 };
/** 0 = strongest. */
const weakness = (verdict: ClaimVerdict): number => CLAIM_VERDICTS.indexOf(verdict);
const unit = fc.double({ min: 0, max: 1, noNaN: true });

describe('rules from figures to verdict are monotone', () => {
  test('a larger p never gives a stronger verdict', () => {
    fc.assert(
      fc.property(unit, unit, fc.constantFrom(0.01, 0.05, 0.1), (a, b, threshold) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(weakness(judgeProbability(low, threshold))).toBeLessThanOrEqual(
          weakness(judgeProbability(high, threshold)),
        );
      }),
      SEED,
    );
  });

  test('an effect: larger p or adjusted p never strengthens support, nor does the other sign', () => {
    fc.assert(
      fc.property(unit, unit, unit, (p, more, adjusted) => {
        const larger = Math.min(1, p + more);
        const base = weakness(judgeEffect(true, p, Math.max(p, adjusted), 0.05));
        expect(weakness(judgeEffect(true, larger, Math.max(larger, adjusted), 0.05))).toBeGreaterThanOrEqual(
          base,
        );
        expect(weakness(judgeEffect(false, p, Math.max(p, adjusted), 0.05))).toBeGreaterThanOrEqual(2);
      }),
      SEED,
    );
  });

  test('a figure further from the one named never agrees better', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.constantFrom(1, -1),
        (named, off, more, sign) => {
          const near = weakness(judgeFigure(named + sign * off, named, 'about'));
          expect(weakness(judgeFigure(named + sign * (off + more), named, 'about'))).toBeGreaterThanOrEqual(
            near,
          );
          const below = weakness(judgeFigure(named - off, named, 'at least'));
          expect(weakness(judgeFigure(named - off - more, named, 'at least'))).toBeGreaterThanOrEqual(below);
        },
      ),
      SEED,
    );
  });

  test('more windows that agree never weaken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(9), (of, yes) => {
        if (yes >= of) return;
        expect(weakness(judgeWindows(yes + 1, of))).toBeLessThanOrEqual(weakness(judgeWindows(yes, of)));
      }),
      SEED,
    );
  });

  test('a nominal record is weakly supported at most; no high is contradicted', () => {
    expect(judgeRecord(true, 'record')).toBe('supported');
    expect(judgeRecord(true, 'nominal record')).toBe('weakly supported');
    expect(judgeRecord(false, 'record')).toBe('contradicted');
  });

  test('a stand-in never strengthens', () => {
    for (const verdict of CLAIM_VERDICTS)
      expect(weakness(atMostWeakly(verdict))).toBeGreaterThanOrEqual(weakness(verdict));
  });
});

describe('words', () => {
  test.each([
    'net long buys of hedge funds',
    'Net short covering was large',
    'long buys (net) of tech',
    'notional buying by the whole market',
    'the whole market bought tech',
  ])('a fault: %s', (text) => {
    expect(languageFaults(text)).not.toEqual([]);
  });

  test.each([
    'net flow of hedge funds, long buys $3 bn and short covers $1 bn',
    'in the whole market purchases equal sales',
    'notional buying (long buys and short covers) of asset managers',
  ])('no fault: %s', (text) => {
    expect(languageFaults(text)).toEqual([]);
  });
});
