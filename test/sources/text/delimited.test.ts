import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksBinary, readDelimited, sniffHeader } from '../../../src/sources/text/index.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, options = {}) => [...readDelimited(encode(text), options)];
const fieldsOf = (text: string, options = {}) => read(text, options).map((record) => record.fields);

describe('readDelimited', () => {
  it('reads LF, CRLF and CR, with and without an end on the last line, and counts every line', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const records = read(`a,b${end}${end}1,2${end}3,4`);
      expect(records).toEqual([
        { line: 1, fields: ['a', 'b'] },
        { line: 3, fields: ['1', '2'] },
        { line: 4, fields: ['3', '4'] },
      ]);
      expect(fieldsOf(`x,y${end}`)).toEqual([['x', 'y']]);
    }
  });

  it('takes off a byte order mark and reads what is no UTF-8 as latin1', () => {
    expect(fieldsOf('\uFEFFdate,x\n')).toEqual([['date', 'x']]);
    expect([...readDelimited(Uint8Array.from([0x4e, 0xe9, 0x2c, 0x31]))][0]!.fields).toEqual([
      'N\u00e9',
      '1',
    ]);
    expect(fieldsOf('Nestl\u00e9,1')).toEqual([['Nestl\u00e9', '1']]);
  });

  it('reads quotes by RFC 4180 and blanks around them', () => {
    expect(fieldsOf('"Saint Paul, Minnesota","say ""hi""",3')).toEqual([
      ['Saint Paul, Minnesota', 'say "hi"', '3'],
    ]);
    expect(fieldsOf(' "a" , b ,"c "')).toEqual([['a', 'b', 'c']]);
    expect(fieldsOf('"",x,')).toEqual([['', 'x', '']]);
    expect(fieldsOf('5" pipe,x')).toEqual([['5" pipe', 'x']]);
    expect(fieldsOf('a, b ,"c "', { trim: false })).toEqual([['a', ' b ', 'c ']]);
  });

  it('reads ends of lines inside quotes and goes on counting', () => {
    expect(read('a,b\n"one\r\ntwo",2\n3,4')).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['one\ntwo', '2'] },
      { line: 4, fields: ['3', '4'] },
    ]);
  });

  it('loses only the line of a stray quote', () => {
    const records = read('a,b\n"1,2\n3,4\n5,6');
    expect(records.map((record) => record.line)).toEqual([1, 2, 3, 4]);
    expect(records[1]).toEqual({
      line: 2,
      fields: ['"1,2'],
      malformed: 'a quote is opened and never closed',
    });
    expect(records[3]!.fields).toEqual(['5', '6']);
    expect(read('"a"b,1\n2,3')[0]!.malformed).toBe('text follows a closing quote');
  });

  it('recovers from a stray quote far from the end of the file', () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `${index},x`);
    rows[10] = '"10,x';
    const records = read(rows.join('\n'));
    expect(records).toHaveLength(5000);
    expect(records.filter((record) => record.malformed !== undefined).map((record) => record.line)).toEqual([
      11,
    ]);
  });

  it('marks a field beyond the limit', () => {
    const records = read(`a,b\n${'x'.repeat(50)},2\n3,4`, { maxFieldLength: 40 });
    expect(records.map((record) => record.malformed)).toEqual([
      undefined,
      'a field is longer than 40 characters',
      undefined,
    ]);
  });

  it('reads across the edges of its chunks', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const rows = Array.from(
        { length: 90_000 },
        (_, index) => `${index},"v,${index}",${'\u00e9'.repeat(index % 7)}`,
      );
      let count = 0;
      for (const { line, fields } of readDelimited(encode(rows.join(end)))) {
        if (line !== count + 1 || fields[0] !== String(count) || fields[1] !== `v,${count}`) break;
        if (fields[2]!.length !== count % 7) break;
        count += 1;
      }
      expect(count).toBe(90_000);
    }
    const long = `${'y'.repeat(3_000_000)}\nz`;
    expect(fieldsOf(long, { maxFieldLength: 4_000_000 }).map((fields) => fields[0]!.length)).toEqual([
      3_000_000, 1,
    ]);
  });

  it('gives back what was written, whatever the fields', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '1', '"', ',', '\n', ' ', '\u00e9', '\t', ';') });
    const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { maxLength: 20 }), (rows) => {
        const text = rows.map((row) => row.map(quote).join(',')).join('\r\n');
        expect(fieldsOf(text, { trim: false })).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, and numbers its records upwards, on any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'x', ' ', '\t'), maxLength: 200 }).map(encode),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom(',', '\t', '|'), (input, separator) => {
        let last = 0;
        for (const { line, fields } of readDelimited(input, { separator: separator as ',' })) {
          expect(line).toBeGreaterThan(last);
          expect(fields.length).toBeGreaterThan(0);
          last = line;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('sniffHeader', () => {
  it('reads the first line alone, behind a byte order mark and blank lines', () => {
    expect(sniffHeader(encode('\uFEFF\n\n"Symbol", Security\nx'))).toEqual(['Symbol', 'Security']);
    expect(sniffHeader(encode('a\tb\n1\t2'), { separator: '\t' })).toEqual(['a', 'b']);
    expect(sniffHeader(encode(`date,\u00e9\n${'1,\u00e9\n'.repeat(40_000)}`))).toEqual(['date', '\u00e9']);
  });

  it('is null for binary content, nothing, an endless first line and a stray quote', () => {
    expect(sniffHeader(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 1]))).toBeNull();
    expect(sniffHeader(encode(''))).toBeNull();
    expect(sniffHeader(encode('x'.repeat(200_000)))).toBeNull();
    expect(sniffHeader(encode('"a,b\n1,2'))).toBeNull();
  });
});

describe('looksBinary', () => {
  it('tells archives and UTF-16 from text', () => {
    expect(looksBinary(Uint8Array.from([0x1f, 0x8b, 8, 0]))).toBe(true);
    expect(looksBinary(Uint8Array.from([0xff, 0xfe, 0x61, 0]))).toBe(true);
    expect(looksBinary(encode('date,close\n2024-01-02,1\n\x1a'))).toBe(false);
    expect(looksBinary(encode(''))).toBe(false);
  });
});
