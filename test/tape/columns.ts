import type { QuoteColumns, TradeColumns } from '../../src/core/index.js';

/** A print in the units of people; sizes in shares, prices in dollars. */
export interface Print {
  readonly time: number;
  readonly price: number;
  readonly size?: number;
  readonly venue?: string;
  readonly conditions?: string;
  readonly tape?: string;
  readonly correction?: number;
  readonly suspicious?: boolean;
  readonly aggressor?: number;
}

export interface VenueQuote {
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
  readonly venue?: string;
  readonly eligible?: boolean;
}

export const micros = (value: number): number => Math.round(value * 1e6);

/** Nanoseconds since midnight of a wall clock: '09:30:00.125'. */
export function at(clock: string): number {
  const [hours, minutes, seconds = '0'] = clock.split(':');
  const [whole, part = ''] = seconds.split('.');
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(whole)) * 1e9 + Number(part.padEnd(9, '0'));
}

export function tradeColumns(prints: readonly Print[]): TradeColumns {
  const conditionSets = [...new Set(prints.map(({ conditions = '' }) => conditions))];
  return {
    length: prints.length,
    timeNanos: Float64Array.from(prints, ({ time }) => time),
    priceMicros: Float64Array.from(prints, ({ price }) => micros(price)),
    sizeMicros: Float64Array.from(prints, ({ size = 100 }) => micros(size)),
    venue: Uint8Array.from(prints, ({ venue = 'N' }) => venue.charCodeAt(0)),
    conditions: Uint16Array.from(prints, ({ conditions = '' }) => conditionSets.indexOf(conditions)),
    conditionSets,
    tape: Uint8Array.from(prints, ({ tape }) => tape?.charCodeAt(0) ?? 0),
    correction: Uint8Array.from(prints, ({ correction = 0 }) => correction),
    suspicious: Uint8Array.from(prints, ({ suspicious = false }) => Number(suspicious)),
    aggressor: Int8Array.from(prints, ({ aggressor = 0 }) => aggressor),
  };
}

export function quoteColumns(quotes: readonly VenueQuote[]): QuoteColumns {
  return {
    length: quotes.length,
    timeNanos: Float64Array.from(quotes, ({ time }) => time),
    bidMicros: Float64Array.from(quotes, ({ bid }) => micros(bid)),
    askMicros: Float64Array.from(quotes, ({ ask }) => micros(ask)),
    venue: Uint8Array.from(quotes, ({ venue = 'N' }) => venue.charCodeAt(0)),
    eligible: Uint8Array.from(quotes, ({ eligible = true }) => Number(eligible)),
  };
}
