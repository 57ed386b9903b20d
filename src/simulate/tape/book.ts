import type { Random } from '../../core/index.js';
import type { VenueQuote } from './model.js';
import { CENT } from './process.js';

interface VenueState {
  readonly venue: string;
  /** Ticks behind the best; the first venue is always at the best. */
  bidOffset: number;
  askOffset: number;
  bid: number;
  ask: number;
  bidShares: number;
  askShares: number;
}

/** Nanoseconds from one venue's change to the next. */
const STEPS = {
  slow: { least: 400, spread: 40_000 },
  fast: { least: 50, spread: 800 },
  atOnce: { least: 0, spread: 0 },
} as const;
export type Pace = keyof typeof STEPS;

/** Quotes of all venues of a name; every change is a row of the tape. Prices are ten-thousandths of a dollar. */
export class Book {
  readonly rows: VenueQuote[] = [];
  /** Best prices as last aimed at; all venues are there when a call returns. */
  bid: number;
  ask: number;
  /** Time of the last row. */
  now = 0;
  readonly #venues: VenueState[];
  readonly #random: Random;
  /** When the next row is to be; null for a little after the last. */
  #next: number | null = null;
  #pace: Pace = 'slow';

  constructor(
    random: Random,
    venues: readonly string[],
    best: { readonly bid: number; readonly ask: number },
  ) {
    this.#random = random;
    this.bid = best.bid;
    this.ask = best.ask;
    this.#venues = venues.map((venue) => ({
      venue,
      bidOffset: 0,
      askOffset: 0,
      bid: 0,
      ask: 0,
      bidShares: 0,
      askShares: 0,
    }));
  }

  get venues(): readonly string[] {
    return this.#venues.map(({ venue }) => venue);
  }

  /** All venues begin to quote, or with `count` the first ones. */
  open(time: number, count = this.#venues.length): void {
    this.#at(time);
    for (const [place, state] of this.#venues.entries()) {
      if (place >= count) break;
      this.#redraw(state, place);
      this.#place(state);
    }
  }

  /** All venues withdraw. */
  close(time: number): void {
    this.#at(time);
    for (const state of this.#venues) {
      if (state.bid === 0 && state.ask === 0) continue;
      Object.assign(state, { bid: 0, ask: 0, bidShares: 0, askShares: 0 });
      this.#write(state);
    }
  }

  /** One venue changes its sizes, and how far behind the best it stands. */
  refresh(time: number): void {
    this.#at(time);
    const place = Math.floor(this.#random.next() * this.#venues.length);
    const state = this.#venues[place]!;
    if (state.bid === 0) return;
    this.#redraw(state, place);
    this.#place(state);
  }

  /**
   * All venues go to a new best. Sides that give way go first, so that no venue meets another's old quote.
   * @param time of the first row, unless the last one is later
   */
  moveTo(best: { readonly bid: number; readonly ask: number }, time: number, pace: Pace = 'slow'): void {
    this.#at(time);
    this.#pace = pace;
    this.bid = best.bid;
    this.ask = best.ask;
    const quoting = this.#venues.filter(({ bid, ask }) => bid > 0 && ask > 0);
    for (const state of quoting) {
      const bid = Math.min(state.bid, this.#bidOf(state));
      const ask = Math.max(state.ask, this.#askOf(state));
      if (bid === state.bid && ask === state.ask) continue;
      Object.assign(state, { bid, ask, bidShares: this.#size(), askShares: this.#size() });
      this.#write(state);
    }
    for (const state of quoting) {
      if (state.bid === this.#bidOf(state) && state.ask === this.#askOf(state)) continue;
      this.#place(state);
    }
    this.#pace = 'slow';
  }

  /** One venue's bid goes to a price for a while, whatever others ask. */
  forceBid(time: number, bid: number): void {
    this.#at(time);
    const state = this.#venues.at(-1)!;
    state.bid = bid;
    this.#write(state);
  }

  /** The venue that was forced comes back to its place. */
  release(time: number): void {
    this.#at(time);
    this.#place(this.#venues.at(-1)!);
  }

  /** A venue at the best of a side. */
  venueAt(side: 'bid' | 'ask'): string {
    const best = this.#venues.filter((state) => state[side] === this[side]);
    return best[Math.floor(this.#random.next() * best.length)]?.venue ?? this.#venues[0]!.venue;
  }

  #at(time: number): void {
    this.#next = Math.max(this.now + 1, time);
  }

  #redraw(state: VenueState, place: number): void {
    state.bidOffset = place === 0 ? 0 : Math.floor(3 * this.#random.next() ** 2);
    state.askOffset = place === 0 ? 0 : Math.floor(3 * this.#random.next() ** 2);
  }

  #place(state: VenueState): void {
    const [bid, ask] = [this.#bidOf(state), this.#askOf(state)];
    Object.assign(state, { bid, ask, bidShares: this.#size(), askShares: this.#size() });
    this.#write(state);
  }

  readonly #bidOf = (state: VenueState): number => this.bid - CENT * state.bidOffset;
  readonly #askOf = (state: VenueState): number => this.ask + CENT * state.askOffset;

  #size(): number {
    return 100 * (1 + Math.floor(12 * this.#random.next() ** 3));
  }

  #write({ venue, bid, bidShares, ask, askShares }: VenueState): void {
    const { least, spread } = STEPS[this.#pace];
    this.now = this.#next ?? this.now + least + Math.floor(spread * this.#random.next());
    this.#next = null;
    this.rows.push({ time: this.now, venue, bid, bidShares, ask, askShares, sequence: 0 });
  }
}
