import { expect, test } from 'vitest';
import { RANDOM_WALK, tryBounds, WANDERING } from './share-bounds.js';

const HISTORIES = 4000;
/** Four standard errors under 90 % in so many histories. */
const FEWEST_INSIDE = 0.9 - 4 * Math.sqrt((0.9 * 0.1) / HISTORIES);

test.each([1, 2])(
  'bounds from eight quarters, the newest %i before, hold the share as often as they say',
  (ahead) => {
    for (const world of [RANDOM_WALK, WANDERING]) {
      const { inside, width } = tryBounds(world, { prior: 8, ahead, histories: HISTORIES });
      expect(inside).toBeGreaterThan(FEWEST_INSIDE);
      expect(width).toBeLessThan(0.12);
    }
  },
);

test('bounds from the fewest quarters allowed hold it nearly as often', () => {
  for (const world of [RANDOM_WALK, WANDERING]) {
    const { inside } = tryBounds(world, { prior: 4, ahead: 1, histories: HISTORIES });
    expect(inside).toBeGreaterThan(0.84);
  }
});
