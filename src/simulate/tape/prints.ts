import type { Random } from '../../core/index.js';
import type { Book } from './book.js';
import type { Mechanism, TapeName, TapePrint } from './model.js';
import type { Order } from './orders.js';
import { CENT, TAPE_PROCESS } from './process.js';
import { subPennyFill } from './retail-fill.js';
import { listingVenue, OFF_EXCHANGE } from './venues.js';

const OFF_EXCHANGE_MECHANISMS: readonly Mechanism[] = [
  'dark-midpoint',
  'dark-sub-penny',
  'retail-sub-penny',
  'retail-whole-cent',
  'retail-midpoint',
  'block-off-exchange',
  'average-price',
  'derivatively-priced',
  'prior-reference',
];

/** How far an unsigned print may lie from the market, in cents. */
const AWAY_CENTS = 40;

interface PrintParts {
  readonly venue: string;
  readonly price: number;
  readonly letters: string;
  readonly delay: number;
}

/** Makes prints of orders: where, at what price, with which conditions, and when the feed has them. */
export class PrintMaker {
  readonly prints: TapePrint[] = [];
  readonly #random: Random;
  readonly #name: TapeName;
  readonly #book: Book;

  constructor(random: Random, name: TapeName, book: Book) {
    this.#random = random;
    this.#name = name;
    this.#book = book;
  }

  /** An order of regular hours, filled at a time. */
  regular(order: Order, time: number): TapePrint {
    const isOffExchange = OFF_EXCHANGE_MECHANISMS.includes(order.mechanism);
    const side = order.initiator > 0 ? 'ask' : 'bid';
    return this.#add(order, time, {
      venue: isOffExchange ? OFF_EXCHANGE : this.#book.venueAt(side),
      price: this.#price(order),
      letters: this.#letters(order),
      delay: isOffExchange ? this.#offExchangeDelay(order) : this.#exchangeDelay(),
    });
  }

  /** An order before or after regular hours, at the wide quote of these hours. */
  extendedHours(order: Order, time: number, mechanism: 'before-hours' | 'after-hours'): void {
    const initiator = order.initiator === 0 ? 1 : order.initiator;
    const shares = Math.min(order.shares, 500);
    const price = initiator > 0 ? this.#book.ask : this.#book.bid;
    this.#add({ mechanism, trueClass: 'extended', initiator, shares }, time, {
      venue: this.#book.venues[0]!,
      price,
      letters: 'T',
      delay: this.#exchangeDelay(),
    });
  }

  /** An auction of the listing exchange, and the official price behind it that repeats it. */
  auction(
    mechanism: 'opening-auction' | 'closing-auction',
    { price, time, shares }: { readonly price: number; readonly time: number; readonly shares: number },
  ): void {
    const isOpening = mechanism === 'opening-auction';
    const venue = listingVenue(this.#name);
    const parts = { venue, price, delay: this.#exchangeDelay() };
    const order: Order = { mechanism, trueClass: 'auction', initiator: 0, shares };
    this.#add(order, time, { ...parts, letters: isOpening ? 'O' : '6' });
    const official = isOpening ? 'official-open' : 'official-close';
    const repeat = { venueTime: time + 1000, time: time + parts.delay + 2000, sequence: 0 };
    this.prints.push({
      ...this.prints.at(-1)!,
      ...repeat,
      letters: isOpening ? 'Q' : 'M',
      mechanism: official,
      trueClass: null,
    });
  }

  #add(order: Order, time: number, { delay, ...parts }: PrintParts): TapePrint {
    const letters = order.shares < 100 ? `${parts.letters}I` : parts.letters;
    const print: TapePrint = {
      ...order,
      ...parts,
      letters,
      venueTime: time,
      time: time + delay,
      correction: 0,
      sequence: 0,
    };
    this.prints.push(print);
    return print;
  }

  #price({ mechanism, initiator }: Order): number {
    const { bid, ask } = this.#book;
    const midpoint = (bid + ask) / 2;
    const quoted = initiator > 0 ? ask : bid;
    switch (mechanism) {
      case 'exchange-midpoint':
      case 'dark-midpoint':
      case 'retail-midpoint':
        return midpoint;
      case 'dark-sub-penny':
        return this.#inside(bid, ask);
      case 'retail-sub-penny':
        return subPennyFill(this.#random, { bid, ask }, initiator > 0 ? 1 : -1);
      case 'block-off-exchange':
        return quoted + initiator * CENT * Math.floor(3 * this.#random.next());
      case 'average-price':
        return Math.round(midpoint) + Math.floor(2 * AWAY_CENTS * CENT * (this.#random.next() - 0.5));
      case 'derivatively-priced':
      case 'prior-reference':
      case 'sold-last':
      case 'out-of-sequence':
        return bid + CENT * Math.floor(2 * AWAY_CENTS * (this.#random.next() - 0.5));
      default:
        return quoted;
    }
  }

  /** Between bid and ask, never at a whole cent. */
  #inside(bid: number, ask: number): number {
    const price = bid + 1 + Math.floor((ask - bid - 1) * this.#random.next());
    return price % CENT === 0 ? price + 1 : price;
  }

  #letters({ mechanism, trueClass }: Order): string {
    switch (mechanism) {
      case 'average-price':
        return this.#name.tape === 'C' ? 'W' : 'B';
      case 'derivatively-priced':
        return '4';
      case 'prior-reference':
        return 'P';
      case 'sold-last':
        return 'L';
      case 'out-of-sequence':
        return 'Z';
      case 'exchange':
        return trueClass === 'other' && this.#random.next() < TAPE_PROCESS.sweeps ? 'F' : '';
      default:
        return '';
    }
  }

  #exchangeDelay(): number {
    const { least, spread } = TAPE_PROCESS.exchangeDelay;
    return least + Math.floor(spread * this.#random.next());
  }

  /** Off exchanges a report takes longer, some seconds at times, and of a block up to ten. */
  #offExchangeDelay({ trueClass }: Order): number {
    const { offExchangeDelay, lateReports, blockDelay } = TAPE_PROCESS;
    if (trueClass === 'block') return Math.floor(blockDelay * this.#random.next());
    const isLate = this.#random.next() < lateReports.share;
    const spread = isLate ? lateReports.spread : offExchangeDelay.spread;
    return offExchangeDelay.least + Math.floor(spread * this.#random.next() ** 3);
  }
}
