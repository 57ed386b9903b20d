import { describe, expect, it } from 'vitest';
import { nanosOf, readTape } from '../text/tape/read-tape.js';
import { ALGOSEEK } from '../text/tape/samples.js';

describe('AlgoSeek TAQ', () => {
  it('reads trades, national bests of one side each, and leaves venue quotes out', async () => {
    const { format, trades, quotes, otherRows, rowsRead, setAside } = await readTape(ALGOSEEK);
    expect(format).toMatchObject({
      name: 'algoseek-taq',
      holds: 'both',
      quoteKind: 'nbbo',
      quoteSizeUnit: 'shares',
    });
    expect(setAside).toEqual([]);
    expect([otherRows, rowsRead]).toEqual([1, 6]);
    expect(trades).toMatchObject([
      {
        time: nanosOf('2023-06-09T08:00:00.010833553Z'),
        symbol: 'IBM',
        venue: 'K',
        conditions: 'IT',
        price: 242_540_000,
      },
      { venue: 'D', conditions: 'F', price: 243_103_400, correction: 0 },
      { correction: 10 },
    ]);
    expect(quotes.map(({ bid, ask, venue }) => [bid, ask, venue])).toEqual([
      [242_500_000, 0, 'P'],
      [242_500_000, 242_600_000, 'Q'],
    ]);
  });

  it('starts each day and symbol without a quote, and reads blanks behind commas', async () => {
    const { quotes, setAside } = await readTape(
      `Date, Timestamp, EventType, Ticker, Price, Quantity, Exchange, Conditions
20150616, 04:00:00.026, QUOTE BID NB, IBM, 163.68, 100, ARCA, 00000001
20150616, 04:00:00.027, QUOTE ASK NB, MSFT, 163.70, 100, ARCA, 00000001
20150617, 04:00:00.000, QUOTE ASK NB, IBM, 163.72, 100, ARCA, 00000001
20150617, 03:59:00.000, QUOTE BID NB, IBM, 163.71, 100, ARCA, 00000001
20150617, 04:00:01.000, QUOTE BID NB, IBM, 0, 0, ARCA, 00000001
20150617, 04:00:02.000, IMBALANCE, IBM, 0, 0, ARCA, 00000001
`,
    );
    expect(quotes.map(({ symbol, bid, ask }) => [symbol, bid, ask])).toEqual([
      ['IBM', 163_680_000, 0],
      ['MSFT', 0, 163_700_000],
      ['IBM', 0, 163_720_000],
      ['IBM', 0, 163_720_000],
    ]);
    expect(setAside.map(({ rowNumber, column }) => [rowNumber, column])).toEqual([
      [5, 'Timestamp'],
      [7, 'EventType'],
    ]);
  });
});
