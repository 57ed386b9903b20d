export { lineAutomaton } from './automaton.js';
export { type Cells, lookOver, readCells } from './cells.js';
export { type Columns, cellOf, columnsOf, hasColumns } from './columns.js';
export { beginningOf, decodeText, windowsCharacter } from './decode.js';
export { type DelimitedOptions, type DelimitedRecord, readDelimited, sniffHeader } from './delimited.js';
export { headerColumns, requireColumns } from './headed.js';
export { type LineScan, type OddLine, scanLines } from './line-scan.js';
export { LineCursor } from './lines.js';
export { parseDecimal, parseInteger } from './numbers.js';
export {
  dataRecords,
  type RowProblem,
  readRecords,
  readRows,
  setAsideRow,
  shapeProblem,
} from './rows.js';
export {
  acceptanceInstant,
  headerValue,
  type SgmlDocument,
  submissionDocuments,
  submissionHeader,
  submissionType,
} from './sgml.js';
export { looksBinary } from './sniff.js';
export { symbolProblem, yahooSymbol } from './symbols.js';
export { TextSet } from './text-set.js';
export { readDate } from './written-dates.js';
