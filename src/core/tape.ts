import type { SetAsideRow } from './source.js';
import type { IsoDate } from './units.js';

/** `nbbo`: each row, or each bid row and each ask row, already is the national best. `venue`: one venue's top of book. */
export type QuoteKind = 'nbbo' | 'venue';

/** +1 buyer-initiated, -1 seller-initiated, 0 unsigned: an answer, never replaced by a guess. */
export type TradeSign = -1 | 0 | 1;

/** What a tape format says of itself; printed, since a wrong guess here is silent and fatal. */
export interface TapeFormat {
  /** 'lean-trades', 'wrds-cqm', 'databento-dbn-tbbo' ... */
  readonly name: string;
  readonly holds: 'trades' | 'quotes' | 'both';
  /** Null where the format holds no quotes. */
  readonly quoteKind: QuoteKind | null;
  /** In words: 'shares', 'round lots of 100'. Null where the format holds no quotes. */
  readonly quoteSizeUnit: string | null;
  /** In words: 'nanoseconds since 1970, UTC', 'milliseconds since midnight, New York'. */
  readonly clock: string;
  /** False where the source cuts prices to cents, so that sub-penny rules can find nothing. */
  readonly hasSubPennyPrices: boolean;
  /** What the format was recognised by, in words. */
  readonly evidence: string;
}

interface TapeRows {
  readonly rows: number;
  /** Nanoseconds since 1970, UTC. */
  readonly epochNanos: BigInt64Array;
  /** Index into `symbols`. */
  readonly symbol: Uint32Array;
  /** Root and suffix joined by a point: 'BRK.B'. May grow from batch to batch; an index keeps its meaning in a file. */
  readonly symbols: readonly string[];
  /** The source's own sequence number, 0 where it has none. */
  readonly sequence: Float64Array;
  /** 1-based line or record of the file. */
  readonly rowNumber: Float64Array;
  /** Character code of the TAQ exchange letter ('D' = FINRA facility, 'N', 'Q', 'P' ...), 0 = not told. */
  readonly venue: Uint8Array;
}

/** Prints as a source delivers them, in file order, any number of symbols and days. All figures are exact integers. */
export interface TapeTradeBatch extends TapeRows {
  readonly kind: 'trades';
  /** Micro-dollars. Not positive where the source printed so; such a print is never signed. */
  readonly priceMicros: Float64Array;
  /** Millionths of a share. */
  readonly sizeMicros: Float64Array;
  /** Index into `conditionSets`. */
  readonly conditions: Uint16Array;
  /**
   * Sets of TAQ sale condition letters, sorted, without blanks ('' = regular, 'FI'). A format's own codes are translated;
   * '?' stands for a code without a TAQ letter.
   */
  readonly conditionSets: readonly string[];
  /** Character code of the tape, 'A', 'B' or 'C'; 0 = not told. */
  readonly tape: Uint8Array;
  /** TAQ correction code as a number: 0, 1, 2 are kept; 7, 8, 10, 11, 12 are dropped. */
  readonly correction: Uint8Array;
  /** 1 where the vendor doubts the print: counted, not signed. */
  readonly suspicious: Uint8Array;
  /** The initiator where the source gives it, else 0. */
  readonly aggressor: Int8Array;
  /** The source's trade ids, where cancels of this file name them; else null. */
  readonly tradeId: BigInt64Array | null;
}

/** Quotes as a source delivers them, in file order. A side with price or size zero, negative or missing has price 0. */
export interface TapeQuoteBatch extends TapeRows {
  readonly kind: 'quotes';
  /** Micro-dollars; 0 = side withdrawn. */
  readonly bidMicros: Float64Array;
  readonly askMicros: Float64Array;
  /** Millionths of the format's quoteSizeUnit. */
  readonly bidSizeMicros: Float64Array;
  readonly askSizeMicros: Float64Array;
  /** 0 where an ineligible condition or a cancel empties both sides of the venue; else 1. */
  readonly eligible: Uint8Array;
}

/** A print taken back by a later message of the same file (a live cancel, a trade break). */
export interface TapeCancel {
  readonly symbol: string;
  readonly tradeId: bigint;
  readonly rowNumber: number;
}

/** A batch of a tape file. Every data row is in `trades`, `quotes`, `cancels`, `setAside` or counted in `otherRows`. */
export interface TapeBatch {
  readonly trades: TapeTradeBatch | null;
  readonly quotes: TapeQuoteBatch | null;
  readonly cancels: readonly TapeCancel[];
  readonly setAside: readonly SetAsideRow[];
  /** Rows of kinds that carry neither trade nor top of book: status messages, deep levels. */
  readonly otherRows: number;
  readonly rowsRead: number;
}

/** What a reader may look at to recognise a tape file. */
export interface TapeFileHead {
  /** With its folders, as the user wrote it: some formats tell symbol and day only there. */
  readonly name: string;
  /** The first bytes (64 KiB or the whole file) after unpacking. */
  readonly head: Uint8Array;
}

export interface TapeReadContext {
  /** Where the file cannot tell them (LOBSTER, LEAN): from its name, or from the user. */
  readonly symbol?: string;
  readonly date?: IsoDate;
  /**
   * Read a TAQ quote file only for the rows that by themselves are the national best of both sides. These are what the NBBO
   * file lacks; both files together are the whole NBBO.
   */
  readonly nationalBestOnly?: boolean;
}

/** One tape format's reader. Pure: chunks of unpacked bytes to batches, in memory that does not grow with the file. */
export interface TapeReader {
  readonly source: string;
  /** Decides by content; the name only tells symbol and day where the content cannot. */
  detect(file: TapeFileHead, context: TapeReadContext): TapeFormat | null;
  /**
   * @throws {FormatError} where the file as a whole cannot be read, or ends inside a record
   */
  read(
    file: TapeFileHead,
    format: TapeFormat,
    chunks: AsyncIterable<Uint8Array>,
    context: TapeReadContext,
  ): AsyncIterable<TapeBatch>;
}

/**
 * Prints of one symbol on one session date, in order of time, sequence, file. Kernel input; a long day comes in several.
 * All figures are exact integers held in doubles.
 */
export interface TradeColumns {
  readonly length: number;
  /** Nanoseconds since midnight in New York of the session date (wall clock). */
  readonly timeNanos: Float64Array;
  readonly priceMicros: Float64Array;
  readonly sizeMicros: Float64Array;
  readonly venue: Uint8Array;
  readonly conditions: Uint16Array;
  readonly conditionSets: readonly string[];
  readonly tape: Uint8Array;
  readonly correction: Uint8Array;
  readonly suspicious: Uint8Array;
  readonly aggressor: Int8Array;
}

/** Quotes of one symbol on one session date, in order. A withdrawn side has price 0. */
export interface QuoteColumns {
  readonly length: number;
  readonly timeNanos: Float64Array;
  readonly bidMicros: Float64Array;
  readonly askMicros: Float64Array;
  /** Needed to build the NBBO from venues; may be empty arrays for kind nbbo. */
  readonly venue: Uint8Array;
  readonly eligible: Uint8Array;
}
