import type { SourceRef } from './results.js';

export const CLAIM_VERDICTS = [
  'supported',
  'weakly supported',
  'not distinguishable from chance',
  'contradicted',
  'not measurable',
] as const;
export type ClaimVerdict = (typeof CLAIM_VERDICTS)[number];

/** Where a claim's figure stands: an answer, the place in it, and the rows behind it. */
export interface ClaimEvidence {
  /** The command whose answer holds the figure, to be run again. */
  readonly command: string;
  /** In words: 'rank in dollars over 10 years'. */
  readonly label: string;
  readonly value: number | string | boolean | null;
  readonly unit: string;
  readonly sources: readonly SourceRef[];
}

/** One sentence and what the data say of it (measures.md section 11). */
export interface ClaimRow {
  readonly kind?: 'claim';
  readonly id: string;
  /** Line of the note or claim file; null where the claim was made otherwise. */
  readonly line?: number | null;
  readonly text: string;
  /** What the claim is about, in a few words: 'earnings', 'pensions and sovereign funds'. Tells the claims of one sentence apart. */
  readonly subject?: string;
  /** The claim in the grammar's own words: how the sentence was read. */
  readonly reading?: string;
  /** The declared measure that decides it: 'record', 'significance', 'led-by', 'unison', 'driver', 'floor' ... */
  readonly measure: string;
  readonly verdict: ClaimVerdict;
  /** Why, in one sentence that names the figures. */
  readonly explanation: string;
  readonly effect: number | null;
  readonly effectUnit: string | null;
  readonly interval: readonly [number, number] | null;
  readonly n: number | null;
  /** Looks that the verdict is adjusted for. */
  readonly m: number | null;
  readonly asOf: string;
  readonly evidence: readonly ClaimEvidence[];
  readonly wouldChange: string;
}

/** A sentence of a note that no form of the grammar reads; listed, never guessed at. */
export interface UnreadSentence {
  readonly text: string;
  readonly line: number;
  readonly reason: string;
}

/** An unread sentence as a row of an answer. */
export interface UnreadRow extends UnreadSentence {
  readonly kind: 'unread';
}

/** A row of `tidemark claims check`. */
export type ClaimsAnswerRow = ClaimRow | UnreadRow;
