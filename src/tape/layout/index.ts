export type { TapeKind } from './columns.js';
export { tapeParquetInput } from './foreign-file.js';
export { type ReadableDays, readableDays } from './readable-days.js';
export {
  indexTapeDay,
  openTapeDay,
  type ReadTapeOptions,
  symbolsOf,
  type TapeDay,
  type TapeDayIndex,
  type TapeSymbol,
} from './tape-day.js';
export { listTapeDays, tapePath } from './tape-days.js';
export type { TapeFileIndex, TapeFileNote } from './tape-file.js';
export {
  type TapeDayReport,
  type TapeInput,
  type TapeKindReport,
  type TapeWriteReport,
  type WriteTapeOptions,
  writeTapeLayout,
} from './write-tape-layout.js';
