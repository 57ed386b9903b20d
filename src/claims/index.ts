import type { ClaimSet } from './check.js';

export type {
  Answered,
  ClaimAnswers,
  FlowsAsk,
  RecordsAsk,
  StudyAsk,
  UnisonAsk,
} from './answers.js';
export { type CheckedClaims, type ClaimSet, checkClaims } from './check.js';
export {
  CLAIM_BASES,
  CLAIM_CLASSES,
  type Claim,
  type ClaimBasis,
  type ClaimClass,
  type ClaimMeasure,
} from './claim.js';
export { compileNote } from './note/compile.js';
export { printClaim } from './note/print.js';
export { STANDARD_NOTE } from './note/standard-note.js';
export type { ClaimsQuestion } from './scope.js';

/** Reads a file of claims; what parses YAML is loaded only here, since few questions bring a file. */
export async function readClaimFile(text: string, fileName: string): Promise<ClaimSet> {
  const file = await import('./claim-file.js');
  return file.readClaimFile(text, fileName);
}
