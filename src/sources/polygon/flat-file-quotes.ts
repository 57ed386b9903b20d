import {
  EpochTime,
  type HeaderColumns,
  type LineScanner,
  RowFields,
  type RowReading,
  type TapeWriter,
  writeEpochNanos,
} from '../text/tape/index.js';

/** Columns of us_stocks_sip/quotes_v1, in any order. Each row is the national best of both sides. */
export function flatFileQuoteRows(
  columns: HeaderColumns,
  scanner: LineScanner,
  writer: TapeWriter,
): RowReading {
  const fields = new RowFields(scanner, writer, columns.names);
  const time = new EpochTime();
  const timeAt = columns.required('sip_timestamp');
  const symbolAt = columns.required('ticker');
  const bidAt = columns.required('bid_price');
  const bidSizeAt = columns.required('bid_size');
  const askAt = columns.required('ask_price');
  const askSizeAt = columns.required('ask_size');
  const sequenceAt = columns.required('sequence_number');
  const read = () => {
    const { bytes, starts, ends } = scanner;
    if (!time.readNanos(bytes, starts[timeAt]!, ends[timeAt]!)) {
      return fields.setAside(timeAt, 'nanoseconds since 1970');
    }
    const symbol = fields.symbol(symbolAt);
    if (symbol < 0) return fields.setAside(symbolAt, 'a ticker');
    const bid = fields.microsOrMissing(bidAt);
    if (Number.isNaN(bid)) return fields.setAside(bidAt, 'dollars with at most six decimals');
    const bidSize = fields.microsOrMissing(bidSizeAt);
    if (Number.isNaN(bidSize)) return fields.setAside(bidSizeAt, 'a size');
    const ask = fields.microsOrMissing(askAt);
    if (Number.isNaN(ask)) return fields.setAside(askAt, 'dollars with at most six decimals');
    const askSize = fields.microsOrMissing(askSizeAt);
    if (Number.isNaN(askSize)) return fields.setAside(askSizeAt, 'a size');
    const sequence = fields.sequence(sequenceAt);
    if (sequence < 0) return fields.setAside(sequenceAt, 'a sequence number');
    const { quotes } = writer;
    const at = quotes.add(symbol, scanner.line);
    writeEpochNanos(quotes, at, time.seconds, time.nanos);
    quotes.setBid(at, bid, bidSize);
    quotes.setAsk(at, ask, askSize);
    quotes.sequence[at] = sequence;
  };
  return { width: columns.width, isNumbered: true, read };
}
