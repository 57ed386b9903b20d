import { FormatError, type TapeFileHead, type TapeReadContext } from '../../core/index.js';
import {
  isJsonArray,
  isJsonObject,
  type JsonDocumentReader,
  type JsonObject,
  type JsonRows,
  type JsonValue,
  writeEpochNanos,
} from '../text/tape/index.js';
import { exchangeLetter, tapeLetter, tradeConditionLetters } from './codes.js';
import {
  LAST_QUOTE,
  LAST_TRADE,
  PAGE_QUOTE,
  PAGE_TRADE,
  type QuoteKeys,
  STREAM_QUOTE,
  STREAM_TRADE,
  type TradeKeys,
} from './json-keys.js';

const DOLLARS = 'dollars with at most six decimals';

/** Reads pages of /v3/trades and /v3/quotes, /v2/last, and messages of the stream, also by name as its description has them. */
export function polygonDocuments(
  rows: JsonRows,
  file: TapeFileHead,
  context: TapeReadContext,
): JsonDocumentReader {
  return function* documents(document): Generator<() => void> {
    if (isJsonArray(document)) {
      for (const element of document) {
        if (isJsonObject(element)) yield* documents(element);
        else yield () => rows.setAsideValue(element);
      }
    } else if (typeof document.ev === 'string') {
      yield () => readMessage(rows, document);
    } else if (isJsonArray(document.results)) {
      yield* pageRows(rows, document, document.results, file, context);
    } else if (isJsonObject(document.results)) {
      const last = document.results;
      yield () =>
        last.P === undefined
          ? readTrade(rows, last, last.T, LAST_TRADE)
          : readQuote(rows, last, last.T, LAST_QUOTE);
    } else {
      const named = Object.values(document).filter(isJsonObject);
      if (named.length === 0)
        yield () => rows.setAside(document, 'results', 'a page with results, or a message with ev');
      for (const each of named) yield* documents(each);
    }
  };
}

function* pageRows(
  rows: JsonRows,
  page: JsonObject,
  results: readonly JsonValue[],
  file: TapeFileHead,
  context: TapeReadContext,
): Generator<() => void> {
  if (results.length === 0) return;
  const symbol = requireTicker(page, file, context);
  for (const row of results) {
    if (!isJsonObject(row)) {
      yield () => rows.setAsideValue(row);
      continue;
    }
    yield () =>
      row.price === undefined
        ? readQuote(rows, row, symbol, PAGE_QUOTE)
        : readTrade(rows, row, symbol, PAGE_TRADE);
  }
}

/**
 * The ticker of a page, which its rows do not tell: given, or in the address of the next page, or in the file name.
 * @throws {FormatError} where it is told nowhere
 */
function requireTicker(page: JsonObject, file: TapeFileHead, context: TapeReadContext): string {
  if (context.symbol !== undefined) return context.symbol;
  const next = typeof page.next_url === 'string' ? page.next_url : '';
  const fromNext = /\/v3\/(?:trades|quotes)\/([^/?]+)/.exec(next)?.[1];
  if (fromNext !== undefined) return decodeURIComponent(fromNext);
  const base = file.name.split(/[/\\]/).at(-1) ?? '';
  const parts = base
    .split(/[_\s-]|\.(?=json|gz|zst)/)
    .filter((part) => /^[A-Z]{1,6}(?:\.[A-Z]{1,3})?$/.test(part));
  if (parts.length === 1) return parts[0]!;
  throw new FormatError(`${file.name}: the page does not tell its ticker; give the symbol`, {
    place: { file: file.name, expected: 'symbol' },
  });
}

function readMessage(rows: JsonRows, message: JsonObject): void {
  if (message.ev === 'T') readTrade(rows, message, message.sym, STREAM_TRADE);
  else if (message.ev === 'Q') readQuote(rows, message, message.sym, STREAM_QUOTE);
  else rows.writer.otherRows += 1;
}

function symbolOf(rows: JsonRows, row: JsonObject, symbol: JsonValue | undefined): number {
  const number = typeof symbol === 'string' ? rows.writer.symbolNumber(symbol) : -1;
  if (number < 0) rows.setAside(typeof symbol === 'string' ? { symbol } : row, 'symbol', 'a ticker');
  return number;
}

function readTime(rows: JsonRows, row: JsonObject, keys: TradeKeys | QuoteKeys): boolean {
  const value = row[keys.time];
  if (keys.isMillis ? rows.readMillis(value) : rows.readNanos(value)) return true;
  return rows.setAside(row, keys.time, `${keys.isMillis ? 'milli' : 'nano'}seconds since 1970`);
}

function readTrade(rows: JsonRows, row: JsonObject, symbol: JsonValue | undefined, keys: TradeKeys): boolean {
  if (!readTime(rows, row, keys)) return false;
  const number = symbolOf(rows, row, symbol);
  if (number < 0) return false;
  const price = rows.micros(row[keys.price]);
  if (Number.isNaN(price)) return rows.setAside(row, keys.price, DOLLARS);
  const sizeKey = row[keys.decimalSize] === undefined ? keys.size : keys.decimalSize;
  const size = rows.micros(row[sizeKey]);
  if (!(size >= 0)) return rows.setAside(row, sizeKey, 'shares, not negative');
  const exchange = rows.whole(row[keys.exchange]);
  if (exchange < 0) return rows.setAside(row, keys.exchange, 'an exchange number');
  const tapeNumber = rows.whole(row[keys.tape]);
  const conditions = conditionsOf(rows, row[keys.conditions], tapeNumber);
  if (conditions < 0) return rows.setAside(row, keys.conditions, 'a list of condition numbers');
  const correction = rows.whole(row[keys.correction]);
  if (correction < 0 || correction > 255) return rows.setAside(row, keys.correction, 'a correction code');
  const sequence = rows.whole(row[keys.sequence]);
  if (sequence < 0) return rows.setAside(row, keys.sequence, 'a sequence number');
  const tape = tapeLetter(tapeNumber);
  if (tape < 0) return rows.setAside(row, keys.tape, '1, 2 or 3');
  const { trades } = rows.writer;
  const at = trades.add(number, rows.rowNumber);
  writeEpochNanos(trades, at, rows.time.seconds, rows.time.nanos);
  trades.priceMicros[at] = price;
  trades.sizeMicros[at] = size;
  trades.venue[at] = exchangeLetter(exchange);
  trades.conditions[at] = conditions;
  trades.correction[at] = correction;
  trades.sequence[at] = sequence;
  trades.tape[at] = tape;
  return true;
}

function readQuote(rows: JsonRows, row: JsonObject, symbol: JsonValue | undefined, keys: QuoteKeys): boolean {
  if (!readTime(rows, row, keys)) return false;
  const number = symbolOf(rows, row, symbol);
  if (number < 0) return false;
  const bid = rows.microsOrMissing(row[keys.bid]);
  if (Number.isNaN(bid)) return rows.setAside(row, keys.bid, DOLLARS);
  const bidSize = rows.microsOrMissing(row[keys.bidSize]);
  if (Number.isNaN(bidSize)) return rows.setAside(row, keys.bidSize, 'a size');
  const ask = rows.microsOrMissing(row[keys.ask]);
  if (Number.isNaN(ask)) return rows.setAside(row, keys.ask, DOLLARS);
  const askSize = rows.microsOrMissing(row[keys.askSize]);
  if (Number.isNaN(askSize)) return rows.setAside(row, keys.askSize, 'a size');
  const sequence = rows.whole(row[keys.sequence]);
  if (sequence < 0) return rows.setAside(row, keys.sequence, 'a sequence number');
  const { quotes } = rows.writer;
  const at = quotes.add(number, rows.rowNumber);
  writeEpochNanos(quotes, at, rows.time.seconds, rows.time.nanos);
  quotes.setBid(at, bid, bidSize);
  quotes.setAsk(at, ask, askSize);
  quotes.sequence[at] = sequence;
  return true;
}

function conditionsOf(rows: JsonRows, value: JsonValue | undefined, tape: number): number {
  if (value === undefined || value === null) return 0;
  const numbers = isJsonArray(value) ? value : [value];
  if (!numbers.every((each) => typeof each === 'string' && /^\d{1,4}$/.test(each))) return -1;
  return rows.writer.conditionNumber(tradeConditionLetters(numbers as readonly string[], tape));
}
