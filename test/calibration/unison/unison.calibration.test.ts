import { describe, expect, test } from 'vitest';
import { COMMON_NEWS, FOLLOWERS, HERDING, INDEPENDENT } from '../herding/worlds.js';
import { GROUP, tryWorld, WHOLE } from './experiments.js';

const MARKETS = 60;
/** Four standard errors over 5 % in so many markets. */
const MOST_FALSE = 0.05 + 4 * Math.sqrt((0.05 * 0.95) / MARKETS);

describe('herding rows', () => {
  test('of independent managers reject seldom, over all and in a group', () => {
    for (const group of [WHOLE, GROUP]) {
      const found = tryWorld(INDEPENDENT, group, MARKETS);
      expect(found.tested).toBeGreaterThan(10);
      expect(found.overdispersed).toBeLessThan(MOST_FALSE);
      expect(found.followsOthers).toBeLessThan(MOST_FALSE);
      expect(Math.abs(found.lsv)).toBeLessThan(0.006);
    }
  });

  test('see true herding and common news alike', () => {
    const [herding, news] = [tryWorld(HERDING, WHOLE, MARKETS), tryWorld(COMMON_NEWS, WHOLE, MARKETS)];
    expect(herding.overdispersed).toBeGreaterThan(0.25);
    expect(news.overdispersed).toBeGreaterThan(0.25);
    expect(Math.abs(herding.lsv - news.lsv)).toBeLessThan(0.008);
    expect(herding.followsOthers).toBeLessThan(MOST_FALSE);
  });

  test('see followers of others', () => {
    expect(tryWorld(FOLLOWERS, WHOLE, MARKETS).followsOthers).toBeGreaterThan(0.35);
  });
});
