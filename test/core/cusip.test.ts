import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cusipCheckDigit, isCusip, normalizeCik, readCusip } from '../../src/core/index.js';

describe('cusipCheckDigit', () => {
  test.each([
    ['037833100', 'Apple'],
    ['594918104', 'Microsoft'],
    ['38259P508', 'Google'],
    ['17275R102', 'Cisco'],
    ['68389X105', 'Oracle'],
    ['78462F103', 'SPDR S&P 500'],
    ['20825C104', 'ConocoPhillips'],
    ['G0896C103', 'BBB Foods, a CINS'],
    ['Y95308105', 'Wave Life Sciences, a CINS'],
    ['00206R102', 'AT&T'],
  ])('%s (%s) carries its check digit', (cusip) => {
    expect(cusipCheckDigit(cusip.slice(0, 8))).toBe(Number(cusip[8]));
    expect(isCusip(cusip)).toBe(true);
  });

  test('lower case, blanks and wrong lengths have none', () => {
    expect(cusipCheckDigit('78462f10')).toBeNull();
    expect(cusipCheckDigit('0378331 ')).toBeNull();
    expect(cusipCheckDigit('037833')).toBeNull();
  });

  test('a single wrong digit is always noticed', () => {
    const place = fc.integer({ min: 0, max: 8 });
    const digit = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(place, digit, (at, to) => {
        const cusip = '594918104';
        fc.pre(cusip[at] !== String(to));
        expect(isCusip(`${cusip.slice(0, at)}${to}${cusip.slice(at + 1)}`)).toBe(false);
      }),
    );
  });
});

describe('readCusip', () => {
  test.each([
    ['20825C 10 4', '20825C104'],
    ['20825C-10-4', '20825C104'],
    [' 78462f103 ', '78462F103'],
    ['g0896c103', 'G0896C103'],
  ])('%s is %s', (text, cusip) =>
    expect(readCusip(text)).toEqual({ cusip, valid: true, zerosRestored: false }),
  );

  test.each([
    ['37833100', '037833100'],
    ['2824100', '002824100'],
    ['206R102', '00206R102'],
  ])('%s lost its zeros: %s', (text, cusip) =>
    expect(readCusip(text)).toEqual({ cusip, valid: true, zerosRestored: true }),
  );

  test.each(['000000000', '037833101', '88579Y10', '9.03E+08', 'N/A', '', '12345'])(
    "'%s' fits no check digit and stays as written",
    (text) => expect(readCusip(text)).toEqual({ cusip: text, valid: false, zerosRestored: false }),
  );
});

describe('normalizeCik', () => {
  test('keeps the ten digits of EDGAR headers', () => {
    expect(normalizeCik('919079')).toBe('0000919079');
    expect(normalizeCik(' 0000919079 ')).toBe('0000919079');
  });
  test.each(['', '0', '12345678901', '12a', '-1'])("'%s' is none", (text) =>
    expect(normalizeCik(text)).toBeNull(),
  );
});
