import type { IsoDate } from '../../core/index.js';
import {
  isEligibleQuoteBits,
  type LineScanner,
  NewYorkClock,
  RowFields,
  type RowReading,
  type TapeWriter,
  writeEpochNanos,
} from '../text/tape/index.js';

const MICROS_PER_PRICE_UNIT = 100;
const MILLIS_PER_DAY = 86_400_000;
const MICROS_PER_SHARE = 1_000_000;
const COLUMNS = ['time', 'bid', 'bid size', 'ask', 'ask size', 'venue', 'conditions', 'suspicious flag'];
const MAX_FIGURE = Number.MAX_SAFE_INTEGER / MICROS_PER_SHARE;
const MAX_PRICE = Number.MAX_SAFE_INTEGER / MICROS_PER_PRICE_UNIT;

/**
 * Rows: milliseconds, bid, bid shares, ask, ask shares, venue, conditions, suspicious. A row tells one side of the national
 * best, the other is zero and stays as the row before left it; so rows must be in the order of time. A side whose row has
 * an ineligible condition, is suspicious or has no shares is withdrawn.
 */
export function leanQuoteRows(
  scanner: LineScanner,
  writer: TapeWriter,
  place: { readonly symbol: string; readonly date: IsoDate },
): RowReading {
  const fields = new RowFields(scanner, writer, COLUMNS);
  const symbol = writer.symbolNumber(place.symbol);
  const clock = new NewYorkClock();
  clock.selectDate(place.date);
  let lastMillis = -1;
  let bid = 0;
  let bidSize = 0;
  let ask = 0;
  let askSize = 0;
  const read = () => {
    const millis = fields.whole(0);
    if (millis < 0 || millis >= MILLIS_PER_DAY) return fields.setAside(0, 'milliseconds since midnight');
    if (millis < lastMillis) {
      return fields.setAside(0, `${lastMillis} or later`, 'the row is older than the one before');
    }
    const rowBid = fields.whole(1);
    if (rowBid < 0 || rowBid > MAX_PRICE) {
      return fields.setAside(1, 'a whole number of 1/10,000 dollars');
    }
    const rowBidSize = fields.whole(2);
    if (rowBidSize < 0 || rowBidSize > MAX_FIGURE) {
      return fields.setAside(2, 'a whole number of shares');
    }
    const rowAsk = fields.whole(3);
    if (rowAsk < 0 || rowAsk > MAX_PRICE) {
      return fields.setAside(3, 'a whole number of 1/10,000 dollars');
    }
    const rowAskSize = fields.whole(4);
    if (rowAskSize < 0 || rowAskSize > MAX_FIGURE) {
      return fields.setAside(4, 'a whole number of shares');
    }
    const venue = fields.letter(5);
    if (venue < 0) return fields.setAside(5, 'one letter');
    const bits = fields.hexadecimal(6);
    if (bits < 0) return fields.setAside(6, 'up to eight hexadecimal digits');
    const suspicious = fields.whole(7);
    if (suspicious < 0 || suspicious > 1) return fields.setAside(7, '0 or 1');
    const isGood = suspicious === 0 && isEligibleQuoteBits(bits);
    lastMillis = millis;
    if (rowBid > 0) {
      bid = isGood ? rowBid * MICROS_PER_PRICE_UNIT : 0;
      bidSize = rowBidSize * MICROS_PER_SHARE;
    }
    if (rowAsk > 0) {
      ask = isGood ? rowAsk * MICROS_PER_PRICE_UNIT : 0;
      askSize = rowAskSize * MICROS_PER_SHARE;
    }
    const { quotes } = writer;
    const at = quotes.add(symbol, scanner.line);
    const nanos = millis * 1_000_000;
    writeEpochNanos(quotes, at, clock.midnightFor(nanos), nanos);
    quotes.setBid(at, bid, bidSize);
    quotes.setAsk(at, ask, askSize);
    quotes.venue[at] = venue;
  };
  return { width: 8, read };
}
