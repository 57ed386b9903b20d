import type { SourceRef } from './results.js';
import type { IsoDate } from './units.js';

/** Dollars of prints by who initiated them; `turnover` = buy + sell + unsigned. Null where no print of the kind is signed. */
export interface ReportTapeSides {
  readonly buy: number | null;
  readonly sell: number | null;
  readonly net: number | null;
  readonly unsigned: number;
  readonly turnover: number;
  /** Of the turnover. */
  readonly shareUnsigned: number | null;
}

export interface ReportTapeClass extends ReportTapeSides {
  /** One of the classes of prints: retail, block, other, auction, unsigned, extended. */
  readonly class: string;
  readonly prints: number;
  readonly sources: readonly SourceRef[];
}

/** The dollars of the signed classes, had the quote that counts been older by this lag. */
export interface ReportTapeLag extends ReportTapeSides {
  readonly lagNanos: number;
  /** '1 ns'. */
  readonly label: string;
  readonly isDefault: boolean;
}

/** Of the prints that the signing rule was asked for: what decided them, and what quote they met. Shares of 1. */
export interface ReportTapeSigning {
  readonly rule: string;
  readonly quoteKinds: readonly string[];
  readonly formats: readonly string[];
  readonly conditionTables: readonly string[];
  readonly prints: number;
  readonly byQuote: number | null;
  readonly byTick: number | null;
  readonly bySource: number | null;
  readonly byRetailRule: number | null;
  readonly byNothing: number | null;
  readonly noQuote: number | null;
  readonly lockedQuote: number | null;
  readonly crossedQuote: number | null;
  /** True above 5 percent: then the quotes are probably not of the kind that was declared. */
  readonly isDoubtful: boolean;
}

/** Identified retail, by both published rules, and what these are known to miss. */
export interface ReportTapeRetail {
  /** Prints that may be retail: off exchange, at a dollar or more; null where no source has sub-penny prices. */
  readonly asked: number | null;
  readonly midpointBuys: number | null;
  readonly midpointSells: number | null;
  readonly subPennyBuys: number | null;
  readonly subPennySells: number | null;
  /** Shares of 1, of 85,000 known retail trades [Barber, Huang, Jorion, Odean and Schwarz 2024]. */
  readonly published: {
    readonly foundBySubPenny: number;
    readonly wrongBySubPenny: number;
    readonly wrongByMidpoint: number;
  };
  readonly reason: string | null;
}

/** What the tape says of the trading days of the headline's period. */
export interface ReportTapeWeek {
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly days: readonly IsoDate[];
  /** Trading days of the period that the tape does not have. */
  readonly missingDays: readonly IsoDate[];
  readonly names: number;
  readonly classes: readonly ReportTapeClass[];
  readonly all: ReportTapeSides & { readonly prints: number };
  readonly lags: readonly ReportTapeLag[];
  readonly signing: ReportTapeSigning;
  readonly retail: ReportTapeRetail;
}

/** `week` is null where the tape has no day of the headline's period; `reason` says so. */
export type ReportTape =
  | { readonly week: ReportTapeWeek; readonly reason: null }
  | { readonly week: null; readonly reason: string };
