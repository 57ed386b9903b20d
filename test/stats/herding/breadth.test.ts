import { describe, expect, test } from 'vitest';
import { breadthChange, type HoldingPanel, netBuyerShare } from '../../../src/stats/index.js';

function holdings(
  present: readonly number[],
  ...pairs: readonly (readonly [number, number])[]
): HoldingPanel {
  return {
    manager: Uint32Array.from(pairs, ([manager]) => manager),
    security: Uint32Array.from(pairs, ([, security]) => security),
    present: Uint8Array.from(present),
  };
}

describe('breadth change', () => {
  test('counts only managers present in both periods', () => {
    // Manager 2 files for the first time, manager 3 no more; 0 sells security 0, 1 buys security 1 and holds 0.
    const before = holdings([1, 1, 0, 1], [0, 0], [1, 0], [3, 1]);
    const now = holdings([1, 1, 1, 0], [1, 0], [1, 1], [2, 1], [2, 0]);
    const outcome = breadthChange(now, before, 3);
    expect(outcome.managers).toBe(2);
    expect([...outcome.holdersBefore]).toEqual([2, 0, 0]);
    expect([...outcome.holdersNow]).toEqual([1, 1, 0]);
    expect([...outcome.change!]).toEqual([-0.5, 0.5, 0]);
  });

  test('a manager that sold everything still counts as present', () => {
    const outcome = breadthChange(holdings([1, 1], [0, 0]), holdings([1, 1], [0, 0], [1, 0]), 1);
    expect([...outcome.change!]).toEqual([-0.5]);
  });

  test('is null where no manager was present in both', () => {
    expect(breadthChange(holdings([0, 1], [1, 0]), holdings([1, 0], [0, 0]), 1)).toMatchObject({
      managers: 0,
      change: null,
    });
  });

  test('refuses holdings that cannot be', () => {
    const good = holdings([1, 1], [0, 0]);
    expect(() => breadthChange(holdings([1, 0], [1, 0]), good, 1)).toThrow('manager 1 holds security 0 but');
    expect(() => breadthChange(holdings([1, 1], [1, 0], [1, 0]), good, 1)).toThrow('holds security 0 twice');
    expect(() => breadthChange(holdings([1, 1], [1, 4]), good, 1)).toThrow(
      'security 4 at position 0; there are 1',
    );
    expect(() => breadthChange(holdings([1], [0, 0]), good, 1)).toThrow('1 managers now and 2 before');
    expect(() => breadthChange({ ...good, security: Uint32Array.of() }, good, 1)).toThrow('equal lengths');
  });
});

test('net buyer share', () => {
  expect(netBuyerShare(6, 3, 12)).toBe(0.25);
  expect(netBuyerShare(0, 3, 3)).toBe(-1);
  expect(netBuyerShare(0, 0, 0)).toBeNull();
  expect(() => netBuyerShare(6, 7, 12)).toThrow('6 buyers and 7 sellers of 12');
});
