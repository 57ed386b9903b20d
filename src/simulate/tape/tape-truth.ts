import type { IsoDate } from '../../core/index.js';
import type { Mechanism, NameDay, TapePlant, TrueClass } from './model.js';
import { TAPE_PROCESS } from './process.js';
import type { SimulatedTape } from './simulate.js';

/** Dollars of a name, a day and a class, exact to the sixth decimal. */
export interface TrueTapeSum {
  readonly date: IsoDate;
  readonly symbol: string;
  readonly class: TrueClass;
  readonly prints: number;
  readonly buyUsd: string;
  readonly sellUsd: string;
  /** Of prints that nobody initiated: auctions, averages, late reports. */
  readonly unsignedUsd: string;
}

/** What a program can at best find in the tape. */
export interface TapeTruth {
  readonly dates: readonly IsoDate[];
  readonly symbols: readonly string[];
  readonly plants: readonly TapePlant[];
  readonly prints: Readonly<Partial<Record<Mechanism, number>>>;
  readonly sums: readonly TrueTapeSum[];
  readonly parameters: { readonly ordersPerDay: number; readonly process: typeof TAPE_PROCESS };
}

const HEADER = 'date,symbol,sequence,initiator,class,mechanism';
const NO_CLASS = 'none';

/** True initiator and class of every row of the trade files, by day, symbol and sequence number. */
export function printTruthCsv(days: readonly NameDay[], isFirst: boolean): string {
  const rows = days.flatMap(({ name, date, prints }) =>
    prints.map(
      ({ sequence, initiator, trueClass, mechanism }) =>
        `${date},${name.symbol},${sequence},${initiator},${trueClass ?? NO_CLASS},${mechanism}\n`,
    ),
  );
  return `${isFirst ? `${HEADER}\n` : ''}${rows.join('')}`;
}

/** Adds up the truth as days are written. */
export class TapeTruthSums {
  readonly #prints = new Map<Mechanism, number>();
  readonly #sums: TrueTapeSum[] = [];

  add(days: readonly NameDay[]): void {
    for (const day of days) this.#addDay(day);
  }

  truth(tape: SimulatedTape): TapeTruth {
    return {
      dates: tape.dates,
      symbols: tape.names.map(({ symbol }) => symbol),
      plants: tape.plants,
      prints: Object.fromEntries([...this.#prints].sort(([left], [right]) => (left < right ? -1 : 1))),
      sums: this.#sums,
      parameters: { ordersPerDay: tape.ordersPerDay, process: TAPE_PROCESS },
    };
  }

  #addDay({ name, date, prints }: NameDay): void {
    const sums = new Map<TrueClass, { prints: number; buy: bigint; sell: bigint; unsigned: bigint }>();
    for (const { mechanism, trueClass, initiator, price, shares } of prints) {
      this.#prints.set(mechanism, (this.#prints.get(mechanism) ?? 0) + 1);
      if (trueClass === null) continue;
      const sum = sums.get(trueClass) ?? { prints: 0, buy: 0n, sell: 0n, unsigned: 0n };
      sums.set(trueClass, sum);
      sum.prints += 1;
      sum[initiator === 0 ? 'unsigned' : initiator > 0 ? 'buy' : 'sell'] += BigInt(price) * BigInt(shares);
    }
    for (const [trueClass, { prints: count, buy, sell, unsigned }] of [...sums].sort(([left], [right]) =>
      left < right ? -1 : 1,
    )) {
      this.#sums.push({
        date,
        symbol: name.symbol,
        class: trueClass,
        prints: count,
        buyUsd: dollars(buy),
        sellUsd: dollars(sell),
        unsignedUsd: dollars(unsigned),
      });
    }
  }
}

/** Ten-thousandths of a dollar as dollars. */
const dollars = (amount: bigint): string =>
  `${amount / 10_000n}.${String(amount % 10_000n).padStart(4, '0')}00`;
