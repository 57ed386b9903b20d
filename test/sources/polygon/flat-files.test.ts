import { describe, expect, it } from 'vitest';
import { nanosOf, readTape } from '../text/tape/read-tape.js';
import { POLYGON_QUOTES, POLYGON_TRADES } from '../text/tape/samples.js';

describe('Polygon flat file of trades', () => {
  it('reads fractional sizes, nanoseconds, exchange and condition numbers as letters', async () => {
    const { format, trades, setAside } = await readTape(POLYGON_TRADES);
    expect(format).toMatchObject({
      name: 'polygon-flat-file-trades',
      holds: 'trades',
      hasSubPennyPrices: true,
    });
    expect(setAside).toEqual([]);
    expect(trades[0]).toMatchObject({
      time: 1789718400831008119n,
      symbol: 'A',
      price: 157_350_000,
      size: 10_000_000,
      venue: 'D',
      conditions: 'IT',
      tape: 'A',
      correction: 0,
      sequence: 3372,
    });
    expect(trades[1]).toMatchObject({
      size: 1500,
      price: 156_340_100,
      conditions: '',
      correction: 1,
      venue: 'T',
    });
    expect(trades[2]).toMatchObject({ conditions: 'W', tape: 'C', venue: 'P' });
    expect(trades[3]).toMatchObject({ conditions: '?' });
  });

  it('finds columns in any order and takes decimal_size before size', async () => {
    const { trades } = await readTape(
      'size,decimal_size,ticker,tape,sip_timestamp,sequence_number,price,exchange,conditions,correction\n1,0.25,BRK.B,1,1679990400018381329,7,300.01,10,14,\n',
    );
    expect(trades).toMatchObject([
      { symbol: 'BRK.B', size: 250_000, venue: 'N', conditions: 'F', sequence: 7 },
    ]);
  });

  it('sets rows aside, the same row twice among them', async () => {
    const line = POLYGON_TRADES.split('\n')[3]!;
    const bad = [
      line,
      line,
      line.replace('1679990400018381329', '16799904000183813290'),
      line.replace('MSFT', ''),
      line.replace(',2,', ',"2,x",'),
      line.replace('276.16', '1e-9'),
      line.replace(',55,3', ',55,4'),
    ];
    const header = POLYGON_TRADES.split('\n')[0]!;
    const { setAside, trades } = await readTape(`${[header, ...bad].join('\n')}\n`);
    expect(trades).toHaveLength(1);
    expect(setAside.map(({ rowNumber, column }) => [rowNumber, column])).toEqual([
      [3, null],
      [4, 'sip_timestamp'],
      [5, 'ticker'],
      [6, 'conditions'],
      [7, 'price'],
      [8, 'tape'],
    ]);
    expect(setAside[0]!.reason).toBe('the row repeats the one before, number and all');
  });

  it('says which column a header lacks', async () => {
    const text = POLYGON_TRADES.replace('sequence_number', 'seq');
    await expect(readTape(text, { name: 'day.csv' })).rejects.toThrow(
      /header of day.csv has no column 'sequence_number'/,
    );
  });
});

describe('Polygon flat file of quotes', () => {
  it('reads the national best, a zero side withdrawn, and tells the size unit by the day', async () => {
    const { format, quotes } = await readTape(POLYGON_QUOTES);
    expect(format).toMatchObject({
      quoteKind: 'nbbo',
      quoteSizeUnit: 'shares',
      clock: expect.stringContaining('UTC'),
    });
    expect(quotes).toMatchObject([
      { time: 1770800340066046795n, bid: 0, ask: 0, sequence: 324, eligible: 1 },
      { bid: 129_790_000, ask: 129_800_000, bidSize: 200_000_000, askSize: 100_000_000, venue: '' },
    ]);
    // 4:00 UTC on 3 November 2025 is still 2 November in New York (23:00).
    const unitAt = async (instant: string) => {
      const nanos = String(nanosOf(instant));
      return (await readTape(POLYGON_QUOTES.replace('1770800340066046795', nanos))).format.quoteSizeUnit;
    };
    expect(await unitAt('2025-11-03T04:00:00Z')).toBe('round lots');
    expect(await unitAt('2025-11-03T06:00:00Z')).toBe('shares');
  });
});
