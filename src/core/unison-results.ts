import type { Basis } from './results.js';
import type { IsoDate } from './units.js';

/** Together or each for itself, for the classes of one futures contract, or of a ledger's sector, in one week. */
export interface ClassAgreementRow {
  readonly kind: 'class-agreement';
  readonly basis: Basis;
  readonly contract: string | null;
  readonly sector: string | null;
  readonly sectorIsProxy: boolean;
  readonly periodEnd: IsoDate;
  readonly classes: readonly string[];
  readonly nets: readonly (number | null)[];
  readonly unit: string;
  /** The scale that weeks are compared on. */
  readonly ruler: 'pctOi' | 'contracts' | 'dollars';
  /** |sum of net| / sum of |net|: 1 = all the same way, 0 = they cancel. */
  readonly agreement: number | null;
  readonly agreementP: number | null;
  /** Classes in their own top decile of earlier weeks at once. */
  readonly jointTail: number | null;
  readonly jointTailP: number | null;
  /** Classes in their own bottom decile of earlier weeks at once: the same question of selling. */
  readonly jointTailSold: number | null;
  readonly jointTailSoldP: number | null;
  readonly direction: 'bought' | 'sold' | null;
  readonly lags: number | null;
  readonly draws: number;
  readonly reason: string | null;
}

/** Herding of managers (13f, a quarter) or accounts (ledger, a week) in one sector and class of them; of the tape how many names went one way. */
export interface HerdingRow {
  readonly kind: 'herding';
  readonly basis: Basis;
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly knownAt: string;
  /** null = all sectors, the unknown ones included. */
  readonly sector: string | null;
  readonly class: string | null;
  /** Managers or accounts with at least one trade, null on the tape; the securities they traded, and the pairs of both. */
  readonly managers: number | null;
  readonly securities: number;
  readonly trades: number;
  /** (buyers - sellers) / active, over all trades; of the tape names bought less names sold over names. */
  readonly netBuyerShare: number | null;
  /** Mean over securities held at either end of the change in holders / managers. */
  readonly breadthChange: number | null;
  /** Securities with enough active managers for what follows, lsv to overdispersionP. */
  readonly tested: number;
  readonly lsv: number | null;
  readonly lsvStandardError: number | null;
  readonly lsvBuy: number | null;
  readonly lsvSell: number | null;
  /** rho of the beta-binomial, 0 = managers decide each for itself. */
  readonly overdispersion: number | null;
  readonly overdispersionP: number | null;
  readonly resamples: number;
  /** Correlation of the buyer fraction with its lag (Sias 2004), the sum of the two parts. */
  readonly following: number | null;
  readonly followingStandardError: number | null;
  readonly followingOwn: number | null;
  readonly followingOwnStandardError: number | null;
  readonly followingOthers: number | null;
  readonly followingOthersStandardError: number | null;
  readonly reasons: Readonly<Record<string, string>>;
}

export type UnisonRow = ClassAgreementRow | HerdingRow;
