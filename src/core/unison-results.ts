import type { Basis } from './results.js';
import type { IsoDate } from './units.js';

/** Together or each for itself, for the classes of one futures contract in one week. */
export interface ClassAgreementRow {
  readonly kind: 'class-agreement';
  readonly basis: 'cot';
  readonly contract: string;
  readonly sector: string | null;
  readonly sectorIsProxy: boolean;
  readonly periodEnd: IsoDate;
  readonly classes: readonly string[];
  readonly nets: readonly (number | null)[];
  readonly unit: string;
  /** |sum of net| / sum of |net|: 1 = all the same way, 0 = they cancel. */
  readonly agreement: number | null;
  readonly agreementP: number | null;
  /** Classes in their own top decile of earlier weeks at once. */
  readonly jointTail: number | null;
  readonly jointTailP: number | null;
  readonly direction: 'bought' | 'sold' | null;
  readonly lags: number | null;
  readonly draws: number;
  readonly reason: string | null;
}

/** Herding of 13F managers in one quarter, one sector and class of managers. */
export interface HerdingRow {
  readonly kind: 'herding';
  readonly basis: Basis;
  readonly periodEnd: IsoDate;
  readonly sector: string | null;
  readonly class: string | null;
  readonly managers: number;
  readonly securities: number;
  /** (buyers - sellers) / active managers, over all manager x security trades. */
  readonly netBuyerShare: number | null;
  readonly breadthChange: number | null;
  readonly lsv: number | null;
  readonly lsvStandardError: number | null;
  readonly lsvBuy: number | null;
  readonly lsvSell: number | null;
  readonly overdispersion: number | null;
  readonly overdispersionP: number | null;
  readonly following: number | null;
  readonly followingOwn: number | null;
  readonly followingOthers: number | null;
  readonly reasons: Readonly<Record<string, string>>;
}

export type UnisonRow = ClassAgreementRow | HerdingRow;
