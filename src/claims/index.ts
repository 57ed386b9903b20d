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
export { readClaimFile, writeClaimFile } from './claim-file.js';
export { compileNote } from './note/compile.js';
export { printClaim } from './note/print.js';
export { STANDARD_NOTE } from './note/standard-note.js';
export type { ClaimsQuestion } from './scope.js';
