import { InvalidRequest } from '../../core/index.js';
import { binomialTwoSided, exactInterval } from './proportion.js';

export interface IntervalCoverage {
  readonly n: number;
  readonly covered: number;
  /** covered / n. */
  readonly coverage: number;
  /** Exact 95 % interval of the chance to cover (Clopper and Pearson 1934). */
  readonly band: readonly [number, number];
  /** Exact two-sided p of the stated level (Kupiec 1995, Journal of Derivatives 3, by the binomial itself). */
  readonly p: number;
}

/**
 * How often intervals held what they were stated for, ends included. Overlapping forecasts are not independent: give only those that
 * do not overlap, or read the band as too narrow.
 *
 * @param stated level of the intervals, in (0, 1)
 * @throws {InvalidRequest} for no forecast, unequal lengths, an outcome that is not known, or an interval whose low end is above its high
 *   end
 */
export function intervalCoverage(
  low: Float64Array,
  high: Float64Array,
  actual: Float64Array,
  stated: number,
): IntervalCoverage {
  const n = actual.length;
  if (n === 0 || low.length !== n || high.length !== n) {
    throw new InvalidRequest(
      `${low.length} low and ${high.length} high ends for ${n} outcomes; give one each`,
    );
  }
  let covered = 0;
  for (let i = 0; i < n; i++) {
    if (!(low[i]! <= high[i]!))
      throw new InvalidRequest(`interval ${low[i]} to ${high[i]}; give the low end first`);
    if (Number.isNaN(actual[i]!))
      throw new InvalidRequest(`outcome ${i} is not known; leave the forecast out until it is`);
    if (low[i]! <= actual[i]! && actual[i]! <= high[i]!) covered++;
  }
  return {
    n,
    covered,
    coverage: covered / n,
    band: exactInterval(covered, n),
    p: binomialTwoSided(covered, n, stated),
  };
}
