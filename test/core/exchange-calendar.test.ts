import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  closeKnownAt,
  dateOfDayNumber,
  dayNumber,
  exchangeClosure,
  formatInstant,
  InvalidRequest,
  type IsoDate,
  isHalfDay,
  isTradingDay,
  nextTradingDay,
  previousTradingDay,
  sessionClose,
  tradingDays,
  weekday,
} from '../../src/core/index.js';

const root = join(import.meta.dirname, '../..');
const shared = join(root, '../shared/data');
const day = (text: string) => text as IsoDate;

interface Reference {
  readonly last: IsoDate;
  readonly closures: readonly IsoDate[];
  readonly earlyCloses: Readonly<Record<string, string>>;
}
const references = JSON.parse(
  readFileSync(join(root, 'test/reference/exchange-calendar/reference.json'), 'utf8'),
) as Record<'pandas_market_calendars' | 'exchange_calendars', Reference>;

const weekdays = (from: IsoDate, to: IsoDate): IsoDate[] => {
  const days: IsoDate[] = [];
  for (let at = from; at <= to; at = addDays(at, 1)) if (weekday(at) % 6 !== 0) days.push(at);
  return days;
};

/** Cut short on the day itself; only one of the references keeps them. */
const UNSCHEDULED = ['1994-02-11', '1996-01-08', '1997-10-27', '2005-06-01'];

describe('closures and half days against other implementations', () => {
  for (const [name, reference] of Object.entries(references)) {
    it(`closes on the weekdays of ${name}`, () => {
      const closed = weekdays(day('1990-01-01'), reference.last).filter((at) => !isTradingDay(at));
      expect(closed).toEqual(reference.closures);
      expect(closed.length).toBeGreaterThan(330);
    });

    it(`closes early at the hours of ${name}, unscheduled early closes apart`, () => {
      const ours = weekdays(day('1990-01-01'), reference.last).filter(isHalfDay);
      const hours = Object.fromEntries(ours.map((at) => [at, newYorkTime(sessionClose(at))]));
      const theirs = { ...reference.earlyCloses };
      for (const at of UNSCHEDULED) delete theirs[at];
      // The NYSE closed at 13:00 before the year 2000 (announcement of 1999-06-04); one reference lacks it.
      theirs['1999-12-31'] = '13:00';
      expect(hours).toEqual(theirs);
    });
  }
});

function newYorkTime(instant: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'America/New_York',
    hour: '2-digit',
    minute: '2-digit',
  }).format(instant);
}

describe('known facts', () => {
  it('has the sessions of each year that the exchange reports', () => {
    const perYear = [
      [1990, 253],
      [1992, 254],
      [1994, 252],
      [2001, 248],
      [2007, 251],
      [2012, 250],
      [2020, 253],
      [2023, 250],
      [2024, 252],
      [2025, 250],
    ];
    for (const [year, sessions] of perYear) {
      expect([year, tradingDays(day(`${year}-01-01`), day(`${year}-12-31`)).length]).toEqual([
        year,
        sessions,
      ]);
    }
  });

  it.each([
    ['1994-04-27', 'funeral of President Nixon'],
    ['2001-09-11', 'attacks of September 11'],
    ['2001-09-14', 'attacks of September 11'],
    ['2004-06-11', 'funeral of President Reagan'],
    ['2007-01-02', 'mourning for President Ford'],
    ['2012-10-30', 'hurricane Sandy'],
    ['2018-12-05', 'funeral of President Bush'],
    ['2025-01-09', 'funeral of President Carter'],
    ['1998-01-19', 'Martin Luther King Jr. Day'],
    ['2021-12-24', 'Christmas Day'],
    ['2022-06-20', 'Juneteenth'],
    ['2024-03-29', 'Good Friday'],
    ['2026-07-03', 'Independence Day'],
  ])('is closed on %s: %s', (date, reason) => {
    expect(exchangeClosure(day(date))).toBe(reason);
    expect(isTradingDay(day(date))).toBe(false);
    expect(isHalfDay(day(date))).toBe(false);
  });

  it.each(['2010-12-31', '2021-12-31', '1997-01-20', '2021-06-18', '2001-09-10', '2001-09-17'])(
    'is open on %s',
    (date) => {
      expect(isTradingDay(day(date))).toBe(true);
      expect(exchangeClosure(day(date))).toBeNull();
    },
  );

  it('closes at 16:00 New York, 13:00 on half days, and tells the close a quarter of an hour later', () => {
    expect(formatInstant(sessionClose(day('2024-01-02')))).toBe('2024-01-02T21:00:00Z');
    expect(formatInstant(sessionClose(day('2024-07-02')))).toBe('2024-07-02T20:00:00Z');
    expect(formatInstant(sessionClose(day('2024-07-03')))).toBe('2024-07-03T17:00:00Z');
    expect(formatInstant(sessionClose(day('1990-12-24')))).toBe('1990-12-24T19:00:00Z');
    expect(formatInstant(closeKnownAt(day('2024-11-29')))).toBe('2024-11-29T18:15:00Z');
  });

  it('tells a close that is dated on a holiday like one of a full session', () => {
    expect(formatInstant(closeKnownAt(day('2024-11-28')))).toBe('2024-11-28T21:15:00Z');
  });

  it('has no close on a day without a session, and says why', () => {
    expect(() => sessionClose(day('2024-07-04'))).toThrow(/2024-07-04 .*Independence Day/);
    expect(() => sessionClose(day('2024-07-06'))).toThrow(/2024-07-06 .*weekend/);
  });
});

describe('the edges of the calendar', () => {
  it('names the year it does not know', () => {
    for (const [call, year] of [
      [() => isTradingDay(day('1989-12-29')), '1989'],
      [() => isHalfDay(day('2031-01-02')), '2031'],
      [() => previousTradingDay(day('1990-01-02')), '1989'],
      [() => nextTradingDay(day('2030-12-31')), '2031'],
      [() => tradingDays(day('2030-12-30'), day('2031-01-03')), '2031'],
      [() => isTradingDay(day('2031-01-04')), '2031'],
    ] as const) {
      expect(call).toThrow(InvalidRequest);
      expect(call).toThrow(new RegExp(`year ${year} is outside .* 1990 to 2030`));
    }
  });

  it('gives no sessions for a span that ends before it starts', () => {
    expect(tradingDays(day('2024-01-05'), day('2024-01-02'))).toEqual([]);
  });
});

describe('previous and next session', () => {
  const anyDay = fc
    .integer({ min: dayNumber(day('1990-02-01')), max: dayNumber(day('2030-11-30')) })
    .map((number) => dateOfDayNumber(number));

  it('are sessions strictly before and after, with none between', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const [before, after] = [previousTradingDay(date), nextTradingDay(date)];
        expect(before < date && date < after).toBe(true);
        const between = tradingDays(before, after);
        expect(between).toEqual(isTradingDay(date) ? [before, date, after] : [before, after]);
        // Eight around 2001-09-17: closed from 09-11 to 09-14, and a session on the day itself.
        expect(dayNumber(after) - dayNumber(before)).toBeLessThanOrEqual(8);
      }),
      { numRuns: 500, examples: [['2001-09-17' as IsoDate]] },
    );
  });
});

describe.skipIf(!existsSync(shared))('real sessions (needs ../shared/data)', () => {
  const column = (file: string, index: number, keep: (fields: string[]) => boolean): IsoDate[] => {
    const bytes = readFileSync(join(shared, file));
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const rows = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    return [...new Set(rows.filter(keep).map((fields) => fields[index] as IsoDate))].sort();
  };

  it.each([
    ['S&P 500 index', 'prices/index-daily-2005-2026.csv.gz', '^GSPC'],
    ['SPY', 'prices/etf-daily-adjusted-2010-2026.csv.gz', 'SPY'],
    ['XLK', 'prices/sector-etf-daily-2010-2026.csv.gz', 'XLK'],
  ])('every price of %s is of a session, and every session has one', (_, file, symbol) => {
    const dates = column(file, 0, (fields) => fields[1] === symbol);
    expect(dates.length).toBeGreaterThan(4000);
    expect(dates).toEqual(tradingDays(dates[0]!, dates.at(-1)!));
  });

  it('every session since 1990 but four has a VIX, and other days have one only on holidays of its longer hours', () => {
    const dates = column('macro/vix-daily-1990-2026.csv', 0, () => true);
    const known = new Set(dates);
    const missing = tradingDays(dates[0]!, dates.at(-1)!).filter((date) => !known.has(date));
    expect(missing).toEqual(['1991-03-01', '1997-01-31', '1997-11-26', '1999-12-31']);
    const others = dates.filter((date) => !isTradingDay(date));
    expect(others.filter((date) => exchangeClosure(date) === null)).toEqual([]);
    expect(others.filter((date) => date < '2022-05-30')).toEqual(['2004-06-11']);
  });
});
