import { describe, expect, it } from 'vitest';
import { type Driver, normalDraw, type PolicyRow, seededRandom } from '../../../src/core/index.js';
import { falsifierOf } from '../../../src/studies/drivers/falsifiers.js';
import { fitDrivers, type ModelColumn } from '../../../src/studies/drivers/index.js';

const WEEKS = 220;
const random = seededRandom(31);
const draws = (): Float64Array => Float64Array.from({ length: WEEKS }, () => normalDraw(random));
const column = (driver: ModelColumn['driver'], factor: string): ModelColumn => ({
  driver,
  factor,
  values: draws(),
});
const columns = [
  column('control', 'market-return'),
  column('ai', 'ai-basket-excess-return'),
  column('earnings', 'earnings-surprise'),
  column('macro', 'policy-path-change'),
  column('rotation', 'cyclical-net-sold'),
];
const [, ai, earnings, , rotation] = columns;
/** Rises with the basket and with surprises, falls with sales of cyclicals; the week asked about bought or sold. */
function fitOf(week: 'bought' | 'sold') {
  const flow = draws().map(
    (value, t) => value + ai!.values[t]! + earnings!.values[t]! - rotation!.values[t]!,
  );
  flow[WEEKS - 1] = week === 'bought' ? 3 : -3;
  return fitDrivers({ flow, columns, resamples: 0, seed: 1 }).fit!;
}

function falsified(
  driver: Driver,
  week: 'bought' | 'sold',
  value: number | null,
  durationBeta: number | null = -2,
) {
  return falsifierOf(driver, 'week', {
    fit: fitOf(week),
    policy: { durationBeta } as PolicyRow,
    value: () => value,
    usual: () => 0.5,
  }).falsified;
}

describe('falsifiers', () => {
  it('hold the basket against what is usual, and turn round in a week of selling', () => {
    expect(falsified('ai', 'bought', 0.7)).toBe(false);
    expect(falsified('ai', 'bought', 0.3)).toBe(true);
    expect(falsified('ai', 'sold', 0.3)).toBe(false);
    expect(falsified('ai', 'sold', 0.7)).toBe(true);
  });

  it('hold earnings against no surprise: nobody reporting is no reason to buy', () => {
    expect(falsified('earnings', 'bought', 0.1)).toBe(false);
    expect(falsified('earnings', 'bought', 0)).toBe(true);
  });

  it('ask that policy eased and that the sector falls when yields rise', () => {
    expect(falsified('macro', 'bought', -0.1)).toBe(false);
    expect(falsified('macro', 'bought', 0.1)).toBe(true);
    expect(falsified('macro', 'bought', -0.1, 2)).toBe(true);
    expect(falsified('macro', 'bought', -0.1, null)).toBeNull();
    expect(falsified('macro', 'bought', 0.1, null)).toBe(true);
  });

  it('have happened where the flow went the other way before, whatever the week', () => {
    expect(falsified('rotation', 'bought', 2)).toBe(true);
  });

  it('cannot be told where the factor is not known', () => {
    expect(falsified('ai', 'bought', null)).toBeNull();
  });
});
