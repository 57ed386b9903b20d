export { type Bar, type BarPrint, timeBars, type VolumeBars, volumeBars } from './bars.js';
export {
  type BulkVolume,
  type BulkVolumeOptions,
  type BulkVolumes,
  bulkVolume,
  type ChangeDistribution,
  type SigmaWindow,
} from './bulk-volume.js';
export { normalCdf, studentTCdf } from './distributions.js';
export {
  indexTapeDay,
  listTapeDays,
  openTapeDay,
  type ReadableDays,
  type ReadTapeOptions,
  readableDays,
  symbolsOf,
  type TapeDay,
  type TapeDayIndex,
  type TapeDayReport,
  type TapeFileIndex,
  type TapeFileNote,
  type TapeInput,
  type TapeKind,
  type TapeKindReport,
  type TapeSymbol,
  type TapeWriteReport,
  tapeParquetInput,
  tapePath,
  type WriteTapeOptions,
  writeTapeLayout,
} from './layout/index.js';
export { addCounts, describeSigning, NO_COUNTS, type SigningMethod } from './method.js';
export { type Figures, NO_FIGURES, sumOf } from './money.js';
export { NbboBuilder } from './nbbo.js';
export {
  type BlockThresholds,
  DOLLAR_CUTS,
  isLarge,
  notionalOf,
  SHARE_CUTS,
  type SizeCuts,
  sizeCut,
} from './rules/blocks.js';
export { chakrabartyLiNguyenVanNess } from './rules/clnv.js';
export {
  CONDITION_CLASSES,
  CONDITION_TABLE_VERSION,
  type ConditionClass,
  type ConditionReading,
  conditionClass,
  readConditions,
  type TapeLetter,
} from './rules/conditions.js';
export { keepsCorrection } from './rules/corrections.js';
export { ellisMichaelyOHara } from './rules/emo.js';
export { leeReady } from './rules/lee-ready.js';
export { nationalBest, type VenueQuote } from './rules/nbbo.js';
export { type LockedQuotes, quoteRule, quoteSign, quoteState } from './rules/quote.js';
export {
  bhjosRetail,
  bjzzSign,
  FINRA_FACILITY,
  type MidpointRetail,
  type RetailPrint,
} from './rules/retail.js';
export {
  isRegularTime,
  type MarketWeek,
  marketWeek,
  minuteOf,
  type SessionHours,
  sessionHours,
} from './rules/sessions.js';
export {
  moveTickReference,
  NO_TICK_REFERENCE,
  reverseTickSign,
  type TickReference,
  tickSign,
} from './rules/tick.js';
export { COUNTED_CLASSES, SessionSums } from './session-sums.js';
export { DEFAULT_SIGNING, needsQuotes, type SigningSettings, signingSettings } from './settings.js';
export {
  decide,
  type Print,
  type PrintAnswer,
  type PrintContext,
  type PrintPart,
  partOf,
  signPrint,
} from './sign-print.js';
export { quoteInForce, signTape, type TimedQuote } from './sign-tape.js';
export type { SignedPrints } from './signed-prints.js';
export { type QuotePull, TapeSigner } from './signer.js';
export { SIGNING_COUNTS, type SigningCount, type SigningCounts } from './signing-counts.js';
export { type PieceQuestion, type PieceSums, type SumPiece, sumInPieces } from './sum-in-pieces.js';
export type { TapePart, TapeSymbolDay } from './sum-symbols.js';
export { type SumTapeOptions, type SumTapeResult, sumTape } from './sum-tape.js';
export {
  addSides,
  type CountedPrint,
  imbalanceOf,
  NO_SIDES,
  type PackedSums,
  type SideFigures,
  type TapeBucket,
  type TapeSumRow,
  TapeSums,
  totalOf,
} from './sums.js';
export {
  DECIDERS,
  type Decider,
  type Decision,
  PRINT_CLASSES,
  PRINT_FLAGS,
  type PrintClass,
  QUOTE_STATES,
  type Quote,
  type QuoteState,
  SIGNED_CLASSES,
  SIGNING_RULES,
  type SigningRule,
} from './vocabulary.js';
export { vpin } from './vpin.js';
