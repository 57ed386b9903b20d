import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteSink } from '../../../src/tape/layout/byte-sink.js';
import {
  decodeDeltas,
  decodeIndices,
  decodePlain,
  type PageCursor,
  readVarint,
  readWhole,
  readZigzag,
} from '../../../src/tape/layout/decode.kernel.js';
import { bitsOf, DictionaryBuilder, encodeDeltas, encodeIndices } from '../../../src/tape/layout/encode.js';

function cursorOn(sink: ByteSink): PageCursor {
  const bytes = new Uint8Array(sink.length + 8);
  bytes.set(sink.bytes);
  return { bytes, view: new DataView(bytes.buffer), at: 0 };
}

const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 });
const wide = fc.maxSafeInteger();

describe('bytes of Parquet', () => {
  it('gives back numbers of all lengths', () => {
    fc.assert(
      fc.property(fc.array(wide, { maxLength: 40 }), (values) => {
        const sink = new ByteSink();
        for (const value of values) {
          sink.varint(Math.abs(value));
          sink.zigzag(value);
          sink.int64(value);
        }
        const cursor = cursorOn(sink);
        for (const value of values) {
          expect(readVarint(cursor)).toBe(Math.abs(value));
          expect(readZigzag(cursor)).toBe(BigInt(value));
          expect(cursor.view.getBigInt64(cursor.at, true)).toBe(BigInt(value));
          cursor.at += 8;
        }
      }),
      { seed: 1 },
    );
  });

  it('gives back small zigzag numbers as numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 51) + 1, max: 2 ** 51 - 1 }), (value) => {
        const sink = new ByteSink();
        sink.zigzag(value);
        expect(readWhole(cursorOn(sink))).toBe(value);
      }),
      { seed: 2 },
    );
  });

  it('counts bits', () => {
    const widths = [0, 1, 2, 3, 4, 255, 256, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 52, 2 ** 53 - 1].map(bitsOf);
    expect(widths).toEqual([0, 1, 2, 2, 3, 8, 9, 32, 32, 33, 53, 53]);
  });
});

describe('DELTA_BINARY_PACKED', () => {
  it.each([
    ['small steps', whole],
    [
      'steps of all widths',
      fc.integer({ min: 0, max: 53 }).chain((bits) => fc.integer({ min: 0, max: 2 ** bits - 1 })),
    ],
  ])('gives back values with %s', (_name, value) => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 400 }),
        fc.bigInt({ min: 0n, max: 1n << 62n }),
        (list, base) => {
          const sink = new ByteSink();
          const values = Float64Array.from(list);
          if (!encodeDeltas(sink, values, values.length, base)) {
            const steps = list.map((current, place) => (place === 0 ? 0 : current - list[place - 1]!));
            expect(Math.max(...steps) - Math.min(...steps, 0)).toBeGreaterThanOrEqual(2 ** 51);
            return;
          }
          const out = new Float64Array(values.length + 1).fill(-1);
          const cursor = cursorOn(sink);
          decodeDeltas(cursor, values.length, base, out, 1);
          expect(out.subarray(1)).toEqual(values);
          expect(cursor.at).toBe(sink.length);
        },
      ),
      { seed: 3 },
    );
  });
});

describe('dictionary indices', () => {
  it('gives back runs and mixed values of all widths', () => {
    const runs = fc.array(fc.record({ value: fc.nat(65_535), length: fc.integer({ min: 1, max: 200 }) }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(runs, fc.nat(16), (list, spareBits) => {
        const indices = Uint16Array.from(
          list.flatMap(({ value, length }) => new Array<number>(length).fill(value)),
        );
        const width = Math.min(16, bitsOf(Math.max(...indices)) + spareBits);
        const sink = new ByteSink();
        encodeIndices(sink, indices, indices.length, width);
        const dictionary = Float64Array.from({ length: 65_536 }, (_, index) => index * 3);
        const out = new Float64Array(indices.length);
        const cursor = cursorOn(sink);
        decodeIndices(cursor, indices.length, dictionary, out, 0);
        expect(out).toEqual(Float64Array.from(indices, (index) => index * 3));
        expect(cursor.at).toBe(sink.length);
      }),
      { seed: 4 },
    );
  });

  it('finds distinct values in order of appearance, again and again', () => {
    const builder = new DictionaryBuilder();
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(5), wide), { minLength: 1, maxLength: 300 }), (list) => {
        const column = Float64Array.from(list, (value) => value + 0);
        const indices = new Uint16Array(list.length);
        expect(builder.build(column, list.length, indices)).toBe(true);
        const distinct = [...new Set(column)];
        expect([...builder.values.subarray(0, builder.size)]).toEqual(distinct);
        expect([...indices].map((index) => distinct[index])).toEqual([...column]);
      }),
      { seed: 5 },
    );
  });

  it('gives up where a dictionary would not pay', () => {
    const column = Float64Array.from({ length: 4000 }, (_, row) => row);
    expect(new DictionaryBuilder().build(column, 4000, new Uint16Array(4000))).toBe(false);
  });
});

describe('PLAIN', () => {
  it('gives back numbers less a base', () => {
    fc.assert(
      fc.property(fc.array(wide, { maxLength: 30 }), (list) => {
        const sink = new ByteSink();
        for (const value of list) sink.int64(value);
        const out = new Float64Array(list.length);
        decodePlain(cursorOn(sink), list.length, 0, 0, out, 0);
        expect([...out]).toEqual(list.map((value) => value + 0));
      }),
      { seed: 6 },
    );
  });
});
