import {
  type HeaderColumns,
  type LineScanner,
  RowFields,
  type RowReading,
  type TapeWriter,
} from '../text/tape/index.js';
import { DATE_TIME, DateTimeColumn } from './date-time.js';

/** Columns DT, SYMBOL, BID, BIDSIZ, OFR, OFRSIZ, and where there: EX. */
export function highfrequencyQuoteRows(
  columns: HeaderColumns,
  scanner: LineScanner,
  writer: TapeWriter,
): RowReading {
  const fields = new RowFields(scanner, writer, columns.names);
  const time = columns.required('dt');
  const dateTime = new DateTimeColumn(scanner, time);
  const symbolAt = columns.required('symbol');
  const bidAt = columns.required('bid');
  const bidSizeAt = columns.required('bidsiz');
  const askAt = columns.required('ofr');
  const askSizeAt = columns.required('ofrsiz');
  const venueAt = columns.optional('ex');
  const read = () => {
    if (!dateTime.read()) return fields.setAside(time, DATE_TIME);
    const symbol = fields.symbol(symbolAt);
    if (symbol < 0) return fields.setAside(symbolAt, 'a symbol');
    const bid = fields.microsOrMissing(bidAt);
    if (Number.isNaN(bid)) return fields.setAside(bidAt, 'dollars with at most six decimals');
    const bidSize = fields.microsOrMissing(bidSizeAt);
    if (Number.isNaN(bidSize)) return fields.setAside(bidSizeAt, 'a number of round lots');
    const ask = fields.microsOrMissing(askAt);
    if (Number.isNaN(ask)) return fields.setAside(askAt, 'dollars with at most six decimals');
    const askSize = fields.microsOrMissing(askSizeAt);
    if (Number.isNaN(askSize)) return fields.setAside(askSizeAt, 'a number of round lots');
    const venue = venueAt < 0 ? 0 : fields.letter(venueAt);
    if (venue < 0) return fields.setAside(venueAt, 'one TAQ exchange letter');
    const { quotes } = writer;
    const at = quotes.add(symbol, scanner.line);
    dateTime.write(quotes, at);
    quotes.setBid(at, bid, bidSize);
    quotes.setAsk(at, ask, askSize);
    quotes.venue[at] = venue;
  };
  return { width: columns.width, read };
}
