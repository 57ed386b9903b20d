import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteDictionary } from '../../../../src/sources/text/tape/byte-dictionary.js';
import { JsonDocuments } from '../../../../src/sources/text/tape/json-documents.js';
import { JsonParser } from '../../../../src/sources/text/tape/json-value.js';
import { LineScanner } from '../../../../src/sources/text/tape/line-scanner.js';
import { TapeWriter } from '../../../../src/sources/text/tape/tape-writer.js';

function scan(
  text: string,
  cuts: readonly number[] = [],
  separator: ',' | '|' = ',',
): [number, ...string[]][] {
  const scanner = new LineScanner(separator, 'file');
  const lines: [number, ...string[]][] = [];
  const drain = () => {
    while (scanner.next()) {
      const fields = Array.from({ length: scanner.fields }, (_, field) => scanner.text(field));
      if (scanner.repeatsLast()) fields.push('again');
      lines.push(scanner.fault === null ? [scanner.line, ...fields] : [scanner.line, scanner.fault]);
    }
  };
  const bytes = Buffer.from(text);
  for (let position = 0, index = 0; position < bytes.length; index += 1) {
    const length = Math.max(1, cuts[index % Math.max(1, cuts.length)] ?? bytes.length);
    scanner.load(bytes.subarray(position, position + length));
    drain();
    position += length;
  }
  scanner.loadRest();
  drain();
  return lines;
}

describe('lines and fields', () => {
  it('splits, trims, unquotes and counts blank lines', () => {
    expect(scan('a, b ,"c,d"\r\n\n\r\n" e ",,f\nlast')).toEqual([
      [1, 'a', 'b', 'c,d'],
      [4, ' e ', '', 'f'],
      [5, 'last'],
    ]);
    expect(scan('a|b,c| d\n', [], '|')).toEqual([[1, 'a', 'b,c', 'd']]);
    expect(scan('\uFEFFa,b\n')).toEqual([[1, 'a', 'b']]);
    expect(scan('a,"b\nc,d\n')).toEqual([
      [1, 'quote'],
      [2, 'c', 'd'],
    ]);
  });

  it('gives the same lines however the bytes are cut', () => {
    const text = fc.array(fc.constantFrom('a', '1.5', ',', ',', '"', '\n', '\r\n', ' ', 'é', '|'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        text,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        (parts, cuts) => {
          expect(scan(parts.join(''), cuts)).toEqual(scan(parts.join('')));
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });

  it('tells a line that repeats the one before, over blank lines and cuts', () => {
    const expected = [
      [1, 'a', '1'],
      [3, 'a', '1', 'again'],
      [4, 'a', '2'],
      [5, 'a', '1'],
    ];
    for (let cut = 1; cut <= 18; cut += 1) expect(scan('a,1\n\na,1\na,2\na,1\n', [cut])).toEqual(expected);
  });

  it('gives up on a line without an end', () => {
    const scanner = new LineScanner(',', 'noise.bin');
    expect(() => {
      for (let chunk = 0; chunk < 40; chunk += 1) scanner.load(new Uint8Array(65_536).fill(65));
    }).toThrow(/noise.bin: line 1 has no end within 1048576 bytes/);
  });
});

describe('dictionary', () => {
  it('gives each text its own number and asks once', () => {
    let asked = 0;
    const dictionary = new ByteDictionary((text) => {
      asked += 1;
      return Number(text);
    });
    for (let round = 0; round < 2; round += 1) {
      for (let number = 0; number < 5000; number += 1) {
        const bytes = Buffer.from(`<${number}>`);
        expect(dictionary.get(bytes, 1, bytes.length - 1)).toBe(number);
      }
    }
    expect(asked).toBe(5000);
  });

  it('refuses a file of ever new symbols', () => {
    const writer = new TapeWriter('odd.csv');
    expect(() => {
      for (let number = 0; number <= 200_000; number += 1) writer.symbolNumber(`S${number}`);
    }).toThrow(/odd.csv names more than 200000 symbols, the last 'S200000'/);
  });

  it('spells symbols with a point and sets in order', () => {
    const writer = new TapeWriter('file');
    expect(writer.symbols.list[writer.symbolNumber('BRK B')]).toBe('BRK.B');
    expect(writer.symbolNumber('BRK.B')).toBe(writer.symbolNumber('BRK  B'));
    for (const text of ['', '-', 'A B C', 'A'.repeat(40), 'A\u0001'])
      expect(writer.symbolNumber(text)).toBe(-1);
    expect(writer.conditionSets.list[writer.conditionNumber('@F I')]).toBe('FI');
    expect(writer.conditionNumber(' IF')).toBe(writer.conditionNumber('F F I'));
    expect(writer.conditionNumber('@')).toBe(0);
  });
});

describe('JSON documents', () => {
  const documentsOf = (text: string, cut = text.length): unknown[] => {
    const documents = new JsonDocuments('file.json');
    const found: unknown[] = [];
    const bytes = Buffer.from(text);
    for (let position = 0; position < bytes.length; position += cut) {
      for (const document of documents.load(bytes.subarray(position, position + cut)))
        found.push(new JsonParser().parse(document));
    }
    documents.finish();
    return found;
  };

  it('cuts lists, lines and single values into documents, however the bytes are cut', () => {
    const text = '\uFEFF[{"a":"]}\\"{"},{"b":[1,{"c":2}]}]\n[{"d":-1.5e3}]\n{"e":12345678901234567890}';
    const expected = [
      { a: ']}"{' },
      { b: ['1', { c: '2' }] },
      { d: '-1.5e3' },
      { e: '12345678901234567890' },
    ];
    for (const cut of [text.length, 1, 2, 3, 7]) expect(documentsOf(text, cut)).toEqual(expected);
  });

  it('says where a file is no JSON or ends too early', () => {
    expect(() => documentsOf('{"a":1} x')).toThrow(/no JSON at byte 8: "x" stands between objects/);
    expect(() => documentsOf('{"a":1}]')).toThrow(/at byte 7/);
    expect(() => documentsOf('[{"a":1},{"b"')).toThrow(/ends within its JSON, at byte 9/);
    expect(() => documentsOf('[{"a":1}')).toThrow(/ends within its JSON/);
    expect(documentsOf('{"a":tru}')).toEqual([undefined]);
  });
});

describe('JSON values', () => {
  const parse = (text: string) => new JsonParser().parse(Buffer.from(text));
  /** Numbers become their shortest text, which is how JSON.stringify wrote them. */
  const withTexts = (value: unknown): unknown => {
    if (typeof value === 'number') return JSON.stringify(value);
    if (Array.isArray(value)) return value.map(withTexts);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTexts(each)]));
  };

  it('agrees with JSON.parse but for numbers, which stay text', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ noUnicodeString: false, maxDepth: 4 }),
        fc.nat({ max: 2 }),
        (value, indent) => {
          expect(parse(JSON.stringify(value, null, indent))).toEqual(
            withTexts(JSON.parse(JSON.stringify(value))),
          );
        },
      ),
      { seed: 17, numRuns: 500 },
    );
  });

  it('refuses what is none', () => {
    for (const text of [
      '',
      '{',
      '[1,]',
      '{"a"}',
      '{"a":}',
      '{a:1}',
      '"\\x"',
      '"a',
      'tru',
      '[1] 2',
      '{"a":1,}',
      '"\n"',
    ]) {
      expect(parse(text)).toBeUndefined();
    }
    expect(parse(`${'['.repeat(40)}${']'.repeat(40)}`)).toBeUndefined();
  });
});
