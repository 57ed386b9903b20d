import type { ClaimAnswers } from '../answers.js';
import type { Decision } from '../decision.js';
import { notMeasurable } from '../decision.js';
import type { ClaimsQuestion } from '../scope.js';

/** What a decision draws on. */
export interface DecisionContext {
  readonly question: ClaimsQuestion;
  readonly answers: ClaimAnswers;
}

/** The answer that a study does not give. */
export function missing(answer: { readonly command: string; readonly missing: string }): Decision {
  return notMeasurable(answer.missing, `the data that '${answer.command}' misses`);
}

/** Remarks in front of the way out of a sentence: what stood in for what. */
export const withRemarks = (explanation: string, remarks: readonly string[]): string =>
  remarks.length === 0 ? explanation : `${explanation}; ${remarks.join('; ')}`;
