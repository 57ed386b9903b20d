import { normalDraw, type Random } from '../../../src/core/index.js';
import type { TradePanel } from '../../../src/stats/index.js';

export interface PanelSize {
  readonly securities: number;
  readonly managers: number;
}

/** Two periods of one market. */
export interface TwoPeriods {
  readonly now: TradePanel;
  readonly before: TradePanel;
}

/** How managers come to trade; `draw` gives two successive periods. */
export interface HerdingWorld {
  readonly name: string;
  draw(random: Random, size: PanelSize): TwoPeriods;
}

/** Direction of one trade: what the world decides from the manager, the trades of the security so far, and those before. */
interface Situation {
  readonly manager: number;
  readonly security: number;
  readonly period: 0 | 1;
  /** Directions of those that traded the security in this period already, in order. */
  readonly sofar: readonly number[];
  /** Directions of the security's traders in the period before. */
  readonly earlier: readonly number[];
  /** The manager's own direction in the period before; 0 none. */
  readonly own: number;
}

/** The share of the managers that trades a security: from 2 % to 60 %, most at the low end. */
function popularity(random: Random): number {
  return 0.02 + 0.58 * random.next() ** 3;
}

function trade(random: Random, size: PanelSize, direction: (at: Situation) => number): TwoPeriods {
  const shares = Array.from({ length: size.securities }, () => popularity(random));
  let earlierTrades: Map<number, number>[] = shares.map(() => new Map());
  const periods = ([0, 1] as const).map((period) => {
    const manager: number[] = [];
    const security: number[] = [];
    const directions: number[] = [];
    earlierTrades = shares.map((share, k) => {
      const trades = new Map<number, number>();
      const earlier = [...earlierTrades[k]!.values()];
      for (let m = 0; m < size.managers; m++) {
        if (random.next() >= share) continue;
        const own = earlierTrades[k]!.get(m) ?? 0;
        const sofar = [...trades.values()];
        const chosen = direction({ manager: m, security: k, period, sofar, earlier, own });
        trades.set(m, chosen);
        manager.push(m);
        security.push(k);
        directions.push(chosen);
      }
      return trades;
    });
    return {
      manager: Uint32Array.from(manager),
      security: Uint32Array.from(security),
      direction: Int8Array.from(directions),
    };
  });
  return { before: periods[0]!, now: periods[1]! };
}

const sideOf = (random: Random, buyChance: number): number => (random.next() < buyChance ? 1 : -1);
const pick = (random: Random, values: readonly number[]): number =>
  values[Math.floor(random.next() * values.length)]!;

/** Buys with chance 0.5 + swing where the security's news is good, 0.5 - swing where it is bad: rho = 4 swing^2. */
function news(name: string, swing: number, lasting: boolean): HerdingWorld {
  return {
    name,
    draw(random, size) {
      const first = Array.from({ length: size.securities }, () => sideOf(random, 0.5));
      const second = lasting ? first : first.map(() => sideOf(random, 0.5));
      const signal = [first, second];
      return trade(random, size, ({ security, period }) =>
        sideOf(random, 0.5 + swing * signal[period]![security]!),
      );
    },
  };
}

/** Each manager copies one of those before it with a chance that grows as they do (Polya's urn): beta-binomial counts. */
function urn(name: string, rho: number): HerdingWorld {
  const freshWeight = (1 - rho) / rho;
  return {
    name,
    draw: (random, size) =>
      trade(random, size, ({ sofar }) =>
        random.next() * (freshWeight + sofar.length) < freshWeight
          ? sideOf(random, 0.5)
          : pick(random, sofar),
      ),
  };
}

export const INDEPENDENT: HerdingWorld = {
  name: 'independent managers',
  draw: (random, size) => trade(random, size, () => sideOf(random, 0.5)),
};

export const COMMON_NEWS = news('common news, rho 0.02', Math.sqrt(0.02) / 2, false);
export const LASTING_NEWS = news('common news that lasts, rho 0.02', Math.sqrt(0.02) / 2, true);
export const HERDING = urn("herding, Polya's urn, rho 0.02", 0.02);

export const HABIT: HerdingWorld = {
  name: 'own habit: 40 % repeat their last trade',
  draw: (random, size) =>
    trade(random, size, ({ own }) => (own !== 0 && random.next() < 0.4 ? own : sideOf(random, 0.5))),
};

export const FOLLOWERS: HerdingWorld = {
  name: 'followers: 30 % copy a trade of the last period',
  draw: (random, size) =>
    trade(random, size, ({ earlier }) =>
      earlier.length > 0 && random.next() < 0.3 ? pick(random, earlier) : sideOf(random, 0.5),
    ),
};

export const WORLDS: readonly HerdingWorld[] = [
  INDEPENDENT,
  { name: 'independent, 70 % buy', draw: (random, size) => trade(random, size, () => sideOf(random, 0.7)) },
  {
    name: 'independent, each manager buys with a chance of its own (0.1 to 0.9)',
    draw(random, size) {
      const chances = Array.from({ length: size.managers }, () => 0.1 + 0.8 * random.next());
      return trade(random, size, ({ manager }) => sideOf(random, chances[manager]!));
    },
  },
  HABIT,
  news('common news, rho 0.005', Math.sqrt(0.005) / 2, false),
  COMMON_NEWS,
  LASTING_NEWS,
  urn("herding, Polya's urn, rho 0.005", 0.005),
  HERDING,
  FOLLOWERS,
];

/** Weekly nets of five classes that sum to zero in each week. */
export interface ClassWorld {
  readonly name: string;
  draw(random: Random, weeks: number): Float64Array[];
}

const CLASSES = 5;

/** Five series from their weekly shocks, less what they have in common, with an autoregression of each. */
function classes(weeks: number, memory: number, shocks: (t: number) => readonly number[]): Float64Array[] {
  const runIn = 50;
  const series = Array.from({ length: CLASSES }, () => new Float64Array(weeks));
  const state = new Float64Array(CLASSES);
  for (let t = -runIn; t < weeks; t++) {
    const drawn = shocks(t);
    const common = drawn.reduce((sum, shock) => sum + shock, 0) / CLASSES;
    for (let c = 0; c < CLASSES; c++) {
      state[c] = memory * state[c]! + drawn[c]! - common;
      if (t >= 0) series[c]![t] = state[c]!;
    }
  }
  return series;
}

const fiveOf = (draw: () => number): number[] => Array.from({ length: CLASSES }, draw);

function student(random: Random, degrees: number): number {
  let chiSquare = 0;
  for (let i = 0; i < degrees; i++) chiSquare += normalDraw(random) ** 2;
  return normalDraw(random) / Math.sqrt(chiSquare / degrees);
}

export const ADDING_UP: ClassWorld = {
  name: 'Gaussian nets that sum to zero',
  draw: (random, weeks) => classes(weeks, 0, () => fiveOf(() => normalDraw(random))),
};

/** In the last week the first three get a shock of `size` sd on top and the other two take the other side. */
export function commonShock(size: number): ClassWorld {
  return {
    name: `last week: the three ${size < 0 ? 'sold' : 'bought'} ${Math.abs(size)} sd on common news`,
    draw(random, weeks) {
      const series = ADDING_UP.draw(random, weeks);
      const sd = Math.sqrt(1 - 1 / CLASSES);
      series.forEach((values, c) => {
        values[weeks - 1]! += c < 3 ? size * sd : -1.5 * size * sd;
      });
      return series;
    },
  };
}

export const CLASS_WORLDS: readonly ClassWorld[] = [
  ADDING_UP,
  {
    name: 'the same, each persistent (0.4 a week)',
    draw: (random, weeks) => classes(weeks, 0.4, () => fiveOf(() => normalDraw(random))),
  },
  {
    name: 'the same with Student t4 tails',
    draw: (random, weeks) => classes(weeks, 0, () => fiveOf(() => student(random, 4))),
  },
  {
    name: 'the same, volatility clusters (one GARCH 0.10, 0.87 scale)',
    draw(random, weeks) {
      let variance = 1;
      return classes(weeks, 0, () => {
        const scale = Math.sqrt(variance);
        const market = normalDraw(random);
        variance = 0.03 + variance * (0.1 * market ** 2 + 0.87);
        return fiveOf(() => scale * normalDraw(random));
      });
    },
  },
  {
    name: 'the three always together (correlation 0.6), an ordinary week',
    draw: (random, weeks) =>
      classes(weeks, 0, () => {
        const together = Math.sqrt(1.5) * normalDraw(random);
        return [1, 1, 1, -1.5, -1.5].map((loading) => loading * together + normalDraw(random));
      }),
  },
  commonShock(1),
  commonShock(2),
  commonShock(-2),
  {
    name: 'last week: the second and third copy the first (a quarter own)',
    draw(random, weeks) {
      const series = ADDING_UP.draw(random, weeks);
      const last = weeks - 1;
      const led = series[0]![last]!;
      for (const c of [1, 2]) series[c]![last] = 0.75 * led + 0.25 * series[c]![last]!;
      const rest = -(led + series[1]![last]! + series[2]![last]!) / 2;
      for (const c of [3, 4]) series[c]![last] = rest;
      return series;
    },
  },
];
