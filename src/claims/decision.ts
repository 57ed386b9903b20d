import type { ClaimEvidence, ClaimVerdict, SourceRef } from '../core/index.js';

/** What the data say of a claim. */
export interface Decision {
  readonly verdict: ClaimVerdict;
  readonly explanation: string;
  readonly effect: number | null;
  readonly effectUnit: string | null;
  readonly interval: readonly [number, number] | null;
  readonly n: number | null;
  readonly m: number | null;
  readonly evidence: readonly ClaimEvidence[];
  readonly wouldChange: string;
}

/** Nothing decides it, and why. */
export function notMeasurable(
  explanation: string,
  wouldChange: string,
  evidence: readonly ClaimEvidence[] = [],
): Decision {
  return {
    verdict: 'not measurable',
    explanation,
    effect: null,
    effectUnit: null,
    interval: null,
    n: null,
    m: null,
    evidence,
    wouldChange,
  };
}

/** A maker of evidence from one answer. */
export function evidenceFrom(command: string, sources: readonly SourceRef[] = []) {
  return (label: string, value: ClaimEvidence['value'], unit = ''): ClaimEvidence => ({
    command,
    label,
    value,
    unit,
    sources,
  });
}
export type MakeEvidence = ReturnType<typeof evidenceFrom>;
