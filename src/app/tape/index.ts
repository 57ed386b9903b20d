export { parseLag, parseMicros, parseSigningRule } from './signing-question.js';
export { importTape, type TapeImportQuestion, type TapeImportRow } from './tape-import.js';
export type { TapeFileRow, TapeSetAside } from './tape-inputs.js';
export { type SignedPrintRow, signTapeFiles, type TapeSignQuestion } from './tape-sign.js';
export {
  intakeNotes,
  sumTapeFiles,
  TAPE_KEYS,
  type TapeKey,
  type TapeSumAnswer,
  type TapeSumQuestion,
} from './tape-sum.js';
