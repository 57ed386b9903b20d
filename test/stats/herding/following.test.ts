import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { siasFollowing, type TradePanel } from '../../../src/stats/index.js';

const SECURITIES = 6;
type Trade = readonly [manager: number, security: number, direction: number];

function panelOf(trades: readonly Trade[]): TradePanel {
  return {
    manager: Uint32Array.from(trades, ([manager]) => manager),
    security: Uint32Array.from(trades, ([, security]) => security),
    direction: Int8Array.from(trades, ([, , direction]) => direction),
  };
}

const trades = fc.uniqueArray(
  fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: SECURITIES - 1 }), fc.constantFrom(1, -1)),
  { selector: ([manager, security]) => manager * SECURITIES + security, minLength: 12, maxLength: 60 },
);
const options = { securities: SECURITIES };

describe('Sias following', () => {
  test('own and others add up to the correlation', () => {
    fc.assert(
      fc.property(trades, trades, (now, before) => {
        const outcome = siasFollowing(panelOf(now), panelOf(before), options);
        fc.pre(!('reason' in outcome));
        if ('reason' in outcome) return;
        expect(outcome.own.value + outcome.others.value).toBeCloseTo(outcome.correlation.value, 12);
        expect(Math.abs(outcome.correlation.value)).toBeLessThan(1 + 1e-12);
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  test('neither the order of the rows nor the names of the managers matter', () => {
    fc.assert(
      fc.property(trades, trades, (now, before) => {
        const renamed = (rows: readonly Trade[]) =>
          rows.toReversed().map(([m, k, d]): Trade => [1000 - 7 * m, k, d]);
        const one = siasFollowing(panelOf(now), panelOf(before), options);
        const other = siasFollowing(panelOf(renamed(now)), panelOf(renamed(before)), options);
        fc.pre(!('reason' in one || 'reason' in other));
        if ('reason' in one || 'reason' in other) return;
        expect(other.own.value).toBeCloseTo(one.own.value, 12);
        expect(other.others.value).toBeCloseTo(one.others.value, 12);
      }),
      { numRuns: 100, seed: 8 },
    );
  });

  test('with other managers in each period nobody follows itself', () => {
    const before: Trade[] = [0, 1, 2, 3].map((k) => [k, k, k < 2 ? 1 : -1]);
    const now: Trade[] = [0, 1, 2, 3].map((k) => [10 + k, k, k < 2 ? 1 : -1]);
    const outcome = siasFollowing(panelOf(now), panelOf(before), options);
    expect(outcome).toMatchObject({ securities: 4, own: { value: 0 } });
    expect('reason' in outcome ? null : outcome.others.value).toBeCloseTo(1, 12);
    const alone = siasFollowing(panelOf(before), panelOf(before), options);
    expect('reason' in alone ? null : alone.own.value).toBeCloseTo(1, 12);
    expect('reason' in alone ? null : alone.others.value).toBeCloseTo(0, 12);
  });

  test('says why there is no figure', () => {
    const few: Trade[] = [
      [0, 0, 1],
      [0, 1, -1],
    ];
    const same: Trade[] = [0, 1, 2].map((k) => [0, k, 1]);
    const mixed: Trade[] = [0, 1, 2].map((k) => [0, k, k === 0 ? 1 : -1]);
    expect(siasFollowing(panelOf(few), panelOf(few), options)).toEqual({
      reason: '2 securities traded in both periods, 3 needed',
    });
    expect(siasFollowing(panelOf(same), panelOf(mixed), options)).toEqual({
      reason: 'the buyer fraction does not vary across securities',
    });
    expect(siasFollowing(panelOf(mixed), panelOf(same), options)).toEqual({
      reason: 'the buyer fraction of the period before does not vary across securities',
    });
  });

  test('refuses a panel that cannot be one', () => {
    const good = panelOf([0, 1, 2].map((k): Trade => [0, k, k === 0 ? 1 : -1]));
    const withTrade = (extra: Trade) =>
      panelOf([...[0, 1, 2].map((k): Trade => [0, k, k === 0 ? 1 : -1]), extra]);
    expect(() => siasFollowing(withTrade([0, 2, 1]), good, options)).toThrow(
      'manager 0 trades security 2 twice',
    );
    expect(() => siasFollowing(good, withTrade([0, 2, 1]), options)).toThrow(
      'manager 0 trades security 2 twice',
    );
    expect(() => siasFollowing(withTrade([1, 2, 0]), good, options)).toThrow('direction 0 at position 3');
    expect(() => siasFollowing(withTrade([1, 9, 1]), good, options)).toThrow(
      'security 9 at position 3; there are 6',
    );
    expect(() => siasFollowing({ ...good, manager: Uint32Array.of(1) }, good, options)).toThrow(
      'equal lengths',
    );
  });
});
