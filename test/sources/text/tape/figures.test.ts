import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayOfText,
  NewYorkClock,
  parseClockTime,
  parsePackedTime,
  writeEpochNanos,
} from '../../../../src/sources/text/tape/clock.js';
import {
  parseHexadecimal,
  parseMicros,
  parseSequence,
  parseWhole,
} from '../../../../src/sources/text/tape/figures.js';

type Parse = (bytes: Uint8Array, start: number, end: number) => number;
const of = (parse: Parse, text: string): number => parse(Buffer.from(`x${text}y`), 1, text.length + 1);
const runs = { seed: 20240601, numRuns: 2000 };

describe('decimals in millionths', () => {
  it.each([
    ['24.10', 24_100_000],
    ['0.000001', 1],
    ['157.350000', 157_350_000],
    ['00000045.88', 45_880_000],
    ['-3.5', -3_500_000],
    ['-0', 0],
    ['.5', 500_000],
    ['5.', 5_000_000],
    ['24.1000000', 24_100_000],
    ['1e-05', 10],
    ['1.5E3', 1_500_000_000],
    ['+2', 2_000_000],
    ['9007199254.740991', 9_007_199_254_740_991],
  ])('reads %s', (text, micros) => {
    expect(of(parseMicros, text)).toBe(micros);
  });

  it.each([
    '',
    '.',
    '-',
    '1.2.3',
    '1,5',
    '0.0000001',
    '1e-07',
    '9007199254.740992',
    '1e400',
    'NaN',
    '0x1',
    ' 1',
    '--1',
    '1'.repeat(65),
  ])('refuses %j', (text) => {
    expect(of(parseMicros, text)).toBeNaN();
  });

  it('agrees with exact arithmetic for every decimal of six places', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 6 }), (units, places) => {
        const digits = String(Math.abs(units)).padStart(places + 1, '0');
        const point = digits.length - places;
        const text = `${units < 0 ? '-' : ''}${digits.slice(0, point)}${places > 0 ? '.' : ''}${digits.slice(point)}`;
        const micros = BigInt(units) * 10n ** BigInt(6 - places);
        const isExact =
          micros <= BigInt(Number.MAX_SAFE_INTEGER) && -micros <= BigInt(Number.MAX_SAFE_INTEGER);
        expect(of(parseMicros, text)).toBe(isExact ? Number(micros) + 0 : Number.NaN);
      }),
      runs,
    );
  });
});

describe('whole and hexadecimal numbers', () => {
  it('reads and refuses', () => {
    expect(of(parseWhole, '9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    for (const text of ['9007199254740992', '', '-1', '1.0', '12345678901234567']) {
      expect(of(parseWhole, text)).toBe(-1);
    }
    expect(of(parseSequence, '123.0')).toBe(123);
    expect(of(parseSequence, '1.23e+05')).toBe(123_000);
    expect(of(parseSequence, '')).toBe(0);
    expect(of(parseSequence, '1.5')).toBe(-1);
    expect(of(parseSequence, '-2')).toBe(-1);
    expect(of(parseHexadecimal, '20002020')).toBe(0x20002020);
    expect(of(parseHexadecimal, 'a00000fF')).toBe(0xa00000ff);
    for (const text of ['', '123456789', 'g', ' 1', '-1', '@', '`']) {
      expect(of(parseHexadecimal, text)).toBe(-1);
    }
  });
});

describe('times', () => {
  it('reads clock times with any decimals', () => {
    expect(of(parseClockTime, '9:30:00.017000001')).toBe(34_200_017_000_001);
    expect(of(parseClockTime, '09:30:00')).toBe(34_200_000_000_000);
    expect(of(parseClockTime, '23:59:59.999999999')).toBe(86_399_999_999_999);
    expect(of(parsePackedTime, '093000417837000')).toBe(34_200_417_837_000);
    expect(of(parsePackedTime, '093000417')).toBe(34_200_417_000_000);
    for (const text of [
      '24:00:00',
      '9:60:00',
      '9:30:60',
      '9:3:00',
      '09:30',
      '9:30:00,5',
      '9:30:00.0000000001',
      'x9:30:00',
      '',
    ]) {
      expect(of(parseClockTime, text)).toBe(-1);
    }
    for (const text of ['240000', '09300', '0930000000000000', '09300x'])
      expect(of(parsePackedTime, text)).toBe(-1);
  });

  it('reads days as publishers write them', () => {
    for (const text of ['20180102', '2018-01-02', '2018/01/02', '02JAN2018', '02jan2018']) {
      expect(dayOfText(text)).toBe(20_180_102);
    }
    for (const text of ['01/02/2018', '2018-01/02', '2018012', '02JNU2018', '02ANF2018', ''])
      expect(dayOfText(text)).toBe(-1);
  });

  it('writes the nanoseconds of any instant', () => {
    const column = new BigInt64Array(1);
    const halves = new Uint32Array(column.buffer);
    const rows = {
      setTime(at: number, high: number, low: number) {
        halves[2 * at] = low;
        halves[2 * at + 1] = high;
      },
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_223_000_000 }),
        fc.integer({ min: 0, max: 86_400_000_000_000 }),
        (seconds, nanos) => {
          writeEpochNanos(rows, 0, seconds, nanos);
          expect(column[0]).toBe(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
        },
      ),
      runs,
    );
  });

  it('places New York times by the clock change, on the day of the change too', () => {
    const clock = new NewYorkClock();
    const hours = 3_600_000_000_000;
    const at = (day: number, hour: number): string => {
      expect(clock.select(day)).toBe(true);
      return new Date((clock.midnightFor(hour * hours) + hour * 3600) * 1000).toISOString();
    };
    expect(at(20_180_102, 9.5)).toBe('2018-01-02T14:30:00.000Z');
    expect(at(20_180_702, 9.5)).toBe('2018-07-02T13:30:00.000Z');
    expect(at(20_180_311, 1)).toBe('2018-03-11T06:00:00.000Z');
    expect(at(20_180_311, 3)).toBe('2018-03-11T07:00:00.000Z');
    expect(at(20_181_104, 1)).toBe('2018-11-04T05:00:00.000Z');
    expect(at(20_181_104, 2)).toBe('2018-11-04T07:00:00.000Z');
    for (const day of [20_180_230, 19_000_101, -1, 2018_13_01, 0]) expect(clock.select(day)).toBe(false);
  });
});
