import { type IsoDate, nthWeekday } from '../core/index.js';
import { barsAround, compound, type DailyBars, type IndexMarket } from './indexes.js';
import { garchReturns } from './processes.js';
import { normalDraws, randomStream, uniformBetween } from './random-streams.js';

export interface SimulatedStock {
  /** As in constituents lists: 'IT4.B'. */
  readonly symbol: string;
  /** As at Yahoo: 'IT4-B'. */
  readonly yahooSymbol: string;
  readonly name: string;
  readonly gicsSector: string;
  readonly gicsSubIndustry: string;
  readonly cik: number;
  readonly headquarters: string;
  readonly dateAdded: IsoDate;
  readonly founded: string;
  /** Split-adjusted bars, not adjusted for dividends. */
  readonly bars: DailyBars;
  /** Total-return closes, as of the last session. */
  readonly adjustedClose: Float64Array;
  readonly actions: readonly CorporateAction[];
}

interface CorporateAction {
  readonly date: IsoDate;
  /** US dollars a share, split adjusted; 0 = none. */
  readonly dividend: number;
  /** New shares for one old; 0 = none. */
  readonly split: number;
  readonly kind: 'dividend' | 'split' | 'spin-off';
}

interface SectorSpecification {
  readonly prefix: string;
  readonly name: string;
  readonly subIndustries: readonly [string, string];
  readonly annualGrowth: number;
}

const SECTORS: readonly SectorSpecification[] = [
  {
    prefix: 'IT',
    name: 'Information Technology',
    subIndustries: ['Semiconductors', 'Application Software'],
    annualGrowth: 0.13,
  },
  {
    prefix: 'CS',
    name: 'Communication Services',
    subIndustries: ['Interactive Media & Services', 'Broadcasting'],
    annualGrowth: 0.09,
  },
  {
    prefix: 'CD',
    name: 'Consumer Discretionary',
    subIndustries: ['Broadline Retail', 'Restaurants'],
    annualGrowth: 0.08,
  },
  {
    prefix: 'CP',
    name: 'Consumer Staples',
    subIndustries: ['Household Products', 'Packaged Foods & Meats'],
    annualGrowth: 0.06,
  },
  {
    prefix: 'EN',
    name: 'Energy',
    subIndustries: ['Integrated Oil & Gas', 'Oil & Gas Storage & Transportation'],
    annualGrowth: 0.04,
  },
  {
    prefix: 'FN',
    name: 'Financials',
    subIndustries: ['Diversified Banks', 'Property & Casualty Insurance'],
    annualGrowth: 0.07,
  },
  {
    prefix: 'HC',
    name: 'Health Care',
    subIndustries: ['Pharmaceuticals', 'Health Care Equipment'],
    annualGrowth: 0.08,
  },
  {
    prefix: 'ID',
    name: 'Industrials',
    subIndustries: ['Aerospace & Defense', 'Building Products'],
    annualGrowth: 0.08,
  },
  {
    prefix: 'MT',
    name: 'Materials',
    subIndustries: ['Industrial Gases', 'Specialty Chemicals'],
    annualGrowth: 0.06,
  },
  {
    prefix: 'RE',
    name: 'Real Estate',
    subIndustries: ['Office REITs', 'Data Center REITs'],
    annualGrowth: 0.05,
  },
  {
    prefix: 'UT',
    name: 'Utilities',
    subIndustries: ['Electric Utilities', 'Multi-Utilities'],
    annualGrowth: 0.05,
  },
];

const NAMES_PER_SECTOR = 4;
const FIRST_CIK = 9_000_001;
const HEADQUARTERS = ['Springfield, Illinois', 'Portland, Oregon', 'Austin, Texas', 'Albany, New York'];

export const STOCK_PROCESS = {
  sectorDeviation: 0.005,
  own: { deviation: 0.012, reaction: 0.06, memory: 0.9 },
  expiryVolumeMultiplier: 2.5,
} as const;

/** Splits, and one spin-off that the vendor books as a split, by symbol: share of the history passed, ratio. */
const SPLITS: Readonly<Record<string, { at: number; ratio: number; kind: 'split' | 'spin-off' }>> = {
  IT1: { at: 0.55, ratio: 4, kind: 'split' },
  CD2: { at: 0.8, ratio: 10, kind: 'split' },
  ID3: { at: 0.7, ratio: 1.196, kind: 'spin-off' },
};

export interface StockMarket {
  readonly sessions: readonly IsoDate[];
  readonly stocks: readonly SimulatedStock[];
}

/** Names of the eleven sectors on the market factor, a sector factor and a GARCH return of their own. */
export function simulateStocks(seed: number, indexes: IndexMarket, from: IsoDate): StockMarket {
  const first = indexes.sessions.findIndex((date) => date >= from);
  const sessions = indexes.sessions.slice(first);
  const market = indexes.marketReturns.subarray(first);
  const stocks = SECTORS.flatMap((sector, s) => {
    const random = randomStream(seed, `sector ${sector.name}`);
    const factor = normalDraws(random, sessions.length).map((draw) => STOCK_PROCESS.sectorDeviation * draw);
    return Array.from({ length: NAMES_PER_SECTOR }, (_, i) =>
      simulateStock({
        seed,
        sessions,
        market,
        factor,
        sector,
        number: i + 1,
        rank: s * NAMES_PER_SECTOR + i,
      }),
    );
  });
  return { sessions, stocks };
}

interface StockInputs {
  readonly seed: number;
  readonly sessions: readonly IsoDate[];
  readonly market: Float64Array;
  readonly factor: Float64Array;
  readonly sector: SectorSpecification;
  readonly number: number;
  readonly rank: number;
}

function simulateStock(inputs: StockInputs): SimulatedStock {
  const { sector, number, rank, sessions } = inputs;
  const code = `${sector.prefix}${number}`;
  const isClassB = code === 'IT4';
  const bars = simulateBars(inputs, code);
  const actions = corporateActions(code, number, sessions, bars.close);
  return {
    symbol: isClassB ? `${code}.B` : code,
    yahooSymbol: isClassB ? `${code}-B` : code,
    name: `Simulated ${sector.name} ${number}`,
    gicsSector: sector.name,
    gicsSubIndustry: sector.subIndustries[(number - 1) % 2]!,
    cik: FIRST_CIK + rank,
    headquarters: HEADQUARTERS[rank % HEADQUARTERS.length]!,
    dateAdded: sessions[0]!,
    founded: rank % 5 === 0 ? `${1950 + rank} (${1900 + rank})` : `${1950 + rank}`,
    bars,
    adjustedClose: adjustForDividends(sessions, bars.close, actions),
    actions,
  };
}

function simulateBars({ seed, sessions, market, factor, sector }: StockInputs, code: string): DailyBars {
  const random = randomStream(seed, `stock ${code}`);
  const beta = uniformBetween(random, 0.6, 1.4);
  const own = garchReturns(random, sessions.length, STOCK_PROCESS.own);
  const drift = (sector.annualGrowth + uniformBetween(random, -0.03, 0.03)) / 252;
  const steps = own.map((value, i) => drift + beta * market[i]! + factor[i]! + value);
  const close = compound(uniformBetween(random, 25, 180), steps, 10_000);
  const volume = Math.exp(uniformBetween(random, Math.log(2e6), Math.log(2.5e7)));
  const bars = barsAround(random, { close, volume, spread: 0.008, perUnit: 10_000 });
  for (const [i, date] of sessions.entries()) {
    if (isQuarterlyExpiry(date)) bars.volume[i]! *= STOCK_PROCESS.expiryVolumeMultiplier;
  }
  return bars;
}

function isQuarterlyExpiry(date: IsoDate): boolean {
  const month = Number(date.slice(5, 7));
  return month % 3 === 0 && date === nthWeekday(Number(date.slice(0, 4)), month, 5, 3);
}

/** Quarterly dividends for the first name of a sector, and the splits above. */
function corporateActions(
  code: string,
  number: number,
  sessions: readonly IsoDate[],
  close: Float64Array,
): CorporateAction[] {
  const actions: CorporateAction[] = [];
  const paysDividends = number === 1;
  for (let i = 40; paysDividends && i < sessions.length; i += 63) {
    const dividend = Math.round(close[i - 1]! * 0.005 * 1000) / 1000;
    actions.push({ date: sessions[i]!, dividend, split: 0, kind: 'dividend' });
  }
  const split = SPLITS[code];
  if (split !== undefined) {
    const date = sessions[Math.floor(split.at * sessions.length)]!;
    actions.push({ date, dividend: 0, split: split.ratio, kind: split.kind });
  }
  return actions.sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Yahoo's convention: closes before an ex-dividend day are lowered by 1 - dividend / close of the day before. */
function adjustForDividends(
  sessions: readonly IsoDate[],
  close: Float64Array,
  actions: readonly CorporateAction[],
): Float64Array {
  const dividends = new Map(actions.map(({ date, dividend }) => [date, dividend]));
  const adjusted = new Float64Array(close.length);
  let factor = 1;
  for (let i = close.length - 1; i >= 0; i--) {
    adjusted[i] = Math.round(close[i]! * factor * 10_000) / 10_000;
    const dividend = dividends.get(sessions[i]!) ?? 0;
    if (dividend > 0 && i > 0) factor *= 1 - dividend / close[i - 1]!;
  }
  return adjusted;
}
