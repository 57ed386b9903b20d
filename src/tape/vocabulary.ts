import type { TradeSign } from '../core/index.js';

/** What a counted print is, first match in this order; `dropped` prints count nowhere. The place is the code in columns. */
export const PRINT_CLASSES = [
  'auction',
  'unsigned',
  'extended',
  'retail',
  'block',
  'other',
  'dropped',
] as const;
export type PrintClass = (typeof PRINT_CLASSES)[number];

/** Classes whose prints the signing rules are asked for by default. */
export const SIGNED_CLASSES: readonly PrintClass[] = ['retail', 'block', 'other'];

/** What gave a sign. `retail`: the retail rule, where the signing rule says otherwise. The place is the code in columns. */
export const DECIDERS = ['none', 'tick', 'quote', 'aggressor', 'retail'] as const;
export type Decider = (typeof DECIDERS)[number];

/** The quote a print met; `none` also where a side is missing. The place is the code in columns. */
export const QUOTE_STATES = ['none', 'locked', 'crossed', 'usable'] as const;
export type QuoteState = (typeof QUOTE_STATES)[number];

export const SIGNING_RULES = ['tick', 'reverse-tick', 'quote', 'lee-ready', 'emo', 'clnv'] as const;
export type SigningRule = (typeof SIGNING_RULES)[number];

/** Best bid and offer in micro-dollars; 0 = side withdrawn. */
export interface Quote {
  readonly bidMicros: number;
  readonly askMicros: number;
}

/** A sign and what gave it. */
export interface Decision {
  readonly sign: TradeSign;
  readonly decidedBy: Decider;
}

/** Bits of `flags` in signed columns. */
export const PRINT_FLAGS = {
  /** Below a round lot, or said to be so by its condition. */
  oddLot: 1,
  /** As large as a block, whatever the class. */
  large: 2,
  /** A block reported off exchange: the quote at its stamp may not be the one traded on. */
  lowConfidence: 4,
  /** Retail by the sub-penny rule of Boehmer, Jones, Zhang and Zhang. */
  bjzz: 8,
  /** In the population of Barber, Huang, Jorion, Odean and Schwarz, whether signed or not. */
  bhjosCandidate: 16,
  /** Retail signed by the midpoint band. */
  bhjos: 32,
} as const;
