export { parseLag, parseMicros, parseSigningRule } from './signing-question.js';
export { type BulkRow, sumTapeInBulk, type TapeBulkQuestion, type VpinRow } from './tape-bulk.js';
export { importTape, type TapeImportQuestion, type TapeImportRow } from './tape-import.js';
export type { TapeFileRow, TapeSetAside } from './tape-inputs.js';
export { type SignedPrintRow, signTapeFiles, type TapeSignQuestion } from './tape-sign.js';
export {
  intakeNotes,
  sumTapeFiles,
  TAPE_SUM_KEYS,
  type TapeSumAnswer,
  type TapeSumAnswerRow,
  type TapeSumKey,
  type TapeSumQuestion,
} from './tape-sum.js';
