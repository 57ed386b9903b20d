import type { TradeColumns } from '../core/index.js';

/** How a print takes part, as bits, while it is signed. */
export const SIGNABLE = 1;
export const MOVES_TICK = 2;

/** Prints with their signs. The kernel writes over the columns with the next batch; copy what must last. */
export interface SignedPrints {
  /** The prints, row by row the same. */
  readonly trades: TradeColumns;
  readonly length: number;
  /** +1, -1 or 0: the rule's, unless the source told the initiator or the retail rule gave another. */
  readonly sign: Int8Array;
  /** Place in DECIDERS of what gave `sign`. */
  readonly decidedBy: Uint8Array;
  /** What the signing rule alone says, and its decider: to measure the rule where the initiator is told. */
  readonly ruleSign: Int8Array;
  readonly ruleDecidedBy: Uint8Array;
  /** Place in PRINT_CLASSES. */
  readonly printClass: Uint8Array;
  /** Place in QUOTE_STATES of the quote at the lag. */
  readonly quoteState: Uint8Array;
  /** PRINT_FLAGS, added up. */
  readonly flags: Uint8Array;
  /** The quote that counted, in micro-dollars; 0 = side withdrawn, or no quote. */
  readonly bidMicros: Float64Array;
  readonly askMicros: Float64Array;
}

/** Columns that a kernel writes into, for batches of up to `capacity` prints. */
export class SignedBuffers implements SignedPrints {
  length = 0;
  readonly sign: Int8Array;
  readonly decidedBy: Uint8Array;
  readonly ruleSign: Int8Array;
  readonly ruleDecidedBy: Uint8Array;
  readonly printClass: Uint8Array;
  readonly quoteState: Uint8Array;
  readonly flags: Uint8Array;
  readonly bidMicros: Float64Array;
  readonly askMicros: Float64Array;
  /** Bits SIGNABLE and MOVES_TICK. */
  readonly part: Uint8Array;

  constructor(
    public trades: TradeColumns,
    readonly capacity: number,
  ) {
    this.sign = new Int8Array(capacity);
    this.decidedBy = new Uint8Array(capacity);
    this.ruleSign = new Int8Array(capacity);
    this.ruleDecidedBy = new Uint8Array(capacity);
    this.printClass = new Uint8Array(capacity);
    this.quoteState = new Uint8Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.bidMicros = new Float64Array(capacity);
    this.askMicros = new Float64Array(capacity);
    this.part = new Uint8Array(capacity);
  }
}
