import {
  dateOfDayNumber,
  dayNumber,
  groupBy,
  type IsoDate,
  type Sector,
  type SourceRef,
} from '../../../core/index.js';
import { seasonalSurprises } from '../../../stats/index.js';
import type { AsOfView } from '../../../store/index.js';
import { type FiledQuarter, OF_SECTOR, readFiledQuarters } from './filed-quarters.js';
import { type FactorPeriods, type PeriodFactor, periodOfNews } from './period-factor.js';

interface Announcement {
  symbol: string;
  day: number;
  isBeat: boolean;
  isMiss: boolean;
}

/** A surprise of one company on the day it was filed, in standard deviations of its own seasonal differences. */
export interface FiledSurprise {
  readonly symbol: string;
  readonly day: number;
  readonly surprise: number;
}

const YEAR_DAYS = 364;
/** One company is not the news of a sector: surprises count to five standard deviations. */
const LARGEST_SURPRISE = 5;
const FEWEST_FOLLOWED = 10;
const FEWEST_REPORTERS = 5;

/** One announcement a company and fortnight: lists that hold the same one may date it a day apart. */
const ANNOUNCED_SQL = `SELECT symbol, (event_date - DATE '1970-01-01')::INTEGER AS day,
    eps_actual > eps_estimate AS is_beat, eps_actual < eps_estimate AS is_miss
  FROM earnings_events
  WHERE stage = 'announcement' AND eps_actual IS NOT NULL AND eps_estimate IS NOT NULL AND ${OF_SECTOR}
  QUALIFY coalesce(event_date - lag(event_date) OVER (PARTITION BY symbol ORDER BY event_date, list, listed_symbol) > 14, true)
  ORDER BY day, symbol`;

/**
 * Standardised unexpected earnings of every company with history enough: net income as filed against a seasonal random walk
 * with drift (Foster 1977), from quarters filed before alone.
 */
function surprisesOf(filed: readonly FiledQuarter[]): FiledSurprise[] {
  const surprises: FiledSurprise[] = [];
  for (const [symbol, rows] of groupBy(filed, (row) => row.symbol)) {
    const numbers = rows.map(({ quarter }) => quarter);
    const first = Math.min(...numbers);
    const series = new Float64Array(Math.max(...numbers) - first + 1).fill(Number.NaN);
    for (const { quarter, netIncome } of rows) series[quarter - first] = netIncome;
    const { standardised } = seasonalSurprises(series);
    for (const { quarter, day } of rows) {
      const surprise = standardised[quarter - first]!;
      if (!Number.isNaN(surprise)) surprises.push({ symbol, day, surprise });
    }
  }
  return surprises.sort((a, b) => a.day - b.day || (a.symbol < b.symbol ? -1 : 1));
}

/** Reads the surprises known to a view, of a sector or of all companies. */
export async function readFiledSurprises(view: AsOfView, sector: Sector | null): Promise<FiledSurprise[]> {
  return surprisesOf(await readFiledQuarters(view, sector));
}

/** Companies seen in the year up to each period's end, whatever they said. */
function followedBy(
  periods: FactorPeriods,
  events: readonly { symbol: string; day: number }[],
): Float64Array {
  let [from, to] = [0, 0];
  const inWindow = new Map<string, number>();
  return Float64Array.from(periods.ends, (end) => {
    const last = dayNumber(end);
    for (; to < events.length && events[to]!.day <= last; to++)
      inWindow.set(events[to]!.symbol, (inWindow.get(events[to]!.symbol) ?? 0) + 1);
    for (; from < to && events[from]!.day <= last - YEAR_DAYS; from++) {
      const left = inWindow.get(events[from]!.symbol)! - 1;
      if (left === 0) inWindow.delete(events[from]!.symbol);
      else inWindow.set(events[from]!.symbol, left);
    }
    return inWindow.size;
  });
}

function sumsOf<Event extends { day: number }>(
  periods: FactorPeriods,
  events: readonly Event[],
  value: (event: Event) => number,
): { readonly sums: Float64Array; readonly counts: Float64Array } {
  const periodOf = periodOfNews(periods);
  const sums = new Float64Array(periods.count);
  const counts = new Float64Array(periods.count);
  for (const event of events) {
    const period = periodOf(event.day);
    if (period < 0) continue;
    sums[period]! += value(event);
    counts[period]!++;
  }
  return { sums, counts };
}

/** Why a period is not known although companies are followed: the lists end before it does. */
function gapReason(
  what: string,
  lastDay: number | null,
  { end, word }: { readonly end: IsoDate; readonly word: FactorPeriods['word'] },
  followed: number,
): string | null {
  if (lastDay === null) return `the store holds no ${what} known by then`;
  if (dayNumber(end) > lastDay)
    return `the newest ${what} known is of ${dateOfDayNumber(lastDay)}, before the ${word}'s end`;
  return followed < FEWEST_FOLLOWED
    ? `${followed} companies have such a figure in the year up to then, ${FEWEST_FOLLOWED} needed`
    : null;
}

async function lastDayOf(view: AsOfView, condition: string): Promise<number | null> {
  const rows = await view.query<{ day: number | null }>(
    `SELECT (max(event_date) - DATE '1970-01-01')::INTEGER AS day FROM earnings_events WHERE ${condition}`,
  );
  return rows[0]?.day ?? null;
}

const FILED = "stage = 'filing' AND net_income IS NOT NULL";
const ESTIMATED = "stage = 'announcement' AND eps_actual IS NOT NULL AND eps_estimate IS NOT NULL";

function eventSources(view: AsOfView, sector: Sector | null, condition: string, periods: FactorPeriods) {
  return (period: number): Promise<SourceRef[]> =>
    view.query<SourceRef>(
      `SELECT source, file_name, file_sha256, row_number FROM earnings_events
       WHERE ${condition} AND ${OF_SECTOR} AND event_date BETWEEN CAST($from AS DATE) AND CAST($to AS DATE)
       ORDER BY source, file_name, row_number`,
      { sector, from: periods.newsFrom[period]!, to: periods.ends[period]! },
    );
}

/** Facts of net income filed in a period by companies of the sector. */
function factSources(
  view: AsOfView,
  sector: Sector | null,
  periods: FactorPeriods,
  period: number,
): Promise<SourceRef[]> {
  return view.query<SourceRef>(
    `SELECT source, file_name, file_sha256, row_number FROM company_facts
     WHERE concept = 'NetIncomeLoss' AND statement = 'first' AND cik IN (SELECT cik FROM constituents WHERE ${OF_SECTOR})
       AND filed_date BETWEEN CAST($from AS DATE) AND CAST($to AS DATE)
     ORDER BY source, file_name, row_number`,
    { sector, from: periods.newsFrom[period]!, to: periods.ends[period]! },
  );
}

const whose = (sector: Sector | null): string =>
  sector === null ? 'all listed names' : `the ${sector} names of the lists known`;

async function surpriseFactor(
  view: AsOfView,
  periods: FactorPeriods,
  sector: Sector | null,
): Promise<PeriodFactor> {
  const surprises = await readFiledSurprises(view, sector);
  const followed = followedBy(periods, surprises);
  const { sums } = sumsOf(periods, surprises, ({ surprise }) =>
    Math.max(-LARGEST_SURPRISE, Math.min(LARGEST_SURPRISE, surprise)),
  );
  const lastDay = (await lastDayOf(view, FILED)) ?? surprises.at(-1)?.day ?? null;
  const reasons = periods.ends.map((end, i) =>
    gapReason('filed quarter', lastDay, { end, word: periods.word }, followed[i]!),
  );
  return {
    driver: 'earnings',
    factor: 'earnings-surprise',
    definition: `standardised unexpected earnings of the quarters filed in the ${periods.word} (net income against a seasonal random walk with drift, Foster 1977, each held to ${LARGEST_SURPRISE} standard deviations), summed and divided by the companies followed, of ${whose(sector)}; 0 where none filed. Net income is that of XBRL facts for companies with twelve quarters of them, else of lists, which lack most fiscal fourth quarters`,
    unit: 'standard deviations a company followed',
    isRegressor: true,
    values: sums.map((sum, i) => (reasons[i] === null ? sum / followed[i]! : Number.NaN)),
    reasonAt: (period) => reasons[period] ?? null,
    sources: async (period) => [
      ...(await eventSources(view, sector, FILED, periods)(period)),
      ...(await factSources(view, sector, periods, period)),
    ],
  };
}

async function beatFactors(
  view: AsOfView,
  periods: FactorPeriods,
  sector: Sector | null,
): Promise<PeriodFactor[]> {
  const announced = await view.query<Announcement>(ANNOUNCED_SQL, { sector });
  const followed = followedBy(periods, announced);
  const beats = sumsOf(periods, announced, ({ isBeat }) => Number(isBeat));
  const net = sumsOf(periods, announced, ({ isBeat, isMiss }) => Number(isBeat) - Number(isMiss)).sums;
  const lastDay = await lastDayOf(view, ESTIMATED);
  const reasons = periods.ends.map((end, i) =>
    gapReason('announcement with an estimate', lastDay, { end, word: periods.word }, followed[i]!),
  );
  const common = {
    driver: 'earnings',
    unit: 'fraction',
    sources: eventSources(view, sector, ESTIMATED, periods),
  } as const;
  const shareReason = (period: number): string | null =>
    reasons[period] ??
    (beats.counts[period]! < FEWEST_REPORTERS
      ? `${beats.counts[period]} announcements with an estimate in the ${periods.word}, ${FEWEST_REPORTERS} needed`
      : null);
  return [
    {
      ...common,
      factor: 'beat-share',
      definition: `share of the announcements of the ${periods.word} whose earnings per share were above the estimate, of ${whose(sector)}; described only, since most weeks have few reporters`,
      isRegressor: false,
      values: beats.sums.map((sum, i) => (shareReason(i) === null ? sum / beats.counts[i]! : Number.NaN)),
      reasonAt: shareReason,
    },
    {
      ...common,
      factor: 'net-beats',
      definition: `announcements of the ${periods.word} above their estimate less those below it, divided by the companies followed, of ${whose(sector)}; 0 where none announced`,
      isRegressor: true,
      values: net.map((sum, i) => (reasons[i] === null ? sum / followed[i]! : Number.NaN)),
      reasonAt: (period) => reasons[period] ?? null,
    },
  ];
}

/** Earnings of a sector's companies, or of all, as news of the period they came out in. */
export async function earningsFactors(
  view: AsOfView,
  periods: FactorPeriods,
  sector: Sector | null,
): Promise<PeriodFactor[]> {
  return [await surpriseFactor(view, periods, sector), ...(await beatFactors(view, periods, sector))];
}
