import { expect, test } from 'vitest';
import { HeldBy } from '../../src/core/index.js';

test('makes a value once for an object and a key, and anew for another of either', () => {
  const held = new HeldBy<object, { readonly place: number }>();
  let made = 0;
  const make = () => ({ place: made++ });
  const [one, other] = [{}, {}];
  const first = held.of(one, 'a', make);
  expect(held.of(one, 'a', make)).toBe(first);
  expect([held.of(one, 'b', make), held.of(other, 'a', make)].map(({ place }) => place)).toEqual([1, 2]);
});
