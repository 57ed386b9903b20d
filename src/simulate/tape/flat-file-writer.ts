import type { IsoDate } from '../../core/index.js';
import { decimalOf, epochNanosOf } from './clock.js';
import type { NameDay, TapeName, TapePrint } from './model.js';
import { type NationalBest, nationalBests } from './national-best.js';
import { OFF_EXCHANGE } from './venues.js';

/** Columns of Polygon's (Massive's) flat files us_stocks_sip/trades_v1 and quotes_v1. */
const TRADE_HEADER =
  'ticker,conditions,correction,exchange,id,participant_timestamp,price,sequence_number,sip_timestamp,size,tape,trf_id,trf_timestamp';
const QUOTE_HEADER =
  'Ticker,ask_exchange,ask_price,ask_size,bid_exchange,bid_price,bid_size,conditions,indicators,participant_timestamp,sequence_number,sip_timestamp,tape,trf_timestamp';

/** Numbers of exchanges by TAQ letter, as the vendor's list of exchanges has them. */
const EXCHANGES: Readonly<Record<string, number>> = {
  D: 4,
  K: 8,
  N: 10,
  P: 11,
  Q: 12,
  T: 12,
  V: 15,
  Z: 19,
  U: 21,
};
/** Numbers of sale conditions by TAQ letter, as the vendor's list of conditions has them. */
const CONDITIONS: Readonly<Record<string, readonly number[]>> = {
  F: [14, 41],
  I: [37],
  T: [12],
  O: [17],
  6: [19],
  Q: [16],
  M: [15],
  B: [2],
  W: [2],
  4: [10],
  P: [22],
  L: [30],
  Z: [33],
};
const TAPES = { A: 1, B: 2, C: 3 } as const;
/** Trade reporting facilities of NYSE and of Nasdaq. */
const FACILITIES = { A: 201, B: 201, C: 202 } as const;
const QUOTE_DELAY = 18_000;

/** The trade file of a day, names in order. */
export function flatFileTrades(date: IsoDate, days: readonly NameDay[]): string {
  const epoch = epochNanosOf(date);
  const rows = inOrder(days).flatMap(({ name, prints }) =>
    prints.map((print) => `${tradeRow(name, print, epoch)}\n`),
  );
  return `${TRADE_HEADER}\n${rows.join('')}`;
}

/** The quote file of a day: each row is the national best. */
export function flatFileQuotes(date: IsoDate, days: readonly NameDay[]): string {
  const epoch = epochNanosOf(date);
  const rows = inOrder(days).flatMap(({ name, quotes }) =>
    [...nationalBests(quotes)]
      .filter(({ isChanged }) => isChanged)
      .map(({ best }) => `${quoteRow(name, best, epoch)}\n`),
  );
  return `${QUOTE_HEADER}\n${rows.join('')}`;
}

const inOrder = (days: readonly NameDay[]): NameDay[] =>
  [...days].sort((left, right) => (left.name.symbol < right.name.symbol ? -1 : 1));

function tradeRow(name: TapeName, print: TapePrint, epoch: (nanosOfDay: number) => string): string {
  const conditions = [...print.letters].flatMap((letter) => CONDITIONS[letter]!);
  const isOffExchange = print.venue === OFF_EXCHANGE;
  return [
    name.symbol,
    conditions.length > 1 ? `"${conditions.join(',')}"` : conditions.join(''),
    print.correction,
    EXCHANGES[print.venue]!,
    print.sequence * 10 + 1,
    epoch(print.venueTime),
    decimalOf(print.price),
    print.sequence,
    epoch(print.time),
    print.shares,
    TAPES[name.tape],
    isOffExchange ? FACILITIES[name.tape] : 0,
    isOffExchange ? epoch(print.time - 3000) : 0,
  ].join(',');
}

function quoteRow(name: TapeName, best: NationalBest, epoch: (nanosOfDay: number) => string): string {
  return [
    name.symbol,
    EXCHANGES[best.askVenue] ?? 0,
    decimalOf(best.ask),
    best.askShares,
    EXCHANGES[best.bidVenue] ?? 0,
    decimalOf(best.bid),
    best.bidShares,
    1,
    '',
    epoch(best.time - QUOTE_DELAY),
    best.sequence,
    epoch(best.time),
    TAPES[name.tape],
    0,
  ].join(',');
}
