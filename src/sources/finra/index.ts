import {
  type Detection,
  endOfDayInNewYork,
  type Fact,
  type IsoDate,
  isIsoDate,
  type ReadBatch,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import {
  type Cells,
  type Columns,
  type DelimitedRecord,
  hasColumns,
  headerColumns,
  parseInteger,
  readCells,
  readDelimited,
  requireColumns,
  setAsideRow,
  yahooSymbol,
} from '../text/index.js';

const KIND = 'finra-short-volume';
const COLUMNS = ['date', 'symbol', 'shortvolume', 'shortexemptvolume', 'totalvolume', 'market'];
const SEPARATED = { separator: '|' } as const;
const MARKETS = /^[A-Z](,[A-Z])*$/;

/** Reads FINRA's daily short sale volume files. See docs/sources/finra.md. */
export const finraReader: SourceReader = { source: 'finra', detect: detectVolumes, read: readVolumes };

function detectVolumes(file: SourceFile): Detection | null {
  const columns = headerColumns(file, SEPARATED);
  if (columns === null || !hasColumns(columns, COLUMNS)) return null;
  return { kind: KIND, evidence: `header with ${COLUMNS.join('|')}` };
}

/** The trailer of a file: the number of its rows, alone on the last line. */
interface Trailer {
  readonly line: number;
  readonly rows: number;
}

/** Reads the rows; a trailer that counts other than what was read is set aside as a row of its own. */
function* readVolumes(file: SourceFile): Generator<ReadBatch> {
  const columns = requireColumns(headerColumns(file, SEPARATED), file, 'finra.md');
  const trailers: Trailer[] = [];
  let rows = 0;
  const records = rowsOf(file.bytes, (trailer) => trailers.push(trailer));
  for (const batch of readCells(file.bytes, columns, readVolume(columns), { records })) {
    rows += batch.rowsRead;
    yield batch;
  }
  for (const { line, rows: declared } of trailers.filter((trailer) => trailer.rows !== rows)) {
    const problem = {
      column: null,
      found: String(declared),
      expected: `${rows}, the number of rows`,
      reason: `the file says it has ${declared} rows and has ${rows}: it is not whole`,
    };
    yield { facts: [], setAside: [setAsideRow(line, problem)], rowsRead: 1 };
  }
}

/** The records between the header and the trailer. */
function* rowsOf(bytes: Uint8Array, onTrailer: (trailer: Trailer) => void): Generator<DelimitedRecord> {
  let before: DelimitedRecord | null = null;
  let isHeader = true;
  for (const record of readDelimited(bytes, SEPARATED)) {
    if (before !== null) yield before;
    before = isHeader ? null : record;
    isHeader = false;
  }
  if (before === null) return;
  const rows = before.fields.length === 1 ? parseInteger(before.fields[0]!) : null;
  if (rows === null) yield before;
  else onTrailer({ line: before.line, rows });
}

/** FINRA writes classes as BRK/B, and preferred shares, warrants and rights with small letters: BACpL = BAC-PL. */
function symbolOf(text: string): string | null {
  return yahooSymbol(text.replace(/^([A-Z]+)([a-z]+)([A-Z]?)$/, '$1-$2$3'));
}

function readVolume(columns: Columns): (cells: Cells, facts: Fact[]) => void {
  const hasFacility = columns.positions.has('facility_file');
  return (cells, facts) => {
    const symbol =
      symbolOf(cells.text('symbol')) ?? cells.refuse('symbol', 'a symbol such as BRK/B', 'no symbol');
    const date =
      dayOf(cells.text('date')) ?? cells.refuse('date', 'a day as YYYYMMDD', 'the date cannot be read');
    // FINRA posts the files by 18:00 of the trade date.
    const knownAt = endOfDayInNewYork(date);
    cells.concern({ subject: symbol, periodEnd: date, knownAt });
    const market = cells.text('market');
    if (!MARKETS.test(market)) cells.refuse('market', "facilities such as 'B,Q,N'", 'no facility');
    const [shortVolume, shortExemptVolume, totalVolume] = [
      'shortvolume',
      'shortexemptvolume',
      'totalvolume',
    ].map((name) => cells.number(name)) as [number, number, number];
    if (shortVolume < 0 || shortExemptVolume < 0 || shortVolume > totalVolume)
      cells.refuse('shortvolume', `0 to the total of ${totalVolume}`, 'sold short is more than sold');
    facts.push({
      table: 'shortVolumes',
      row: {
        symbol,
        date,
        market,
        facility: hasFacility ? cells.optionalText('facility_file') : null,
        shortVolume,
        shortExemptVolume,
        totalVolume,
      },
      periodStart: date,
      periodEnd: date,
      knownAt,
      knownAtKind: 'rule',
      rowNumber: cells.line,
    });
  };
}

function dayOf(text: string): IsoDate | null {
  const day = text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return isIsoDate(day) ? day : null;
}
