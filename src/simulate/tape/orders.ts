import { normalDraw, type Random } from '../../core/index.js';
import type { FlowTilt, Mechanism, TrueClass } from './model.js';
import { TAPE_PROCESS } from './process.js';

/** An order that meets the market: what it is, who sends it and how large it is. */
export interface Order {
  readonly mechanism: Mechanism;
  readonly trueClass: TrueClass;
  readonly initiator: -1 | 0 | 1;
  readonly shares: number;
}

/** A block may be sold below the price it was sized at. */
const OVER_THE_EDGE = 1.02;

/** The dearest ordinary order, as a share of a block. */
const BELOW_A_BLOCK = 0.7;

const UNSIGNED: readonly Mechanism[] = [
  'average-price',
  'derivatively-priced',
  'prior-reference',
  'sold-last',
  'out-of-sequence',
];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** One of some kinds, each as likely as its weight says. */
function drawFrom<Kind extends string>(random: Random, weights: Readonly<Record<Kind, number>>): Kind {
  const kinds = Object.entries(weights) as [Kind, number][];
  let left = random.next() * sum(kinds.map(([, weight]) => weight));
  for (const [kind, weight] of kinds) {
    left -= weight;
    if (left < 0) return kind;
  }
  return kinds.at(-1)![0];
}

/** Orders of a name on a day, one after the other. */
export class OrderFlow {
  readonly #random: Random;
  readonly #tilt: FlowTilt;
  #lastInitiator: -1 | 1 = 1;

  constructor(random: Random, tilt: FlowTilt) {
    this.#random = random;
    this.#tilt = tilt;
  }

  next(price: number): Order {
    const { retail, ...others } = TAPE_PROCESS.mechanisms;
    const table = { retail: retail * this.#tilt.retailActivity, ...others, exchange: 0 };
    table.exchange = 1 - retail - sum(Object.values(others));
    const kind = drawFrom(this.#random, table);
    if (kind === 'retail') return this.#retail(price);
    if (kind === 'block') return this.#block(price);
    return kind === 'unsigned' ? this.#unsigned() : this.#institution(kind, price);
  }

  #retail(price: number): Order {
    return {
      mechanism: drawFrom(this.#random, TAPE_PROCESS.retailFills),
      trueClass: 'retail',
      initiator: this.#random.next() < this.#tilt.retailBuys ? 1 : -1,
      shares: this.#shares(1.2, price),
    };
  }

  /** Institutions slice large orders, so that their signs follow each other. */
  #institution(mechanism: Mechanism, price: number): Order {
    if (this.#random.next() > TAPE_PROCESS.persistence) {
      this.#lastInitiator = this.#random.next() < this.#tilt.institutionBuys ? 1 : -1;
    }
    return { mechanism, trueClass: 'other', initiator: this.#lastInitiator, shares: this.#shares(1, price) };
  }

  #block(price: number): Order {
    const { shares, dollars } = TAPE_PROCESS.block;
    const least = Math.min(shares, Math.ceil((dollars * 10_000 * OVER_THE_EDGE) / price / 100) * 100);
    const wanted = least * (1 + 2 * this.#random.next() ** 2);
    return {
      mechanism: this.#random.next() < 0.5 ? 'block-off-exchange' : 'block-on-exchange',
      trueClass: 'block',
      initiator: this.#random.next() < this.#tilt.institutionBuys ? 1 : -1,
      shares: Math.ceil(wanted / 100) * 100,
    };
  }

  #unsigned(): Order {
    const mechanism = UNSIGNED[Math.floor(UNSIGNED.length * this.#random.next())]!;
    return {
      mechanism,
      trueClass: 'unsigned',
      initiator: 0,
      shares: 100 * (1 + Math.floor(20 * this.#random.next())),
    };
  }

  /** Odd lots, else round lots with a long tail; well below a block, so that dear names trade in odd lots alone. */
  #shares(scale: number, price: number): number {
    const most = Math.floor((BELOW_A_BLOCK * TAPE_PROCESS.block.dollars * 10_000) / price);
    if (most < 100 || this.#random.next() < TAPE_PROCESS.oddLots) {
      return 1 + Math.floor(Math.min(99, most) * this.#random.next() ** 1.5);
    }
    const lots = Math.exp(0.8 * Math.abs(normalDraw(this.#random)) * scale);
    return 100 * Math.min(8, Math.floor(most / 100), Math.max(1, Math.round(lots)));
  }
}
