import { describe, expect, test } from 'vitest';
import { COT_CLASSES } from '../../src/core/index.js';
import {
  AFTERMATH_WORLDS,
  type AftermathWorld,
  simulateAftermathMarket,
  simulateMarket,
} from '../../src/simulate/index.js';
import { netRulers } from '../../src/simulate/rulers.js';

const market = (world: AftermathWorld, seed = 3) => simulateAftermathMarket({ seed, world });
const NASDAQ = '^NDX';

describe('a world of what follows', () => {
  test('is in the whole market as it is alone', () => {
    const whole = simulateMarket({ seed: 3, aftermath: 'floor', planted: false });
    const alone = market('floor');
    expect(alone.truth).toEqual(whole.truth.aftermath);
    expect(alone.contract).toEqual(whole.futures.contracts.nasdaq100);
    expect(alone.indexes).toEqual(whole.indexes);
  });

  test.each(AFTERMATH_WORLDS)(
    '%s has its planned weeks as records, and no others after 156 weeks',
    (world) => {
      const { contract, records, weeks } = market(world);
      const { dollars } = netRulers(contract.history, 'asset-manager', contract.closes);
      const found: number[] = [];
      let largest = 0;
      dollars.forEach((value, t) => {
        if (t >= 157 && value > largest) found.push(t);
        if (value > largest) largest = value;
      });
      expect(found).toEqual(records.map(({ week }) => week));
      expect(found.length).toBeGreaterThan(12);
      expect(weeks.length).toBe(dollars.length);
    },
  );

  test('differs from the world without by its law alone', () => {
    const none = market('none');
    for (const world of ['floor', 'rise', 'turbulence', 'consolidation'] as const) {
      const other = market(world);
      const first = none.records[0]!.entry;
      const [before, after] = [none, other].map(({ indexes }) => indexes.bars[NASDAQ].close);
      expect(after!.subarray(0, first + 1)).toEqual(before!.subarray(0, first + 1));
      expect(after!.subarray(first + 1)).not.toEqual(before!.subarray(first + 1));
      expect(other.survey).toEqual(none.survey);
      expect(other.records.map(({ week }) => week)).toEqual(none.records.map(({ week }) => week));
    }
    const moved = (world: AftermathWorld) => market(world).indexes.bars[NASDAQ].close;
    for (const world of ['profit-taking', 'cascade'] as const)
      expect(moved(world)).toEqual(none.indexes.bars[NASDAQ].close);
  });

  test('with a floor closes above the anchored price more often than without', () => {
    const shareAbove = (world: AftermathWorld): number => {
      const days = [1, 2, 3, 4].flatMap((seed) => {
        const { records, indexes } = market(world, seed);
        const { close } = indexes.bars[NASDAQ];
        return records.flatMap(({ anchor, entry }) =>
          Array.from(close.subarray(entry + 1, entry + 66), (level) => level > anchor),
        );
      });
      return days.filter(Boolean).length / days.length;
    };
    expect(shareAbove('floor')).toBeGreaterThan(0.85);
    expect(shareAbove('none')).toBeLessThan(0.75);
  });

  test('keeps the nets of all classes at 0, and no book is empty', () => {
    for (const world of AFTERMATH_WORLDS) {
      const { long, short, spread, openInterest } = market(world).contract.history;
      openInterest.forEach((total, t) => {
        const sum = (sides: readonly Int32Array[]) => sides.reduce((all, side) => all + side[t]!, 0);
        expect(sum(long) + sum(spread)).toBe(total);
        expect(sum(short) + sum(spread)).toBe(total);
      });
      for (const [c] of COT_CLASSES.entries()) expect(Math.min(...long[c]!, ...short[c]!)).toBeGreaterThan(0);
    }
  });
});
