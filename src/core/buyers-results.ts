import type { Basis, SourceRef } from './results.js';
import type { IsoDate } from './units.js';

/** What kind of investor a class is taken for. Which class is which is a choice, so two choices are always printed. */
export const ROLES = ['institution', 'speculator', 'retail', 'intermediary', 'unknown'] as const;
export type Role = (typeof ROLES)[number];

/** The two mappings: they differ in leveraged and hedge funds alone. */
export const ROLE_MAPPINGS = ['funds-as-institutions', 'funds-as-speculators'] as const;
export type RoleMapping = (typeof ROLE_MAPPINGS)[number];

/** One class in one period: what it bought and sold, and its share of all that was bought. */
export interface BuyersRow {
  readonly basis: Basis;
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly knownAt: string;
  readonly contract: string | null;
  readonly sector: string | null;
  readonly sectorIsProxy: boolean;
  readonly class: string;
  readonly side: 'buyer' | 'seller' | 'flat' | null;
  /** In US dollars, or in contracts where the contract has no price; `unit` says which. */
  readonly unit: 'US dollars' | 'contracts';
  readonly grossBuy: number | null;
  readonly grossSell: number | null;
  readonly net: number | null;
  /** Share of the purchases of all classes. */
  readonly grossBuyShare: number | null;
  /** max(net, 0) over the sum of max(net, 0) of all classes. */
  readonly netShare: number | null;
  readonly roles: Readonly<Record<RoleMapping, Role>>;
  readonly sources: readonly SourceRef[];
  readonly reasons: Readonly<Record<string, string>>;
}

/** Who bought on balance under one mapping. */
export interface RoleOutcome {
  readonly mapping: RoleMapping;
  readonly institution: number | null;
  readonly speculator: number | null;
  readonly retail: number | null;
  readonly intermediary: number | null;
  readonly largestBuyer: Role | null;
}

/** Is 'institutions bought, not retail and not speculators' true? */
export interface RoleConclusion {
  readonly verdict: 'institutions' | 'speculators' | 'retail' | 'intermediaries' | 'not measurable';
  readonly outcomes: readonly RoleOutcome[];
  readonly explanation: string;
}

/** A group of 13F managers by horizon or size. */
export interface ManagerGroupRow {
  readonly group: 'transient' | 'quasi-index' | 'dedicated' | 'largest-tenth' | 'others' | 'unclassified';
  readonly by: 'horizon' | 'size';
  readonly managers: number;
  readonly grossBuy: number;
  readonly net: number;
  readonly grossBuyShare: number | null;
  readonly medianChurn: number | null;
}

/** Share of a class that no weekly source names, as an interval. */
export interface ShareBounds {
  readonly class: 'pension' | 'sovereign-wealth';
  readonly low: number | null;
  readonly high: number | null;
  /** The share that 13F showed for the quarter, once known. */
  readonly actual: number | null;
  readonly quarterEnd: IsoDate;
  readonly quartersUsed: number;
  /** Interval score of Gneiting and Raftery (2007) at 90 %; lower is better; null until scored. */
  readonly score: number | null;
  readonly reason: string | null;
}
