import { dateOfDayNumber, dayNumber, HeldBy, type IsoDate, tradingDays } from '../core/index.js';
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

/** Names, each with the sector that every list of the store puts it in; null where lists differ. */
const NAMES_SQL = `
SELECT symbol, CASE WHEN count(sector) = count(*) AND min(sector) = max(sector) THEN min(sector) END AS sector
FROM constituents GROUP BY symbol ORDER BY symbol`;

const DAILY_SQL = `
WITH listed AS (SELECT unnest($symbols) AS symbol, unnest(range(len($symbols)))::INTEGER AS name)
SELECT name, (date - DATE '1970-01-01')::INTEGER AS day, coalesce(notional, close * volume) AS dollars
FROM prices JOIN listed USING (symbol)
WHERE frequency = 'daily' AND price_basis = 'split-adjusted' AND volume > 0 AND close > 0`;

/** Share of the days of a group that a name needs a price on, so that a change of the sum is a change of trading and not of membership. */
const LEAST_PRESENCE = 0.995;

interface Name {
  readonly symbol: string;
  readonly sector: string | null;
}

/** Rows of prices: the name by its place among all, the day since 1970, and the money traded. */
type DailyDollars = {
  readonly name: Int32Array;
  readonly day: Int32Array;
  readonly dollars: Float64Array;
};

/** Money of a group of names by day, counted from the first day of the store's prices. */
interface GroupDollars {
  readonly names: number;
  readonly ofNames: number;
  readonly dollars: Float64Array;
  readonly isTraded: Uint8Array;
}

/** Of each view, by sector, and of all names under null: every daily price of the store is read once. */
type DollarVolumes = ReadonlyMap<string | null, DollarVolume>;
const READ = new HeldBy<AsOfView, Promise<DollarVolumes>>();

/**
 * The daily money of a sector's names, summed once a view.
 * @returns null where the view holds no daily raw closes with volumes for names of that sector
 */
export async function readDollarVolume(view: AsOfView, sector: string | null): Promise<DollarVolume | null> {
  const volumes = await READ.of(view, '', () => sumDollarVolumes(view));
  return volumes.get(sector) ?? null;
}

async function sumDollarVolumes(view: AsOfView): Promise<DollarVolumes> {
  const names = await view.query<Name>(NAMES_SQL);
  const rows = await view.columns<DailyDollars>(DAILY_SQL, { symbols: names.map(({ symbol }) => symbol) });
  const firstDay = rows.day.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
  const days = rows.day.reduce((most, day) => Math.max(most, day - firstDay + 1), 0);
  const priced = pricedDays(rows, names.length, firstDay, days);
  const sectors = new Set([null, ...names.map(({ sector }) => sector)]);
  const volumes = new Map<string | null, DollarVolume>();
  for (const sector of sectors) {
    const members = names.flatMap((name, i) =>
      (sector === null || name.sector === sector) && priced[i]!.includes(1) ? [i] : [],
    );
    if (members.length === 0) continue;
    const volume = dollarVolume(sector, sumGroup(rows, members, priced, firstDay), firstDay);
    if (volume !== null) volumes.set(sector, volume);
  }
  return volumes;
}

/** The days that each name has a price on. */
function pricedDays({ name, day }: DailyDollars, names: number, firstDay: number, days: number) {
  const priced = Array.from({ length: names }, () => new Uint8Array(days));
  for (let i = 0; i < day.length; i++) priced[name[i]!]![day[i]! - firstDay] = 1;
  return priced;
}

const count = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0);

/** Sums the names of a group that have a price on nearly all of its days, in the order of the rows. */
function sumGroup(
  { name, day, dollars }: DailyDollars,
  members: readonly number[],
  priced: readonly Uint8Array[],
  firstDay: number,
): GroupDollars {
  const days = priced[0]!.length;
  const sessions = count(
    Uint8Array.from({ length: days }, (_, i) => (members.some((member) => priced[member]![i]) ? 1 : 0)),
  );
  const counts = new Uint8Array(priced.length);
  for (const member of members) counts[member] = count(priced[member]!) >= LEAST_PRESENCE * sessions ? 1 : 0;
  const sums = new Float64Array(days);
  const isTraded = new Uint8Array(days);
  for (let i = 0; i < day.length; i++) {
    if (counts[name[i]!] === 0) continue;
    sums[day[i]! - firstDay]! += dollars[i]!;
    isTraded[day[i]! - firstDay] = 1;
  }
  return { names: count(counts), ofNames: members.length, dollars: sums, isTraded };
}
/** @param firstDay since 1970, of the first element of the sums */
function dollarVolume(
  sector: string | null,
  { names, ofNames, dollars, isTraded }: GroupDollars,
  firstDay: number,
): DollarVolume | null {
  const first = isTraded.indexOf(1);
  if (first < 0) return null;
  const sessions = tradingDays(
    dateOfDayNumber(firstDay + first),
    dateOfDayNumber(firstDay + isTraded.lastIndexOf(1)),
  );
  const position = new Map(sessions.map((date, index) => [date, index]));
  const sums = new Float64Array(sessions.length + 1);
  const present = new Uint32Array(sessions.length + 1);
  sessions.forEach((date, index) => {
    const day = dayNumber(date) - firstDay;
    sums[index + 1] = sums[index]! + dollars[day]!;
    present[index + 1] = present[index]! + isTraded[day]!;
  });
  return {
    label: sector === null ? 'all listed names' : `${sector} names`,
    names,
    ofNames,
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
