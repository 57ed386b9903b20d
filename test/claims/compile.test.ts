import { describe, expect, test } from 'vitest';
import { type Claim, compileNote } from '../../src/claims/index.js';

const read = (text: string): readonly Claim[] => {
  const { claims, unread } = compileNote(text);
  expect(unread).toEqual([]);
  return claims;
};
const only = (text: string): Claim => {
  const claims = read(text);
  expect(claims).toHaveLength(1);
  return claims[0]!;
};
const reasons = (text: string): string[] => {
  const { claims, unread } = compileNote(text);
  expect(claims).toEqual([]);
  return unread.map(({ reason }) => reason);
};

describe('a note in plain words', () => {
  test.each([
    [
      "Hedge funds' long buys of tech last week were the largest since March 2020.",
      { leg: 'longBuy', sector: 'technology', class: 'hedge-fund' },
      { since: '2020-03', extreme: 'high' },
    ],
    [
      'Net buying of S&P 500 futures by asset managers was the biggest in seven years.',
      { leg: 'net', contract: '13874+', class: 'asset-manager' },
      { span: '7 years', extreme: 'high' },
    ],
    [
      'Notional buying of energy by institutions hit a ten-year high.',
      { leg: 'grossBuy', sector: 'energy', class: 'institutions' },
      { span: '10y', extreme: 'high' },
    ],
    [
      "Asset managers' net selling of financials was the largest on record.",
      { leg: 'net', sector: 'financials', class: 'asset-manager' },
      { span: 'all', extreme: 'low' },
    ],
    [
      'Notional buying of tech by hedge funds was the largest in a decade.',
      { leg: 'grossBuy', sector: 'technology', class: 'hedge-fund' },
      { span: '10y', extreme: 'high' },
    ],
  ])('%s', (text, scope, threshold) => {
    const claim = only(text);
    expect(claim.measure).toBe('record');
    expect(claim.scope).toEqual(scope);
    expect(claim.threshold).toEqual(threshold);
  });

  test.each([
    [
      "Asset managers' long buys of tech outweighed short covers by three to one.",
      'ratio',
      { ratio: 3, compare: 'about' },
    ],
    [
      'Hedge funds have been net buyers of tech in 7 of the last 8 weeks.',
      'weeks',
      { weeks: 7, of: 8, direction: 'bought' },
    ],
    ['Pensions have sold energy for five straight weeks.', 'weeks', { weeks: 5, of: 5, direction: 'sold' }],
    [
      'Notional buying of tech by hedge funds had a z-score of 2.1 over three years.',
      'z',
      { z: 2.1, compare: 'about', span: '3y' },
    ],
    [
      'Net flow of tech by hedge funds was at least two standard deviations below its mean.',
      'z',
      { z: -2, compare: 'at most' },
    ],
    [
      'Net flow of tech by hedge funds stood above the 95th percentile in 5 years.',
      'percentile',
      { percentile: 95, compare: 'at least', span: '5y' },
    ],
    [
      'Net flow of tech by hedge funds was the third-largest in five years.',
      'rank',
      { rank: 3, compare: 'exactly', span: '5y' },
    ],
    [
      "Asset managers' notional buying of tech came to about $9.7 bn.",
      'amount',
      { usd: 9.7e9, compare: 'about' },
    ],
    ['Dealers sold tech on balance.', 'side', { direction: 'sold' }],
    ['The buying of tech was led by asset managers.', 'led-by', { who: 'asset-manager', led: true }],
    ['The buying was driven by strong earnings.', 'driver', { driver: 'earnings' }],
    ['The Fed has been on hold.', 'policy', { states: ['hold'] }],
    ['Technology stocks are sensitive to interest rates.', 'rate-sensitivity', {}],
    [
      'Prices usually rise after such weeks over the next six months.',
      'return',
      { p: 0.05, direction: 'above' },
    ],
    [
      'Such weeks are followed by higher volatility within a month.',
      'volatility',
      { p: 0.05, direction: 'above' },
    ],
    ['Retail follow institutions.', 'follow-through', { leader: 'institutions', follower: 'retail' }],
  ])('%s', (text, measure, threshold) => {
    const claim = only(text);
    expect(claim.measure).toBe(measure);
    expect(claim.threshold).toEqual(threshold);
  });

  test.each([
    ['Asset managers bought $9.7bn of tech last week.', ['amount']],
    ['Asset managers net bought about $9.7 bn of US tech stocks.', ['amount']],
    ['The buying was led by institutions, not by retail.', ['led-by', 'led-by']],
    [
      "Institutional buying of tech was the largest in ten years, and it wasn't a fluke.",
      ['record', 'significance'],
    ],
  ])('%s', (text, measures) => {
    expect(read(text).map(({ measure }) => measure)).toEqual(measures);
  });

  test('one leg is never read as net or as all purchases', () => {
    for (const [words, leg] of [
      ['long buys', 'longBuy'],
      ['short covering', 'shortCover'],
      ['short sales', 'shortSell'],
      ['buying', 'grossBuy'],
      ['net buying', 'net'],
    ]) {
      expect(only(`The ${words} of tech by hedge funds was the largest in ten years.`).scope.leg).toBe(leg);
    }
  });

  test('a compound sentence makes several claims', () => {
    const claims = read('Institutions led, but retail and speculators did not.');
    expect(claims.map(({ id, threshold }) => [id, threshold])).toEqual([
      ['s1a', { who: 'institutions', led: true }],
      ['s1b', { who: 'retail', led: false }],
      ['s1c', { who: 'speculators', led: false }],
    ]);
  });

  test("'it' takes class, leg, market and look-back of the sentence before", () => {
    const [, fluke] = read("Hedge funds' long buys of tech were the largest in five years. It was no fluke.");
    expect(fluke).toMatchObject({
      measure: 'significance',
      scope: { class: 'hedge-fund', leg: 'longBuy', sector: 'technology' },
      threshold: { span: '5y' },
    });
  });

  test('lines are those of the note, across wrapped lines, lists and headings', () => {
    const note = '# A title\n\nInstitutions led\nthe buying. Retail did\nnot lead.\n\n- Dealers sold tech.\n';
    expect(read(note).map(({ line }) => line)).toEqual([3, 4, 7]);
  });

  test.each([
    ['It is no fluke.', /points back/],
    ['Retail did not.', /no sentence before/],
    ['Buying of tech was the largest.', /without a span/],
    ['Buying of tech was not the largest in ten years.', /.*/],
    ['If rates fall, buying of tech by funds puts a floor under prices.', /.*/],
    ['Last week was the largest in ten years.', /names no leg/],
    ['Tech will rise by 20 %.', /forecast/],
    ['Such buying puts a floor under prices over five weeks.', /horizons are/],
    ['Martians led.', /no class/],
    ['Net buying of tech by hedge funds was the second-largest in 7 years.', /ranks are over/],
    ['Buying of tech by hedge funds was the largest since 2020-13.', /.*/],
    ['Buying of tech and energy by hedge funds was the largest in ten years.', /does not know|two/],
    ['It was hardly true that institutions led.', /.*/],
  ])('is not read: %s', (text, reason) => {
    const found = reasons(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatch(reason);
  });

  test('the half of a sentence that is not read is listed, and the other half kept', () => {
    const { claims, unread } = compileNote('Institutions led, but the mood of Martians soured.');
    expect(claims.map(({ measure }) => measure)).toEqual(['led-by']);
    expect(unread.map(({ text }) => text)).toEqual(['the mood of martians soured']);
  });
});
