import { describe, expect, it } from 'vitest';
import { simulateMarket } from '../../src/simulate/index.js';

describe('the worlds of herding', () => {
  const panels = (['none', 'common-news', 'herding'] as const).map((herding) =>
    [11, 12, 13].map((seed) => simulateMarket({ seed, planted: false, herding }).truth.thirteenF),
  );
  const average = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;

  /** Pearson's dispersion of the share of buyers over names: 1 where every trade is an independent draw. */
  function dispersion({ bySecurity, quarters }: (typeof panels)[0][0]): number {
    return average(
      quarters.slice(1).map(({ end }) => {
        const names = bySecurity.filter((one) => one.quarterEnd === end);
        const traded = names.map(({ buyers, sellers }) => buyers + sellers);
        const share =
          names.reduce((sum, { buyers }) => sum + buyers, 0) / traded.reduce((sum, count) => sum + count, 0);
        const squares = names.map(
          ({ buyers }, j) => (buyers - share * traded[j]!) ** 2 / (traded[j]! * share * (1 - share)),
        );
        return squares.reduce((sum, square) => sum + square, 0) / (names.length - 1);
      }),
    );
  }

  /** Correlation over names of the share of buyers with that of the quarter before, pooled over quarters. */
  function following({ bySecurity, quarters }: (typeof panels)[0][0]): number {
    const shares = (end: string) =>
      new Map(
        bySecurity
          .filter((one) => one.quarterEnd === end)
          .map(({ symbol, buyers, sellers }) => [symbol, buyers / (buyers + sellers)]),
      );
    return average(
      quarters.slice(2).map(({ end }, i) => {
        const [now, before] = [shares(end), shares(quarters[i + 1]!.end)];
        const pairs = [...now].map(([symbol, share]) => [share, before.get(symbol)!] as const);
        const [meanNow, meanBefore] = [0, 1].map((side) => average(pairs.map((pair) => pair[side as 0]!)));
        const product = (a: 0 | 1, b: 0 | 1): number =>
          average(
            pairs.map(
              (pair) => (pair[a] - [meanNow!, meanBefore!][a]!) * (pair[b] - [meanNow!, meanBefore!][b]!),
            ),
          );
        return product(0, 1) / Math.sqrt(product(0, 0) * product(1, 1));
      }),
    );
  }

  it('are coin tosses, tosses of the coins of one quarter, and tosses that remember', () => {
    const [none, news, herding] = panels.map((panel) => average(panel.map(dispersion)));
    expect(none!).toBeGreaterThan(0.75);
    expect(none!).toBeLessThan(1.15);
    expect(news!).toBeGreaterThan(2);
    expect(herding!).toBeGreaterThan(2);
    const [alone, forgotten, followed] = panels.map((panel) => average(panel.map(following)));
    expect(Math.abs(alone!)).toBeLessThan(0.12);
    expect(Math.abs(forgotten!)).toBeLessThan(0.12);
    expect(followed!).toBeGreaterThan(0.4);
  });

  it('differ in nothing that a filing day shows', () => {
    const [none, news] = [panels[0]![0]!, panels[1]![0]!];
    expect(news.quarters).toEqual(none.quarters);
    expect(news.managers).toEqual(none.managers);
    expect(none.unison).toEqual({
      world: 'none',
      parameters: { base: 0, news: 0, following: 0 },
      planted: null,
    });
  });
});
