import {
  isJsonArray,
  isJsonObject,
  type JsonDocumentReader,
  type JsonObject,
  type JsonRows,
  type JsonValue,
  writeEpochNanos,
} from '../text/tape/index.js';

const INSTANT = 'an RFC 3339 instant such as 2022-03-09T09:00:00.000059Z';
const DOLLARS = 'dollars with at most six decimals';
const LETTER = 'one exchange letter';
/** TAQ's code of a row that holds the corrected data. */
const CORRECTED = 1;
/** Alpaca's word for what became of a historical trade, as TAQ's code. */
const UPDATES: ReadonlyMap<JsonValue | undefined, number> = new Map<JsonValue | undefined, number>([
  [undefined, 0],
  [null, 0],
  ['', 0],
  ['corrected', CORRECTED],
  ['canceled', 8],
  ['incorrect', 12],
]);

/** Reads pages of the REST API (single and multi symbol, latest) and messages of the stream. */
export function alpacaDocuments(rows: JsonRows): JsonDocumentReader {
  return function* documents(document): Generator<() => void> {
    if (isJsonArray(document)) {
      for (const element of document) {
        if (isJsonObject(element)) yield* documents(element);
        else yield () => rows.setAsideValue(element);
      }
      return;
    }
    if (typeof document.T === 'string') {
      yield () => readMessage(rows, document, document.T as string);
      return;
    }
    yield* pageRows(rows, document);
  };
}

const PAGE_KEYS = [
  ['trades', readTrade],
  ['trade', readTrade],
  ['quotes', readQuote],
  ['quote', readQuote],
] as const;

function* pageRows(rows: JsonRows, page: JsonObject): Generator<() => void> {
  let isPage = false;
  for (const [key, read] of PAGE_KEYS) {
    const found = page[key];
    if (found === undefined) continue;
    isPage = true;
    for (const [symbol, row] of symbolRows(page.symbol, found)) {
      yield () => (isJsonObject(row) ? read(rows, row, symbol) : rows.setAsideValue(row));
    }
  }
  if (!isPage) yield () => rows.setAside(page, 'trades', 'a page with trades or quotes, or a message with T');
}

/** The rows of a page by their symbols: a list under one symbol, or lists or single rows by symbol; null holds none. */
function* symbolRows(
  symbol: JsonValue | undefined,
  found: JsonValue,
): Generator<readonly [symbol: JsonValue | undefined, row: JsonValue]> {
  if (isJsonArray(found)) {
    for (const row of found) yield [symbol, row];
  } else if (isJsonObject(found) && found.t === undefined) {
    for (const [name, each] of Object.entries(found)) {
      if (each !== undefined) yield* isJsonArray(each) ? symbolRows(name, each) : [[name, each] as const];
    }
  } else if (found !== null) {
    yield [symbol, found];
  }
}

function readMessage(rows: JsonRows, message: JsonObject, type: string): void {
  if (type === 't') readTrade(rows, message, message.S);
  else if (type === 'q') readQuote(rows, message, message.S);
  else if (type === 'x') readCancel(rows, message, 'i');
  else if (type === 'c') readCorrection(rows, message);
  else rows.writer.otherRows += 1;
}

/** The symbol's number; -1 where it is none and the row was set aside. */
function symbolOf(rows: JsonRows, row: JsonObject, symbol: JsonValue | undefined): number {
  const number = typeof symbol === 'string' ? rows.writer.symbolNumber(symbol) : -1;
  if (number < 0) rows.setAside(typeof symbol === 'string' ? { symbol } : row, 'symbol', 'a symbol');
  return number;
}

function readTrade(rows: JsonRows, row: JsonObject, symbol: JsonValue | undefined): boolean {
  return readPrint(
    rows,
    row,
    symbol,
    { price: 'p', size: 's', conditions: 'c', id: 'i' },
    UPDATES.get(row.u) ?? -1,
  );
}

interface PrintKeys {
  readonly price: string;
  readonly size: string;
  readonly conditions: string;
  readonly id: string;
}

/** True where the row became a trade. */
function readPrint(
  rows: JsonRows,
  row: JsonObject,
  symbol: JsonValue | undefined,
  keys: PrintKeys,
  correction: number,
): boolean {
  const fail = (column: string, expected: string) => rows.setAside(row, column, expected);
  if (correction < 0) return fail('u', 'canceled, corrected or incorrect');
  if (!rows.readInstant(row.t)) return fail('t', INSTANT);
  const number = symbolOf(rows, row, symbol);
  if (number < 0) return false;
  const price = rows.micros(row[keys.price]);
  if (Number.isNaN(price)) return fail(keys.price, DOLLARS);
  const size = rows.micros(row[keys.size]);
  if (!(size >= 0)) return fail(keys.size, 'shares, not negative');
  const venue = rows.letter(row.x);
  if (venue < 0) return fail('x', LETTER);
  const tape = rows.letter(row.z);
  if (tape < 0) return fail('z', 'A, B or C');
  const conditions = conditionsOf(rows, row[keys.conditions]);
  if (conditions < 0) return fail(keys.conditions, 'a list of sale condition letters');
  const id = tradeId(row[keys.id]);
  if (id === null) return fail(keys.id, 'a trade id');
  const { trades } = rows.writer;
  const at = trades.add(number, rows.rowNumber);
  writeEpochNanos(trades, at, rows.time.seconds, rows.time.nanos);
  trades.priceMicros[at] = price;
  trades.sizeMicros[at] = size;
  trades.venue[at] = venue;
  trades.tape[at] = tape;
  trades.conditions[at] = conditions;
  trades.correction[at] = correction;
  trades.tradeId![at] = id;
  return true;
}

function readQuote(rows: JsonRows, row: JsonObject, symbol: JsonValue | undefined): boolean {
  if (!rows.readInstant(row.t)) return rows.setAside(row, 't', INSTANT);
  const number = symbolOf(rows, row, symbol);
  if (number < 0) return false;
  const bid = rows.microsOrMissing(row.bp);
  if (Number.isNaN(bid)) return rows.setAside(row, 'bp', DOLLARS);
  const bidSize = rows.microsOrMissing(row.bs);
  if (Number.isNaN(bidSize)) return rows.setAside(row, 'bs', 'a size');
  const ask = rows.microsOrMissing(row.ap);
  if (Number.isNaN(ask)) return rows.setAside(row, 'ap', DOLLARS);
  const askSize = rows.microsOrMissing(row.as);
  if (Number.isNaN(askSize)) return rows.setAside(row, 'as', 'a size');
  const bidVenue = rows.letter(row.bx);
  if (bidVenue < 0) return rows.setAside(row, 'bx', LETTER);
  const askVenue = rows.letter(row.ax);
  if (askVenue < 0) return rows.setAside(row, 'ax', LETTER);
  const { quotes } = rows.writer;
  const at = quotes.add(number, rows.rowNumber);
  writeEpochNanos(quotes, at, rows.time.seconds, rows.time.nanos);
  quotes.setBid(at, bid, bidSize);
  quotes.setAsk(at, ask, askSize);
  quotes.venue[at] = bidVenue === askVenue ? bidVenue : 0;
  return true;
}

/** True where the trade named by the key is taken back. */
function readCancel(rows: JsonRows, message: JsonObject, key: string): boolean {
  const { S: symbol } = message;
  const id = tradeId(message[key]);
  if (typeof symbol !== 'string' || rows.writer.symbolNumber(symbol) < 0) {
    return rows.setAside(message, 'S', 'a symbol');
  }
  if (id === null || message[key] === undefined) {
    return rows.setAside(message, key, 'a trade id');
  }
  rows.writer.cancel({ symbol, tradeId: id, rowNumber: rows.rowNumber });
  return true;
}

/** A correction takes the old trade back and gives the corrected one: one row, a cancel and a trade. */
function readCorrection(rows: JsonRows, message: JsonObject): boolean {
  const keys = { price: 'cp', size: 'cs', conditions: 'cc', id: 'ci' };
  if (tradeId(message.oi) === null || message.oi === undefined) {
    return rows.setAside(message, 'oi', 'a trade id');
  }
  return readPrint(rows, message, message.S, keys, CORRECTED) && readCancel(rows, message, 'oi');
}

function conditionsOf(rows: JsonRows, value: JsonValue | undefined): number {
  if (value === undefined || value === null) return 0;
  const letters = isJsonArray(value) ? value : [value];
  if (!letters.every((letter) => typeof letter === 'string' && letter.length <= 4)) return -1;
  return rows.writer.conditionNumber(letters.join(''));
}

/** 0 where the row has none; null where it is no whole number of 63 bits. */
function tradeId(value: JsonValue | undefined): bigint | null {
  if (value === undefined || value === null) return 0n;
  return typeof value === 'string' && /^\d{1,18}$/.test(value) ? BigInt(value) : null;
}
