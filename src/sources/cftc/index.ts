import type { Detection, Fact, ReadBatch, SetAsideRow, SourceFile, SourceReader } from '../../core/index.js';
import { detectTff } from './detect.js';
import { quote } from './fields.js';
import { positionsFact, setAsideRow } from './map.js';
import { parseTffRow } from './parse.js';
import type { BadRow, ParsedRow, TffRow } from './row.js';
import { headerlessRows, type RawRow, type RawRows, sheetRows, textRows } from './rows.js';

const BATCH_ROWS = 2_000;

/**
 * Reads the CFTC's Traders in Financial Futures report in every form it is published in: annual text files (2010 to now,
 * futures-only and combined), the weekly file without header, the old Excel files, and CSV copies without the `_Quotes`
 * columns. See docs/sources/cftc.md.
 */
export const cftcReader: SourceReader = {
  source: 'cftc',
  detect: detectTff,
  read: readTff,
};

/** @throws {FormatError} where the header lacks a column or an Excel workbook is damaged */
function* readTff(file: SourceFile, detection: Detection): Generator<ReadBatch> {
  const { layout, rows } = rawRows(file, detection);
  const firstRowOf = new Map<string, number>();
  let facts: Fact[] = [];
  let setAside: SetAsideRow[] = [];
  for (const raw of rows) {
    const { row, bad } = 'malformed' in raw ? malformedRow(raw) : parseTffRow(layout, raw.fields);
    const fault = bad ?? repeatedRow(row, raw.rowNumber, firstRowOf);
    if (fault === null) facts.push(positionsFact(row!, raw.rowNumber));
    else setAside.push(setAsideRow(fault, raw.rowNumber));
    if (facts.length + setAside.length === BATCH_ROWS) {
      yield { facts, setAside, rowsRead: BATCH_ROWS };
      facts = [];
      setAside = [];
    }
  }
  const rowsRead = facts.length + setAside.length;
  if (rowsRead > 0) yield { facts, setAside, rowsRead };
}

function rawRows(file: SourceFile, detection: Detection): RawRows {
  switch (detection.kind) {
    case 'cftc-tff-xls':
      return sheetRows(file.bytes, file.name);
    case 'cftc-tff-week':
      return headerlessRows(file.bytes);
    case 'cftc-tff-text':
    case 'cftc-tff-csv84':
      return textRows(file.bytes, file.name);
    default:
      throw new Error(`'${detection.kind}' is no kind of the cftc reader`);
  }
}

function malformedRow(raw: Extract<RawRow, { malformed: string }>): ParsedRow {
  const bad: BadRow = {
    column: null,
    found: quote(raw.text),
    expected: 'fields between commas, in closed quotes or none',
    reason: raw.malformed,
    contractCode: null,
    reportDate: null,
  };
  return { row: null, bad };
}

/** A file holds a contract once a week; which of two rows is right cannot be told from the file, so the later is kept out. */
function repeatedRow(row: TffRow, rowNumber: number, firstRowOf: Map<string, number>): BadRow | null {
  const key = `${row.reportDate} ${row.contractCode} ${row.report}`;
  const first = firstRowOf.get(key);
  if (first === undefined) {
    firstRowOf.set(key, rowNumber);
    return null;
  }
  return {
    column: 'CFTC_Contract_Market_Code',
    found: `${row.contractCode} of ${row.reportDate} again`,
    expected: `one row a contract, week and report; the first is row ${first}`,
    reason: 'repeated row',
    contractCode: row.contractCode,
    reportDate: row.reportDate,
  };
}
