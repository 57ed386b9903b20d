import {
  ByteDictionary,
  bitConditions,
  type HeaderColumns,
  isEligibleQuoteBits,
  type LineScanner,
  NewYorkClock,
  RowFields,
  type RowReading,
  type TapeWriter,
  writeEpochNanos,
} from '../text/tape/index.js';
import { NationalBests } from './national-best.js';
import { venueLetter } from './venues.js';

const TRADE = 1;
const CANCELLED_TRADE = 2;
const BID = 3;
const ASK = 4;
const VENUE_QUOTE = 5;

const EVENTS: ReadonlyMap<string, number> = new Map([
  ['TRADE', TRADE],
  ['TRADE NB', TRADE],
  ['TRADE CANCELLED', CANCELLED_TRADE],
  ['TRADE NB CANCELLED', CANCELLED_TRADE],
  ['QUOTE BID NB', BID],
  ['QUOTE ASK NB', ASK],
  ['QUOTE BID', VENUE_QUOTE],
  ['QUOTE ASK', VENUE_QUOTE],
]);

/** TAQ's code of a record that tells of a cancel: it is no print of its own. */
const CANCEL_RECORD = 10;

/**
 * Rows of one event each. 'QUOTE BID NB' and 'QUOTE ASK NB' set one side of the national best, the other stays; a venue's own
 * quotes are counted as other rows. A cancel names no trade, so it drops itself alone.
 */
export function algoseekRows(columns: HeaderColumns, scanner: LineScanner, writer: TapeWriter): RowReading {
  const fields = new RowFields(scanner, writer, columns.names);
  const dateAt = columns.required('date');
  const timeAt = columns.required('timestamp');
  const eventAt = columns.required('eventtype');
  const symbolAt = columns.required('ticker');
  const priceAt = columns.required('price');
  const sizeAt = columns.required('quantity');
  const venueAt = columns.required('exchange');
  const conditionsAt = columns.required('conditions');
  const clock = new NewYorkClock();
  const events = new ByteDictionary((text) => EVENTS.get(text.toUpperCase()) ?? -1);
  const venues = new ByteDictionary(venueLetter);
  const conditionSets = bitConditions(writer);
  const bests = new NationalBests();

  const readTrade = (event: number, symbol: number, nanos: number, price: number, size: number) => {
    const { bytes, starts, ends } = scanner;
    const conditions = conditionSets.get(bytes, starts[conditionsAt]!, ends[conditionsAt]!);
    if (conditions < 0) return fields.setAside(conditionsAt, 'up to eight hexadecimal digits');
    const { trades } = writer;
    const at = trades.add(symbol, scanner.line);
    writeEpochNanos(trades, at, clock.midnightFor(nanos), nanos);
    trades.priceMicros[at] = price;
    trades.sizeMicros[at] = size;
    trades.venue[at] = venues.get(bytes, starts[venueAt]!, ends[venueAt]!);
    trades.conditions[at] = conditions;
    trades.correction[at] = event === CANCELLED_TRADE ? CANCEL_RECORD : 0;
  };

  const readSide = (
    event: number,
    symbol: number,
    day: number,
    nanos: number,
    price: number,
    size: number,
  ) => {
    const { bytes, starts, ends } = scanner;
    const bits = fields.hexadecimal(conditionsAt);
    if (bits < 0) return fields.setAside(conditionsAt, 'up to eight hexadecimal digits');
    const best = bests.at(symbol, day, nanos);
    if (best === null) {
      return fields.setAside(
        timeAt,
        'the time of the row before or later',
        'the row is older than the one before',
      );
    }
    const isGood = isEligibleQuoteBits(bits);
    if (event === BID) {
      best.bid = isGood ? price : 0;
      best.bidSize = size;
    } else {
      best.ask = isGood ? price : 0;
      best.askSize = size;
    }
    const { quotes } = writer;
    const at = quotes.add(symbol, scanner.line);
    writeEpochNanos(quotes, at, clock.midnightFor(nanos), nanos);
    quotes.setBid(at, best.bid, best.bidSize);
    quotes.setAsk(at, best.ask, best.askSize);
    quotes.venue[at] = venues.get(bytes, starts[venueAt]!, ends[venueAt]!);
  };

  const read = () => {
    const { bytes, starts, ends } = scanner;
    const event = events.get(bytes, starts[eventAt]!, ends[eventAt]!);
    if (event < 0) return fields.setAside(eventAt, [...EVENTS.keys()].join(', '));
    if (event === VENUE_QUOTE) {
      writer.otherRows += 1;
      return;
    }
    const day = fields.day(dateAt);
    if (!clock.select(day)) return fields.setAside(dateAt, 'a day such as 20180102');
    const nanos = fields.clockTime(timeAt);
    if (nanos < 0) return fields.setAside(timeAt, 'a time such as 09:30:00.010833553');
    const symbol = fields.symbol(symbolAt);
    if (symbol < 0) return fields.setAside(symbolAt, 'a ticker');
    const price = fields.micros(priceAt);
    if (Number.isNaN(price)) return fields.setAside(priceAt, 'dollars with at most six decimals');
    const size = fields.micros(sizeAt);
    if (!(size >= 0)) return fields.setAside(sizeAt, 'shares, not negative');
    if (event === BID || event === ASK) readSide(event, symbol, day, nanos, price, size);
    else readTrade(event, symbol, nanos, price, size);
  };
  return { width: columns.width, read };
}
