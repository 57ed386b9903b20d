import type { HerdingRow } from '../../core/index.js';
import {
  type BuyerCounts,
  breadthChange,
  countBuyers,
  type HoldingPanel,
  lsvHerding,
  netBuyerShare,
  overdispersionTest,
  siasFollowing,
  type TradePanel,
} from '../../stats/index.js';
import type { AgreementQuestion } from './class-agreement.js';
import { type PeriodTrades, positionsOf, type TradeGroup } from './period-trades.js';

/** Active managers that a security needs for LSV and the overdispersion test (Wermers 1999). */
export const FEWEST_ACTIVE = 5;
/** Securities that a mean, a test or a correlation over securities needs. */
export const FEWEST_SECURITIES = 10;

type Figures = Omit<
  HerdingRow,
  'kind' | 'basis' | 'periodStart' | 'periodEnd' | 'knownAt' | 'sector' | 'class'
>;
type Reasons = Record<string, string>;

function tradesAmong(trades: PeriodTrades, positions: readonly number[]): TradePanel {
  const traded = positions.filter((i) => trades.direction[i] !== 0);
  return {
    manager: Uint32Array.from(traded, (i) => trades.manager[i]!),
    security: Uint32Array.from(traded, (i) => trades.security[i]!),
    direction: Int8Array.from(traded, (i) => trades.direction[i]!),
  };
}

function balanceOf({ direction }: TradePanel): number | null {
  let buyers = 0;
  for (const side of direction) if (side === 1) buyers++;
  return netBuyerShare(buyers, direction.length - buyers, direction.length);
}

/** Mean over the securities held at either end; every manager of the group is present at both. */
function breadthOf(
  trades: PeriodTrades,
  positions: readonly number[],
  group: TradeGroup,
  reasons: Reasons,
): number | null {
  const { heldNow, heldBefore } = trades;
  if (heldNow === null || heldBefore === null) {
    reasons.breadthChange = `basis ${trades.basis} tells trades, not who holds what`;
    return null;
  }
  const present = Uint8Array.from(trades.managers, (manager) =>
    manager.counts && (group.class === null || manager.class === group.class) ? 1 : 0,
  );
  const holding = (held: Uint8Array): HoldingPanel => {
    const own = positions.filter((i) => held[i] === 1);
    return {
      manager: Uint32Array.from(own, (i) => trades.manager[i]!),
      security: Uint32Array.from(own, (i) => trades.security[i]!),
      present,
    };
  };
  const found = breadthChange(holding(heldNow), holding(heldBefore), trades.securities.length);
  const held = [...found.holdersNow.keys()].filter((k) => found.holdersNow[k]! + found.holdersBefore[k]! > 0);
  if (found.change === null || held.length === 0) {
    reasons.breadthChange = 'nothing of it is held';
    return null;
  }
  return held.reduce((sum, k) => sum + found.change![k]!, 0) / held.length;
}

const NO_HERDING = {
  lsv: null,
  lsvStandardError: null,
  lsvBuy: null,
  lsvSell: null,
  overdispersion: null,
  overdispersionP: null,
} as const;

function herdingOf(counts: BuyerCounts, { resamples, seed }: AgreementQuestion, reasons: Reasons) {
  const tested = counts.active.reduce((n, active) => n + (active >= FEWEST_ACTIVE ? 1 : 0), 0);
  if (tested < FEWEST_SECURITIES) {
    const reason = `${tested} securities with ${FEWEST_ACTIVE} active managers, ${FEWEST_SECURITIES} needed`;
    Object.assign(reasons, { lsv: reason, overdispersion: reason });
    return { tested, ...NO_HERDING };
  }
  const { all, buy, sell } = lsvHerding(counts, { minActive: FEWEST_ACTIVE });
  const dispersion = overdispersionTest(counts, { resamples, seed, minActive: FEWEST_ACTIVE });
  const isKnown = !('reason' in dispersion);
  if (!isKnown) reasons.overdispersion = dispersion.reason;
  if (buy.mean === null) reasons.lsvBuy = 'no security lies above the pooled buyer share';
  if (sell.mean === null) reasons.lsvSell = 'no security lies below the pooled buyer share';
  return {
    tested,
    lsv: all.mean,
    lsvStandardError: all.standardError,
    lsvBuy: buy.mean,
    lsvSell: sell.mean,
    overdispersion: isKnown ? dispersion.betaBinomial.rho : null,
    overdispersionP: isKnown ? dispersion.p : null,
  };
}

const NO_FOLLOWING = {
  following: null,
  followingStandardError: null,
  followingOwn: null,
  followingOwnStandardError: null,
  followingOthers: null,
  followingOthersStandardError: null,
} as const;

/** Numbers keys alike in two periods. */
function shared(now: readonly { readonly key: string }[], before: readonly { readonly key: string }[]) {
  const numbers = new Map<string, number>();
  for (const { key } of [...now, ...before]) if (!numbers.has(key)) numbers.set(key, numbers.size);
  return {
    size: numbers.size,
    renumber: (items: readonly { readonly key: string }[], column: Uint32Array): Uint32Array =>
      column.map((index) => numbers.get(items[index]!.key)!),
  };
}

function followingOf(
  now: { readonly trades: PeriodTrades; readonly panel: TradePanel },
  before: { readonly trades: PeriodTrades; readonly panel: TradePanel } | null,
  reasons: Reasons,
) {
  if (before === null) {
    reasons.following = 'the trades of the period before are not known';
    return NO_FOLLOWING;
  }
  const managers = shared(now.trades.managers, before.trades.managers);
  const securities = shared(now.trades.securities, before.trades.securities);
  const [one, other] = [now, before].map(({ trades, panel }) => ({
    manager: managers.renumber(trades.managers, panel.manager),
    security: securities.renumber(trades.securities, panel.security),
    direction: panel.direction,
  })) as [TradePanel, TradePanel];
  const tradedBefore = new Set(other.security);
  const both = new Set([...one.security].filter((security) => tradedBefore.has(security))).size;
  if (both < FEWEST_SECURITIES) {
    reasons.following = `${both} securities traded in both periods, ${FEWEST_SECURITIES} needed`;
    return NO_FOLLOWING;
  }
  const found = siasFollowing(one, other, { securities: securities.size });
  if ('reason' in found) {
    reasons.following = found.reason;
    return NO_FOLLOWING;
  }
  return {
    following: found.correlation.value,
    followingStandardError: found.correlation.standardError,
    followingOwn: found.own.value,
    followingOwnStandardError: found.own.standardError,
    followingOthers: found.others.value,
    followingOthersStandardError: found.others.standardError,
  };
}

function figuresOf(
  now: PeriodTrades,
  before: PeriodTrades | null,
  group: TradeGroup,
  question: AgreementQuestion,
): Figures {
  const reasons: Reasons = {};
  const positions = positionsOf(now, group);
  const panel = tradesAmong(now, positions);
  const counts = countBuyers(panel, now.securities.length);
  const share = balanceOf(panel);
  if (share === null) reasons.netBuyerShare = 'nobody traded';
  const earlier =
    before === null ? null : { trades: before, panel: tradesAmong(before, positionsOf(before, group)) };
  return {
    managers: new Set(panel.manager).size,
    securities: new Set(panel.security).size,
    trades: panel.direction.length,
    netBuyerShare: share,
    breadthChange: breadthOf(now, positions, group, reasons),
    ...herdingOf(counts, question, reasons),
    resamples: question.resamples,
    ...followingOf({ trades: now, panel }, earlier, reasons),
    reasons,
  };
}

/**
 * Did managers buy and sell the same securities (measures.md section 8)? Agreement of a group in one period, and whether it
 * follows the period before.
 * @param before the period before, null where it is not known
 */
export function herdingRow(
  now: PeriodTrades,
  before: PeriodTrades | null,
  group: TradeGroup,
  question: AgreementQuestion,
): HerdingRow {
  const { basis, periodStart, periodEnd, knownAt } = now;
  return {
    kind: 'herding',
    basis,
    periodStart,
    periodEnd,
    knownAt,
    ...group,
    ...figuresOf(now, before, group, question),
  };
}

/**
 * The groups that an answer shows: with neither filter all together, each sector and each class; with a filter what it leaves of
 * these, and each class in the sector or each sector of the class.
 */
export function tradeGroups(
  trades: PeriodTrades,
  filter: { readonly sector?: string; readonly classes?: readonly string[] },
): TradeGroup[] {
  const present = (values: Iterable<string | null>): string[] =>
    [...new Set(values)].filter((value) => value !== null).sort();
  const sectors =
    filter.sector === undefined ? present(trades.securities.map(({ sector }) => sector)) : [filter.sector];
  const classes =
    filter.classes ?? present(trades.managers.filter(({ counts }) => counts).map((manager) => manager.class));
  const whole: (string | null)[] = filter.sector === undefined ? [null] : [filter.sector];
  const all = whole.map((sector) => ({ sector, class: null }));
  const bySector = sectors.map((sector) => ({ sector, class: null }));
  const byClass = whole.flatMap((sector) => classes.map((name) => ({ sector, class: name })));
  if (filter.classes !== undefined)
    return filter.sector === undefined
      ? [...byClass, ...sectors.flatMap((sector) => classes.map((name) => ({ sector, class: name })))]
      : byClass;
  return filter.sector === undefined ? [...all, ...bySector, ...byClass] : [...all, ...byClass];
}
