import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  COT_RELEASE_EXCEPTIONS,
  cotReleaseInstant,
  cotReportDateOfWeek,
  cotReportDates,
  dateOfDayNumber,
  dayNumber,
  formatInstant,
  type Instant,
  InvalidRequest,
  type IsoDate,
  newYorkDate,
  newYorkInstant,
  nextCotRelease,
  weekday,
  weekNumber,
} from '../../src/core/index.js';

const shared = join(import.meta.dirname, '../../../shared/data');
const day = (text: string) => text as IsoDate;
const releaseDay = (reportDate: string) => newYorkDate(cotReleaseInstant(day(reportDate)));
const covered = cotReportDates(day('2010-07-20'), day('2030-12-20'));

/** Release days of a year as the CFTC's schedule lists them: month, then days. */
const daysOfYear = (year: number, months: readonly string[]): string[] =>
  months.flatMap((days, month) =>
    days.split(' ').map((text) => `${year}-${String(month + 1).padStart(2, '0')}-${text.padStart(2, '0')}`),
  );

const SCHEDULES: readonly (readonly [number, readonly string[]])[] = [
  [
    2012,
    [
      '6 13 20 27',
      '3 10 17 24',
      '2 9 16 23 30',
      '6 13 20 27',
      '4 11 18 25',
      '1 8 15 22 29',
      '9 13 20 27',
      '3 10 17 24 31',
      '7 14 21 28',
      '5 12 19 26',
      '2 9 16 26 30',
      '7 14 21 28',
    ],
  ],
  [
    2024,
    [
      '5 12 19 26',
      '2 9 16 23',
      '1 8 15 22 29',
      '5 12 19 26',
      '3 10 17 24 31',
      '7 14 24 28',
      '8 12 19 26',
      '2 9 16 23 30',
      '6 13 20 27',
      '4 11 18 25',
      '1 8 15 22',
      '2 6 13 20 30',
    ],
  ],
  [
    2026,
    [
      '5 9 16 23 30',
      '6 13 20 27',
      '6 13 20 27',
      '3 10 17 24',
      '1 8 15 22 29',
      '5 12 22 26',
      '6 10 17 24 31',
      '7 14 21 28',
      '4 11 18 25',
      '2 9 16 23 30',
      '6 16 20 30',
      '4 11 18 28',
    ],
  ],
];

describe('release days', () => {
  it.each(SCHEDULES)('are those of the schedule of %i', (year, months) => {
    const ours = covered.map(releaseDay).filter((date) => date.startsWith(`${year}`));
    // The first release of 2012-11-30 was incomplete; the complete one followed on 2012-12-05.
    const schedule = daysOfYear(year, months).map((date) => (date === '2012-11-30' ? '2012-12-05' : date));
    expect(ours).toEqual(schedule);
  });

  it.each([
    ['2010-07-20', '2010-07-23', 'an ordinary week, the first report'],
    ['2014-11-11', '2014-11-14', 'a federal holiday on the Tuesday itself'],
    ['2015-06-30', '2015-07-06', 'a federal holiday on the Friday'],
    ['2021-06-15', '2021-06-21', 'the first Juneteenth'],
    ['2023-07-03', '2023-07-07', 'Monday data in place of a Tuesday holiday'],
    ['2023-11-07', '2023-11-13', 'Veterans Day kept on the Friday'],
    ['2021-12-28', '2022-01-03', "New Year's Day kept in the old year"],
    ['2025-04-15', '2025-04-18', 'Good Friday is no federal holiday'],
    ['2025-06-17', '2025-06-23', 'Juneteenth on the Thursday'],
    ['2013-10-01', '2013-10-25', 'the shutdown of 2013'],
    ['2013-11-05', '2013-11-08', 'current again in November 2013'],
    ['2018-12-24', '2019-02-01', 'the shutdown of 2018-19'],
    ['2019-03-05', '2019-03-08', 'current again in March 2019'],
    ['2023-01-31', '2023-02-24', 'the incident at ION'],
    ['2023-03-21', '2023-03-24', 'current again in March 2023'],
    ['2026-04-14', '2026-04-17', 'the record week of the specification'],
  ])('of %s is %s: %s', (reportDate, expected) => {
    expect(releaseDay(reportDate)).toBe(expected);
  });

  it('are at 15:30 New York, in summer and in winter', () => {
    expect(formatInstant(cotReleaseInstant(day('2026-04-14')))).toBe('2026-04-17T19:30:00Z');
    expect(formatInstant(cotReleaseInstant(day('2026-01-06')))).toBe('2026-01-09T20:30:00Z');
  });

  it('come in the order of the reports, never before the third day after and never on a weekend', () => {
    const releases = covered.map(cotReleaseInstant);
    expect(releases).toEqual([...releases].sort((a, b) => a - b));
    for (const [index, reportDate] of covered.entries()) {
      const released = newYorkDate(releases[index]!);
      expect(released >= addDays(reportDate, 3)).toBe(true);
      expect(weekday(released) % 6).not.toBe(0);
    }
  });

  it('never come before the third day after a date, even one that is no report date', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumber(day('2006-06-13')), max: dayNumber(day('2030-12-31')) }),
        (number) => {
          const date = dateOfDayNumber(number);
          expect(releaseDay(date) >= addDays(date, 3)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
    expect(releaseDay('2024-01-06')).toBe('2024-01-10');
  });

  it('of reports made afterwards lie after the first publication', () => {
    expect(releaseDay('2006-06-13')).toBe('2010-12-31');
    expect(releaseDay('2010-07-13')).toBe('2010-12-31');
  });
});

describe('the list of exceptions', () => {
  it('is in order, without doubles, on expected report dates, and each delays', () => {
    const reports = COT_RELEASE_EXCEPTIONS.map((entry) => entry.reportDate);
    expect(reports).toEqual([...new Set(reports)].sort());
    expect(reports.filter((date) => !covered.includes(date))).toEqual([]);
    for (const entry of COT_RELEASE_EXCEPTIONS) {
      expect(entry.releaseDate > addDays(entry.reportDate, 3)).toBe(true);
      expect(entry.reason === null).toBe(entry.certainty === 'announced');
      expect(entry.cause.length * entry.reference.length).toBeGreaterThan(0);
    }
  });
});

describe('the backlogs', () => {
  const releasesOf = (from: string, to: string) =>
    cotReportDates(day(from), day(to))
      .map((date) => releaseDay(date).slice(5))
      .join(' ');

  it('cleared after the incident at ION on the days of the announcements', () => {
    expect(releasesOf('2023-01-24', '2023-03-21')).toBe(
      '01-27 02-24 03-03 03-08 03-10 03-14 03-16 03-21 03-24',
    );
  });

  it('cleared in 2019 on Tuesdays and Fridays, one day later after a Monday holiday', () => {
    const releases = cotReportDates(day('2018-12-24'), day('2019-03-05')).map(releaseDay);
    expect(releases.filter((date) => weekday(date) !== 2 && weekday(date) !== 5)).toEqual(['2019-02-20']);
    expect(new Set(releases.map(day).map(weekNumber)).size).toBe(6);
    expect(new Set(releases).size).toBe(11);
  });

  it('cleared in 2013 by the ends of the announced weeks', () => {
    expect(releasesOf('2013-09-24', '2013-11-12')).toBe('09-27 10-25 11-01 11-01 11-08 11-08 11-08 11-15');
  });
});

describe('report dates', () => {
  it('are Tuesdays but for the Mondays before a holiday and two more', () => {
    expect(covered.filter((date) => weekday(date) !== 2)).toEqual([
      '2012-12-24',
      '2012-12-31',
      '2017-07-03',
      '2018-12-24',
      '2018-12-31',
      '2020-12-21',
      '2023-07-03',
      '2025-11-10',
      '2028-07-03',
      '2029-06-18',
      '2029-12-24',
      '2029-12-31',
    ]);
  });

  it('stay on the Tuesday when only the stock exchange was closed', () => {
    expect(cotReportDateOfWeek(weekNumber(day('2012-10-30')))).toBe('2012-10-30');
  });

  it('are one a week', () => {
    const weeks = covered.map(weekNumber);
    expect(weeks).toEqual(weeks.map((_, index) => weeks[0]! + index));
  });

  it('keep to the span asked for', () => {
    expect(cotReportDates(day('2023-07-04'), day('2023-07-11'))).toEqual(['2023-07-11']);
    expect(cotReportDates(day('2023-07-03'), day('2023-07-03'))).toEqual(['2023-07-03']);
    expect(cotReportDates(day('2023-07-11'), day('2023-07-04'))).toEqual([]);
  });

  it('are unknown outside the exchange calendar', () => {
    expect(() => cotReportDates(day('1989-12-01'), day('1990-02-01'))).toThrow(InvalidRequest);
    expect(() => cotReportDateOfWeek(weekNumber(day('2031-03-05')))).toThrow(/year 2031/);
  });
});

describe('the next release', () => {
  const next = (text: string) => {
    const { reportDate, release } = nextCotRelease(Date.parse(text) as Instant);
    return `${reportDate} ${formatInstant(release)}`;
  };

  it('is strictly after the moment', () => {
    expect(next('2026-04-17T19:29:59Z')).toBe('2026-04-14 2026-04-17T19:30:00Z');
    expect(next('2026-04-17T19:30:00Z')).toBe('2026-04-21 2026-04-24T19:30:00Z');
  });

  it('waits for the backlog of a shutdown', () => {
    expect(next('2025-10-10T12:00:00Z')).toBe('2025-09-30 2025-11-19T20:30:00Z');
    expect(next('2025-12-10T20:30:00Z')).toBe('2025-11-18 2025-12-12T20:30:00Z');
  });

  it('brings the older of two reports that come together', () => {
    expect(next('2013-10-31T12:00:00Z')).toBe('2013-10-08 2013-11-01T19:30:00Z');
  });

  it('is the very first before there was a report', () => {
    expect(next('2009-06-01T00:00:00Z')).toBe('2010-07-20 2010-07-23T19:30:00Z');
  });

  it('lies beyond the calendar at the end of 2030', () => {
    expect(() => next('2031-01-10T00:00:00Z')).toThrow(InvalidRequest);
  });

  it('is the earliest of all releases after the moment', () => {
    const last = newYorkInstant(day('2030-11-29'), 0);
    const expected = covered.map((date) => [date, cotReleaseInstant(date)] as const);
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2010, 6, 1), max: last }), (moment) => {
        const { reportDate, release } = nextCotRelease(moment as Instant);
        expect([reportDate, release]).toEqual(expected.find(([, instant]) => instant > moment));
      }),
      { numRuns: 100 },
    );
  });
});

describe.skipIf(!existsSync(shared))('published facts (needs ../shared/data)', () => {
  it('expects exactly the 841 report dates of the consolidated series', () => {
    const text = readFileSync(join(shared, 'cftc/nasdaq-100-consolidated-weekly-2010-2026.csv'), 'utf8');
    const dates = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.slice(0, 10));
    expect(dates.length).toBe(841);
    expect(cotReportDates(day(dates[0]!), day(dates.at(-1)!))).toEqual(dates);
  });

  it('releases the 20 listed reports on their listed days', () => {
    const { exceptions } = JSON.parse(
      readFileSync(join(shared, 'cftc/cot-release-date-exceptions.json'), 'utf8'),
    ) as { exceptions: { report_date: string; release_date: string; cause: string }[] };
    expect(exceptions.length).toBe(20);
    for (const { report_date, release_date, cause } of exceptions) {
      expect([report_date, releaseDay(report_date)]).toEqual([report_date, release_date]);
      const entry = COT_RELEASE_EXCEPTIONS.find(({ reportDate }) => reportDate === report_date);
      expect(entry?.cause).toBe(cause);
    }
  });
});
