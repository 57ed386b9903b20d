import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateOfDayNumber,
  dayNumber,
  endOfDayInNewYork,
  formatInstant,
  type Instant,
  InvalidRequest,
  type IsoDate,
  isIsoDate,
  newYorkDate,
  newYorkInstant,
  nthWeekday,
  parseInstant,
  parseIsoDate,
  weekday,
  weekNumber,
} from '../../src/core/index.js';

const day = (text: string) => text as IsoDate;
const newYork = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'medium',
  hourCycle: 'h23',
});
/** 'YYYY-MM-DD, HH:MM:SS' on a New York clock. */
const newYorkClock = (instant: number): string => newYork.format(instant);

const FIRST = dayNumber(day('1990-01-01'));
const LAST = dayNumber(day('2030-12-31'));
const anyInstant = fc
  .integer({ min: FIRST * 86_400, max: (LAST + 1) * 86_400 })
  .map((seconds) => (seconds * 1000) as Instant);

describe('New York time against the time zone data base', () => {
  it('begins every day of 1990 to 2030 at the right instant', () => {
    for (let number = FIRST; number <= LAST; number++) {
      const date = dateOfDayNumber(number);
      const midnight = newYorkInstant(date, 0);
      expect(newYorkClock(midnight)).toBe(`${date}, 00:00:00`);
      expect([newYorkDate(midnight), newYorkDate((midnight - 1) as Instant)]).toEqual([
        date,
        addDays(date, -1),
      ]);
    }
  });

  it('knows the date at any instant', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        expect(newYorkDate(instant)).toBe(newYorkClock(instant).slice(0, 10));
      }),
      { numRuns: 2000 },
    );
  });

  it('knows the instant of any wall-clock time, but in the hour that the clock skips', () => {
    const time = fc.tuple(fc.integer({ min: FIRST, max: LAST }), fc.nat(23), fc.nat(59), fc.nat(59));
    fc.assert(
      fc.property(time, ([number, hour, minute, second]) => {
        const date = dateOfDayNumber(number);
        const springs = [
          nthWeekday(Number(date.slice(0, 4)), 3, 0, 2),
          nthWeekday(Number(date.slice(0, 4)), 4, 0, 1),
        ];
        fc.pre(hour !== 2 || !springs.includes(date));
        const clock = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
        expect(newYorkClock(newYorkInstant(date, hour, minute, second))).toBe(`${date}, ${clock}`);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['2024-03-10', 0, '2024-03-10T05:00:00Z'],
    ['2024-03-10', 1, '2024-03-10T06:00:00Z'],
    ['2024-03-10', 3, '2024-03-10T07:00:00Z'],
    ['2024-11-03', 0, '2024-11-03T04:00:00Z'],
    ['2024-11-03', 1, '2024-11-03T05:00:00Z'],
    ['2024-11-03', 2, '2024-11-03T07:00:00Z'],
    ['2006-04-02', 12, '2006-04-02T16:00:00Z'],
    ['2006-10-29', 12, '2006-10-29T17:00:00Z'],
    ['1986-04-27', 12, '1986-04-27T16:00:00Z'],
    ['1986-04-26', 12, '1986-04-26T17:00:00Z'],
  ])('%s %i:00 in New York is %s', (date, hour, expected) => {
    expect(formatInstant(newYorkInstant(day(date), hour))).toBe(expected);
  });

  it('ends a day one second before the next begins', () => {
    for (const date of ['2024-03-09', '2024-03-10', '2024-11-03', '2024-07-01'].map(day)) {
      expect(endOfDayInNewYork(date) + 1000).toBe(newYorkInstant(addDays(date, 1), 0));
    }
  });
});

describe('calendar days', () => {
  it('go to day numbers and back', () => {
    expect(dayNumber(day('1970-01-01'))).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: -25_567, max: 84_005 }), (number) => {
        const date = dateOfDayNumber(number);
        expect(dayNumber(date)).toBe(number);
        expect(isIsoDate(date)).toBe(true);
        expect(weekday(date)).toBe(new Date(`${date}T12:00:00Z`).getUTCDay());
      }),
    );
  });

  it.each(['2024-02-30', '2023-02-29', '2024-13-01', '2024-00-10', '24-01-01', '2024-1-1', '1899-12-31', ''])(
    "do not include '%s'",
    (text) => {
      expect(isIsoDate(text)).toBe(false);
      expect(() => parseIsoDate(text, 'week')).toThrow(InvalidRequest);
      expect(() => parseIsoDate(text, 'week')).toThrow(`week '${text}'`);
    },
  );

  it('have weeks from Monday to Sunday, numbered on', () => {
    expect(weekNumber(day('2024-01-01'))).toBe(weekNumber(day('2024-01-07')));
    expect(weekNumber(day('2024-01-08'))).toBe(weekNumber(day('2024-01-07')) + 1);
    expect(weekNumber(day('1969-12-31'))).toBe(weekNumber(day('1970-01-04')));
  });

  it('count weekdays of a month from either end', () => {
    expect(nthWeekday(2024, 3, 5, 3)).toBe('2024-03-15');
    expect(nthWeekday(2024, 5, 1, -1)).toBe('2024-05-27');
    expect(nthWeekday(2024, 12, 2, -1)).toBe('2024-12-31');
    expect(nthWeekday(2024, 9, 0, 1)).toBe('2024-09-01');
  });
});

describe('moments as text', () => {
  it.each([
    ['2026-04-16', '2026-04-17T03:59:59Z'],
    ['2026-04-17T19:30:00Z', '2026-04-17T19:30:00Z'],
    ['2026-04-17T15:30-04:00', '2026-04-17T19:30:00Z'],
    ['2026-04-17 15:30:00.250-0400', '2026-04-17T19:30:00.250Z'],
  ])('%s is %s', (text, expected) => {
    expect(formatInstant(parseInstant(text))).toBe(expected);
  });

  it.each(['2026-04-17T19:30:00', '2026-02-30T10:00:00Z', '17.4.2026', 'yesterday', '2026-04-17T25:00Z'])(
    "'%s' is none",
    (text) => {
      expect(() => parseInstant(text, 'as-of')).toThrow(`as-of '${text}' is not a moment`);
    },
  );
});
