import type { IsoDate } from '../../../src/core/index.js';
import {
  type NameDay,
  type SimulatedTape,
  simulateTape,
  type TapeName,
} from '../../../src/simulate/index.js';

/** Names of a calibration tape: the spread in cents is what the rules depend on most. */
export const NAMES: readonly TapeName[] = [
  { symbol: 'ONE', tape: 'C', spreadCents: 1 },
  { symbol: 'TWO', tape: 'A', spreadCents: 2 },
  { symbol: 'FOUR', tape: 'A', spreadCents: 4 },
  { symbol: 'SIX.B', tape: 'B', spreadCents: 6 },
];
const DATES = ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06'] as IsoDate[];
const PRICES = { ONE: 31, TWO: 64, FOUR: 118, 'SIX.B': 187 } as Readonly<Record<string, number>>;

export function calibrationTape(seed: number, ordersPerDay: number, planted = false): SimulatedTape {
  return simulateTape({
    seed,
    dates: DATES,
    names: NAMES,
    ordersPerDay,
    planted,
    prices: (symbol, date) => {
      const step = DATES.indexOf(date);
      const price = PRICES[symbol]!;
      return { open: price * (1 + 0.002 * step), close: price * (1 + 0.002 * (step + 1)) };
    },
  });
}

export const allDays = (tape: SimulatedTape): NameDay[] => tape.dates.flatMap((date) => tape.day(date));
