import {
  type HeaderColumns,
  type LineScanner,
  RowFields,
  type RowReading,
  type TapeWriter,
} from '../text/tape/index.js';
import { DATE_TIME, DateTimeColumn } from './date-time.js';

/** Columns DT, SYMBOL, PRICE, SIZE, and where there: EX, COND, CORR. */
export function highfrequencyTradeRows(
  columns: HeaderColumns,
  scanner: LineScanner,
  writer: TapeWriter,
): RowReading {
  const fields = new RowFields(scanner, writer, columns.names);
  const time = columns.required('dt');
  const dateTime = new DateTimeColumn(scanner, time);
  const symbolAt = columns.required('symbol');
  const priceAt = columns.required('price');
  const sizeAt = columns.required('size');
  const venueAt = columns.optional('ex');
  const conditionsAt = columns.optional('cond');
  const correctionAt = columns.optional('corr');
  const read = () => {
    if (!dateTime.read()) return fields.setAside(time, DATE_TIME);
    const symbol = fields.symbol(symbolAt);
    if (symbol < 0) return fields.setAside(symbolAt, 'a symbol');
    const price = fields.micros(priceAt);
    if (Number.isNaN(price)) return fields.setAside(priceAt, 'dollars with at most six decimals');
    const size = fields.micros(sizeAt);
    if (!(size >= 0)) return fields.setAside(sizeAt, 'shares, not negative');
    const venue = venueAt < 0 ? 0 : fields.letter(venueAt);
    if (venue < 0) return fields.setAside(venueAt, 'one TAQ exchange letter');
    const conditions = conditionsAt < 0 ? 0 : fields.letters(conditionsAt);
    if (conditions < 0) return fields.setAside(conditionsAt, 'TAQ sale condition letters');
    const correction = correctionAt < 0 ? 0 : fields.sequence(correctionAt);
    if (correction < 0 || correction > 255) return fields.setAside(correctionAt, 'a TAQ correction code');
    const { trades } = writer;
    const at = trades.add(symbol, scanner.line);
    dateTime.write(trades, at);
    trades.priceMicros[at] = price;
    trades.sizeMicros[at] = size;
    trades.venue[at] = venue;
    trades.conditions[at] = conditions;
    trades.correction[at] = correction;
  };
  return { width: columns.width, read };
}
