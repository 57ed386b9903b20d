import { type IsoDate, type Random, tradingDays } from '../core/index.js';
import { autoregression, garchReturns, pinSteps } from './processes.js';
import { normalDraws, randomStream, uniformBetween } from './random-streams.js';

interface IndexSpecification {
  readonly start: number;
  /** Growth of the level a year, continuously compounded, from the first to the last session. */
  readonly annualGrowth: number;
  readonly beta: number;
  /** Daily standard deviation of what the market factor leaves. */
  readonly ownDeviation: number;
  /** Typical volume of a session, in shares. */
  readonly volume: number;
}

export const INDEXES = {
  '^NDX': { start: 3_400, annualGrowth: 0.1, beta: 1.15, ownDeviation: 0.004, volume: 4.2e9 },
  '^GSPC': { start: 1_760, annualGrowth: 0.085, beta: 1, ownDeviation: 0.001, volume: 4e9 },
  '^DJI': { start: 15_600, annualGrowth: 0.08, beta: 0.95, ownDeviation: 0.0025, volume: 3.3e8 },
  '^RUT': { start: 1_110, annualGrowth: 0.06, beta: 1.1, ownDeviation: 0.005, volume: 4e9 },
  '^MID': { start: 1_290, annualGrowth: 0.07, beta: 1.05, ownDeviation: 0.004, volume: 4e9 },
} as const satisfies Record<string, IndexSpecification>;

export type IndexSymbol = keyof typeof INDEXES;

export const MARKET_FACTOR = { deviation: 0.0095, reaction: 0.09, memory: 0.89 } as const;

/** Daily bars; prices in index points or US dollars, rounded as published. */
export interface DailyBars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Shares. */
  readonly volume: Float64Array;
}

export interface IndexMarket {
  readonly sessions: readonly IsoDate[];
  /** Daily log return of the common market factor, one a session. */
  readonly marketReturns: Float64Array;
  readonly bars: Readonly<Record<IndexSymbol, DailyBars>>;
}

/** Five index levels on one GARCH market factor; each ends where its growth says, give or take a few per cent. */
export function simulateIndexes(seed: number, from: IsoDate, to: IsoDate): IndexMarket {
  const sessions = tradingDays(from, to);
  const marketReturns = garchReturns(randomStream(seed, 'market factor'), sessions.length, MARKET_FACTOR);
  const years = sessions.length / 252;
  const simulate = (symbol: IndexSymbol): DailyBars => {
    const { start, annualGrowth, beta, ownDeviation, volume } = INDEXES[symbol];
    const random = randomStream(seed, `index ${symbol}`);
    const own = normalDraws(random, sessions.length);
    const steps = marketReturns.map((market, i) => beta * market + ownDeviation * own[i]!);
    const growth = annualGrowth * years + uniformBetween(random, -0.06, 0.06);
    const close = compound(start, pinSteps(steps, growth), 100);
    return barsAround(random, { close, volume, spread: 0.004, perUnit: 100 });
  };
  const symbols = Object.keys(INDEXES) as IndexSymbol[];
  const bars = Object.fromEntries(symbols.map((symbol) => [symbol, simulate(symbol)]));
  return { sessions, marketReturns, bars: bars as Record<IndexSymbol, DailyBars> };
}

/** Levels from log returns, rounded to 1/perUnit. */
export function compound(start: number, steps: Float64Array, perUnit: number): Float64Array {
  let level = Math.log(start);
  return steps.map((step) => {
    level += step;
    return Math.round(Math.exp(level) * perUnit) / perUnit;
  });
}

/** Opens, highs, lows and volumes around given closes; high and low hold open and close between them. */
export function barsAround(
  random: Random,
  given: { close: Float64Array; volume: number; spread: number; perUnit: number },
): DailyBars {
  const { close, spread, perUnit } = given;
  const round = (value: number): number => Math.round(value * perUnit) / perUnit;
  const busy = autoregression(random, close.length, { persistence: 0.9, deviation: 0.3 });
  const gaps = normalDraws(random, close.length);
  const open = close.map((level, i) => round((close[i - 1] ?? level) * (1 + (spread / 2) * gaps[i]!)));
  const reach = (): number => spread * random.next();
  return {
    open,
    close,
    high: close.map((level, i) => round(Math.max(level, open[i]!) * (1 + reach()))),
    low: close.map((level, i) => round(Math.min(level, open[i]!) * (1 - reach()))),
    volume: busy.map((log) => Math.round((given.volume * Math.exp(log)) / 100) * 100),
  };
}

/** Position of the last session on or before each date; dates ascending, none before the first session. */
export function sessionIndexes(sessions: readonly IsoDate[], dates: readonly IsoDate[]): number[] {
  let at = 0;
  return dates.map((date) => {
    while (at + 1 < sessions.length && sessions[at + 1]! <= date) at++;
    return at;
  });
}
