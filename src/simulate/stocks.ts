import { type IsoDate, nthWeekday } from '../core/index.js';
import { barsAround, compound, type DailyBars, type IndexMarket } from './indexes.js';
import { garchReturns } from './processes.js';
import { normalDraws, randomStream, uniformBetween } from './random-streams.js';
import {
  EARLY_SPLITS,
  FURTHER_NAMES,
  LATE_SPLITS,
  type LateEvents,
  MERGED_SYMBOL,
  NAMES_PER_SECTOR,
  SECTORS,
  type SectorSpecification,
} from './stock-names.js';

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
  /** Position of the last session with a price; later bars are of no use. */
  readonly lastSession: number;
}

export interface CorporateAction {
  readonly date: IsoDate;
  /** US dollars a share, split adjusted; 0 = none. */
  readonly dividend: number;
  /** New shares for one old; 0 = none. */
  readonly split: number;
  readonly kind: 'dividend' | 'split' | 'spin-off';
}

const FIRST_CIK = 9_000_001;
const HEADQUARTERS = ['Springfield, Illinois', 'Portland, Oregon', 'Austin, Texas', 'Albany, New York'];

export const STOCK_PROCESS = {
  sectorDeviation: 0.005,
  own: { deviation: 0.012, reaction: 0.06, memory: 0.9 },
  expiryVolumeMultiplier: 2.5,
} as const;

export interface StockMarket {
  readonly sessions: readonly IsoDate[];
  readonly stocks: readonly SimulatedStock[];
}

/** Names of the eleven sectors on the market factor, a sector factor and a GARCH return of their own. */
export function simulateStocks(
  seed: number,
  indexes: IndexMarket,
  { from, events }: { readonly from: IsoDate; readonly events: LateEvents },
): StockMarket {
  const first = indexes.sessions.findIndex((date) => date >= from);
  const sessions = indexes.sessions.slice(first);
  const market = indexes.marketReturns.subarray(first);
  const factors = new Map(
    SECTORS.map(({ prefix, name }) => {
      const random = randomStream(seed, `sector ${name}`);
      const factor = normalDraws(random, sessions.length).map((draw) => STOCK_PROCESS.sectorDeviation * draw);
      return [prefix, factor] as const;
    }),
  );
  const firstNames = SECTORS.flatMap((sector) =>
    Array.from({ length: NAMES_PER_SECTOR }, (_, i) => ({ sector, number: i + 1 })),
  );
  const furtherNames = FURTHER_NAMES.flatMap(({ prefix, numbers }) =>
    numbers.map((number) => ({ sector: SECTORS.find((one) => one.prefix === prefix)!, number })),
  );
  const stocks = [...firstNames, ...furtherNames].map(({ sector, number }, rank) =>
    simulateStock({
      seed,
      sessions,
      market,
      factor: factors.get(sector.prefix)!,
      sector,
      number,
      rank,
      events,
    }),
  );
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
  readonly events: LateEvents;
}

function simulateStock(inputs: StockInputs): SimulatedStock {
  const { sector, number, rank, sessions, events } = inputs;
  const code = `${sector.prefix}${number}`;
  const isClassB = code === 'IT4';
  const bars = simulateBars(inputs, code);
  const actions = corporateActions(code, number, { sessions, close: bars.close, events });
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
    lastSession: code === MERGED_SYMBOL ? sessions.indexOf(events.merger) - 1 : sessions.length - 1,
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

/** Quarterly dividends for the first name of a sector, and the splits. */
function corporateActions(
  code: string,
  number: number,
  {
    sessions,
    close,
    events,
  }: { readonly sessions: readonly IsoDate[]; readonly close: Float64Array; readonly events: LateEvents },
): CorporateAction[] {
  const actions: CorporateAction[] = [];
  const paysDividends = number === 1;
  for (let i = 40; paysDividends && i < sessions.length; i += 63) {
    const dividend = Math.round(close[i - 1]! * 0.005 * 1000) / 1000;
    actions.push({ date: sessions[i]!, dividend, split: 0, kind: 'dividend' });
  }
  const early = EARLY_SPLITS[code];
  const late = LATE_SPLITS[code];
  if (early !== undefined) {
    const date = sessions[Math.floor(early.at * sessions.length)]!;
    actions.push({ date, dividend: 0, split: early.ratio, kind: early.kind });
  }
  if (late !== undefined) {
    actions.push({ date: events[late.on], dividend: 0, split: late.ratio, kind: late.kind });
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
