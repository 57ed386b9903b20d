import {
  addDays,
  type CalendarFlag,
  type IsoDate,
  isHalfDay,
  newYorkInstant,
  weekday,
  weekFlags,
} from '../../core/index.js';
import type { StockMarket } from '../stocks.js';
import { type ShareFactors, shareFactors } from '../traded-prices.js';
import { LEDGER_PROCESS } from './ledger-classes.js';

/** A week from Monday to Friday with the places of its sessions. */
export interface MarketWeek {
  readonly start: IsoDate;
  /** Last session of the week. */
  readonly end: IsoDate;
  readonly firstSession: number;
  readonly lastSession: number;
  readonly flags: readonly CalendarFlag[];
}

/** What executions are made from: weeks, prices as traded, and usual volumes. */
export interface LedgerMarket {
  readonly stocks: StockMarket;
  readonly weeks: readonly MarketWeek[];
  readonly factors: readonly ShareFactors[];
  /** Mean daily dollar volume of the sessions before each week, times the week's sessions; by stock. */
  readonly usualVolume: readonly Float64Array[];
  /** Start of trading of each session, and how long it lasts in seconds. */
  readonly opens: readonly number[];
  readonly seconds: readonly number[];
  /** Places of the technology stocks. */
  readonly technology: readonly number[];
}

const FULL_SESSION_SECONDS = 6.5 * 3600;
const HALF_SESSION_SECONDS = 3.5 * 3600;
const MONDAY = 1;

/** Whole weeks that have all volumes before them, up to the last one that has ended. */
export function ledgerMarket(stocks: StockMarket): LedgerMarket {
  const { sessions } = stocks;
  const weeks = marketWeeks(sessions).filter(
    ({ firstSession }) => firstSession >= LEDGER_PROCESS.volumeSessions,
  );
  return {
    stocks,
    weeks,
    factors: stocks.stocks.map((stock) => shareFactors(sessions, stock)),
    usualVolume: stocks.stocks.map(({ bars }) => usualVolumes(bars, weeks)),
    opens: sessions.map((date) => newYorkInstant(date, 9, 30)),
    seconds: sessions.map((date) => (isHalfDay(date) ? HALF_SESSION_SECONDS : FULL_SESSION_SECONDS)),
    technology: [...stocks.stocks.keys()].filter(
      (j) => stocks.stocks[j]!.gicsSector === 'Information Technology',
    ),
  };
}

function marketWeeks(sessions: readonly IsoDate[]): MarketWeek[] {
  const mondayOf = (date: IsoDate): IsoDate => addDays(date, -((weekday(date) + 6) % 7));
  const weeks: MarketWeek[] = [];
  let first = 0;
  while (first < sessions.length) {
    const start = mondayOf(sessions[first]!);
    const friday = addDays(start, 4);
    let last = first;
    while (last + 1 < sessions.length && sessions[last + 1]! <= friday) last++;
    const end = sessions[last]!;
    const hasEnded = last + 1 < sessions.length || end === friday;
    if (hasEnded)
      weeks.push({ start, end, firstSession: first, lastSession: last, flags: weekFlags(start, friday) });
    first = last + 1;
  }
  return weekday(sessions[0]!) === MONDAY ? weeks : weeks.slice(1);
}

function usualVolumes(
  { close, volume }: { readonly close: Float64Array; readonly volume: Float64Array },
  weeks: readonly MarketWeek[],
): Float64Array {
  const total = new Float64Array(close.length + 1);
  for (let i = 0; i < close.length; i++) total[i + 1] = total[i]! + close[i]! * volume[i]!;
  const { volumeSessions } = LEDGER_PROCESS;
  return Float64Array.from(weeks, ({ firstSession, lastSession }) => {
    const mean = (total[firstSession]! - total[firstSession - volumeSessions]!) / volumeSessions;
    return mean * (lastSession - firstSession + 1);
  });
}
