import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  CALENDAR_FLAGS,
  type CalendarFlag,
  cotReportDates,
  dateOfDayNumber,
  dayNumber,
  InvalidRequest,
  type IsoDate,
  weekday,
  weekFlags,
} from '../../src/core/index.js';

const day = (text: string) => text as IsoDate;
const daysWith = (flag: CalendarFlag, from: string, to: string): IsoDate[] => {
  const days: IsoDate[] = [];
  for (let at = day(from); at <= to; at = addDays(at, 1)) if (weekFlags(at, at).includes(flag)) days.push(at);
  return days;
};

describe('flags by the days that carry them', () => {
  it.each<[CalendarFlag, number, string]>([
    ['quadruple-witching', 2024, '03-15 06-21 09-20 12-20'],
    ['quadruple-witching', 2008, '03-20 06-20 09-19 12-19'],
    ['quadruple-witching', 2026, '03-20 06-18 09-18 12-18'],
    ['sp-rebalance', 2026, '03-20 06-18 09-18 12-18'],
    ['nasdaq-rebalance', 2022, '03-18 06-17 09-16 12-16'],
    ['nasdaq-rebalance', 2023, '03-17 06-16 07-21 09-15 12-15'],
    ['nasdaq-rebalance', 2011, '03-18 04-29 06-17 09-16 12-16'],
    ['russell-rebalance', 2002, '06-28'],
    ['russell-rebalance', 2003, '06-30'],
    ['russell-rebalance', 2006, '06-30'],
    ['russell-rebalance', 2012, '06-22'],
    ['russell-rebalance', 2018, '06-22'],
    ['russell-rebalance', 2020, '06-26'],
    ['russell-rebalance', 2024, '06-28'],
    ['russell-rebalance', 2026, '06-26 12-11'],
    ['quarter-end', 2024, '03-28 06-28 09-30 12-31'],
    ['month-end', 2023, '01-31 02-28 03-31 04-28 05-31 06-30 07-31 08-31 09-29 10-31 11-30 12-29'],
    [
      'holiday-shortened',
      2024,
      '01-01 01-15 02-19 03-29 05-27 06-19 07-03 07-04 09-02 11-28 11-29 12-24 12-25',
    ],
  ])('%s in %i', (flag, year, expected) => {
    const days = daysWith(flag, `${year}-01-01`, `${year}-12-31`);
    expect(days.map((date) => date.slice(5)).join(' ')).toBe(expected);
  });

  it('rolls from the Thursday eight days before the third Friday to the expiry', () => {
    expect(daysWith('futures-roll', '2014-12-01', '2014-12-31')).toEqual([
      '2014-12-11',
      '2014-12-12',
      '2014-12-15',
      '2014-12-16',
      '2014-12-17',
      '2014-12-18',
      '2014-12-19',
    ]);
  });

  it('rolls to the Thursday when the Friday is a holiday', () => {
    expect(daysWith('futures-roll', '2026-06-15', '2026-06-30')).toEqual([
      '2026-06-15',
      '2026-06-16',
      '2026-06-17',
      '2026-06-18',
    ]);
  });
});

describe('flags of a period', () => {
  it('of a CFTC week are those of its days from Wednesday to Tuesday', () => {
    expect(weekFlags(day('2024-03-13'), day('2024-03-19'))).toEqual([
      'quadruple-witching',
      'sp-rebalance',
      'nasdaq-rebalance',
      'futures-roll',
    ]);
    expect(weekFlags(day('2024-03-20'), day('2024-03-26'))).toEqual([]);
    expect(weekFlags(day('2024-03-27'), day('2024-04-02'))).toEqual([
      'month-end',
      'quarter-end',
      'holiday-shortened',
    ]);
    expect(weekFlags(day('2026-04-08'), day('2026-04-14'))).toEqual([]);
  });

  it('of a weekend are none', () => {
    expect(weekFlags(day('2024-06-29'), day('2024-06-30'))).toEqual([]);
  });

  it('are the union of the flags of its parts, in fixed order', () => {
    const first = dayNumber(day('1990-01-01'));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14_800 }), fc.nat(60), fc.nat(60), (offset, length, longer) => {
        const start = dateOfDayNumber(first + offset);
        const middle = addDays(start, length);
        const end = addDays(middle, 1 + longer);
        const parts = new Set([...weekFlags(start, middle), ...weekFlags(addDays(middle, 1), end)]);
        expect(weekFlags(start, end)).toEqual(CALENDAR_FLAGS.filter((flag) => parts.has(flag)));
      }),
      { numRuns: 200 },
    );
  });

  it('mark about half of all CFTC weeks', () => {
    const dates = cotReportDates(day('2010-07-20'), day('2026-08-25'));
    const flagged = dates
      .slice(1)
      .filter((end, index) => weekFlags(addDays(dates[index]!, 1), end).length > 0);
    expect(flagged.length / (dates.length - 1)).toBeGreaterThan(0.45);
    expect(flagged.length / (dates.length - 1)).toBeLessThan(0.6);
  });

  it('of witching fall on one day a quarter, a Friday but for holidays', () => {
    const days = daysWith('quadruple-witching', '1990-01-01', '2030-12-31');
    expect(days.length).toBe(41 * 4);
    expect(days.filter((date) => weekday(date) !== 5)).toEqual(['2008-03-20', '2026-06-18', '2027-06-17']);
  });

  it('need a period that the calendar holds and that does not end before it starts', () => {
    expect(() => weekFlags(day('2024-01-02'), day('2024-01-01'))).toThrow(/2024-01-02 to 2024-01-01/);
    expect(() => weekFlags(day('1989-12-27'), day('1990-01-02'))).toThrow(InvalidRequest);
    expect(() => weekFlags(day('2030-12-25'), day('2031-01-07'))).toThrow(/year 2031/);
  });
});
