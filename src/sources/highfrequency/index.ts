import type { TapeFileHead, TapeFormat, TapeReader } from '../../core/index.js';
import { firstLines, HeaderColumns, readDelimitedTape } from '../text/tape/index.js';
import { highfrequencyQuoteRows } from './quotes.js';
import { highfrequencyTradeRows } from './trades.js';

const CLOCK = "'2018-01-02 09:30:00.125000', New York";

/** CSV files of the R package highfrequency. See docs/sources/highfrequency.md. */
export const highfrequencyTapeReader: TapeReader = {
  source: 'highfrequency',
  detect: detectHighfrequency,
  read: (file, format, chunks) =>
    readDelimitedTape(file.name, chunks, {
      separator: ',',
      hasHeader: true,
      acceptsUnterminatedLine: false,
      rowReader(header, scanner, writer) {
        const columns = new HeaderColumns(header, file.name);
        return format.holds === 'quotes'
          ? highfrequencyQuoteRows(columns, scanner, writer)
          : highfrequencyTradeRows(columns, scanner, writer);
      },
    }),
};

function detectHighfrequency(file: TapeFileHead): TapeFormat | null {
  const header = firstLines(file.head, ',', 1)?.[0];
  if (header === undefined) return null;
  const columns = new HeaderColumns(header);
  if (!columns.has('dt', 'symbol')) return null;
  if (columns.has('bid', 'bidsiz', 'ofr', 'ofrsiz')) {
    return {
      name: 'highfrequency-quotes',
      holds: 'quotes',
      quoteKind: 'venue',
      quoteSizeUnit: 'round lots of 100',
      clock: CLOCK,
      hasSubPennyPrices: true,
      evidence: 'columns DT, SYMBOL, BID, BIDSIZ, OFR, OFRSIZ',
    };
  }
  if (!columns.has('price', 'size')) return null;
  return {
    name: 'highfrequency-trades',
    holds: 'trades',
    quoteKind: null,
    quoteSizeUnit: null,
    clock: CLOCK,
    hasSubPennyPrices: true,
    evidence: 'columns DT, SYMBOL, PRICE, SIZE',
  };
}
