import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatMoment,
  formatProbability,
  formatShare,
  formatUsd,
  formatValue,
  ordinal,
  withoutUnitWord,
} from '../../src/report/format.js';
import { escapeHtml } from '../../src/report/html/escape.js';
import { escapeMarkdown } from '../../src/report/markdown.js';

describe('money', () => {
  it.each([
    [9_703_412_880, '$9.70 bn'],
    [551_000_000, '$551 m'],
    [-3_200_000_000, '−$3.20 bn'],
    [12_345_000_000, '$12.3 bn'],
    [999_600_000, '$1.00 bn'],
    [999_499_999, '$999 m'],
    [9_996_000, '$10.0 m'],
    [1_234_567_890_123, '$1.23 tn'],
    [12_345, '$12,345'],
    [999_499, '$999,499'],
    [0, '$0'],
    [-0.2, '$0'],
  ])('%d is %s', (value, text) => {
    expect(formatUsd(value)).toBe(text);
  });

  it('keeps three digits: what is printed is within half a percent', () => {
    const scale = { tn: 1e12, bn: 1e9, m: 1e6 };
    fc.assert(
      fc.property(fc.double({ min: 1e6, max: 9e14, noNaN: true }), fc.boolean(), (size, negative) => {
        const text = formatUsd(negative ? -size : size);
        const [, sign, digits, unit] = /^(−?)\$([\d,.]+) (tn|bn|m)$/.exec(text)!;
        expect(sign === '−').toBe(negative);
        const printed = Number(digits!.replaceAll(',', '')) * scale[unit as keyof typeof scale];
        expect(Math.abs(printed / size - 1)).toBeLessThanOrEqual(0.0051);
      }),
    );
  });
});

describe('other units', () => {
  it.each([
    [0.019, '1.9 %'],
    [1, '100 %'],
    [0, '0 %'],
    [-0.0431, '−4.3 %'],
    [0.00042, '0.042 %'],
    [0.9999, '100.0 %'],
  ])('share %d is %s', (value, text) => {
    expect(formatShare(value)).toBe(text);
  });

  it.each([
    [0.214, '0.21'],
    [1 / 523, '0.0019'],
    [1 / 10_001, '0.00010'],
    [1, '1.00'],
    [3e-9, '< 0.000001'],
  ])('p %d is %s', (value, text) => {
    expect(formatProbability(value)).toBe(text);
  });

  it.each([
    [1, '1st'],
    [2, '2nd'],
    [3, '3rd'],
    [11, '11th'],
    [12, '12th'],
    [13, '13th'],
    [21, '21st'],
    [102, '102nd'],
    [111, '111th'],
    [1013, '1,013th'],
  ])('rank %d is %s', (value, text) => {
    expect(ordinal(value)).toBe(text);
  });

  it('carries the unit with the number', () => {
    expect(formatValue(-11_473, 'contracts')).toBe('−11,473 contracts');
    expect(formatValue(1, 'weeks')).toBe('1 week');
    expect(formatValue(161.3, 'weeks')).toBe('161 weeks');
    expect(formatValue(431_713.2, 'about weeks')).toBe('430,000 weeks');
    expect(formatValue(4.561, 'about weeks')).toBe('4.6 weeks');
    expect(formatValue(-25, 'basis points')).toBe('−25 bp');
    expect(formatValue(2.5, 'basis points')).toBe('2.50 bp');
    expect(formatValue(4.312, 'times own volatility')).toBe('4.31 x own volatility');
    expect(formatValue(0.156, 'index')).toBe('0.16');
    expect(formatValue(-0.0187, 'index')).toBe('−0.019');
    expect(formatValue(0, 'index')).toBe('0');
    expect(formatValue(20, 'USD per point')).toBe('$20 a point');
    expect(formatValue(1.582, 'ratio')).toBe('1.58 to 1');
    expect(withoutUnitWord('−11,473 contracts')).toBe('−11,473');
    expect(withoutUnitWord('$9.70 bn')).toBe('$9.70 bn');
  });

  it('says not known for null and never prints what is not finite', () => {
    expect(formatValue(null, 'USD')).toBe('not known');
    expect(formatValue(true, 'yes/no')).toBe('yes');
    expect(formatValue('', 'text')).toBe('none');
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => formatValue(value, 'USD')).toThrow(/cannot be printed/);
    }
  });

  it('prints moments in UTC, with seconds where there are any', () => {
    expect(formatMoment('2026-04-17T19:30:00Z')).toBe('2026-04-17 19:30 UTC');
    expect(formatMoment('2026-04-18T03:59:59Z')).toBe('2026-04-18 03:59:59 UTC');
    expect(formatMoment('2026-04-18T03:59:00.884Z')).toBe('2026-04-18 03:59 UTC');
  });
});

describe('escaping', () => {
  it('leaves no character that opens markup', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
        const markdown = escapeMarkdown(text);
        expect(markdown).not.toMatch(/[<>\n\r]|&(?!(?:amp|lt|gt);)/);
        expect(markdown.replace(/\\[\\`*_[\]|~#]/g, '')).not.toMatch(/[\\`*_[\]|~#]/);
      }),
    );
  });

  it('gives the text back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('&', '<', '>', '"', "'", 'a', ';', '&amp;') }),
        (text) => {
          const back = escapeHtml(text)
            .replaceAll('&#39;', "'")
            .replaceAll('&quot;', '"')
            .replaceAll('&gt;', '>')
            .replaceAll('&lt;', '<')
            .replaceAll('&amp;', '&');
          expect(back).toBe(text);
        },
      ),
    );
  });
});
