import type { IsoDate } from '../../core/index.js';

/** Who stood behind a trade: what a program that reads the tape can at best find out. */
export const TRUE_CLASSES = ['retail', 'block', 'other', 'auction', 'unsigned', 'extended'] as const;
export type TrueClass = (typeof TRUE_CLASSES)[number];

/** How a print came about. The last ones are no trades: repeats of prints, and prints that were taken back. */
export const MECHANISMS = [
  'exchange',
  'exchange-midpoint',
  'dark-midpoint',
  'dark-sub-penny',
  'retail-sub-penny',
  'retail-whole-cent',
  'retail-midpoint',
  'retail-on-exchange',
  'block-on-exchange',
  'block-off-exchange',
  'opening-auction',
  'closing-auction',
  'average-price',
  'derivatively-priced',
  'prior-reference',
  'sold-last',
  'out-of-sequence',
  'before-hours',
  'after-hours',
  'official-open',
  'official-close',
  'cancelled',
  'cancel-record',
  'error',
  'error-record',
  'correction-record',
] as const;
export type Mechanism = (typeof MECHANISMS)[number];

/** Prices are ten-thousandths of a dollar, times nanoseconds since midnight in New York. */
export interface TapePrint {
  /** As the consolidated feed stamps it. */
  time: number;
  /** As the venue stamps it. */
  readonly venueTime: number;
  /** TAQ exchange letter. */
  readonly venue: string;
  readonly price: number;
  readonly shares: number;
  /** TAQ sale condition letters, '' = regular. */
  readonly letters: string;
  /** TAQ correction code. */
  readonly correction: 0 | 1 | 7 | 8 | 10 | 11 | 12;
  readonly mechanism: Mechanism;
  /** Null for what must not count. */
  readonly trueClass: TrueClass | null;
  /** 1 a buyer, -1 a seller, 0 nobody: an auction, an average. */
  readonly initiator: -1 | 0 | 1;
  /** Given when the day is in order. */
  sequence: number;
}

/** What one venue quotes from a time on; 0 = side withdrawn. */
export interface VenueQuote {
  readonly time: number;
  readonly venue: string;
  readonly bid: number;
  readonly bidShares: number;
  readonly ask: number;
  readonly askShares: number;
  sequence: number;
}

/** A name of the tape. */
export interface TapeName {
  /** Root and suffix joined by a point. */
  readonly symbol: string;
  readonly tape: 'A' | 'B' | 'C';
  /** Usual spread in cents. */
  readonly spreadCents: number;
}

/** One name on one day: prints and quotes in order of time. */
export interface NameDay {
  readonly name: TapeName;
  readonly date: IsoDate;
  readonly prints: readonly TapePrint[];
  readonly quotes: readonly VenueQuote[];
}

/** What was planted for a program to find. */
export interface TapePlant {
  readonly kind: 'retail-buying-day' | 'institutional-buying-week';
  readonly symbol: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly says: string;
}

/** How orders of a name flow on a day. */
export interface FlowTilt {
  /** Share of buyers among retail orders. */
  readonly retailBuys: number;
  /** Share of buyers among orders of institutions. */
  readonly institutionBuys: number;
  /** Times as many retail orders as usual. */
  readonly retailActivity: number;
}
