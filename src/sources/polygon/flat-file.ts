import {
  type Instant,
  newYorkDate,
  type TapeFileHead,
  type TapeFormat,
  type TapeReader,
} from '../../core/index.js';
import { firstLines, HeaderColumns, quoteSizeUnitOn, readDelimitedTape } from '../text/tape/index.js';
import { flatFileQuoteRows } from './flat-file-quotes.js';
import { flatFileTradeRows } from './flat-file-trades.js';

const CLOCK = 'nanoseconds since 1970, UTC (sip_timestamp)';
const TRADE_COLUMNS = ['ticker', 'price', 'size', 'sip_timestamp', 'exchange', 'conditions'];
const QUOTE_COLUMNS = ['ticker', 'bid_price', 'bid_size', 'ask_price', 'ask_size', 'sip_timestamp'];

/** Flat files of Massive (Polygon), trades and quotes of stocks. See docs/sources/polygon.md. */
export const polygonFlatFileReader: TapeReader = {
  source: 'polygon',
  detect: detectFlatFile,
  read: (file, format, chunks) =>
    readDelimitedTape(file.name, chunks, {
      separator: ',',
      hasHeader: true,
      acceptsUnterminatedLine: false,
      rowReader: (header, scanner, writer) =>
        format.holds === 'quotes'
          ? flatFileQuoteRows(new HeaderColumns(header, file.name), scanner, writer)
          : flatFileTradeRows(new HeaderColumns(header, file.name), scanner, writer),
    }),
};

function detectFlatFile(file: TapeFileHead): TapeFormat | null {
  const lines = firstLines(file.head, ',', 2);
  if (lines === null) return null;
  const columns = new HeaderColumns(lines[0]!);
  if (columns.has(...QUOTE_COLUMNS)) {
    return {
      name: 'polygon-flat-file-quotes',
      holds: 'quotes',
      quoteKind: 'nbbo',
      quoteSizeUnit: quoteSizeUnitOn(dayOf(lines[1]?.[columns.required('sip_timestamp')] ?? '')),
      clock: CLOCK,
      hasSubPennyPrices: true,
      evidence: `columns ${QUOTE_COLUMNS.join(', ')}; the size unit by the first row's day`,
    };
  }
  if (!columns.has(...TRADE_COLUMNS)) return null;
  return {
    name: 'polygon-flat-file-trades',
    holds: 'trades',
    quoteKind: null,
    quoteSizeUnit: null,
    clock: CLOCK,
    hasSubPennyPrices: true,
    evidence: `columns ${TRADE_COLUMNS.join(', ')}`,
  };
}

/** The day in New York as 20180102; 0 where the text is no time. */
function dayOf(nanos: string): number {
  if (!/^\d{16,19}$/.test(nanos)) return 0;
  const instant = Number(nanos.slice(0, -6)) as Instant;
  return Number(newYorkDate(instant).replaceAll('-', ''));
}
