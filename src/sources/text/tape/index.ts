export { bitConditions, isEligibleQuoteBits } from './algoseek-conditions.js';
export { ByteDictionary } from './byte-dictionary.js';
export {
  dayOfText,
  EpochTime,
  NewYorkClock,
  parseClockTime,
  parsePackedTime,
  type TimedRows,
  writeEpochNanos,
} from './clock.js';
export { firstLines, HeaderColumns } from './columns-of-header.js';
export {
  type RowReading,
  readDelimitedTape,
  setAsideShape,
} from './delimited-tape.js';
export { parseMicros, parseWhole } from './figures.js';
export { jsonBeginning } from './json-documents.js';
export { type JsonDocumentReader, type JsonRows, readJsonTape } from './json-rows.js';
export { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json-value.js';
export type { LineScanner } from './line-scanner.js';
export { RowFields } from './row-fields.js';
export {
  isEligibleQuote,
  quoteSizeUnitOn,
  UNKNOWN_CONDITION,
} from './sale-conditions.js';
export { SymbolParts } from './symbol-parts.js';
export { TapeWriter } from './tape-writer.js';
