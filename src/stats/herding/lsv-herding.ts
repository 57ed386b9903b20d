import { binomialMeanAbsoluteDeviation } from './binomial.js';
import { type BuyerCounts, checkCounts } from './trade-panel.js';

/** Fewest active managers of a security that enters (Wermers 1999). */
export const MIN_ACTIVE = 5;

/** Mean of H over securities. */
export interface HerdingMean {
  readonly securities: number;
  /** In shares of 1: 0.027 is 2.7 %. Null without a security. */
  readonly mean: number | null;
  /** Cross-sectional, sd / sqrt(securities); null with fewer than two. */
  readonly standardError: number | null;
}

export interface LsvHerding {
  /** p: buyers over active managers, summed over the securities that enter; null where none does. */
  readonly pooledBuyerShare: number | null;
  /** H of every security; NaN where too few were active. */
  readonly measure: Float64Array;
  readonly all: HerdingMean;
  /** H of the securities with a buyer share above p (BHM of Wermers 1999). */
  readonly buy: HerdingMean;
  /** H of the securities with a buyer share below p (SHM). */
  readonly sell: HerdingMean;
}

/**
 * Herding in one period (Lakonishok, Shleifer and Vishny 1992, JFE 32): security with B buyers of N active,
 * H = |B/N - p| - E|Binomial(N, p)/N - p|, the expectation exact. Buy and sell herding are H itself over the securities on
 * either side of p, with the same expectation (Wermers 1999, JF 54); at B/N = p a security is in neither.
 *
 * For comparison with the literature: H understates herding by an amount that moves with N (Jurkatis 2022), so it is not
 * compared across securities. `overdispersionTest` is the test.
 *
 * @param options.minActive fewest active managers, default 5
 * @throws {InvalidRequest} where counts are of unequal length or more managers buy than are active
 */
export function lsvHerding(counts: BuyerCounts, options: { readonly minActive?: number } = {}): LsvHerding {
  checkCounts(counts);
  const { buyers, active } = counts;
  const minActive = Math.max(1, options.minActive ?? MIN_ACTIVE);
  const measure = new Float64Array(buyers.length).fill(Number.NaN);
  const share = pooledBuyerShare(counts, minActive);
  if (share === null) {
    return { pooledBuyerShare: null, measure, all: NO_SECURITY, buy: NO_SECURITY, sell: NO_SECURITY };
  }
  const expected = new Map<number, number>();
  const buy: number[] = [];
  const sell: number[] = [];
  for (let i = 0; i < buyers.length; i++) {
    const n = active[i]!;
    if (n < minActive) continue;
    let adjustment = expected.get(n);
    if (adjustment === undefined) {
      adjustment = binomialMeanAbsoluteDeviation(n, share);
      expected.set(n, adjustment);
    }
    const deviation = buyers[i]! / n - share;
    measure[i] = Math.abs(deviation) - adjustment;
    if (deviation > 0) buy.push(measure[i]!);
    else if (deviation < 0) sell.push(measure[i]!);
  }
  const entered = [...measure].filter((value) => !Number.isNaN(value));
  return {
    pooledBuyerShare: share,
    measure,
    all: herdingMean(entered),
    buy: herdingMean(buy),
    sell: herdingMean(sell),
  };
}

const NO_SECURITY: HerdingMean = { securities: 0, mean: null, standardError: null };

/** Buyers over active managers, summed over securities with at least `minActive` (>= 1) active; null where there is none. */
function pooledBuyerShare({ buyers, active }: BuyerCounts, minActive: number): number | null {
  let bought = 0;
  let traded = 0;
  for (let i = 0; i < buyers.length; i++) {
    if (active[i]! < minActive) continue;
    bought += buyers[i]!;
    traded += active[i]!;
  }
  return traded === 0 ? null : bought / traded;
}

function herdingMean(values: readonly number[]): HerdingMean {
  const securities = values.length;
  if (securities === 0) return NO_SECURITY;
  const mean = values.reduce((sum, value) => sum + value, 0) / securities;
  if (securities === 1) return { securities, mean, standardError: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { securities, mean, standardError: Math.sqrt(squares / (securities - 1) / securities) };
}
