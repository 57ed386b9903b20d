import {
  contractEntry,
  dayNumber,
  FUND_OF_SECTOR,
  HeldBy,
  type IsoDate,
  isTradingDay,
  previousTradingDay,
  type Sector,
} from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';

/** Daily closes that outcomes are read from, oldest first. */
export interface DailyCloses {
  /** 'QQQ close, ...': what it is and whether dividends are in it. */
  readonly label: string;
  readonly table: 'levels' | 'macro' | 'prices';
  readonly symbol: string;
  readonly priceBasis: string | null;
  readonly days: Int32Array;
  readonly closes: Float64Array;
  /** Shares traded; null for an index. NaN = not known. */
  readonly volumes: Float64Array | null;
}

interface Candidate {
  readonly table: DailyCloses['table'];
  readonly symbol: string;
}

/** The fund that holds an index: its closes stand in where no daily level is known, and its volume weighs the price floor. */
const FUND_OF_INDEX: Readonly<Record<string, string>> = {
  'NASDAQ-100': 'QQQ',
  'S&P 500': 'SPY',
  DJIA: 'DIA',
  'Russell 2000': 'IWM',
  'S&P 400': 'MDY',
  'Russell 1000 Value': 'IWD',
  'Russell 1000 Growth': 'IWF',
};

/** The broad market, in the order in which a series is looked for. */
const MARKET_LEVELS: readonly Candidate[] = [
  { table: 'levels', symbol: '^GSPC' },
  { table: 'levels', symbol: 'S&P 500' },
  { table: 'macro', symbol: 'SP500' },
];
const MARKET_FUND = 'SPY';

interface Rows extends Record<string, Int32Array | Float64Array> {
  basis: Int32Array;
  day: Int32Array;
  close: Float64Array;
  volume: Float64Array;
}

/** Closes that a list states to be of one kind come before those it does not state. */
const PRICE_BASES = ['split-adjusted', 'unstated'] as const;

const QUERIES = {
  levels: `SELECT 1 AS basis, (date - DATE '1970-01-01')::INTEGER AS day, close, 'NaN'::DOUBLE AS volume
    FROM levels WHERE symbol = $symbol AND close > 0
    QUALIFY row_number() OVER (PARTITION BY date ORDER BY source, file_sha256, row_number) = 1 ORDER BY day`,
  macro: `SELECT 1 AS basis, (date - DATE '1970-01-01')::INTEGER AS day, value AS close, 'NaN'::DOUBLE AS volume
    FROM macro WHERE series_id = $symbol AND value > 0
    QUALIFY row_number() OVER
      (PARTITION BY date ORDER BY known_at DESC, vintage_date DESC NULLS LAST, file_sha256, row_number) = 1 ORDER BY day`,
  prices: `SELECT list_position($bases, price_basis)::INTEGER AS basis, (date - DATE '1970-01-01')::INTEGER AS day, close,
      coalesce(volume, 'NaN'::DOUBLE) AS volume
    FROM prices WHERE symbol = $symbol AND frequency = 'daily' AND close > 0 AND list_contains($bases, price_basis)
    ORDER BY basis, day`,
} as const;

/** A series with fewer closes than this share of its sessions is weekly or full of holes. */
const DAILY_SHARE = 0.9;
const SESSIONS_A_DAY = 252 / 365.25;

function isDaily({ days }: Pick<DailyCloses, 'days'>): boolean {
  if (days.length < 2) return false;
  return days.length >= DAILY_SHARE * SESSIONS_A_DAY * (days.at(-1)! - days[0]!);
}

function labelOf({ table, symbol }: Candidate, basis: string | null): string {
  if (table !== 'prices') return `${symbol} close, price return`;
  return basis === 'split-adjusted'
    ? `${symbol} close, price return`
    : `${symbol} close, adjusted as its file has it (dividends not stated)`;
}

/** The daily closes of a symbol, one series a price basis, the longest first; none where they are weekly or full of holes. */
export async function readCloses(view: AsOfView, candidate: Candidate): Promise<readonly DailyCloses[]> {
  const { table, symbol } = candidate;
  const rows = await view.columns<Rows>(
    QUERIES[table],
    table === 'prices' ? { symbol, bases: PRICE_BASES } : { symbol },
  );
  const found = [...new Set(rows.basis)].map((basis): DailyCloses => {
    const first = rows.basis.indexOf(basis);
    const last = rows.basis.lastIndexOf(basis) + 1;
    const priceBasis = table === 'prices' ? PRICE_BASES[basis - 1]! : null;
    return {
      ...candidate,
      label: labelOf(candidate, priceBasis),
      priceBasis,
      days: rows.day.slice(first, last),
      closes: rows.close.slice(first, last),
      volumes: table === 'prices' ? rows.volume.slice(first, last) : null,
    };
  });
  return found.filter(isDaily).sort((a, b) => b.days.length - a.days.length);
}

async function firstDaily(view: AsOfView, candidates: readonly Candidate[]): Promise<DailyCloses | null> {
  for (const candidate of candidates) {
    const [found] = await readCloses(view, candidate);
    if (found !== undefined) return found;
  }
  return null;
}

/** The prices that are watched after the events of a flow. */
export interface WatchedPrices {
  readonly closes: DailyCloses;
  /** Closes with volume for the price floor; null where no fund with volume is known. */
  readonly fund: DailyCloses | null;
  /** What the excess is over: the broad market on the same price basis; null where `closes` are the broad market itself. */
  readonly market: DailyCloses | null;
  readonly isMarket: boolean;
}

const WATCHED = new HeldBy<AsOfView, Promise<WatchedPrices | null>>();

/**
 * The closes of the index under a flow: its own daily level where one is known, else those of the fund that holds it. Read of a
 * view once.
 * @returns null where the view has neither
 */
export function readWatchedPrices(view: AsOfView, flow: FlowSeries): Promise<WatchedPrices | null> {
  const { contract, sector, symbol } = flow;
  return WATCHED.of(view, JSON.stringify([contract, sector, symbol]), () => readOf(view, flow));
}

async function readOf(
  view: AsOfView,
  flow: Pick<FlowSeries, 'contract' | 'sector' | 'symbol'>,
): Promise<WatchedPrices | null> {
  const entry = flow.contract === null ? null : contractEntry(flow.contract);
  const sector = entry?.sector ?? (flow.sector as Sector | null);
  const ofIndex = entry === null ? undefined : FUND_OF_INDEX[entry.index];
  const ofSector = sector === null ? MARKET_FUND : FUND_OF_SECTOR[sector];
  const fundSymbol = flow.symbol ?? ofIndex ?? ofSector ?? null;
  const own: readonly Candidate[] = entry?.priceSeries ?? (sector === null ? MARKET_LEVELS : []);
  const fund = fundSymbol === null ? null : await firstDaily(view, [{ table: 'prices', symbol: fundSymbol }]);
  const closes = (await firstDaily(view, own)) ?? fund;
  if (closes === null) return null;
  const isMarket =
    MARKET_LEVELS.some(({ symbol }) => symbol === closes.symbol) || closes.symbol === MARKET_FUND;
  return { closes, fund, market: isMarket ? null : await marketBeside(view, closes), isMarket };
}

/** The broad market with dividends treated as in the closes: the fund on the same basis beside a fund, else the level. */
async function marketBeside(view: AsOfView, closes: DailyCloses): Promise<DailyCloses | null> {
  if (closes.table !== 'prices') return firstDaily(view, MARKET_LEVELS);
  const funds = await readCloses(view, { table: 'prices', symbol: MARKET_FUND });
  return funds.find(({ priceBasis }) => priceBasis === closes.priceBasis) ?? null;
}

/** Index of the last day at or before one, -1 where there is none. */
export function lastAtOrBefore(days: Int32Array, day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Day number of the last session on or before a day. */
export function lastSessionDay(date: IsoDate): number {
  return dayNumber(isTradingDay(date) ? date : previousTradingDay(date));
}
