import { describe, expect, it } from 'vitest';
import { joinLobster } from '../../../src/sources/lobster/index.js';
import { expectSameHoweverCut, expectToSurviveChanges } from '../../support/tape-properties.js';
import { readRows } from '../../support/tape-rows.js';
import { cut, detectTape } from '../text/tape/read-tape.js';

const NAME = 'data/AAPL_2012-06-21_34200000_57600000_message_2.csv';
const BOOK_NAME = NAME.replace('message', 'orderbook');
/** 09:30 in New York in summer. */
const OPEN = 1_340_285_400_000_000_000n;

const MESSAGES = [
  '34200.004241176,1,11,18,5853300,1',
  '34200.1,3,12,18,5859900,-1',
  '34200.25,4,13,100,5859400,-1',
  '34200.250000001,5,0,40,5856500,1',
  '34201,6,-1,500,5855000,-1',
  '34202,7,0,0,-1,-1',
  '34203,7,0,0,0,-1',
];
const BOOK = [
  '5859400,200,5853300,18,5859900,200,5853000,150',
  '5859400,200,5853300,18,5860000,200,5853000,150',
  '5859400,100,5853300,18,5860000,200,5853000,150',
  '5859400,100,5853300,18,5860000,200,5853000,150',
  '9999999999,0,5853300,18,9999999999,0,5853000,150',
  '9999999999,0,-9999999999,0,9999999999,0,-9999999999,0',
  '5859400,100,5853300,18,5860000,200,5853000,150',
];
const lines = (rows: readonly string[]): Buffer => Buffer.from(`${rows.join('\n')}\n`);
const joined = (rows = MESSAGES.map((message, i) => `${message},${BOOK[i]}`)): Buffer => lines(rows);

describe('LOBSTER', () => {
  it('signs executions against the resting order, and takes crosses and halts for what they are', async () => {
    const { trades, quotes, otherRows, rowsRead } = await readRows(joined(), { name: NAME });
    expect(trades).toEqual([
      `${OPEN + 250_000_000n} AAPL 585940000 x 100000000 Q '' by 1 #0 row 3`,
      `${OPEN + 250_000_001n} AAPL 585650000 x 40000000 Q '' by -1 #0 row 4`,
      `${OPEN + 1_000_000_000n} AAPL 585500000 x 500000000 Q 'X' by 0 #0 row 5`,
    ]);
    expect(quotes.map((quote) => quote.replace(/^\d+ AAPL | #0/g, ''))).toEqual([
      '585330000 x 18000000 / 585940000 x 200000000 Q eligible 1 row 1',
      '585330000 x 18000000 / 585940000 x 100000000 Q eligible 1 row 3',
      '585330000 x 18000000 / 0 x 0 Q eligible 1 row 5',
      '0 x 0 / 0 x 0 Q eligible 0 row 6',
      '585330000 x 18000000 / 585940000 x 100000000 Q eligible 1 row 7',
    ]);
    expect([otherRows, rowsRead]).toEqual([1, 7]);
  });

  it.each([
    ['34200.25,4,13,100,90071992547410,-1', 'price'],
    ['34200.25,4,13,9007199255,5859400,-1', 'size'],
  ])('sets %s aside, whose amounts are not exact', async (message, column) => {
    const rows = await readRows(lines([...MESSAGES.slice(0, 3), message]), { name: NAME });
    expect(rows.trades).toHaveLength(1);
    expect(rows.setAside).toMatchObject([{ rowNumber: 4, column }]);
  });

  it('reads messages alone, without quotes, where the user tells symbol and day', async () => {
    const context = { symbol: 'MSFT', date: '2012-01-03' } as never;
    const rows = await readRows(lines(MESSAGES), { name: 'messages.csv', context });
    expect(rows.format).toBe('lobster-messages');
    expect(rows.trades[0]).toBe(`1325601000250000000 MSFT 585940000 x 100000000 Q '' by 1 #0 row 3`);
    expect(rows.quotes).toEqual([]);
    await expect(readRows(lines(MESSAGES), { name: 'messages.csv' })).rejects.toThrow(/give the symbol/);
  });

  it('does not read an order book without its messages', async () => {
    const { reader, format } = detectTape(lines(BOOK), { name: BOOK_NAME });
    expect(format.name).toBe('lobster-orderbook');
    const file = { name: BOOK_NAME, head: lines(BOOK) };
    expect(() => reader.read(file, format, cut(lines(BOOK), []), {})).toThrow(
      /has no times; give its message file beside it \(data\/AAPL_2012-06-21_34200000_57600000_message_2.csv\)/,
    );
  });

  it('sets lines of both files side by side however they are cut, and says where one ends early', async () => {
    const join = async (book: readonly string[], cuts: readonly number[]) => {
      const stream = joinLobster(
        { name: 'm.csv', chunks: cut(lines(MESSAGES), cuts) },
        { name: 'b.csv', chunks: cut(lines(book), [...cuts, 3]) },
      );
      const parts: Uint8Array[] = [];
      for await (const part of stream) parts.push(part);
      return Buffer.concat(parts).toString();
    };
    for (const cuts of [[], [1], [7, 50], [64]]) expect(await join(BOOK, cuts)).toBe(joined().toString());
    await expect(join(BOOK.slice(0, -1), [])).rejects.toThrow(/m.csv and b.csv: one ends at row 6/);
  });

  it('is the same however it is cut, and survives any change', async () => {
    await expectSameHoweverCut(joined(), { name: NAME });
    await expectToSurviveChanges(joined(), { name: NAME });
    await expectToSurviveChanges(lines(MESSAGES), { name: NAME });
  });

  it('does not take a last line that may be cut for a whole one', async () => {
    const levelOne = MESSAGES.map((message, i) => `${message},${BOOK[i]!.split(',').slice(0, 4).join(',')}`);
    const bytes = joined(levelOne);
    const rows = await readRows(bytes.subarray(0, -1), { name: NAME });
    expect(rows.setAside).toMatchObject([{ rowNumber: 7 }]);
    expect((await readRows(joined().subarray(0, -1), { name: NAME })).setAside).toEqual([]);
  });
});
