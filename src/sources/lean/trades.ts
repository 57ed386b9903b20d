import type { IsoDate } from '../../core/index.js';
import {
  bitConditions,
  type LineScanner,
  NewYorkClock,
  RowFields,
  type RowReading,
  type TapeWriter,
  writeEpochNanos,
} from '../text/tape/index.js';

/** LEAN prices are in 1/10,000 dollar. */
const MICROS_PER_PRICE_UNIT = 100;
const MILLIS_PER_DAY = 86_400_000;
const MICROS_PER_SHARE = 1_000_000;
const COLUMNS = ['time', 'price', 'size', 'venue', 'conditions', 'suspicious flag'];
const MAX_FIGURE = Number.MAX_SAFE_INTEGER / MICROS_PER_SHARE;
const MAX_PRICE = Number.MAX_SAFE_INTEGER / MICROS_PER_PRICE_UNIT;

/** Rows: milliseconds, price, shares, venue, conditions, suspicious. */
export function leanTradeRows(
  scanner: LineScanner,
  writer: TapeWriter,
  place: { readonly symbol: string; readonly date: IsoDate },
): RowReading {
  const fields = new RowFields(scanner, writer, COLUMNS);
  const symbol = writer.symbolNumber(place.symbol);
  const clock = new NewYorkClock();
  clock.selectDate(place.date);
  const conditions = bitConditions(writer);
  const read = () => {
    const millis = fields.whole(0);
    if (millis < 0 || millis >= MILLIS_PER_DAY) return fields.setAside(0, 'milliseconds since midnight');
    const price = fields.whole(1);
    if (price < 0 || price > MAX_PRICE) return fields.setAside(1, 'a whole number of 1/10,000 dollars');
    const size = fields.whole(2);
    if (size < 0 || size > MAX_FIGURE) return fields.setAside(2, 'a whole number of shares');
    const venue = fields.letter(3);
    if (venue < 0) return fields.setAside(3, 'one letter');
    const condition = conditions.get(scanner.bytes, scanner.starts[4]!, scanner.ends[4]!);
    if (condition < 0) return fields.setAside(4, 'up to eight hexadecimal digits');
    const suspicious = fields.whole(5);
    if (suspicious < 0 || suspicious > 1) return fields.setAside(5, '0 or 1');
    const { trades } = writer;
    const at = trades.add(symbol, scanner.line);
    const nanos = millis * 1_000_000;
    writeEpochNanos(trades, at, clock.midnightFor(nanos), nanos);
    trades.priceMicros[at] = price * MICROS_PER_PRICE_UNIT;
    trades.sizeMicros[at] = size * MICROS_PER_SHARE;
    trades.venue[at] = venue;
    trades.conditions[at] = condition;
    trades.suspicious[at] = suspicious;
  };
  return { width: 6, read };
}
