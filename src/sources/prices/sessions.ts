import {
  addDays,
  closeKnownAt,
  EXCHANGE_CALENDAR_YEARS,
  exchangeClosure,
  type Instant,
  type IsoDate,
  isIsoDate,
  isTradingDay,
  newYorkInstant,
  weekday,
} from '../../core/index.js';
import type { RowProblem } from '../text/index.js';

const MONDAY = 1;
const FRIDAY = 5;
const CACHED_DATES = 20_000;

const SLASHED = /^(\d\d)\/(\d\d)\/(\d{4})$/;

/**
 * True where days are written 04/14/2026, as Cboe writes them: month and day cannot be told apart by one date, but a file
 * with a second part beyond 12 and no first one beyond it has the month in front.
 */
export function isMonthFirst(dates: Iterable<string>): boolean {
  let isTold = false;
  for (const date of dates) {
    const [, first = '', second = ''] = SLASHED.exec(date) ?? [];
    if (first > '12') return false;
    isTold ||= second > '12';
  }
  return isTold;
}

/** A session or a trading week as a price row names it. */
export interface Session {
  readonly date: IsoDate;
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly knownAt: Instant;
  /** Why the exchange was closed on the day; null for sessions and weeks. */
  readonly closure: string | null;
}

type SessionReading = Session | { readonly problem: RowProblem };

/** How a date column reads: the day of a session, the Friday that ends a week or the Monday that starts it. */
type DateColumn = 'date' | 'week_end' | 'week_start';

/**
 * Reads the date column of price files; every distinct text is worked out once. Weekends and, for shares, days on which the
 * exchange was closed are problems; indexes may have a level then (Cboe works out the VIX on some holidays).
 */
export class Sessions {
  readonly #column: DateColumn;
  readonly #isMonthFirst: boolean;
  readonly #read: (date: IsoDate) => SessionReading;
  readonly #known = new Map<string, SessionReading>();

  /** @param isMonthFirst whether days are written 04/14/2026, see `isMonthFirst` */
  constructor(column: DateColumn, isMonthFirst = false) {
    this.#column = column;
    this.#isMonthFirst = isMonthFirst;
    this.#read = { date: readSession, week_end: readWeekEnd, week_start: readWeekStart }[column];
  }

  of(text: string): SessionReading {
    let reading = this.#known.get(text);
    if (reading === undefined) {
      const day = this.#isMonthFirst ? text.replace(SLASHED, '$3-$1-$2') : text;
      reading = isIsoDate(day)
        ? this.#read(day)
        : problem(this.#column, text, 'a day as YYYY-MM-DD', 'the date cannot be read');
      if (this.#known.size >= CACHED_DATES) this.#known.clear();
      this.#known.set(text, reading);
    }
    return reading;
  }
}

function readSession(date: IsoDate): SessionReading {
  const fault = calendarProblem('date', date);
  if (fault !== null) return fault;
  if (isWeekend(date)) return problem('date', date, 'a day from Monday to Friday', 'no session on a weekend');
  const closure = beforeCalendar(date) ? null : exchangeClosure(date);
  return { date, periodStart: date, periodEnd: date, knownAt: knownAfterClose(date), closure };
}

function readWeekEnd(date: IsoDate): SessionReading {
  if (weekday(date) !== FRIDAY)
    return problem('week_end', date, 'a Friday', 'the week does not end on a Friday');
  return calendarProblem('week_end', date) ?? week(date);
}

function readWeekStart(date: IsoDate): SessionReading {
  if (weekday(date) !== MONDAY)
    return problem('week_start', date, 'a Monday', 'the week does not start on a Monday');
  return calendarProblem('week_start', date) ?? week(addDays(date, 4));
}

function week(friday: IsoDate): SessionReading {
  let last = friday;
  while (!beforeCalendar(last) && !isTradingDay(last)) last = addDays(last, -1);
  return {
    date: friday,
    periodStart: addDays(friday, -4),
    periodEnd: friday,
    knownAt: knownAfterClose(last),
    closure: null,
  };
}

function knownAfterClose(session: IsoDate): Instant {
  return beforeCalendar(session) || !isTradingDay(session)
    ? newYorkInstant(session, 16, 15)
    : closeKnownAt(session);
}

function beforeCalendar(date: IsoDate): boolean {
  return Number(date.slice(0, 4)) < EXCHANGE_CALENDAR_YEARS.first;
}

function isWeekend(date: IsoDate): boolean {
  return weekday(date) === 0 || weekday(date) === 6;
}

function calendarProblem(column: DateColumn, date: IsoDate): { readonly problem: RowProblem } | null {
  const { last } = EXCHANGE_CALENDAR_YEARS;
  if (Number(date.slice(0, 4)) <= last) return null;
  return problem(column, date, `a day up to ${last}`, 'beyond the exchange calendar');
}

/** The problem of a share price on a day without a session. */
export function closureProblem({ date, closure }: Session): RowProblem | null {
  if (closure === null) return null;
  const expected = 'a session of the New York Stock Exchange';
  return { column: 'date', found: date, expected, reason: `closed that day: ${closure}` };
}

function problem(
  column: string,
  found: string,
  expected: string,
  reason: string,
): { readonly problem: RowProblem } {
  return { problem: { column, found, expected, reason } };
}
