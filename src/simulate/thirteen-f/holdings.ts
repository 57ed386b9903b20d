import { normalDraw, type Random } from '../../core/index.js';
import { normalDraws, randomStream } from '../random-streams.js';
import { type ClassHabits, habitsOf, type SimulatedManager } from './managers.js';
import type { HeldSecurity } from './securities.js';

export type HerdingWorld = 'none' | 'common-news' | 'herding';

/**
 * The logit of the probability that a trade of a name is a purchase is `base` + `news` x a draw of the name and quarter +
 * `following` x the standardised share of buyers among its trades a quarter before. In a world of none every trade is a
 * fair coin; news make a quarter's trades of a name alike, and are forgotten; following carries them on.
 */
export const HERDING_WORLDS = {
  none: { base: 0, news: 0, following: 0 },
  'common-news': { base: 0, news: 0.5, following: 0 },
  herding: { base: 0, news: 0.35, following: 0.45 },
} as const satisfies Record<HerdingWorld, { base: number; news: number; following: number }>;

export const HOLDINGS_PROCESS = {
  /** Deviation of the log of how much of a position is traded. */
  turnoverDeviation: 0.5,
  mostOfPosition: 0.9,
  /** Share of sales that end a position, and of ended positions that are taken up again. */
  exits: 0.03,
  returns: 0.1,
  /** Deviations of the log of a name's weight: common to all managers, and each manager's own. */
  sizeDeviation: 0.9,
  tasteDeviation: 0.7,
  /** What an index fund's inflow adds to every position in a quarter. */
  indexInflow: 0.01,
  /** Added to the logit of technology in the last quarter, by `inUnison` of the class. */
  unison: 2.2,
} as const;

/** Shares at each quarter's end. */
export interface Holdings {
  /** By quarter, manager x securities + security; whole shares. */
  readonly shares: readonly Float64Array[];
  /** What each trade was, in the same order: 1 bought, -1 sold, 0 none. Quarter 0 has none. */
  readonly trades: readonly Int8Array[];
  /** Probability that a trade of a responding class was a purchase, by quarter and security, before planting. */
  readonly buyProbability: readonly Float64Array[];
}

export interface HoldingsQuestion {
  readonly seed: number;
  readonly managers: readonly SimulatedManager[];
  readonly securities: readonly HeldSecurity[];
  readonly quarters: number;
  readonly herding: HerdingWorld;
  /** Whether technology is bought in unison in the last quarter. */
  readonly planted: boolean;
}

/** Draws the positions of all managers, quarter after quarter. */
export function simulateHoldings(question: HoldingsQuestion): Holdings {
  const { seed, managers, securities, quarters, herding, planted } = question;
  const world = HERDING_WORLDS[herding];
  const news = randomStream(seed, '13f news');
  const random = randomStream(seed, '13f holdings');
  const names = securities.length;
  const shares = [firstPositions(random, question)];
  const trades = [new Int8Array(managers.length * names)];
  const buyProbability = [new Float64Array(names).fill(Number.NaN)];
  for (let q = 1; q < quarters; q++) {
    const draws = normalDraws(news, names);
    const followed = standardisedBuyers(trades[q - 1]!, names);
    const logits = draws.map((draw, j) => world.base + world.news * draw + world.following * followed[j]!);
    const quarter: QuarterOfTrading = { q, logits, isUnison: planted && q === quarters - 1 };
    const traded = new Int8Array(managers.length * names);
    const now = new Float64Array(managers.length * names);
    for (const [m, manager] of managers.entries()) {
      for (const [j, security] of securities.entries()) {
        const at = m * names + j;
        const before = Math.round(shares[q - 1]![at]! * security.splitFactor[q]!);
        const wasHeld = shares[0]![at]! > 0;
        now[at] = wasHeld
          ? tradePosition(random, { manager, security, j, before, first: shares[0]![at]! }, quarter)
          : 0;
        traded[at] = security.endPrice[q] === null ? 0 : Math.sign(now[at]! - before);
      }
    }
    shares.push(now);
    trades.push(traded);
    buyProbability.push(logits.map(logistic));
  }
  return { shares, trades, buyProbability };
}

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

function firstPositions(random: Random, { managers, securities }: HoldingsQuestion): Float64Array {
  const { sizeDeviation, tasteDeviation } = HOLDINGS_PROCESS;
  const size = securities.map(() => Math.exp(sizeDeviation * normalDraw(random)));
  const shares = new Float64Array(managers.length * securities.length);
  for (const [m, manager] of managers.entries()) {
    const { reach } = habitsOf(manager);
    const weights = size.map((value) => {
      const isHeld = manager.passive || random.next() < reach;
      const taste = manager.passive ? 1 : Math.exp(tasteDeviation * normalDraw(random));
      return isHeld ? value * taste : 0;
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [j, { endPrice }] of securities.entries()) {
      const dollars = (manager.assets * weights[j]!) / total;
      shares[m * securities.length + j] = Math.round(dollars / endPrice[0]!);
    }
  }
  return shares;
}

interface QuarterOfTrading {
  readonly q: number;
  readonly logits: Float64Array;
  readonly isUnison: boolean;
}

interface Position {
  readonly manager: SimulatedManager;
  readonly security: HeldSecurity;
  readonly j: number;
  /** Shares at the quarter's start, in shares of its end. */
  readonly before: number;
  /** Shares at the first quarter's end: what a position that was ended is taken up with. */
  readonly first: number;
}

/** Shares at the quarter's end. Draws as often whatever comes of it, so that worlds differ by their probabilities alone. */
function tradePosition(random: Random, position: Position, quarter: QuarterOfTrading): number {
  const { manager, security, j, before, first } = position;
  const habits = habitsOf(manager);
  const [whether, which, ends, size] = [random.next(), random.next(), random.next(), normalDraw(random)];
  if (security.endPrice[quarter.q] === null) return 0;
  if (manager.passive) return before + Math.max(1, Math.round(before * HOLDINGS_PROCESS.indexInflow));
  if (before === 0) return ends < HOLDINGS_PROCESS.returns ? first : 0;
  if (whether >= habits.activity) return before;
  const { turnoverDeviation, mostOfPosition, exits } = HOLDINGS_PROCESS;
  const share = habits.turnover * Math.exp(turnoverDeviation * size);
  const traded = Math.max(1, Math.round(before * Math.min(mostOfPosition, share)));
  if (which < logistic(logitFor(habits, security, quarter, j))) return before + traded;
  return ends < exits ? 0 : Math.max(0, before - traded);
}

function logitFor(habits: ClassHabits, security: HeldSecurity, quarter: QuarterOfTrading, j: number): number {
  const own = habits.responds * quarter.logits[j]!;
  const isPlanted = quarter.isUnison && security.sector === 'technology';
  return isPlanted ? own + HOLDINGS_PROCESS.unison * habits.inUnison : own;
}

/** Share of buyers among the trades of each name, in deviations from its mean over names; 0 where nothing was traded. */
function standardisedBuyers(trades: Int8Array, names: number): Float64Array {
  const bought = new Float64Array(names);
  const traded = new Float64Array(names);
  for (const [at, trade] of trades.entries()) {
    if (trade > 0) bought[at % names]!++;
    if (trade !== 0) traded[at % names]!++;
  }
  const known = Array.from(bought.keys()).filter((j) => traded[j]! > 0);
  if (known.length < 2) return new Float64Array(names);
  const shareOf = (j: number): number => bought[j]! / traded[j]!;
  const mean = known.reduce((sum, j) => sum + shareOf(j), 0) / known.length;
  const variance = known.reduce((sum, j) => sum + (shareOf(j) - mean) ** 2, 0) / known.length;
  const deviation = Math.sqrt(variance) || 1;
  const standardised = new Float64Array(names);
  for (const j of known) standardised[j] = (shareOf(j) - mean) / deviation;
  return standardised;
}
