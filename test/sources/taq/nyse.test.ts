import { describe, expect, it } from 'vitest';
import { nanosOf, readTape } from '../text/tape/read-tape.js';
import { NYSE_NBBO, NYSE_QUOTES, NYSE_TRADES } from '../text/tape/samples.js';

const trades = { name: 'EQY_US_ALL_TRADE_20180102.gz' };
const quotes = { name: 'taq/SPLITS_US_ALL_BBO_A_20180102' };

describe('NYSE Daily TAQ trades', () => {
  it('reads padded conditions, suffixes, nanoseconds of New York and corrections', async () => {
    const reading = await readTape(NYSE_TRADES, trades);
    expect(reading.format).toMatchObject({ name: 'nyse-trades', holds: 'trades' });
    expect(reading.setAside).toEqual([]);
    expect([reading.rowsRead, reading.otherRows]).toEqual([5, 1]);
    expect(reading.trades).toMatchObject([
      {
        time: nanosOf('2018-01-02T14:30:00.417837Z'),
        symbol: 'A',
        venue: 'Z',
        conditions: '',
        price: 45_880_000,
        tape: '',
      },
      {
        time: nanosOf('2018-01-02T14:30:01.004985123Z'),
        symbol: 'BRK.B',
        conditions: 'O',
        size: 10_017_000_000,
        sequence: 1329,
      },
      { venue: 'D', conditions: '4B', price: 45_912_300, correction: 8 },
      { conditions: 'FI', size: 1_500_000, correction: 1, tape: 'C' },
    ]);
  });

  it('takes the day from the user where the name has none', async () => {
    await expect(readTape(NYSE_TRADES, { name: 'trades.txt' })).rejects.toThrow(
      /tells the day only in the file name/,
    );
    const reading = await readTape(NYSE_TRADES, {
      name: 'trades.txt',
      context: { date: '2018-01-02' as never },
    });
    expect(reading.trades).toHaveLength(4);
  });

  it.each([
    [
      'is cut',
      (text: string) => text.slice(0, text.indexOf('END|')),
      /ends after 4 rows without NYSE's END record: it is cut short/,
    ],
    [
      'is cut within END',
      (text: string) => text.slice(0, text.indexOf('END|') + 2),
      /without NYSE's END record/,
    ],
    [
      'has lost a row',
      (text: string) => text.replace(/\n0930020.*/, ''),
      /has 3 rows, its END record counts '4'/,
      true,
    ],
    [
      'has lost rows',
      (text: string) => text.replace('20180102|4', '20180102|9'),
      /has 4 rows, its END record counts '9'/,
    ],
    [
      'is of another day',
      (text: string) => text.replace('END|20180102', 'END|20180103'),
      /END record is of 20180103/,
    ],
  ])('refuses a file that %s', async (_what, spoil, message, isTolerated = false) => {
    const reading = readTape(spoil(NYSE_TRADES), trades);
    // The count may hold header and END record, so that one or two missing rows cannot be told from them.
    if (isTolerated) expect((await reading).trades).toHaveLength(3);
    else await expect(reading).rejects.toThrow(message);
  });

  it('sets rows behind the END record and rows of other shape aside', async () => {
    const lines = NYSE_TRADES.trimEnd().split('\n');
    const text = [...lines.slice(0, 4), '093002|D', lines[4], 'END|20180102|5|', lines[1]].join('\n');
    const { setAside, trades: read } = await readTape(text, trades);
    expect(read).toHaveLength(4);
    expect(setAside).toMatchObject([
      { rowNumber: 5, found: '2 fields', expected: '15 fields' },
      { rowNumber: 8, reason: 'the END record is on line 7' },
    ]);
  });
});

describe('NYSE Daily TAQ quotes', () => {
  it('reads venues, empties sides, and marks ineligible and cancelled quotes', async () => {
    const reading = await readTape(NYSE_QUOTES, quotes);
    expect(reading.format).toMatchObject({
      name: 'nyse-quotes',
      quoteKind: 'venue',
      quoteSizeUnit: 'round lots',
    });
    expect(reading.quotes.map(({ bid, ask, venue, eligible }) => [bid, ask, venue, eligible])).toEqual([
      [45_500_000, 46_700_000, 'P', 1],
      [0, 200_010_000, 'N', 1],
      [45_600_000, 45_700_000, 'Z', 0],
      [45_600_000, 45_700_000, 'T', 0],
    ]);
    expect(reading.quotes[1]).toMatchObject({ symbol: 'BRK.B', sequence: 101, askSize: 3_000_000 });
  });

  it('keeps only national bests of both sides where asked: 1 and G from CTA, 4 from UTP', async () => {
    const reading = await readTape(NYSE_QUOTES, { ...quotes, context: { nationalBestOnly: true } });
    expect(reading.format).toMatchObject({ name: 'nyse-quotes-national-best', quoteKind: 'nbbo' });
    expect(reading.quotes.map(({ sequence }) => sequence)).toEqual([100, 102, 103]);
    expect([reading.otherRows, reading.rowsRead]).toEqual([2, 5]);
  });

  it('reads the best columns of the NBBO file', async () => {
    const reading = await readTape(NYSE_NBBO, { name: 'EQY_US_ALL_NBBO_20180102' });
    expect(reading.format).toMatchObject({
      name: 'nyse-nbbo',
      quoteKind: 'nbbo',
      evidence: expect.stringContaining('incomplete'),
    });
    expect(reading.quotes).toMatchObject([
      { bid: 45_600_000, bidSize: 3_000_000, ask: 45_700_000, venue: '' },
    ]);
  });
});
