import {
  type Detection,
  type Fact,
  FormatError,
  type ReadBatch,
  type ReadContext,
  type SetAsideRow,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import { type DelimitedRecord, readDelimited, sniffHeader } from '../text/index.js';
import { checkLayout, type FileLayout, layoutOfHeader } from './file-layout.js';
import { factsOf, setAsideRow } from './map.js';
import { badRow, type ParsedRow, parsePositionsRow, quote } from './parse.js';

export { parseColumnMapping } from './mapping.js';

const BATCH_ROWS = 2_000;

/**
 * Reads a CSV of futures positions by trader class that comes from elsewhere than the CFTC: grade `brought`. Foreign
 * column names are translated by a mapping, the user's or a built-in one. See docs/sources/positions.md.
 */
export const positionsReader: SourceReader = {
  source: 'positions',
  detect: detectPositions,
  read: readPositions,
};

function detectPositions(file: SourceFile, context: ReadContext): Detection | null {
  const header = sniffHeader(file.bytes);
  const layout = header === null ? null : layoutOfHeader(header, context);
  if (layout === null) return null;
  return { kind: 'positions-csv', evidence: `positions by trader class, found by ${layout.by}` };
}

/** @throws {FormatError} where the header lacks a column or has one twice */
function* readPositions(file: SourceFile, _: Detection, context: ReadContext): Generator<ReadBatch> {
  const records = readDelimited(file.bytes);
  const first = records.next();
  const header = first.done ? [] : first.value.fields;
  const layout = layoutOfHeader(header, context);
  if (layout === null)
    throw new FormatError(
      `${file.name}: the header lacks columns of positions; see docs/sources/positions.md`,
      {
        place: { file: file.name, line: 1 },
      },
    );
  checkLayout(header, layout, file.name);
  const firstRowOf = new Map<string, number>();
  let facts: Fact[] = [];
  let setAside: SetAsideRow[] = [];
  let rowsRead = 0;
  for (const record of records) {
    const { row, bad } = parseRecord(layout, record, firstRowOf);
    if (row !== null) facts.push(...factsOf(row, record.line));
    else setAside.push(setAsideRow(bad, record.line));
    rowsRead += 1;
    if (rowsRead === BATCH_ROWS) {
      yield { facts, setAside, rowsRead };
      facts = [];
      setAside = [];
      rowsRead = 0;
    }
  }
  if (rowsRead > 0) yield { facts, setAside, rowsRead };
}

function parseRecord(
  layout: FileLayout,
  record: DelimitedRecord,
  firstRowOf: Map<string, number>,
): ParsedRow {
  if (record.malformed !== undefined) return malformedRow(record.fields.join(','), record.malformed);
  const parsed = parsePositionsRow(layout, record.fields);
  if (parsed.row === null) return parsed;
  const { contract_code, report_date, report } = parsed.row;
  const key = `${report_date} ${contract_code} ${report}`;
  const first = firstRowOf.get(key);
  if (first === undefined) {
    firstRowOf.set(key, record.line);
    return parsed;
  }
  const found = `${contract_code} of ${report_date} again`;
  const expected = `one row a contract, week and report; the first is line ${first}`;
  return { row: null, bad: badRow({ column: null, found, expected, reason: 'repeated row' }, parsed.row) };
}

function malformedRow(text: string, reason: string): ParsedRow {
  const expected = 'fields between commas, in closed quotes or none';
  return { row: null, bad: badRow({ column: null, found: quote(text), expected, reason }, {}) };
}
