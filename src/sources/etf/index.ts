import {
  type Detection,
  FormatError,
  type ReadBatch,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import { type Columns, columnsOf, hasColumns, sniffHeader } from '../text/index.js';
import { readFundShares } from './fund-shares.js';
import { FUND_SHARES_KIND, PRICE_COLUMN, REQUIRED_COLUMNS } from './layout.js';

/** Reads lists of shares outstanding of exchange-traded funds. See docs/sources/etf.md. */
export const etfReader: SourceReader = {
  source: 'etf',
  detect: detectFundShares,
  read: (file) => readList(file),
};

function detectFundShares(file: SourceFile): Detection | null {
  const columns = listColumns(file);
  if (columns === null || !hasColumns(columns, REQUIRED_COLUMNS)) return null;
  const others = columns.width - REQUIRED_COLUMNS.length - (columns.positions.has(PRICE_COLUMN) ? 1 : 0);
  if (others > 0) return null;
  return { kind: FUND_SHARES_KIND, evidence: `header with ${REQUIRED_COLUMNS.join(', ')} and no more` };
}

function readList(file: SourceFile): Iterable<ReadBatch> {
  const columns = listColumns(file);
  if (columns !== null && hasColumns(columns, REQUIRED_COLUMNS)) return readFundShares(file.bytes, columns);
  throw new FormatError(
    `${file.name} has no header line with ${REQUIRED_COLUMNS.join(', ')}; see docs/sources/etf.md`,
    { place: { file: file.name, line: 1 } },
  );
}

function listColumns(file: SourceFile): Columns | null {
  const header = sniffHeader(file.bytes);
  return header === null ? null : columnsOf(header);
}
