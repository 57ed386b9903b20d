import type { Basis, SourceRef } from './results.js';
import type { IsoDate } from './units.js';

/** What kind of investor a class is taken for. Which class is which is a choice, so two choices are always printed. */
export const ROLES = ['institution', 'speculator', 'retail', 'intermediary', 'unknown'] as const;
export type Role = (typeof ROLES)[number];

/** The two mappings: they differ in leveraged and hedge funds alone. */
export const ROLE_MAPPINGS = ['funds-as-institutions', 'funds-as-speculators'] as const;
export type RoleMapping = (typeof ROLE_MAPPINGS)[number];

/** The other side of a basis that does not hold the whole market. */
export const OUTSIDE_CLASS = 'everyone not in this data';

/** What every row of an answer about buyers is about. */
export interface BuyersPlace {
  readonly basis: Basis;
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly knownAt: string;
  readonly contract: string | null;
  readonly sector: string | null;
  readonly sectorIsProxy: boolean;
}

/** One class in one period: what it bought and sold, and its share of all that was bought. */
export interface BuyersRow extends BuyersPlace {
  readonly kind: 'class';
  /** A class of the basis, or OUTSIDE_CLASS. */
  readonly class: string;
  readonly side: 'buyer' | 'seller' | 'flat' | null;
  /** In US dollars, or in contracts where the contract has no price; `unit` says which. */
  readonly unit: 'US dollars' | 'contracts';
  readonly grossBuy: number | null;
  readonly grossSell: number | null;
  readonly net: number | null;
  /** Share of the purchases of all classes in the data. */
  readonly grossBuyShare: number | null;
  /** max(net, 0) over the sum of max(net, 0) of all classes in the data. */
  readonly netShare: number | null;
  readonly roles: Readonly<Record<RoleMapping, Role>>;
  readonly sources: readonly SourceRef[];
  readonly reasons: Readonly<Record<string, string>>;
}

/** Who bought on balance under one mapping; nets by role, null where no class of the data has the role. */
export interface RoleOutcome extends Readonly<Record<Role, number | null>> {
  readonly mapping: RoleMapping;
  readonly largestBuyer: Role | null;
}

/** Is 'institutions bought, not retail and not speculators' true? */
export interface RoleConclusion {
  readonly verdict: 'institutions' | 'speculators' | 'retail' | 'intermediaries' | 'not measurable';
  readonly outcomes: readonly RoleOutcome[];
  readonly explanation: string;
}

/** One mapping's outcome, beside the verdict that both mappings give together. */
export interface RoleRow extends BuyersPlace, RoleOutcome {
  readonly kind: 'role';
  readonly unit: BuyersRow['unit'];
  readonly verdict: RoleConclusion['verdict'];
  readonly explanation: string;
}

/** A group of 13F managers by horizon or size. */
export interface ManagerGroupRow extends BuyersPlace {
  readonly kind: 'horizon' | 'size';
  readonly group: 'transient' | 'quasi-index' | 'dedicated' | 'largest-tenth' | 'others' | 'unclassified';
  readonly managers: number;
  readonly side: BuyersRow['side'];
  readonly grossBuy: number;
  readonly grossSell: number;
  readonly net: number;
  /** Share of the purchases of all managers in the data. */
  readonly grossBuyShare: number | null;
  /** max(net, 0) over the sum of max(net, 0) of the groups. */
  readonly netShare: number | null;
  /** Median over the group of each manager's mean churn ratio; null for sizes and where none is known. */
  readonly medianChurn: number | null;
  /** Quarters behind the churn ratios; null for sizes. */
  readonly churnQuarters: number | null;
}

/** Share of a class that no weekly source names, as an interval, and how such an interval did in a known quarter. */
export interface ShareBounds extends BuyersPlace {
  readonly kind: 'bounds';
  readonly class: 'pension' | 'sovereign-wealth';
  /** The quarter whose 13F shows, or will show, the truth. */
  readonly quarterEnd: IsoDate;
  /** Share of institutions' purchases, in [0, 1]. */
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  /** Quarters of 13F behind the interval, and how many quarters the newest of them lies before `quarterEnd`. */
  readonly quartersUsed: number;
  readonly quartersAhead: number | null;
  /** What the interval is a share of: purchases of the period in US dollars, and whose; null where not known. */
  readonly total: number | null;
  readonly totalOf: string | null;
  readonly amountLow: number | null;
  readonly amountHigh: number | null;
  /** The share that 13F showed for the quarter, once known. */
  readonly actual: number | null;
  readonly hit: boolean | null;
  /** Interval score of Gneiting and Raftery (2007); lower is better; null until scored. */
  readonly score: number | null;
  readonly reason: string | null;
}

export type BuyersAnswerRow = BuyersRow | RoleRow | ManagerGroupRow | ShareBounds;
