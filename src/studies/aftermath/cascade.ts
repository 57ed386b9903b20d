import { type AftermathPlace, type CascadeRow, HeldBy } from '../../core/index.js';
import type { FlowSeries } from '../../flows/index.js';
import { crossCorrelations, grangerTests } from '../../stats/index.js';
import type { Resampling } from './effects.js';

const MOST_LEAD_WEEKS = 8;
/** Draws behind a 95 % band; the test of order is Granger's. */
const MOST_BAND_RESAMPLES = 400;

/** Classes that cannot be asked about beside all others: with dealers the nets of futures add up to 0. */
const OTHER_SIDE = 'dealer';

/** Classes whose order of buying is asked about. */
function cascadeClasses(classes: readonly FlowSeries[]): readonly FlowSeries[] {
  return classes.filter((flow) => flow.class !== OTHER_SIDE && flow.class !== 'institutions');
}

const emptyRow = (place: AftermathPlace, leader: string, follower: string): CascadeRow => ({
  kind: 'cascade',
  ...place,
  leader,
  follower,
  leadWeeks: null,
  correlation: null,
  bandLow: null,
  bandHigh: null,
  grangerP: null,
  grangerAdjustedP: null,
  lags: null,
  n: 0,
  verdict: null,
  reason: null,
});

type Correlated = Pick<CascadeRow, 'leadWeeks' | 'correlation' | 'bandLow' | 'bandHigh' | 'n' | 'reason'>;

/** The strongest correlation where the leader goes ahead or moves in the same week, and whether it is beyond its band. */
function correlated(
  leader: Float64Array,
  follower: Float64Array,
  resampling: Resampling,
): [Correlated, Correlated] {
  const found = crossCorrelations(leader, follower, {
    mostLags: MOST_LEAD_WEEKS,
    resamples: Math.min(resampling.resamples, MOST_BAND_RESAMPLES),
    seed: resampling.seed,
  });
  if ('reason' in found) {
    const none = {
      leadWeeks: null,
      correlation: null,
      bandLow: null,
      bandHigh: null,
      n: 0,
      reason: found.reason,
    };
    return [none, none];
  }
  const { correlations, lower, upper, simultaneous, periods } = found;
  const side = (sign: 1 | -1): Correlated => {
    let best = MOST_LEAD_WEEKS;
    for (let lag = 0; lag <= MOST_LEAD_WEEKS; lag++) {
      const at = MOST_LEAD_WEEKS + sign * lag;
      if (Math.abs(correlations[at]!) > Math.abs(correlations[best]!)) best = at;
    }
    const isBeyond = Math.abs(correlations[best]!) > simultaneous;
    return {
      leadWeeks: isBeyond ? Math.abs(best - MOST_LEAD_WEEKS) : null,
      correlation: correlations[best]!,
      bandLow: lower[best]!,
      bandHigh: upper[best]!,
      n: periods,
      reason: null,
    };
  };
  return [side(1), side(-1)];
}

/** Who goes before whom is of the market, whichever of its classes is asked about. */
const ORDERS = new HeldBy<FlowSeries, readonly CascadeRow[]>();

/**
 * In which order classes buy: correlations of their flows, in multiples of their own volatility, at leads of 0 to 8 weeks, and Granger
 * tests in one autoregression of all classes. A class leads if its past helps to foretell the other (adjusted p below
 * 0.05) with a positive sum of coefficients: the follower then buys after the leader bought.
 */
export function cascadeRows(
  place: AftermathPlace,
  classes: readonly FlowSeries[],
  last: number,
  resampling: Resampling,
): CascadeRow[] {
  const flows = cascadeClasses(classes);
  const [first] = flows;
  if (first === undefined || flows.length < 2) return [];
  const key = JSON.stringify([flows.map((flow) => flow.class), last, resampling]);
  const order = ORDERS.of(first, key, () => orderOfBuying(place, flows, last, resampling));
  return order.map((row) => ({ ...row, ...place }));
}

function orderOfBuying(
  place: AftermathPlace,
  flows: readonly FlowSeries[],
  last: number,
  resampling: Resampling,
): CascadeRow[] {
  const series = flows.map((flow) => flow.ruler('net', 'volScaled').values.slice(0, last + 1));
  const granger = grangerTests(series, { mostLags: MOST_LEAD_WEEKS });
  const rows: CascadeRow[] = [];
  for (let a = 0; a < flows.length; a++) {
    for (let b = a + 1; b < flows.length; b++) {
      const sides = correlated(series[a]!, series[b]!, resampling);
      for (const [cause, effect, figures] of [
        [a, b, sides[0]],
        [b, a, sides[1]],
      ] as const) {
        const row = { ...emptyRow(place, flows[cause]!.class, flows[effect]!.class), ...figures };
        if ('reason' in granger) {
          rows.push({ ...row, reason: granger.reason });
          continue;
        }
        const test = granger.tests.find((pair) => pair.cause === cause && pair.effect === effect)!;
        rows.push({
          ...row,
          grangerP: test.p,
          grangerAdjustedP: test.adjustedP,
          lags: granger.lags,
          verdict: test.adjustedP < 0.05 && test.sum > 0 ? 'leads' : 'not shown',
          reason:
            test.adjustedP < 0.05 && test.sum <= 0
              ? 'its past foretells the other with the opposite sign: the follower sells after the leader bought'
              : row.reason,
        });
      }
    }
  }
  return rows;
}
