import { InvalidRequest } from '../../core/index.js';
import { groupBySecurity, type SecurityGroups } from './group-by-security.js';
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
  const groupsNow = groupBySecurity(now.security, securities);
  const groupsBefore = groupBySecurity(before.security, securities);
  const managers = 1 + Math.max(largest(now.manager), largest(before.manager));
  const tradesNow = new ManagerTrades(now, groupsNow, managers);
  const tradesBefore = new ManagerTrades(before, groupsBefore, managers);
  for (let k = 0; k < securities; k++) {
    tradesNow.select(k);
    tradesBefore.select(k);
    for (let at = groupsNow.start[k]!; at < groupsNow.start[k + 1]!; at++) {
      const manager = now.manager[groupsNow.order[at]!]!;
      const directionBefore = tradesBefore.bought(manager);
      if (directionBefore === null) continue;
      products[k]! += (tradesNow.bought(manager)! - meanNow) * (directionBefore - meanBefore);
    }
  }
  return products;
}

function largest(values: Uint32Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** The trades of one security at a time, found by manager. */
class ManagerTrades {
  /** By manager, 1 + its last row among the selected security's. */
  private readonly row: Uint32Array;
  private security = -1;

  constructor(
    private readonly panel: TradePanel,
    private readonly groups: SecurityGroups,
    managers: number,
  ) {
    this.row = new Uint32Array(managers);
  }

  /** @throws {InvalidRequest} where a manager trades the security twice */
  select(security: number): void {
    this.security = security;
    const { manager } = this.panel;
    const { start, order } = this.groups;
    for (let at = start[security]!; at < start[security + 1]!; at++) {
      const row = order[at]!;
      if (this.bought(manager[row]!) !== null) {
        throw new InvalidRequest(
          `manager ${manager[row]} trades security ${security} twice in a period; net them first`,
        );
      }
      this.row[manager[row]!] = row + 1;
    }
  }

  /** 1 bought, 0 sold, null did not trade the selected security. */
  bought(manager: number): 0 | 1 | null {
    const row = this.row[manager]! - 1;
    if (row < 0 || this.panel.security[row] !== this.security) return null;
    return this.panel.direction[row] === 1 ? 1 : 0;
  }
}

function part(contributions: Float64Array): FollowingPart {
  const count = contributions.length;
  const value = contributions.reduce((sum, contribution) => sum + contribution, 0);
  const squares = contributions.reduce((sum, contribution) => sum + (contribution - value / count) ** 2, 0);
  return { value, standardError: Math.sqrt((squares * count) / (count - 1)) };
}
