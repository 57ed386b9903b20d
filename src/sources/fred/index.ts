import {
  type Detection,
  FormatError,
  isIsoDate,
  type ReadBatch,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import { columnsOf, dataRecords, hasColumns, sniffHeader } from '../text/index.js';
import { LONG_COLUMNS, NO_SERIES, SERIES_ID, VINTAGE_COLUMN, WIDE_DATE_HEADERS } from './layout.js';
import { readLong } from './long.js';
import { readWide } from './wide.js';

const SAMPLE_BYTES = 65_536;

/** Reads economic series from FRED: graph downloads of both header styles, long files, and editions. See docs/sources/fred.md. */
export const fredReader: SourceReader = {
  source: 'fred',
  detect: detectFred,
  read: readFred,
};

function detectFred(file: SourceFile): Detection | null {
  const header = sniffHeader(file.bytes);
  if (header === null) return null;
  if (isWideHeader(header)) {
    return startsWithDate(file.bytes)
      ? { kind: 'fred-wide', evidence: `header with ${header[0]} and series ${header.slice(1).join(', ')}` }
      : null;
  }
  const columns = columnsOf(header);
  if (columns === null || !hasColumns(columns, LONG_COLUMNS)) return null;
  return columns.positions.has(VINTAGE_COLUMN)
    ? { kind: 'fred-vintages', evidence: `header with ${[...LONG_COLUMNS, VINTAGE_COLUMN].join(', ')}` }
    : { kind: 'fred-long', evidence: `header with ${LONG_COLUMNS.join(', ')}` };
}

function isWideHeader(header: readonly string[]): boolean {
  const [date, ...series] = header;
  return (
    WIDE_DATE_HEADERS.includes(date!) &&
    series.length > 0 &&
    new Set(series).size === series.length &&
    series.every((name) => SERIES_ID.test(name) && !NO_SERIES.includes(name))
  );
}

/** True where the first data row starts with a day, or there is none. */
function startsWithDate(bytes: Uint8Array): boolean {
  for (const { fields } of dataRecords(bytes.subarray(0, SAMPLE_BYTES))) return isIsoDate(fields[0]!);
  return true;
}

/** @throws {FormatError} where the file has no header of such a kind */
function readFred(file: SourceFile, detection: Detection): Iterable<ReadBatch> {
  const header = sniffHeader(file.bytes);
  if (header !== null && detection.kind === 'fred-wide') return readWide(file.bytes, header);
  const columns = header === null ? null : columnsOf(header);
  if (columns === null) {
    throw new FormatError(`${file.name} has no header line of a FRED file; see docs/sources/fred.md`, {
      place: { file: file.name, line: 1 },
    });
  }
  return readLong(file.bytes, columns);
}
