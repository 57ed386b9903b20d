import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { type SimulatedMarket, simulateMarket } from '../../src/simulate/index.js';
import { autoregression, garchReturns, lognormalMultiplier, pinSteps } from '../../src/simulate/processes.js';
import { normalDraws, randomStream } from '../../src/simulate/random-streams.js';

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: ArrayLike<number>, mx: number, y: ArrayLike<number>, my: number) =>
    mean(Array.from(x, (value, i) => (value - mx) * (y[i]! - my)));
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}

const lagged = (values: ArrayLike<number>): number =>
  correlation(Array.from(values).slice(1), Array.from(values).slice(0, -1));

describe('processes', () => {
  const count = 200_000;

  it('autoregression has the stated deviation and persistence', () => {
    const values = autoregression(seededRandom(1), count, { persistence: 0.6, deviation: 2 });
    expect(Math.sqrt(mean(values.map((value) => value ** 2)))).toBeCloseTo(2, 1);
    expect(lagged(values)).toBeCloseTo(0.6, 2);
  });

  it('the lognormal multiplier is positive with mean one', () => {
    const values = lognormalMultiplier(seededRandom(2), count, { persistence: 0.5, deviation: 0.4 });
    expect(mean(values)).toBeCloseTo(1, 2);
    expect(Math.min(...values.subarray(0, 1000))).toBeGreaterThan(0);
  });

  it('GARCH returns keep their long-run deviation, are uncorrelated, and cluster', () => {
    const values = garchReturns(seededRandom(3), count, { deviation: 0.01, reaction: 0.09, memory: 0.89 });
    expect(Math.sqrt(mean(values.map((value) => value ** 2)))).toBeCloseTo(0.01, 3);
    expect(Math.abs(lagged(values))).toBeLessThan(0.03);
    expect(lagged(values.map(Math.abs))).toBeGreaterThan(0.1);
  });

  it('pinned steps sum to the total and keep their differences', () => {
    const steps = normalDraws(seededRandom(4), 50);
    const pinned = pinSteps(steps, 0.7);
    expect(pinned.reduce((sum, step) => sum + step, 0)).toBeCloseTo(0.7, 12);
    expect(pinned[7]! - pinned[3]!).toBeCloseTo(steps[7]! - steps[3]!, 12);
  });

  it('streams of one seed differ by label, and of one label by seed', () => {
    const first = (seed: number, label: string) => randomStream(seed, label).next();
    const draws = [first(1, 'a'), first(1, 'b'), first(2, 'a'), first(12, 'a'), first(1, '2/a')];
    expect(new Set(draws).size).toBe(draws.length);
    expect(first(1, 'a')).toBe(first(1, 'a'));
  });
});

describe('a market without plants', () => {
  const markets = [101, 102, 103].map((seed) => simulateMarket({ seed, planted: false }));

  /** Net flows of a class over open interest, from the published positions. */
  function shares(
    market: SimulatedMarket,
    classIndex: number,
    name: 'sp500' | 'sp400' | 'djia' = 'sp500',
  ): number[] {
    const { history } = market.futures.contracts[name];
    const net = Array.from(
      history.openInterest,
      (_, t) => history.long[classIndex]![t]! - history.short[classIndex]![t]!,
    );
    return net.slice(1).map((value, t) => (value - net[t]!) / history.openInterest[t]!);
  }
  const average = (figure: (market: SimulatedMarket) => number): number => mean(markets.map(figure));

  it('has persistent flows whose size clusters', () => {
    const autocorrelation = average((market) => lagged(shares(market, 1)));
    expect(autocorrelation).toBeGreaterThan(0.1);
    expect(autocorrelation).toBeLessThan(0.35);
    expect(average((market) => lagged(shares(market, 1).map(Math.abs)))).toBeGreaterThan(0.08);
  });

  it('has dealers and leveraged funds on the other side of asset managers', () => {
    expect(average((market) => correlation(shares(market, 1), shares(market, 0)))).toBeLessThan(-0.5);
    expect(average((market) => correlation(shares(market, 1), shares(market, 2)))).toBeLessThan(-0.3);
  });

  it('has larger flows in expiry weeks, and the most open interest just before them', () => {
    const size = (market: SimulatedMarket, isExpiry: boolean): number => {
      const chosen = (['sp500', 'sp400', 'djia'] as const).flatMap((name) =>
        shares(market, 1, name).filter(
          (_, t) => market.weeks[t + 1]!.flags.includes('quadruple-witching') === isExpiry,
        ),
      );
      return mean(chosen.map(Math.abs));
    };
    expect(average((market) => size(market, true) / size(market, false))).toBeGreaterThan(1.2);
    for (const market of markets) {
      const { openInterest } = market.futures.contracts.sp500.history;
      const expiries = market.weeks.flatMap(({ flags }, t) =>
        flags.includes('quadruple-witching') && t > 1 ? [t] : [],
      );
      expect(mean(expiries.map((t) => openInterest[t - 1]! / openInterest[t]!))).toBeGreaterThan(1.05);
      expect(mean(expiries.map((t) => openInterest[t - 1]! / openInterest[t - 2]!))).toBeGreaterThan(1.05);
    }
  });

  it('grows: dollars a contract by well over double, and contracts as well', () => {
    for (const market of markets) {
      const { closes, history } = market.futures.contracts.nasdaq100;
      expect(closes!.at(-1)! / closes![0]!).toBeGreaterThan(2.5);
      const yearAverage = (from: number) => mean(history.openInterest.slice(from, from + 52));
      expect(yearAverage(history.openInterest.length - 52) / yearAverage(0)).toBeGreaterThan(1);
    }
  });
});
