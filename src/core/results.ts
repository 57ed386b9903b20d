import type { IsoDate } from './units.js';

/** What a basis can tell of the four legs. */
export type Sides = 'four-way' | 'buy-sell' | 'long-only' | 'net-only';
export type Basis = 'cot' | '13f' | 'etf' | 'ledger' | 'tape';

/** Where a figure comes from: one row of one file. */
export interface SourceRef {
  readonly source: string;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly rowNumber: number;
}

/**
 * One line of the ledger. Dollar legs are >= 0 and null where the basis or the data cannot tell; `reasons` says why
 * for every null figure that a reader would look for.
 */
export interface FlowRow {
  readonly basis: Basis;
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  /** ISO 8601, UTC. */
  readonly knownAt: string;
  readonly sector: string | null;
  readonly contract: string | null;
  readonly symbol: string | null;
  readonly manager: string | null;
  readonly class: string;
  readonly sides: Sides;
  readonly longBuy: number | null;
  readonly longSell: number | null;
  readonly shortSell: number | null;
  readonly shortCover: number | null;
  readonly grossBuy: number | null;
  readonly grossSell: number | null;
  readonly net: number | null;
  readonly gross: number | null;
  readonly grossing: number | null;
  readonly buyRatio: number | null;
  readonly contracts: number | null;
  readonly pctOi: number | null;
  readonly real: number | null;
  readonly bpsCap: number | null;
  readonly pctAdv: number | null;
  readonly z52: number | null;
  readonly z260: number | null;
  readonly z520: number | null;
  readonly zRobust: number | null;
  readonly volScaled: number | null;
  readonly sources: readonly SourceRef[];
  /** Null figures with their reason, by field name. */
  readonly reasons: Readonly<Record<string, string>>;
  /** What the denominators of scales rest on, in words, by field name; left out where no figure has one to tell. */
  readonly coverage?: Readonly<Record<string, string>>;
}

/** A flow row of basis cot. */
export interface CotFlowRow extends FlowRow {
  readonly basis: 'cot';
  readonly contract: string;
  readonly contractsLong: number;
  readonly contractsShort: number;
  readonly deltaLong: number | null;
  readonly deltaShort: number | null;
  readonly openInterest: number | null;
  readonly multiplier: number | null;
  readonly price: number | null;
  readonly priceDate: IsoDate | null;
  /** Which series the price is of: 'index close NASDAQ-100'. */
  readonly priceKind: string | null;
  readonly report: 'futures-only' | 'combined';
  readonly grade: 'published' | 'rebuilt' | 'brought';
  /** What makes the row less than clean: rebuilt, brought, revised, multiplier change, stale price ... */
  readonly flags: readonly string[];
}

export const MEASURES = ['net', 'grossBuy', 'longBuy'] as const;
/** The leg under test: net, all purchases (long buys and short covers), or long buys alone. */
export type Measure = (typeof MEASURES)[number];

export const RULERS = ['contracts', 'dollars', 'real', 'pctOi', 'bpsCap', 'pctAdv', 'volScaled'] as const;
/** The scale a leg is measured on. */
export type Ruler = (typeof RULERS)[number];

export const LOOKBACKS = ['1y', '3y', '5y', '10y', 'all'] as const;
export type Lookback = (typeof LOOKBACKS)[number];

/** Expected weekly periods in each look-back: 1, 3, 5 and 10 years of 52.18 weeks. */
export const LOOKBACK_WEEKS: Readonly<Record<Exclude<Lookback, 'all'>, number>> = {
  '1y': 52,
  '3y': 157,
  '5y': 261,
  '10y': 522,
};

/** Quarters in each look-back. */
export const LOOKBACK_QUARTERS: Readonly<Record<Exclude<Lookback, 'all'>, number>> = {
  '1y': 4,
  '3y': 12,
  '5y': 20,
  '10y': 40,
};

export interface BrokenRecord {
  readonly periodEnd: IsoDate;
  readonly value: number;
  readonly stoodWeeks: number;
}

/** How one value stands among those before it. */
export interface RecordStanding {
  /** Earlier periods with data in the look-back. */
  readonly n: number;
  /** Share of the look-back's periods that have data. */
  readonly coverage: number;
  readonly rank: number | null;
  /** Ends of earlier periods with the same value. */
  readonly ties: readonly IsoDate[];
  readonly isRecord: boolean | null;
  /** End of the last earlier period, over all history, with a value at least as large; null = largest of all. */
  readonly largestSince: IsoDate | null;
  readonly margin: number | null;
  readonly broke: BrokenRecord | null;
}

/** One cell of the definition grid. A null value leaves m and carries its reason. */
export interface GridCell {
  readonly ruler: Ruler;
  readonly measure: Measure;
  readonly lookback: Lookback;
  readonly value: number | null;
  readonly rank: number | null;
  readonly n: number | null;
  readonly isRecord: boolean | null;
  readonly reason: string | null;
}

export type CheckName =
  | 'scale'
  | 'breadth'
  | 'calendar'
  | 'data'
  | 'persistence'
  | 'agreement'
  | 'significance';

export interface Check {
  readonly name: CheckName;
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly figures: Readonly<Record<string, number | string | boolean | null>>;
  /** One sentence that says what was looked at and what came out. */
  readonly explanation: string;
}

export type Verdict = 'signal' | 'mixed' | 'anomaly' | 'insufficient';

/** z and percentile on one look-back; all look-backs are always shown side by side. */
export interface WindowRow {
  readonly lookback: Lookback;
  readonly n: number;
  readonly z: number | null;
  readonly percentile: number | null;
}

export interface RecordRow extends RecordStanding {
  readonly basis: Basis;
  readonly measure: Measure;
  readonly ruler: Ruler;
  readonly lookback: Lookback;
  readonly sector: string | null;
  /** True where the contract only stands in for the sector; always printed so. */
  readonly sectorIsProxy: boolean;
  readonly contract: string | null;
  readonly contractName: string | null;
  readonly symbol: string | null;
  readonly manager: string | null;
  readonly class: string;
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly knownAt: string;
  readonly value: number | null;
  readonly unit: string;
  readonly smallest: { readonly rank: number | null; readonly isRecord: boolean | null };
  readonly streak: { readonly weeks: number; readonly sameSignOfLast: number; readonly of: number };
  readonly sums: readonly (RecordStanding & { readonly periods: number; readonly value: number | null })[];
  readonly rulers: {
    readonly agree: number;
    readonly of: number;
    readonly table: readonly GridCell[];
  };
  readonly p: {
    readonly exchangeable: number | null;
    readonly dependent: number | null;
    readonly tail: number | null;
    readonly adjusted: number | null;
  };
  /** Share of resampled paths that set a record by themselves. */
  readonly recordRate: number | null;
  readonly m: number;
  readonly resamples: number;
  readonly returnPeriodWeeks: readonly [number, number | null, number | null] | null;
  readonly windows: readonly WindowRow[];
  readonly kind: 'record' | 'nominal record' | 'none';
  readonly checks: readonly Check[];
  readonly verdict: Verdict;
  readonly sources: readonly SourceRef[];
  readonly reasons: Readonly<Record<string, string>>;
}

/** The declared family over which p is adjusted: counts of what was looked at, whatever was asked. */
export interface LooksLedger {
  readonly m: number;
  /** Bases with looks on a calendar of their own that the view supports, this one among them; adjusted p is over all. */
  readonly calendars: readonly Basis[];
  readonly periodEnd: IsoDate;
  readonly resamples: number;
  readonly blockLengthWeeks: number;
  /** Smallest adjusted p that this number of resamples could have shown. */
  readonly adjustedFloor: number;
  readonly contracts: readonly string[];
  readonly classes: readonly string[];
  readonly measures: readonly Measure[];
  readonly rulers: readonly { readonly ruler: Ruler; readonly hypotheses: number }[];
  readonly lookbacks: readonly Lookback[];
  readonly horizonsWeeks: readonly number[];
}

/** A line of the trader's first screen. */
export interface ScreenRow {
  readonly contract: string;
  readonly contractName: string;
  readonly sector: string | null;
  readonly sectorIsProxy: boolean;
  readonly class: string;
  readonly periodEnd: IsoDate;
  readonly netPositionContracts: number;
  readonly percentile1y: number | null;
  readonly percentile3y: number | null;
  readonly percentile5y: number | null;
  readonly net: number | null;
  readonly contracts: number | null;
  readonly rank: number | null;
  readonly n: number;
  readonly streakWeeks: number;
  readonly indexReturn: number | null;
  readonly nextRelease: string;
  /** The rows behind the line, where the producer gives them; else a report points to the store. */
  readonly sources?: readonly SourceRef[];
}

/** The envelope of every answer. asOf, query, data and notes never change when later rows arrive. */
export interface Answer<Row> {
  readonly command: string;
  readonly version: string;
  readonly asOf: string;
  readonly store: { readonly id: string; readonly rows: number };
  readonly query: Readonly<Record<string, unknown>>;
  readonly data: readonly Row[];
  readonly notes: readonly string[];
}
