import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal, parseInteger } from '../../../src/sources/text/index.js';

describe('parseDecimal', () => {
  it('reads what publishers write', () => {
    const cases: [string, number][] = [
      ['1211.92', 1211.92],
      ['-0.72302', -0.72302],
      ['+3', 3],
      ['.5', 0.5],
      ['5.', 5],
      ['0', 0],
      ['1e3', 1000],
      ['-1.5E-2', -0.015],
      ['9.2532000000000001', 9.2532],
      ['007', 7],
    ];
    for (const [text, value] of cases) expect(parseDecimal(text)).toBe(value);
    expect(Object.is(parseDecimal('-0.00'), 0)).toBe(true);
  });

  it('refuses everything else', () => {
    const refused = [
      '',
      '-',
      '.',
      '+',
      'NaN',
      'Infinity',
      '-Infinity',
      '0x1F',
      '0b1',
      '1,234',
      '1_000',
      '12 ',
    ];
    for (const text of [
      ...refused,
      ' 1',
      '1e',
      'e5',
      '1.2.3',
      '--1',
      '1-',
      '$5',
      '29.27M',
      '5%',
      '1e999',
      'null',
    ]) {
      expect(parseDecimal(text)).toBeNull();
    }
  });

  it('is Number for every text that Number writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseDecimal(String(value))).toBe(value + 0);
      }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
        fc.integer({ min: 0, max: 6 }),
        (whole, scale) => {
          const text = (whole / 10 ** scale).toFixed(scale);
          expect(parseDecimal(text)).toBe(Number(text) + 0);
        },
      ),
    );
  });

  it('agrees with a plain pattern on any text', () => {
    const text = fc.string({
      unit: fc.constantFrom('0', '7', '.', '-', '+', 'e', 'x', ' ', ','),
      maxLength: 8,
    });
    fc.assert(
      fc.property(text, (input) => {
        const valid = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(input) && Number.isFinite(Number(input));
        expect(parseDecimal(input)).toBe(valid ? Number(input) + 0 : null);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseInteger', () => {
  it('reads whole numbers and nothing else', () => {
    expect(parseInteger('100304400')).toBe(100304400);
    expect(parseInteger('-12')).toBe(-12);
    expect(Object.is(parseInteger('-0'), 0)).toBe(true);
    for (const text of ['', '1.0', '1e3', '12,34', ' 1', '9007199254740993', 'NaN']) {
      expect(parseInteger(text)).toBeNull();
    }
  });
});
