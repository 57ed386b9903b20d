import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAutomaton, scanLines } from '../../../src/sources/text/index.js';

const PATTERNS = [
  'a',
  'a*b|c',
  '(a|b)+c?',
  '[a-c]{2,3}',
  '[a-c]{2}(-[b-]+)?',
  '(a{1,2}(\\.a)?|)b*',
  '\\d{1,3}(,\\d\\d)*',
  '([b-d]|a)\\x2d?',
  '( *(a b|a)? *|"([ -!#-~])?")',
];

const lines = fc.array(fc.string({ unit: fc.constantFrom(...'abc d-.,"12'), maxLength: 7 }), {
  maxLength: 40,
});

/** What the scan should say, by the engine's own regular expressions. */
function byRegExp(pattern: string, text: string) {
  const whole = new RegExp(`^(${pattern})$`);
  const rows = text.split('\n');
  if (rows.at(-1) === '') rows.pop();
  return { lines: rows.length, odd: rows.flatMap((row, index) => (whole.test(row) ? [] : [index + 1])) };
}

describe('a scan of lines', () => {
  it('finds the lines that a regular expression does not match', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PATTERNS), lines, fc.boolean(), (pattern, rows, ends) => {
        const text = rows.join('\n') + (ends && rows.length > 0 ? '\n' : '');
        const bytes = Buffer.from(text, 'latin1');
        const scan = scanLines(bytes, 0, lineAutomaton(pattern));
        expect({ lines: scan.lines, odd: scan.odd.map(({ line }) => line) }).toEqual(byRegExp(pattern, text));
        for (const { line, start, end } of scan.odd)
          expect(bytes.toString('latin1', start, end)).toBe(rows[line - 1]);
        if (scan.middle !== null) {
          const before = bytes.toString('latin1', 0, scan.middle.byte);
          expect(before.endsWith('\n')).toBe(true);
          expect(before.split('\n')).toHaveLength(scan.middle.line);
        }
      }),
      { seed: 20261122, numRuns: 400 },
    );
  });

  it('begins where it is told to', () => {
    const text = Buffer.from('head\nab\nx\na');
    const scan = scanLines(text, 5, lineAutomaton('ab'));
    expect(scan).toMatchObject({
      lines: 3,
      odd: [
        { line: 2, start: 8, end: 9 },
        { line: 3, start: 10, end: 11 },
      ],
    });
  });

  it.each(['[ab', '(a', 'a)', '\\', 'a{2'])("says that pattern '%s' cannot be read", (pattern) => {
    expect(() => lineAutomaton(pattern)).toThrow('cannot be read');
  });
});
