import { describe, expect, it } from 'vitest';
import { NbboBuilder, nationalBest } from '../../src/tape/index.js';
import { quoteColumns, type VenueQuote } from './columns.js';

const best = (quotes: readonly Omit<VenueQuote, 'time'>[], widest: number | null = null) => {
  const built = new NbboBuilder(widest).build(
    quoteColumns(quotes.map((quote, time) => ({ ...quote, time }))),
  );
  return Array.from({ length: built.length }, (_, i) => [
    built.bidMicros[i]! / 1e6,
    built.askMicros[i]! / 1e6,
  ]);
};

describe('the NBBO built from venues', () => {
  it('is the highest bid and the lowest ask of the last quotes', () => {
    expect(
      best([
        { venue: 'N', bid: 10, ask: 10.05 },
        { venue: 'Q', bid: 10.01, ask: 10.06 },
        { venue: 'Q', bid: 9.99, ask: 10.02 },
        { venue: 'N', bid: 9.98, ask: 10.03 },
      ]),
    ).toEqual([
      [10, 10.05],
      [10.01, 10.05],
      [10, 10.02],
      [9.99, 10.02],
    ]);
  });

  it('empties a withdrawn side and keeps the other', () => {
    expect(
      best([
        { venue: 'N', bid: 10, ask: 10.05 },
        { venue: 'Q', bid: 9.9, ask: 10.01 },
        { venue: 'N', bid: 0, ask: 10.05 },
        { venue: 'Q', bid: 0, ask: 10.01 },
      ]).slice(2),
    ).toEqual([
      [9.9, 10.01],
      [0, 10.01],
    ]);
  });

  it('empties a venue that is ineligible or crossed with itself, never leaving its old quote at the top', () => {
    const before = [
      { venue: 'N', bid: 10, ask: 10.05 },
      { venue: 'Q', bid: 9.9, ask: 10.1 },
    ];
    for (const last of [
      { venue: 'N', bid: 10.04, ask: 10.05, eligible: false },
      { venue: 'N', bid: 10.06, ask: 10.05 },
    ]) {
      expect(best([...before, last])[2]).toEqual([9.9, 10.1]);
    }
    expect(
      best([
        { venue: 'N', bid: 10, ask: 10.05 },
        { venue: 'N', bid: 0, ask: 0 },
      ])[1],
    ).toEqual([0, 0]);
  });

  it('can be locked and crossed between venues', () => {
    expect(
      best([
        { venue: 'N', bid: 10, ask: 10.05 },
        { venue: 'Q', bid: 10.06, ask: 10.1 },
      ])[1],
    ).toEqual([10.06, 10.05]);
  });

  it('lets a quote wider than the limit stand for nothing, only where a limit is set', () => {
    const quotes = [
      { venue: 'N', bid: 100, ask: 100.05 },
      { venue: 'N', bid: 100.02, ask: 105.03 },
    ];
    expect(best(quotes)[1]).toEqual([100.02, 105.03]);
    expect(best(quotes, 5_000_000)[1]).toEqual([0, 0]);
    expect(best([{ venue: 'N', bid: 100, ask: 105 }], 5_000_000)[0]).toEqual([100, 105]);
  });

  it('forgets all venues when reset', () => {
    const builder = new NbboBuilder();
    builder.build(quoteColumns([{ time: 0, venue: 'N', bid: 10, ask: 10.05 }]));
    builder.reset();
    const built = builder.build(quoteColumns([{ time: 0, venue: 'Q', bid: 9, ask: 11 }]));
    expect([built.bidMicros[0], built.askMicros[0]]).toEqual([9_000_000, 11_000_000]);
  });

  it('has the same plain rule', () => {
    const quotes = [
      { venue: 'N', bidMicros: 10, askMicros: 12, eligible: true },
      { venue: 'Q', bidMicros: 11, askMicros: 0, eligible: true },
      { venue: 'P', bidMicros: 15, askMicros: 14, eligible: true },
      { venue: 'Z', bidMicros: 12, askMicros: 13, eligible: false },
    ];
    expect(nationalBest(quotes)).toEqual({ bidMicros: 11, askMicros: 12 });
    expect(nationalBest([])).toEqual({ bidMicros: 0, askMicros: 0 });
  });
});
