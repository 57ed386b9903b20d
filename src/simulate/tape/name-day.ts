import { type IsoDate, newYorkInstant, type Random, sessionClose } from '../../core/index.js';
import { randomStream } from '../random-streams.js';
import { Book } from './book.js';
import type { FlowTilt, Mechanism, NameDay, TapeName, TapePrint } from './model.js';
import { OrderFlow } from './orders.js';
import { PrintMaker } from './prints.js';
import { CENT, HOUR, MINUTE, SECOND, TAPE_PROCESS } from './process.js';
import { takeBack } from './take-back.js';
import { quotingVenues } from './venues.js';

export interface NameDayInputs {
  readonly seed: number;
  readonly name: TapeName;
  readonly date: IsoDate;
  /** Dollars. */
  readonly open: number;
  readonly close: number;
  /** Orders in regular hours. */
  readonly orders: number;
  readonly tilt: FlowTilt;
  /** A locked and then crossed second at eleven. */
  readonly hasCrossedMoment: boolean;
}

const OPEN = 9.5 * HOUR;
const BEFORE_HOURS = { from: 8 * HOUR, prints: 8, spreadCents: 12 };
const AFTER_HOURS = { until: 18 * HOUR, prints: 6, spreadCents: 16 };
/** Orders end before the close, so that no late report of theirs falls behind it. */
const LATEST_REPORT = 12 * SECOND;
const CROSSED = { at: 11 * HOUR, locked: 400_000_000, crossed: 400_000_000 };

/** Orders that take what is quoted. */
const TAKERS: readonly Mechanism[] = ['exchange', 'retail-on-exchange', 'block-on-exchange'];

const toPrice = (dollars: number): number => CENT * Math.round(100 * dollars);

/** A name's day: quotes of all venues and every print, in the order of the feed. */
export function simulateNameDay(inputs: NameDayInputs): NameDay {
  const day = new DayInTheMaking(inputs);
  day.beforeHours();
  day.regularHours();
  day.afterHours();
  const prints = takeBack(day.random, day.maker.prints);
  return { name: inputs.name, date: inputs.date, ...inOrder(prints, day.book) };
}

function inOrder(prints: TapePrint[], book: Book): Pick<NameDay, 'prints' | 'quotes'> {
  const quotes = book.rows.sort((a, b) => a.time - b.time);
  prints.sort((a, b) => a.time - b.time);
  let sequence = 1000;
  for (const quote of quotes) quote.sequence = sequence += 3;
  sequence = 2000;
  for (const print of prints) print.sequence = sequence += 7;
  return { prints, quotes };
}

class DayInTheMaking {
  readonly random: Random;
  readonly book: Book;
  readonly maker: PrintMaker;
  readonly #inputs: NameDayInputs;
  readonly #flow: OrderFlow;
  readonly #closeTime: number;

  constructor(inputs: NameDayInputs) {
    this.#inputs = inputs;
    this.random = randomStream(inputs.seed, `tape ${inputs.name.symbol} ${inputs.date}`);
    const venues = quotingVenues(inputs.name);
    this.book = new Book(this.random, venues, this.#around(toPrice(inputs.open), BEFORE_HOURS.spreadCents));
    this.maker = new PrintMaker(this.random, inputs.name, this.book);
    this.#flow = new OrderFlow(this.random, inputs.tilt);
    this.#closeTime = (sessionClose(inputs.date) - newYorkInstant(inputs.date, 0)) * 1_000_000;
  }

  /** A few venues quote widely, and little trades. */
  beforeHours(): void {
    this.book.open(BEFORE_HOURS.from, 3);
    for (const time of this.#times(BEFORE_HOURS.prints, BEFORE_HOURS.from + MINUTE, OPEN - 5 * MINUTE)) {
      this.book.refresh(time);
      this.maker.extendedHours(this.#flow.next(this.book.bid), this.book.now + 1, 'before-hours');
    }
  }

  regularHours(): void {
    const { open, close, name, orders } = this.#inputs;
    const [from, to] = [toPrice(open), toPrice(close)];
    this.book.moveTo(this.#around(from, name.spreadCents), OPEN - SECOND);
    this.book.open(OPEN);
    const opening = OPEN + 200_000_000 + Math.floor(this.random.next() * SECOND);
    this.maker.auction('opening-auction', { price: from, time: opening, shares: 40 * orders });
    let isCrossedDue = this.#inputs.hasCrossedMoment;
    for (const time of this.#times(orders, OPEN + 2 * SECOND, this.#closeTime - LATEST_REPORT)) {
      if (isCrossedDue && time > CROSSED.at) {
        this.#crossedMoment();
        isCrossedDue = false;
      }
      this.#quotesUntil(time, from + ((to - from) * (time - OPEN)) / (this.#closeTime - OPEN));
      const order = this.#flow.next(this.book.ask);
      const print = this.maker.regular(order, Math.max(time, this.book.now + 1));
      if (TAKERS.includes(order.mechanism)) this.#impact(print);
    }
    this.book.close(this.#closeTime);
    const closing = this.#closeTime + Math.floor((2 + 8 * this.random.next()) * SECOND);
    this.maker.auction('closing-auction', { price: to, time: closing, shares: 90 * orders });
  }

  afterHours(): void {
    const from = this.#closeTime + MINUTE;
    const until = Math.min(AFTER_HOURS.until, from + 2 * HOUR);
    const price = toPrice(this.#inputs.close);
    Object.assign(this.book, this.#around(price, AFTER_HOURS.spreadCents));
    this.book.open(from, 2);
    for (const time of this.#times(AFTER_HOURS.prints, from + MINUTE, until)) {
      this.book.refresh(time);
      this.maker.extendedHours(this.#flow.next(price), this.book.now + 1, 'after-hours');
    }
    this.book.close(until + MINUTE);
  }

  /** Best bid and offer of a spread around a price. */
  #around(price: number, spreadCents: number): { bid: number; ask: number } {
    const bid = price - CENT * Math.floor(spreadCents / 2);
    return { bid, ask: bid + CENT * spreadCents };
  }

  /** Sorted times, half of them spread evenly and half drawn to both ends of the span. */
  #times(count: number, from: number, to: number): number[] {
    const times = Array.from({ length: count }, () => {
      const draw = this.random.next();
      const place = this.random.next() < 0.5 ? draw : (1 - Math.cos(Math.PI * draw)) / 2;
      return Math.floor(from + (to - from) * place);
    });
    return times.sort((a, b) => a - b);
  }

  /** Venues change their quotes until an order comes; the best drifts to where the day is to end. */
  #quotesUntil(time: number, target: number): void {
    const { refreshesPerTrade, movesPerTrade } = TAPE_PROCESS;
    const count = Math.floor(2 * refreshesPerTrade * this.random.next());
    const span = time - this.book.now;
    const times = Array.from({ length: count }, () => this.book.now + span * this.random.next());
    for (const at of times.sort((a, b) => a - b)) {
      if (this.random.next() < movesPerTrade / refreshesPerTrade) this.#move(Math.floor(at), target);
      else this.book.refresh(Math.floor(at));
    }
  }

  #move(time: number, target: number): void {
    const { spreadCents } = this.#inputs.name;
    const distance = (target - (this.book.bid + this.book.ask) / 2) / (20 * CENT);
    const upward = 0.5 + Math.max(-0.4, Math.min(0.4, distance));
    const bid = this.book.bid + (this.random.next() < upward ? CENT : -CENT);
    const spread = Math.max(1, spreadCents + Math.floor(3 * this.random.next()) - 1);
    this.book.moveTo({ bid, ask: bid + CENT * spread }, time);
  }

  /** A trade that takes the quote may move it, by half the spread: stamped behind the trade, as the trade, or before it. */
  #impact(print: TapePrint): void {
    if (this.random.next() > TAPE_PROCESS.impact) return;
    const { sameStamp, beforeStamp } = TAPE_PROCESS;
    const spread = (this.book.ask - this.book.bid) / CENT;
    const step = CENT * Math.ceil(spread / 2) * print.initiator;
    const best = { bid: this.book.bid + step, ask: this.book.ask + step };
    const draw = this.random.next();
    if (draw < sameStamp) this.book.moveTo(best, print.time, 'atOnce');
    else if (draw < sameStamp + beforeStamp) this.book.moveTo(best, print.venueTime + 500, 'fast');
    else this.book.moveTo(best, print.time + 1 + Math.floor(20_000 * this.random.next()), 'fast');
  }

  /** One venue bids what others ask, then more; buyers go on to pay the ask. */
  #crossedMoment(): void {
    const { ask } = this.book;
    const { at, locked, crossed } = CROSSED;
    for (const [from, span, bid] of [
      [at, locked, ask],
      [at + locked, crossed, ask + CENT],
    ] as const) {
      this.book.forceBid(from, bid);
      for (const part of [0.3, 0.6]) {
        this.maker.regular(
          { mechanism: 'exchange', trueClass: 'other', initiator: 1, shares: 40 },
          Math.floor(from + part * span),
        );
      }
    }
    this.book.release(at + locked + crossed);
  }
}
