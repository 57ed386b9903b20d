import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextSet } from '../../../src/sources/text/index.js';

describe('a set of texts', () => {
  it('holds each once, in the order of their first', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'ab\u00e9'), maxLength: 4 })), (texts) => {
        const set = new TextSet();
        const bytes = Buffer.from(texts.join(''), 'latin1');
        let at = 0;
        for (const { length } of texts) {
          set.add(bytes, at, at + length);
          at += length;
        }
        expect(set.texts()).toEqual([...new Set(texts)]);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it('grows', () => {
    const set = new TextSet();
    const texts = Array.from({ length: 40_000 }, (_, index) => `${index} ${'x'.repeat(index % 60)}`);
    for (const text of [...texts, ...texts]) set.add(Buffer.from(text), 0, text.length);
    expect(set.texts()).toEqual(texts);
  });
});
