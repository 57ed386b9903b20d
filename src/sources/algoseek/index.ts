import type { TapeFileHead, TapeFormat, TapeReader } from '../../core/index.js';
import { firstLines, HeaderColumns, readDelimitedTape } from '../text/tape/index.js';
import { algoseekRows } from './rows.js';

const COLUMNS = ['date', 'timestamp', 'eventtype', 'ticker', 'price', 'quantity', 'exchange', 'conditions'];

/** AlgoSeek's US equity TAQ as CSV. See docs/sources/algoseek.md. */
export const algoseekTapeReader: TapeReader = {
  source: 'algoseek',
  detect: detectAlgoseek,
  read: (file, _format, chunks) =>
    readDelimitedTape(file.name, chunks, {
      separator: ',',
      hasHeader: true,
      acceptsUnterminatedLine: false,
      rowReader: (header, scanner, writer) =>
        algoseekRows(new HeaderColumns(header, file.name), scanner, writer),
    }),
};

function detectAlgoseek(file: TapeFileHead): TapeFormat | null {
  const header = firstLines(file.head, ',', 1)?.[0];
  if (header === undefined || !new HeaderColumns(header).has(...COLUMNS)) return null;
  return {
    name: 'algoseek-taq',
    holds: 'both',
    quoteKind: 'nbbo',
    quoteSizeUnit: 'shares',
    clock: 'date and HH:MM:SS.nnnnnnnnn, New York',
    hasSubPennyPrices: true,
    evidence: 'columns Date, Timestamp, EventType, Ticker, Price, Quantity, Exchange, Conditions',
  };
}
