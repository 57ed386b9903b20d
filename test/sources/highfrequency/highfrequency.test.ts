import { describe, expect, it } from 'vitest';
import { nanosOf, readTape } from '../text/tape/read-tape.js';
import { HIGHFREQUENCY_QUOTES, HIGHFREQUENCY_TRADES } from '../text/tape/samples.js';

describe('highfrequency', () => {
  it('reads trades with letters, corrections and times of New York', async () => {
    const { format, trades, setAside } = await readTape(HIGHFREQUENCY_TRADES);
    expect(format).toMatchObject({ name: 'highfrequency-trades', holds: 'trades' });
    expect(setAside).toEqual([]);
    expect(trades).toMatchObject([
      {
        time: nanosOf('2018-01-02T10:01:21.479Z'),
        symbol: 'XXX',
        price: 157_800_000,
        size: 2_000_000,
        venue: 'P',
        conditions: 'FIT',
        correction: 0,
      },
      { time: nanosOf('2018-01-03T13:51:06.000001Z'), price: 157_805_500, conditions: '4B', correction: 8 },
    ]);
  });

  it('reads quotes as one venue each, a zero side withdrawn', async () => {
    const { format, quotes } = await readTape(HIGHFREQUENCY_QUOTES);
    expect(format).toMatchObject({ quoteKind: 'venue', quoteSizeUnit: 'round lots of 100' });
    expect(quotes).toMatchObject([
      { bid: 156_570_000, ask: 158_850_000, bidSize: 1_000_000, venue: 'P' },
      { bid: 0, ask: 158_850_000, venue: 'N', time: nanosOf('2018-01-02T14:30:00Z') },
    ]);
  });

  it('finds columns by name in any order, quoted or not, and lets EX, COND and CORR be absent', async () => {
    const { trades } = await readTape(
      '"SIZE","PRICE","DT","SYMBOL"\n3,23.82,2014-09-17 09:30:00.531657,"ETF"\n',
    );
    expect(trades).toMatchObject([
      {
        symbol: 'ETF',
        size: 3_000_000,
        price: 23_820_000,
        venue: '',
        conditions: '',
        time: nanosOf('2014-09-17T13:30:00.531657Z'),
      },
    ]);
  });

  it('sets rows aside with line, column, find and expectation', async () => {
    const bad = [
      '2018-01-02 25:00:00,P,XXX,,1,1,0',
      '2018-02-30 09:30:00,P,XXX,,1,1,0',
      '2018-01-02 09:30:00,PP,XXX,,1,1,0',
      '2018-01-02 09:30:00,P,,,1,1,0',
      '2018-01-02 09:30:00,P,XXX,,-1,1,0',
      '2018-01-02 09:30:00,P,XXX,,1,1.0000001,0',
      '2018-01-02 09:30:00,P,XXX,,1,1,300',
      '2018-01-02 09:30:00,P,XXX,,1,1',
    ];
    const { setAside, rowsRead, trades } = await readTape(`${HIGHFREQUENCY_TRADES}${bad.join('\n')}\n`);
    expect(trades).toHaveLength(2);
    expect(rowsRead).toBe(10);
    expect(setAside.map(({ rowNumber, column }) => [rowNumber, column])).toEqual([
      [4, 'DT'],
      [5, 'DT'],
      [6, 'EX'],
      [7, 'SYMBOL'],
      [8, 'SIZE'],
      [9, 'PRICE'],
      [10, 'CORR'],
      [11, null],
    ]);
    expect(setAside[5]).toMatchObject({ found: '1.0000001', expected: 'dollars with at most six decimals' });
  });

  it('does not trust a last row without an end of line', async () => {
    const { trades, setAside } = await readTape(HIGHFREQUENCY_TRADES.trimEnd());
    expect(trades).toHaveLength(1);
    expect(setAside).toMatchObject([
      { rowNumber: 3, reason: expect.stringContaining('ends within this row') },
    ]);
  });
});
