import { InvalidRequest } from '../../core/index.js';
import { groupBySecurity } from './group-by-security.js';
import { countBuyers, type TradePanel } from './trade-panel.js';

export interface FollowingOptions {
  /** How many securities are numbered, 0 .. securities - 1. */
  readonly securities: number;
  /** Fewest managers that trade a security in each of the two periods, default 1 (Sias also gives 5, 10 and 20). */
  readonly minTraders?: number;
}

/** A part of the correlation. */
export interface FollowingPart {
  readonly value: number;
  /** Across securities, of the sum of their contributions; means and deviations taken as known. */
  readonly standardError: number;
}

export interface Following {
  /** Securities that enter. */
  readonly securities: number;
  /** Cross-sectional correlation of the buyer fraction with its lag; equals own + others. */
  readonly correlation: FollowingPart;
  /** From managers that trade the same security in both periods, each following itself. */
  readonly own: FollowingPart;
  /** From managers following the trades of other managers. */
  readonly others: FollowingPart;
}

/** Why there is no figure. */
export interface NoFollowing {
  readonly reason: string;
}

/**
 * Do managers follow each other or themselves? (Sias 2004, Review of Financial Studies 17, equations 3 to 5.) The buyer fraction
 * of a security, buyers / (buyers + sellers), standardised across the securities traded in both periods; its correlation
 * with that of the period before is the sum over securities k of
 * sum over managers n now and m before of (D(n,k,now) - mean now) (D(m,k,before) - mean before) / (N(k,now) N(k,before)),
 * divided by (K - 1) sd now sd before, D = 1 for a buyer and 0 for a seller; pairs n = m are the part 'own', all others 'others'.
 *
 * @returns a reason where fewer than 3 securities enter, or the fraction does not vary in one of the periods
 * @throws {InvalidRequest} for a panel that cannot be one, or with a manager and security twice
 */
export function siasFollowing(
  now: TradePanel,
  before: TradePanel,
  options: FollowingOptions,
): Following | NoFollowing {
  const { securities, minTraders = 1 } = options;
  const fractionNow = buyerFractions(now, securities);
  const fractionBefore = buyerFractions(before, securities);
  const enter: number[] = [];
  for (let k = 0; k < securities; k++) {
    if (Math.min(fractionNow.traders[k]!, fractionBefore.traders[k]!) >= Math.max(1, minTraders))
      enter.push(k);
  }
  if (enter.length < 3) return { reason: `${enter.length} securities traded in both periods, 3 needed` };
  const centreNow = spread(fractionNow.fraction, enter);
  const centreBefore = spread(fractionBefore.fraction, enter);
  if (centreNow.deviation === 0) return { reason: 'the buyer fraction does not vary across securities' };
  if (centreBefore.deviation === 0) {
    return { reason: 'the buyer fraction of the period before does not vary across securities' };
  }
  const scale = 1 / ((enter.length - 1) * centreNow.deviation * centreBefore.deviation);
  const ownProducts = selfProducts(now, before, securities, centreNow.mean, centreBefore.mean);
  const all = new Float64Array(enter.length);
  const own = new Float64Array(enter.length);
  enter.forEach((k, i) => {
    const product =
      (fractionNow.fraction[k]! - centreNow.mean) * (fractionBefore.fraction[k]! - centreBefore.mean);
    all[i] = scale * product;
    own[i] = (scale * ownProducts[k]!) / (fractionNow.traders[k]! * fractionBefore.traders[k]!);
  });
  return {
    securities: enter.length,
    correlation: part(all),
    own: part(own),
    others: part(all.map((contribution, i) => contribution - own[i]!)),
  };
}

function buyerFractions(panel: TradePanel, securities: number) {
  const { buyers, active } = countBuyers(panel, securities);
  const fraction = Float64Array.from(buyers, (count, k) => count / active[k]!);
  return { fraction, traders: active };
}

/** Mean and sample standard deviation over some positions. */
function spread(values: Float64Array, positions: readonly number[]) {
  const mean = positions.reduce((sum, k) => sum + values[k]!, 0) / positions.length;
  const squares = positions.reduce((sum, k) => sum + (values[k]! - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (positions.length - 1)) };
}

/** By security, the sum over managers that trade it in both periods of the product of their centred directions. */
function selfProducts(
  now: TradePanel,
  before: TradePanel,
  securities: number,
  meanNow: number,
  meanBefore: number,
): Float64Array {
  const products = new Float64Array(securities);
  const managers = 1 + Math.max(largest(now.manager), largest(before.manager));
  const directionNow = directionsOfSecurities(now, securities, managers);
  const directionBefore = directionsOfSecurities(before, securities, managers);
  for (let k = 0; k < securities; k++) {
    const earlier = directionBefore(k);
    const { directions, traders } = directionNow(k);
    for (const manager of traders) {
      if (earlier.directions[manager] === 0) continue;
      const bought = directions[manager] === 1 ? 1 : 0;
      const boughtBefore = earlier.directions[manager] === 1 ? 1 : 0;
      products[k]! += (bought - meanNow) * (boughtBefore - meanBefore);
    }
  }
  return products;
}

function largest(values: Uint32Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

/**
 * Of one security at a time, who traded it and, by manager, in which direction (0 where it did not). The answer holds until
 * the next security is asked for.
 */
function directionsOfSecurities(panel: TradePanel, securities: number, managers: number) {
  const groups = groupBySecurity(panel, securities);
  const directions = new Int8Array(managers);
  let traders: Uint32Array = new Uint32Array(0);
  return (security: number) => {
    for (const manager of traders) directions[manager] = 0;
    const from = groups.start[security]!;
    traders = groups.manager.subarray(from, groups.start[security + 1]!);
    for (let i = 0; i < traders.length; i++) {
      const manager = traders[i]!;
      if (directions[manager] !== 0) {
        throw new InvalidRequest(
          `manager ${manager} trades security ${security} twice in a period; net them first`,
        );
      }
      directions[manager] = groups.direction[from + i]!;
    }
    return { traders, directions };
  };
}

function part(contributions: Float64Array): FollowingPart {
  const count = contributions.length;
  const value = contributions.reduce((sum, contribution) => sum + contribution, 0);
  const squares = contributions.reduce((sum, contribution) => sum + (contribution - value / count) ** 2, 0);
  return { value, standardError: Math.sqrt((squares * count) / (count - 1)) };
}
