import type { TapeNames } from '../text/tape/batch-builder.js';
import type { SymbolInterval } from './metadata.js';

const NANOS_PER_DAY = 86_400_000_000_000n;
const SPAN_OF_LOW_HALF = 2n ** 32n;

/** Days since 1970 in UTC of times given as two 32-bit halves of nanoseconds. */
class DayClock {
  #high = -1;
  #day = -1;

  /** The high half lasts 4.3 seconds: mostly one comparison. */
  dayOf(high: number, low: number): number {
    if (high === this.#high) return this.#day;
    const start = BigInt(high) * SPAN_OF_LOW_HALF;
    const first = Number(start / NANOS_PER_DAY);
    if (first !== Number((start + SPAN_OF_LOW_HALF - 1n) / NANOS_PER_DAY)) {
      return Number((start + BigInt(low)) / NANOS_PER_DAY);
    }
    this.#high = high;
    this.#day = first;
    return first;
  }
}

interface Instrument {
  readonly intervals: SymbolInterval[];
  /** The answer of the last day asked. */
  day: number;
  symbol: number;
}

const EVER = { from: 0, until: Number.POSITIVE_INFINITY } as const;

/** Symbols of instrument ids by day. */
export class Instruments {
  readonly #byId = new Map<number, Instrument>();
  readonly #clock = new DayClock();
  readonly #names: TapeNames;

  constructor(symbols: ReadonlyMap<number, readonly SymbolInterval[]>, names: TapeNames) {
    this.#names = names;
    for (const [id, intervals] of symbols)
      this.#byId.set(id, { intervals: [...intervals], day: -1, symbol: -1 });
  }

  /** A live stream names instruments as it goes: what it says last holds. */
  rename(id: number, symbol: string): void {
    this.#byId.set(id, { intervals: [{ ...EVER, symbol }], day: -1, symbol: -1 });
  }

  /** Number of the symbol on the UTC day of a time; -1 where the file tells none. */
  symbolOf(id: number, high: number, low: number): number {
    const instrument = this.#byId.get(id);
    if (instrument === undefined) return -1;
    const day = this.#clock.dayOf(high, low);
    if (instrument.day !== day) {
      const interval = instrument.intervals.find(({ from, until }) => from <= day && day < until);
      instrument.day = day;
      instrument.symbol = interval === undefined ? -1 : this.#names.indexOf(interval.symbol);
    }
    return instrument.symbol;
  }
}
