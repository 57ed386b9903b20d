import type { Basis, IsoDate } from '../../core/index.js';
import type { ThirteenFPanel } from '../../flows/index.js';

/** Who traded what in one period. Managers and securities are numbered within the period and named by their keys. */
export interface PeriodTrades {
  readonly basis: Basis;
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  /** ISO 8601, UTC. */
  readonly knownAt: string;
  readonly managers: readonly TradingManager[];
  readonly securities: readonly TradedSecurity[];
  /** One position a manager and security that trades or holds; columns of equal length. */
  readonly manager: Uint32Array;
  readonly security: Uint32Array;
  /** 1 bought, -1 sold, 0 neither. */
  readonly direction: Int8Array;
  /** 1 where held at the end and at the start of the period; null where the basis tells no holdings. */
  readonly heldNow: Uint8Array | null;
  readonly heldBefore: Uint8Array | null;
}

export interface TradingManager {
  /** The same in every period. */
  readonly key: string;
  readonly class: string;
  readonly counts: boolean;
}

export interface TradedSecurity {
  /** The same in every period. */
  readonly key: string;
  readonly sector: string | null;
}

type Counts = (manager: ThirteenFPanel['managers'][number]) => boolean;

/** The trades of a 13F panel. Securities whose share counts do not compare are in no position. */
export function panelTrades(
  panel: ThirteenFPanel,
  knownAt: string,
  counts: Counts = () => true,
): PeriodTrades {
  const { positions, securities } = panel;
  const comparable: number[] = [];
  for (let i = 0; i < positions.manager.length; i++)
    if (!Number.isNaN(positions.deltaShares[i]!)) comparable.push(i);
  const column = (values: ArrayLike<number>): Uint32Array => Uint32Array.from(comparable, (i) => values[i]!);
  const held = (shares: Float64Array): Uint8Array =>
    Uint8Array.from(comparable, (i) => (shares[i]! > 0 ? 1 : 0));
  return {
    basis: '13f',
    periodStart: panel.periodStart,
    periodEnd: panel.periodEnd,
    knownAt,
    managers: panel.managers.map((manager) => ({
      key: manager.cik ?? manager.name,
      class: manager.classification.class,
      counts: counts(manager),
    })),
    securities: securities.map(({ cusip, sector }) => ({ key: cusip, sector })),
    manager: column(positions.manager),
    security: column(positions.security),
    direction: Int8Array.from(comparable, (i) => Math.sign(positions.deltaShares[i]!)),
    heldNow: held(positions.sharesNow),
    heldBefore: held(positions.sharesBefore),
  };
}

/** A part of the managers and securities; null = all of them. */
export interface TradeGroup {
  readonly sector: string | null;
  readonly class: string | null;
}

/** Positions of the group, by index. */
export function positionsOf(trades: PeriodTrades, group: TradeGroup): number[] {
  const managerIn = trades.managers.map(
    (manager) => manager.counts && (group.class === null || manager.class === group.class),
  );
  const securityIn = trades.securities.map(({ sector }) => group.sector === null || sector === group.sector);
  const positions: number[] = [];
  for (let i = 0; i < trades.manager.length; i++)
    if (managerIn[trades.manager[i]!] && securityIn[trades.security[i]!]) positions.push(i);
  return positions;
}
