import { addDays, nthWeekday } from './dates.js';
import { InvalidRequest } from './errors.js';
import { exchangeClosure, isHalfDay, isTradingDay, previousTradingDay } from './exchange-calendar.js';
import { fixedDate, isWeekend } from './holiday-rules.js';
import type { IsoDate } from './units.js';

/** What is special about the days of a period; definitions in docs/concepts/exchange-calendar.md. */
export const CALENDAR_FLAGS = [
  'quadruple-witching',
  'sp-rebalance',
  'nasdaq-rebalance',
  'russell-rebalance',
  'futures-roll',
  'month-end',
  'quarter-end',
  'holiday-shortened',
] as const;
export type CalendarFlag = (typeof CALENDAR_FLAGS)[number];

/**
 * Flags of the days from periodStart to periodEnd, both inclusive, whatever the length of the period, in the order of
 * CALENDAR_FLAGS.
 * @throws {InvalidRequest} outside 1990..2030, or when the period ends before it starts
 */
export function weekFlags(periodStart: IsoDate, periodEnd: IsoDate): CalendarFlag[] {
  if (periodEnd < periodStart) {
    throw new InvalidRequest(`period ${periodStart} to ${periodEnd} ends before it starts; swap the dates`);
  }
  const found = new Set<CalendarFlag>();
  for (let day = periodStart; day <= periodEnd; day = addDays(day, 1)) {
    for (const flag of flagsOfYear(Number(day.slice(0, 4))).get(day) ?? []) found.add(flag);
    if (!isWeekend(day) && (exchangeClosure(day) !== null || isHalfDay(day))) found.add('holiday-shortened');
  }
  return CALENDAR_FLAGS.filter((flag) => found.has(flag));
}

const FRIDAY = 5;
const QUARTER_MONTHS = [3, 6, 9, 12];

/** Special rebalances of the NASDAQ-100 against concentration: last session before each took effect. */
const SPECIAL_NASDAQ_REBALANCES = ['2011-04-29', '2023-07-21'] as IsoDate[];

type FlagsByDay = ReadonlyMap<IsoDate, readonly CalendarFlag[]>;
const years = new Map<number, FlagsByDay>();

function flagsOfYear(year: number): FlagsByDay {
  let known = years.get(year);
  if (known === undefined) {
    known = buildYear(year);
    years.set(year, known);
  }
  return known;
}

function buildYear(year: number): FlagsByDay {
  const byDay = new Map<IsoDate, CalendarFlag[]>();
  const mark = (day: IsoDate, ...flags: CalendarFlag[]) =>
    byDay.set(day, [...(byDay.get(day) ?? []), ...flags]);
  for (const month of QUARTER_MONTHS) {
    const thirdFriday = nthWeekday(year, month, FRIDAY, 3);
    mark(sessionOnOrBefore(thirdFriday), 'quadruple-witching', 'sp-rebalance', 'nasdaq-rebalance');
    for (const day of rollDays(thirdFriday)) mark(day, 'futures-roll');
    mark(lastSession(year, month), 'quarter-end');
  }
  for (let month = 1; month <= 12; month++) mark(lastSession(year, month), 'month-end');
  for (const day of russellReconstitutions(year)) mark(sessionOnOrBefore(day), 'russell-rebalance');
  for (const day of SPECIAL_NASDAQ_REBALANCES) if (day.startsWith(`${year}`)) mark(day, 'nasdaq-rebalance');
  return byDay;
}

/** Sessions from CME's roll date, the Thursday eight days before the third Friday, to expiry. */
function rollDays(thirdFriday: IsoDate): IsoDate[] {
  return [-8, -7, -4, -3, -2, -1, 0].map((days) => addDays(thirdFriday, days)).filter(isTradingDay);
}

/**
 * To 2003 the last session of June, 2004 to 2006 the last Friday of June, then the fourth Friday of June; from 2026 the
 * second Friday of December as well.
 */
function russellReconstitutions(year: number): IsoDate[] {
  if (year < 2004) return [lastSession(year, 6)];
  if (year < 2007) return [nthWeekday(year, 6, FRIDAY, -1)];
  const june = nthWeekday(year, 6, FRIDAY, 4);
  return year < 2026 ? [june] : [june, nthWeekday(year, 12, FRIDAY, 2)];
}

function lastSession(year: number, month: number): IsoDate {
  const firstOfNext = month === 12 ? fixedDate(year + 1, 1, 1) : fixedDate(year, month + 1, 1);
  return previousTradingDay(firstOfNext);
}

function sessionOnOrBefore(day: IsoDate): IsoDate {
  return isTradingDay(day) ? day : previousTradingDay(day);
}
