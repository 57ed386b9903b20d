import { describe, expect, it } from 'vitest';
import {
  bhjosRetail,
  bjzzSign,
  chakrabartyLiNguyenVanNess,
  DOLLAR_CUTS,
  ellisMichaelyOHara,
  isLarge,
  leeReady,
  moveTickReference,
  NO_TICK_REFERENCE,
  notionalOf,
  type Quote,
  quoteRule,
  quoteSign,
  quoteState,
  reverseTickSign,
  sizeCut,
  tickSign,
} from '../../src/tape/index.js';
import { micros } from './columns.js';

const quote = (bid: number, ask: number): Quote => ({ bidMicros: micros(bid), askMicros: micros(ask) });
const wide = quote(24.1, 24.2);
const narrow = quote(24.1, 24.14);

function tickSigns(prices: readonly number[]): number[] {
  let reference = NO_TICK_REFERENCE;
  return prices.map((price) => {
    const sign = tickSign(micros(price), reference);
    reference = moveTickReference(micros(price), reference);
    return sign;
  });
}

describe('tick test', () => {
  const prices = [71.2, 71.2, 71.23, 71.23, 71.21, 71.21];

  it('answers nothing before the first change, then with the last change', () => {
    expect(tickSigns(prices)).toEqual([0, 0, 1, 1, -1, -1]);
  });

  it('compares with the last price, not with a running maximum, and below the cent', () => {
    expect(tickSigns([10, 12, 11, 11.5])).toEqual([0, 1, -1, 1]);
    expect(tickSigns([10.001, 10.0011])).toEqual([0, 1]);
  });

  it('looks forward in reverse, and answers nothing where no other price is left', () => {
    const ahead = prices.map(micros);
    expect(ahead.map((price, i) => reverseTickSign(price, ahead.slice(i + 1)))).toEqual([-1, -1, 1, 1, 0, 0]);
  });
});

describe('quote rule', () => {
  it('signs by the midpoint in integers, outside the quote too', () => {
    const signs = [24.12, 24.1201, 24.2, 24.05].map((price) => quoteSign(micros(price), narrow));
    expect(signs).toEqual([0, 1, 1, -1]);
  });

  it('meets the midpoint exactly where doubles do not', () => {
    let missedByDoubles = 0;
    for (let cents = 15_000; cents < 16_000; cents++) {
      const [bid, ask, middle] = [cents / 100, (cents + 3) / 100, (2 * cents + 3) / 200];
      if ((bid + ask) / 2 !== middle) missedByDoubles++;
      expect(quoteSign(micros(middle), quote(bid, ask))).toBe(0);
    }
    expect(missedByDoubles).toBeGreaterThan(100);
  });

  it('does not use locked, crossed, one-sided or missing quotes', () => {
    const states = [quote(24.1, 24.1), quote(24.2, 24.1), quote(0, 24.1), quote(24.1, 0), null];
    expect(states.map(quoteState)).toEqual(['locked', 'crossed', 'none', 'none', 'none']);
    expect(states.map((state) => quoteRule(micros(24.15), state))).toEqual(
      states.map(() => ({ sign: 0, decidedBy: 'none' })),
    );
  });

  it('signs against the common price of a locked quote where asked to', () => {
    const locked = quote(24.1, 24.1);
    expect([24.09, 24.1, 24.11].map((price) => quoteSign(micros(price), locked, 'midpoint'))).toEqual([
      -1, 0, 1,
    ]);
    expect(quoteSign(micros(24.15), quote(24.2, 24.1), 'midpoint')).toBe(0);
    for (const rule of [leeReady, ellisMichaelyOHara]) {
      expect(rule(micros(24.11), locked, -1, 'midpoint')).toEqual({ sign: 1, decidedBy: 'quote' });
      expect(rule(micros(24.1), locked, -1, 'midpoint')).toEqual({ sign: -1, decidedBy: 'tick' });
      expect(rule(micros(24.11), locked, -1)).toEqual({ sign: -1, decidedBy: 'tick' });
    }
    expect(chakrabartyLiNguyenVanNess(micros(24.11), locked, -1, 'closed', 'midpoint').sign).toBe(1);
  });
});

describe('Lee-Ready', () => {
  it('falls to the tick test at the midpoint and without a quote', () => {
    expect(leeReady(micros(24.12), narrow, -1)).toEqual({ sign: -1, decidedBy: 'tick' });
    expect(leeReady(micros(24.12), narrow, 0)).toEqual({ sign: 0, decidedBy: 'none' });
    expect(leeReady(micros(24.12), null, 1)).toEqual({ sign: 1, decidedBy: 'tick' });
    expect(leeReady(micros(24.15), narrow, -1)).toEqual({ sign: 1, decidedBy: 'quote' });
  });
});

describe('Ellis-Michaely-O’Hara', () => {
  it('signs by the quote only exactly at it', () => {
    const onDowntick = [24.14, 24.13, 24.15, 24.1].map((price) =>
      ellisMichaelyOHara(micros(price), narrow, -1),
    );
    expect(onDowntick).toEqual([
      { sign: 1, decidedBy: 'quote' },
      { sign: -1, decidedBy: 'tick' },
      { sign: -1, decidedBy: 'tick' },
      { sign: -1, decidedBy: 'quote' },
    ]);
  });

  it('has no tolerance for dear stocks', () => {
    expect(ellisMichaelyOHara(micros(499.999), quote(499.9, 500), -1).decidedBy).toBe('tick');
  });
});

describe('Chakrabarty-Li-Nguyen-Van Ness', () => {
  const decided = (price: number, edges: 'closed' | 'open' = 'closed') =>
    Object.values(chakrabartyLiNguyenVanNess(micros(price), wide, 0, edges)).join(' ');

  it('signs by the quote in the outer three tenths inside it, edges included', () => {
    expect([24.17, 24.16, 24.13, 24.14, 24.21, 24.09, 24.2, 24.1].map((price) => decided(price))).toEqual([
      '1 quote',
      '0 none',
      '-1 quote',
      '0 none',
      '0 none',
      '0 none',
      '1 quote',
      '-1 quote',
    ]);
  });

  it('leaves the inner edges to the tick test where they are open', () => {
    expect([24.17, 24.170001, 24.13, 24.129999, 24.2, 24.1].map((price) => decided(price, 'open'))).toEqual([
      '0 none',
      '1 quote',
      '0 none',
      '-1 quote',
      '1 quote',
      '-1 quote',
    ]);
  });
});

describe('retail by the sub-penny rule', () => {
  const sign = (price: number, venue = 'D', tickSizeMicros?: number) =>
    bjzzSign({ priceMicros: micros(price), venue }, tickSizeMicros);

  it('reads the fraction of a cent off exchange', () => {
    expect([64.2307, 64.2391, 64.2345, 64.234, 64.23].map((price) => sign(price))).toEqual([-1, 1, 0, 0, 0]);
    expect(sign(64.2391, 'P')).toBe(0);
  });

  it('leaves out all edges and prices below a dollar', () => {
    const edges = [10.004, 10.003999, 10.006, 10.006001, 10.009999, 10.000001];
    expect(edges.map((price) => sign(price))).toEqual([0, -1, 0, 1, 1, -1]);
    expect([0.9999, 1.0001].map((price) => sign(price))).toEqual([0, -1]);
  });

  it('calls no whole cent sub-penny', () => {
    let found = 0;
    for (let cents = 100; cents < 100_000; cents++) if (sign(cents / 100) !== 0) found++;
    expect(found).toBe(0);
  });

  it('takes another grid', () => {
    expect([20.01, 20.02, 20.04, 20.05].map((price) => sign(price, 'D', 50_000))).toEqual([-1, 0, 1, 0]);
    expect(sign(20.005, 'D', 5_000)).toBe(0);
  });
});

describe('retail signed by the midpoint', () => {
  const best = quote(64.2, 64.3);
  const retail = (price: number, nbbo: Quote | null = best, population?: 'bjzz') =>
    bhjosRetail({ priceMicros: micros(price), venue: 'D' }, nbbo, population);

  it('signs outside the middle fifth of the spread', () => {
    expect(retail(64.2391)).toEqual({ candidate: true, sign: -1 });
    expect(retail(64.2707)).toEqual({ candidate: true, sign: 1 });
    expect(retail(64.2551)).toEqual({ candidate: true, sign: 0 });
    expect(retail(64.27)).toEqual({ candidate: false, sign: 0 });
  });

  it('closes the band, and leaves a candidate without a usable quote unsigned', () => {
    const fine = quote(64.2001, 64.3001);
    expect([64.2401, 64.2601].map((price) => retail(price, fine).sign)).toEqual([0, 0]);
    for (const bad of [null, quote(64.2, 64.2), quote(64.3, 64.2)]) {
      expect(retail(64.2391, bad)).toEqual({ candidate: true, sign: 0 });
    }
  });

  it('asks for the sub-penny rule too where the population says so', () => {
    expect(retail(64.2745, best).sign).toBe(1);
    expect(retail(64.2745, best, 'bjzz')).toEqual({ candidate: false, sign: 0 });
    expect(retail(64.2707, best, 'bjzz')).toEqual({ candidate: true, sign: 1 });
  });
});

describe('large prints', () => {
  const thresholds = { blockSizeMicros: micros(10_000), blockNotionalMicros: micros(200_000) };
  const large = (price: number, shares: number) => isLarge(micros(price), micros(shares), thresholds);

  it('are large from either edge on', () => {
    expect([large(1, 10_000), large(1, 9_999.999999)]).toEqual([true, false]);
    expect([large(100, 2_000), large(99.999999, 2_000), large(100, 1_999.999999)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('are exact beyond doubles', () => {
    expect(notionalOf(700_000_000_001, 20_000_000_001)).toBe(14_000_000_000_720_000_000_001n);
  });

  it('are cut in three by shares or by dollars', () => {
    const shares = [499.999999, 500, 9_999.999999, 10_000].map((size) => sizeCut(micros(1), micros(size)));
    expect(shares).toEqual(['small', 'medium', 'medium', 'large']);
    const dollars = [199, 200, 499, 500].map((size) => sizeCut(micros(100), micros(size), DOLLAR_CUTS));
    expect(dollars).toEqual(['small', 'medium', 'medium', 'large']);
  });
});
