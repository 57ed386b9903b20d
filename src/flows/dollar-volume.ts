import { HeldBy, type IsoDate, tradingDays } from '../core/index.js';
import type { AsOfView } from '../store/index.js';

const DAYS_BEFORE = 60;

/** Daily money traded in the names of a sector (all names for the broad index) that are present throughout. */
export interface DollarVolume {
  readonly label: string;
  /** Names used, of those of the sector with any daily price. */
  readonly names: number;
  readonly ofNames: number;
  /**
   * Mean dollars a day over the 60 trading days before the period, times the trading days in it.
   * @returns null where one of the 60 days has no data
   */
  overPeriod(periodStart: IsoDate, periodEnd: IsoDate): number | null;
}

interface DailyRow {
  date: IsoDate;
  dollars: number;
  names: number;
  ofNames: number;
}

/**
 * Names count only where the lists of the store never put them in another sector and where they have a price on at
 * least 99.5 % of the days, so that a change of the sum is a change of trading and not of membership.
 */
const DAILY_SQL = `
WITH listed AS (
  SELECT symbol FROM constituents GROUP BY symbol
  HAVING $sector IS NULL OR bool_and(sector IS NOT DISTINCT FROM $sector)
), daily AS (
  SELECT symbol, date, coalesce(notional, close * volume) AS dollars FROM prices SEMI JOIN listed USING (symbol)
  WHERE frequency = 'daily' AND price_basis = 'split-adjusted' AND volume > 0 AND close > 0
), span AS (SELECT count(DISTINCT date) AS sessions, count(DISTINCT symbol) AS of_names FROM daily),
complete AS (
  SELECT symbol FROM daily GROUP BY symbol HAVING count(DISTINCT date) >= 0.995 * (SELECT sessions FROM span)
)
SELECT date, sum(dollars) AS dollars, (SELECT count(*) FROM complete) AS names, (SELECT of_names FROM span) AS of_names
FROM daily SEMI JOIN complete USING (symbol) GROUP BY date ORDER BY date`;

/** Of each view, by sector: the sum runs over every daily price of the store. */
const READ = new HeldBy<AsOfView, Promise<DollarVolume | null>>();

/**
 * The daily money of a sector's names, summed once a view.
 * @returns null where the view holds no daily raw closes with volumes for names of that sector
 */
export function readDollarVolume(view: AsOfView, sector: string | null): Promise<DollarVolume | null> {
  return READ.of(view, sector ?? 'all', () => sumDollarVolume(view, sector));
}

async function sumDollarVolume(view: AsOfView, sector: string | null): Promise<DollarVolume | null> {
  const rows = await view.query<DailyRow>(DAILY_SQL, { sector });
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return null;
  const byDate = new Map(rows.map((row) => [row.date, row.dollars]));
  const sessions = tradingDays(first.date, last.date);
  const position = new Map(sessions.map((date, index) => [date, index]));
  const sums = new Float64Array(sessions.length + 1);
  const present = new Uint32Array(sessions.length + 1);
  sessions.forEach((date, index) => {
    const dollars = byDate.get(date);
    sums[index + 1] = sums[index]! + (dollars ?? 0);
    present[index + 1] = present[index]! + (dollars === undefined ? 0 : 1);
  });
  return {
    label: sector === null ? 'all listed names' : `${sector} names`,
    names: first.names,
    ofNames: first.ofNames,
    overPeriod(periodStart, periodEnd) {
      const days = tradingDays(periodStart, periodEnd);
      const end = days[0] === undefined ? undefined : position.get(days[0]);
      if (end === undefined || end < DAYS_BEFORE) return null;
      if (present[end]! - present[end - DAYS_BEFORE]! < DAYS_BEFORE) return null;
      return ((sums[end]! - sums[end - DAYS_BEFORE]!) / DAYS_BEFORE) * days.length;
    },
  };
}

/** Dollars traded over each period of a calendar at the pace before it; NaN where that is not known. */
export function volumeOverPeriods(
  volume: DollarVolume | null,
  calendar: { readonly periodStarts: readonly IsoDate[]; readonly periodEnds: readonly IsoDate[] },
): Float64Array {
  const { periodStarts, periodEnds } = calendar;
  return Float64Array.from(periodEnds, (end, i) => volume?.overPeriod(periodStarts[i]!, end) ?? Number.NaN);
}
