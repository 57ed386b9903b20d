import {
  EXCHANGE_CALENDAR_YEARS,
  type Instant,
  type IsoDate,
  isIsoDate,
  newYorkInstant,
  nextTradingDay,
  type ReadBatch,
} from '../../core/index.js';
import { type Columns, cellOf, parseDecimal, readRows, symbolProblem, yahooSymbol } from '../text/index.js';
import { PRICE_COLUMN } from './layout.js';

/** Issuers publish the count of a day's end before the next session opens. */
function knownAtOf(date: IsoDate): Instant {
  return newYorkInstant(nextTradingDay(date), 9, 30);
}

/**
 * Reads counts of shares outstanding. Rows of weekends and holidays are kept as they stand, since lists carry the last
 * count forward; what they are worth is decided where flows are made.
 */
export function readFundShares(bytes: Uint8Array, columns: Columns): Generator<ReadBatch> {
  const dateOf = cellOf(columns, 'date')!;
  const tickerOf = cellOf(columns, 'ticker')!;
  const sharesOf = cellOf(columns, 'shares')!;
  const priceOf = cellOf(columns, PRICE_COLUMN) ?? (() => '');
  const firstLines = new Map<string, number>();
  return readRows(bytes, columns.width, ({ line, fields }, facts) => {
    const symbol = yahooSymbol(tickerOf(fields));
    if (symbol === null) return symbolProblem('ticker', tickerOf(fields));
    const date = dateOf(fields);
    if (!isIsoDate(date))
      return problem('date', date, 'a day as YYYY-MM-DD', 'the date cannot be read', symbol);
    const year = Number(date.slice(0, 4));
    const { first, last } = EXCHANGE_CALENDAR_YEARS;
    if (year < first || year >= last)
      return problem(
        'date',
        date,
        `a day from ${first} to ${last - 1}`,
        'outside the exchange calendar',
        symbol,
      );
    const about = { periodEnd: date, knownAt: knownAtOf(date) };
    const shares = parseDecimal(sharesOf(fields));
    if (shares === null || shares <= 0)
      return {
        ...problem('shares', sharesOf(fields), 'a number above 0', 'no count of shares', symbol),
        ...about,
      };
    const priceText = priceOf(fields);
    const price = priceText === '' ? null : parseDecimal(priceText);
    if (priceText !== '' && (price === null || price <= 0))
      return { ...problem('price', priceText, 'a number above 0, or blank', 'no price', symbol), ...about };
    const key = `${symbol} ${date}`;
    const before = firstLines.get(key);
    if (before !== undefined)
      return {
        ...problem('date', `${key} again`, `one row; the first is line ${before}`, 'repeated row', symbol),
        ...about,
      };
    firstLines.set(key, line);
    facts.push({
      table: 'fundShares',
      row: { symbol, date, shares, price },
      periodStart: date,
      periodEnd: date,
      knownAt: about.knownAt,
      knownAtKind: 'rule',
      rowNumber: line,
    });
    return null;
  });
}

function problem(column: string, found: string, expected: string, reason: string, subject: string) {
  return { column, found, expected, reason, subject };
}
