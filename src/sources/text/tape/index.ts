export { ByteDictionary } from './byte-dictionary.js';
export {
  EpochTime,
  NewYorkClock,
  parseClockTime,
  parseDay,
  parsePackedTime,
  type TimedRows,
  writeEpochNanos,
} from './clock.js';
export { firstLines, HeaderColumns } from './columns-of-header.js';
export { type DelimitedTapeFormat, type RowReading, readDelimitedTape } from './delimited-tape.js';
export { parseHexadecimal, parseMicros, parseSequence, parseWhole } from './figures.js';
export type { LineScanner } from './line-scanner.js';
export { RowFields } from './row-fields.js';
export {
  isEligibleQuote,
  quoteSizeUnitOn,
  UNKNOWN_CONDITION,
} from './sale-conditions.js';
export { TapeWriter } from './tape-writer.js';
