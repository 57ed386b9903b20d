import type { Random } from '../../core/index.js';
import type { TapePrint } from './model.js';
import { MINUTE, SECOND } from './process.js';

/** What was printed wrongly at first was this far off, in hundredths. */
const WRONG_PERCENT = 3;

/**
 * Takes prints of a day back, as venues do: one that never was is cancelled, another was an error, and of a third the
 * figures are corrected. Each leaves its record behind it (TAQ correction codes 08 and 10, 07 and 11, 01 and 12).
 * @returns the day's prints with these
 */
export function takeBack(random: Random, prints: readonly TapePrint[]): TapePrint[] {
  const exchange = prints.filter(({ mechanism, letters }) => mechanism === 'exchange' && letters === '');
  if (exchange.length < 3) return [...prints];
  const chosen = [0.25, 0.5, 0.7].map((place) => exchange[Math.floor(place * exchange.length)]!);
  const [cancelled, error, corrected] = chosen as [TapePrint, TapePrint, TapePrint];
  const wrong = (print: TapePrint): TapePrint => ({
    ...print,
    price: Math.round((print.price * (100 + WRONG_PERCENT)) / 100 / 100) * 100,
    shares: 10 * print.shares,
    time: print.time + SECOND,
    venueTime: print.venueTime + SECOND,
    trueClass: null,
    initiator: 0,
  });
  const later = (print: TapePrint): TapePrint => {
    const delay = 5 * SECOND + Math.floor(20 * MINUTE * random.next());
    return { ...print, time: print.time + delay, venueTime: print.venueTime + delay };
  };
  const wrongCancelled: TapePrint = { ...wrong(cancelled), correction: 8, mechanism: 'cancelled' };
  const wrongError: TapePrint = { ...wrong(error), correction: 7, mechanism: 'error' };
  return [
    ...prints.map((print) => (print === corrected ? { ...print, correction: 1 as const } : print)),
    wrongCancelled,
    { ...later(wrongCancelled), correction: 10, mechanism: 'cancel-record' },
    wrongError,
    { ...later(wrongError), correction: 11, mechanism: 'error-record' },
    { ...later(wrong(corrected)), correction: 12, mechanism: 'correction-record' },
  ];
}
