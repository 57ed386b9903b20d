import { DRIVERS, type Driver, normalDraw, type Random, seededRandom } from '../../../src/core/index.js';
import { volScaled } from '../../../src/stats/index.js';
import {
  fitDrivers,
  type ModelColumn,
  type NeededHistory,
  verdictOf,
} from '../../../src/studies/drivers/index.js';
import { drawSeries, INDEPENDENT, MILD, PERSISTENT } from '../statistics/series.js';

/** A world of one flow and the factors of the four drivers. */
export interface DriverWorld {
  readonly name: string;
  /** What the flow's shock loads on, as a share of its deviation. */
  readonly driven: Driver | 'none';
  readonly loading: number;
}

export const NO_DRIVER: DriverWorld = { name: 'no driver', driven: 'none', loading: 0 };
export const planted = (driven: Driver, loading: number): DriverWorld => ({
  name: `${driven}, loading ${loading}`,
  driven,
  loading,
});

/** Weeks that seed the volatility of a flow. */
const SEED_WEEKS = 52;
/** What every world shares: the flow keeps a quarter of last week's, and goes with the market. */
const KEPT = 0.25;
const WITH_MARKET = 0.25;
/** Weeks in which companies report, of thirteen. */
const SEASON = 6;
/** One week in so many the target range moves. */
const WEEKS_A_MOVE = 26;

const mixed = (a: Float64Array, b: Float64Array, weight: number): Float64Array =>
  a.map((value, t) => weight * value + Math.sqrt(1 - weight ** 2) * b[t]!);

/** Factors shaped as the real ones: fat clusters, two yields that move together, news in seasons alone, persistent rotation. */
function drawFactors(random: Random, weeks: number): ModelColumn[] {
  const draw = (kind = INDEPENDENT): Float64Array => drawSeries(random, weeks, kind);
  const market = drawSeries(random, weeks, { name: '', persistence: 0, clusters: true });
  const twoYear = draw();
  const moves = draw().map((value) => (random.next() < 1 / WEEKS_A_MOVE ? value : 0));
  return [
    { driver: 'control', factor: 'market-return', values: market },
    {
      driver: 'ai',
      factor: 'ai-basket-excess-return',
      values: mixed(market, drawSeries(random, weeks, { name: '', persistence: 0, clusters: true }), 0.4),
    },
    {
      driver: 'earnings',
      factor: 'earnings-surprise',
      values: draw().map((value, t) => (t % 13 < SEASON ? value : 0)),
    },
    { driver: 'macro', factor: 'two-year-yield-change', values: twoYear },
    { driver: 'macro', factor: 'ten-year-yield-change', values: mixed(twoYear, draw(), 0.8) },
    { driver: 'macro', factor: 'policy-path-change', values: twoYear.map((value, t) => value - moves[t]!) },
    { driver: 'rotation', factor: 'cyclical-net-sold', values: draw(PERSISTENT) },
  ];
}

const FACTOR_OF: Readonly<Record<Driver, string>> = {
  ai: 'ai-basket-excess-return',
  earnings: 'earnings-surprise',
  macro: 'ten-year-yield-change',
  rotation: 'cyclical-net-sold',
};

/** Dollars a week that grow, with volatility that clusters; what drives them is a share of the shock. */
function drawFlow(random: Random, columns: readonly ModelColumn[], world: DriverWorld): Float64Array {
  const weeks = columns[0]!.values.length;
  const driver =
    world.driven === 'none'
      ? null
      : columns.find(({ factor }) => factor === FACTOR_OF[world.driven as Driver])!;
  const squares = driver?.values.reduce((sum, value) => sum + value ** 2, 0) ?? weeks;
  const usual = Math.sqrt(squares / weeks);
  const volatility = drawSeries(random, weeks, MILD);
  let flow = 0;
  return Float64Array.from({ length: weeks }, (_, t) => {
    const rest = Math.sqrt(1 - WITH_MARKET ** 2 - world.loading ** 2) * normalDraw(random);
    const told = driver === null ? 0 : (world.loading * driver.values[t]!) / usual;
    const size = Math.exp(0.28 * volatility[t]! + (0.1 * t) / 52);
    flow = KEPT * flow + size * (rest + WITH_MARKET * columns[0]!.values[t]! + told);
    return flow;
  });
}

/** Shares of worlds in which a driver's interval leaves 0 out, and in which its part has the week's direction. */
export interface Shown {
  readonly shown: number;
  readonly for: number;
  readonly against: number;
}

export type WorldOutcome = Readonly<Record<Driver, Shown>> & { readonly outOfSampleAboveZero: number };

/** Draws worlds, fits each on `weeks` weeks, and counts the verdicts on the week after them; weeks stand for the periods of `history`. */
export function tryDrivers(
  world: DriverWorld,
  question: {
    readonly weeks: number;
    readonly worlds: number;
    readonly seed: number;
    readonly history?: NeededHistory;
  },
): WorldOutcome {
  const counts = Object.fromEntries(DRIVERS.map((driver) => [driver, { for: 0, against: 0 }])) as Record<
    Driver,
    { for: number; against: number }
  >;
  let better = 0;
  for (let i = 0; i < question.worlds; i++) {
    const random = seededRandom(question.seed * 1_000_003 + i);
    const length = question.weeks + SEED_WEEKS + 2;
    const columns = drawFactors(random, length);
    const flow = volScaled(drawFlow(random, columns, world));
    const { fit, reason } = fitDrivers({
      flow,
      columns,
      resamples: 0,
      seed: 1,
      ...(question.history === undefined ? {} : { history: question.history }),
    });
    if (fit === null) throw new Error(`world ${i}: ${reason}`);
    if ((fit.outOfSampleR2 ?? -1) > 0) better++;
    for (const driver of DRIVERS) {
      const part = fit.contributions.get(driver);
      // In few periods a driver may have too little of its own to stand in the regression.
      if (part === undefined) continue;
      const verdict = verdictOf(part, Math.sign(fit.actual - fit.meanFlow), null);
      if (verdict === 'for' || verdict === 'against') counts[driver][verdict]++;
    }
  }
  const share = (count: number): number => count / question.worlds;
  const outcome = Object.fromEntries(
    DRIVERS.map((driver) => {
      const { for: agree, against } = counts[driver];
      return [driver, { shown: share(agree + against), for: share(agree), against: share(against) }];
    }),
  ) as Record<Driver, Shown>;
  return { ...outcome, outOfSampleAboveZero: share(better) };
}
