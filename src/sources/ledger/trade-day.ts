import {
  closeKnownAt,
  EXCHANGE_CALENDAR_YEARS,
  exchangeClosure,
  type Instant,
  type IsoDate,
  isIsoDate,
  isTradingDay,
  newYorkDate,
} from '../../core/index.js';
import type { RowProblem } from '../text/index.js';

const HOUR_MS = 3_600_000;
const ISO_INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:(Z)|([+-]\d\d)(?::?(\d\d))?)$/;
const CACHED_DAYS = 20_000;

/** When an execution took place, as far as the row tells, and when it was known. */
export interface TradeDay {
  readonly tradeDate: IsoDate;
  readonly executedAt: Instant | null;
  readonly knownAt: Instant;
}

/**
 * The day whose session an execution belongs to: the calendar day in New York, and from 20:00 on, when overnight trading
 * of the next session begins, the day after.
 */
export function sessionDayOf(executedAt: Instant): IsoDate {
  return newYorkDate((executedAt + 4 * HOUR_MS) as Instant);
}

/** An ISO 8601 instant with its zone (Z, +hh, +hhmm or +hh:mm); null for everything else. Below milliseconds is cut. */
function parseExecutedAt(text: string): Instant | null {
  const match = ISO_INSTANT.exec(text);
  if (match === null || !isIsoDate(match[1]!)) return null;
  const [, day, time, utc, hours, minutes = '00'] = match;
  const ms = Date.parse(`${day}T${time}${utc ?? `${hours}:${minutes}`}`);
  return Number.isFinite(ms) ? (ms as Instant) : null;
}

type DayReading =
  | { readonly date: IsoDate; readonly closeKnownAt: Instant }
  | { readonly problem: RowProblem };

const problem = (column: string, found: string, expected: string, reason: string) => ({
  problem: { column, found, expected, reason },
});

/** Reads the two columns of time; every day is looked up in the calendar once. */
export class TradeDays {
  readonly #sessions = new Map<string, string | Instant>();

  /** @param executedAt blank where the file has none; likewise tradeDate */
  of(executedAt: string, tradeDate: string): TradeDay | { readonly problem: RowProblem } {
    if (executedAt === '') return this.#ofDateAlone(tradeDate);
    const instant = parseExecutedAt(executedAt);
    if (instant === null)
      return problem(
        'executed_at',
        executedAt,
        'an ISO 8601 instant with its zone, such as 2026-04-14T13:30:00Z',
        'the time cannot be read',
      );
    const ownDay = sessionDayOf(instant);
    if (tradeDate === '') {
      const day = this.#session('executed_at', ownDay, executedAt);
      return 'problem' in day ? day : { tradeDate: day.date, executedAt: instant, knownAt: instant };
    }
    const day = this.#session('trade_date', tradeDate, tradeDate);
    if ('problem' in day) return day;
    if (tradeDate !== ownDay && tradeDate !== newYorkDate(instant))
      return problem(
        'trade_date',
        tradeDate,
        `${ownDay}, the day in New York of ${executedAt}`,
        'the two columns of time contradict each other',
      );
    return { tradeDate: day.date, executedAt: instant, knownAt: instant };
  }

  #ofDateAlone(tradeDate: string): TradeDay | { readonly problem: RowProblem } {
    const day = this.#session('trade_date', tradeDate, tradeDate);
    return 'problem' in day ? day : { tradeDate: day.date, executedAt: null, knownAt: day.closeKnownAt };
  }

  #session(column: string, date: string, found: string): DayReading {
    let known = this.#sessions.get(date);
    if (known === undefined) {
      known = sessionOrReason(date);
      if (this.#sessions.size >= CACHED_DAYS) this.#sessions.clear();
      this.#sessions.set(date, known);
    }
    if (typeof known === 'number') return { date: date as IsoDate, closeKnownAt: known };
    return problem(column, found, 'a session of the New York Stock Exchange, as YYYY-MM-DD', known);
  }
}

/** When the close of the day is known, or why the day is no session. */
function sessionOrReason(date: string): Instant | string {
  const { first, last } = EXCHANGE_CALENDAR_YEARS;
  if (!isIsoDate(date)) return 'the day cannot be read';
  const year = Number(date.slice(0, 4));
  if (year < first || year > last) return `outside the exchange calendar, ${first} to ${last}`;
  if (isTradingDay(date)) return closeKnownAt(date);
  return `no session on ${date}: ${exchangeClosure(date) ?? 'a weekend'}`;
}
