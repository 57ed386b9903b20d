import {
  ByteDictionary,
  EpochTime,
  type HeaderColumns,
  type LineScanner,
  RowFields,
  type RowReading,
  type TapeWriter,
  writeEpochNanos,
} from '../text/tape/index.js';
import { exchangeLetter, tapeLetter, tradeConditionLetters } from './codes.js';

/** What a condition list is expected to be. */
const CONDITIONS = "condition numbers such as '12,37'";

/** The number of the condition set of a list such as '12,37' on a tape number; -1 where it is none. */
function conditionsOfNumbers(list: string, tape: number, writer: TapeWriter): number {
  if (list.trim() === '') return 0;
  const numbers = list.split(',').map((part) => part.trim());
  if (!numbers.every((part) => /^\d{1,4}$/.test(part))) return -1;
  return writer.conditionNumber(tradeConditionLetters(numbers, tape));
}

/** Columns of us_stocks_sip/trades_v1, in any order. */
export function flatFileTradeRows(
  columns: HeaderColumns,
  scanner: LineScanner,
  writer: TapeWriter,
): RowReading {
  const fields = new RowFields(scanner, writer, columns.names);
  const time = new EpochTime();
  const timeAt = columns.required('sip_timestamp');
  const symbolAt = columns.required('ticker');
  const priceAt = columns.required('price');
  const sizeAt = columns.has('decimal_size') ? columns.required('decimal_size') : columns.required('size');
  const exchangeAt = columns.required('exchange');
  const conditionsAt = columns.required('conditions');
  const correctionAt = columns.required('correction');
  const sequenceAt = columns.required('sequence_number');
  const tapeAt = columns.required('tape');
  const conditionSets = [0, 1, 2, 3].map(
    (tape) => new ByteDictionary((text) => conditionsOfNumbers(text, tape, writer)),
  );
  const read = () => {
    const { bytes, starts, ends } = scanner;
    if (!time.readNanos(bytes, starts[timeAt]!, ends[timeAt]!)) {
      return fields.setAside(timeAt, 'nanoseconds since 1970');
    }
    const symbol = fields.symbol(symbolAt);
    if (symbol < 0) return fields.setAside(symbolAt, 'a ticker');
    const price = fields.micros(priceAt);
    if (Number.isNaN(price)) return fields.setAside(priceAt, 'dollars with at most six decimals');
    const size = fields.micros(sizeAt);
    if (!(size >= 0)) return fields.setAside(sizeAt, 'shares with at most six decimals');
    const exchange = fields.sequence(exchangeAt);
    if (exchange < 0) return fields.setAside(exchangeAt, 'an exchange number');
    const correction = fields.sequence(correctionAt);
    if (correction < 0 || correction > 255) return fields.setAside(correctionAt, 'a correction code');
    const sequence = fields.sequence(sequenceAt);
    if (sequence < 0) return fields.setAside(sequenceAt, 'a sequence number');
    const tapeNumber = fields.sequence(tapeAt);
    const tape = tapeLetter(tapeNumber);
    if (tape < 0) return fields.setAside(tapeAt, '1, 2 or 3');
    const conditions = conditionSets[tapeNumber]!.get(bytes, starts[conditionsAt]!, ends[conditionsAt]!);
    if (conditions < 0) return fields.setAside(conditionsAt, CONDITIONS);
    const { trades } = writer;
    const at = trades.add(symbol, scanner.line);
    writeEpochNanos(trades, at, time.seconds, time.nanos);
    trades.priceMicros[at] = price;
    trades.sizeMicros[at] = size;
    trades.venue[at] = exchangeLetter(exchange);
    trades.conditions[at] = conditions;
    trades.correction[at] = correction;
    trades.sequence[at] = sequence;
    trades.tape[at] = tape;
  };
  return { width: columns.width, isNumbered: true, read };
}
