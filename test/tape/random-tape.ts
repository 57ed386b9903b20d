import type { QuoteColumns, Random, TradeColumns } from '../../src/core/index.js';
import type { Print, SessionHours, SigningSettings, TapeLetter, TimedQuote } from '../../src/tape/index.js';

export const LAGS = [0, 1, 50, 5_000_000_000];

const CONDITION_SETS = [
  ...['', '', '', '', '', '@', 'F', 'FI', 'I', ' F I', '@F I', 'E', 'S', 'Y', 'K', '1'],
  ...['O', '6', '5', '4', '4B', '7V', 'Z', 'ZI', 'L', 'X', 'B', 'W', 'IW', 'P', 'N', 'CR', 'G', 'H'],
  ...['T', 'U', 'TI', 'TP', 'M', 'Q', '9', '6M', 'O4', 'J', '?'],
];
const SIZES_MICROS = [
  ...[100e6, 100e6, 200e6, 50e6, 1e6, 99_999_999, 1, 333_333],
  ...[10_000e6, 9_999_999_999, 20_000e6, 19_999_999_999, 123_456_789_012, 0],
];

const pick = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random.next() * values.length)]!;
const chance = (random: Random, p: number): boolean => random.next() < p;

/** A session of few prices and few stamps, so that ties, midpoints, edges, locked and crossed quotes are everywhere. */
export function randomTape(random: Random, hours: SessionHours) {
  const base = pick(random, [10_000_000, 10_000_000, 24_100_000, 990_000, 700_000_000_000]);
  const step = pick(random, [2_500, 10_000, 1_000, 1]);
  const around = pick(random, [
    hours.openNanos,
    hours.openNanos + 3600e9,
    hours.openNanos + 7200e9,
    hours.closeNanos,
  ]);
  const grain = pick(random, [1, 25, 2_500_000_000, 30e9]);
  const time = (): number => around + (Math.floor(random.next() * 12) - 4) * grain;
  const price = (): number => base + Math.floor(random.next() * 9) * step;
  const prints = Array.from({ length: Math.floor(random.next() * 14) }, () => ({
    timeNanos: time(),
    priceMicros: chance(random, 0.03) ? pick(random, [0, -base, 1]) : price(),
    sizeMicros: pick(random, SIZES_MICROS),
    venue: pick(random, ['D', 'D', 'N', 'Q']),
    conditions: chance(random, 0.6) ? '' : pick(random, CONDITION_SETS),
    tape: pick(random, [null, 'A', 'B', 'C'] as TapeLetter[]),
    correction: chance(random, 0.1) ? pick(random, [1, 2, 7, 8, 10, 11, 12, 3]) : 0,
    suspicious: chance(random, 0.05),
    aggressor: chance(random, 0.1) ? pick(random, [1, -1] as const) : (0 as const),
  })).sort(byTime);
  const side = (): number => (chance(random, 0.1) ? 0 : price());
  const quotes = Array.from({ length: Math.floor(random.next() * (chance(random, 0.1) ? 120 : 20)) }, () => {
    const bidMicros = side() - (chance(random, 0.5) ? 2 * step : 0);
    // Ten steps wide, a quote has the edges of every band on the grid of prices.
    const tenWide = bidMicros + 10 * step;
    return {
      timeNanos: time(),
      bidMicros,
      askMicros: chance(random, 0.3) ? tenWide : side() + (chance(random, 0.5) ? 2 * step : 0),
      venue: pick(random, ['N', 'P', 'Q', 'Z']),
      eligible: !chance(random, 0.1),
    };
  }).sort(byTime);
  return { prints, quotes: quotes.map(withoutNegativeSides) };
}

/** Settings other than rule and lag. */
export function randomSettings(random: Random): Partial<SigningSettings> {
  return {
    locked: pick(random, ['unusable', 'midpoint']),
    edges: pick(random, ['closed', 'open']),
    quoteKind: pick(random, ['nbbo', 'venue']),
    widestVenueQuoteMicros: pick(random, [null, 10_000]),
    oddLots: pick(random, ['regular', 'no-tick', 'exclude']),
    signExtended: chance(random, 0.3),
    retail: pick(random, ['bhjos', 'bjzz', 'none']),
    retailPopulation: pick(random, ['sub-penny', 'bjzz']),
    tickSizeMicros: pick(random, [10_000, 10_000, 50_000, 5_000]),
    hasSubPennyPrices: chance(random, 0.9),
    aggressor: pick(random, ['prefer', 'ignore']),
  };
}

/** Cuts rows at random places into batches, some of them empty. */
export function* batches<Row>(random: Random, rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length || chance(random, 0.2); ) {
    const length = chance(random, 0.3) ? rows.length - from : Math.floor(random.next() * 6);
    yield rows.slice(from, from + length);
    from += length;
  }
}

export function columnsOfPrints(prints: readonly Print[]): TradeColumns {
  const conditionSets = [...new Set(prints.map(({ conditions }) => conditions))];
  return {
    length: prints.length,
    timeNanos: Float64Array.from(prints, ({ timeNanos }) => timeNanos),
    priceMicros: Float64Array.from(prints, ({ priceMicros }) => priceMicros),
    sizeMicros: Float64Array.from(prints, ({ sizeMicros }) => sizeMicros),
    venue: Uint8Array.from(prints, ({ venue }) => venue.charCodeAt(0)),
    conditions: Uint16Array.from(prints, ({ conditions }) => conditionSets.indexOf(conditions)),
    conditionSets,
    tape: Uint8Array.from(prints, ({ tape }) => tape?.charCodeAt(0) ?? 0),
    correction: Uint8Array.from(prints, ({ correction }) => correction),
    suspicious: Uint8Array.from(prints, ({ suspicious }) => Number(suspicious)),
    aggressor: Int8Array.from(prints, ({ aggressor }) => aggressor),
  };
}

export function columnsOfQuotes(quotes: readonly TimedQuote[]): QuoteColumns {
  return {
    length: quotes.length,
    timeNanos: Float64Array.from(quotes, ({ timeNanos }) => timeNanos),
    bidMicros: Float64Array.from(quotes, ({ bidMicros }) => bidMicros),
    askMicros: Float64Array.from(quotes, ({ askMicros }) => askMicros),
    venue: Uint8Array.from(quotes, ({ venue }) => venue.charCodeAt(0)),
    eligible: Uint8Array.from(quotes, ({ eligible }) => Number(eligible)),
  };
}

function byTime(a: { timeNanos: number }, b: { timeNanos: number }): number {
  return a.timeNanos - b.timeNanos;
}

function withoutNegativeSides<Q extends { bidMicros: number; askMicros: number }>(quote: Q): Q {
  return { ...quote, bidMicros: Math.max(quote.bidMicros, 0), askMicros: Math.max(quote.askMicros, 0) };
}
