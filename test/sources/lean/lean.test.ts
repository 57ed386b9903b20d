import { describe, expect, it } from 'vitest';
import { nanosOf, readTape } from '../text/tape/read-tape.js';
import { LEAN_QUOTES, LEAN_TRADES } from '../text/tape/samples.js';

const PLACE = { context: { symbol: 'IBM', date: '2013-10-07' as never } };

describe('LEAN trades', () => {
  it('reads prices in 1/10,000 dollars, times of New York and condition bits as letters', async () => {
    const { format, trades, rowsRead, setAside } = await readTape(LEAN_TRADES, PLACE);
    expect(format).toMatchObject({ name: 'lean-trades', quoteKind: null, hasSubPennyPrices: false });
    expect(setAside).toEqual([]);
    expect(rowsRead).toBe(3);
    expect(trades[0]).toMatchObject({
      time: nanosOf('2013-10-07T08:00:30.270Z'),
      symbol: 'IBM',
      price: 181_520_000,
      size: 283_000_000,
      venue: 'P',
      conditions: 'FT',
      suspicious: 0,
      row: 1,
    });
    expect(trades[1]).toMatchObject({ conditions: '', suspicious: 1, venue: 'D' });
    expect(trades[2]).toMatchObject({ conditions: '6', price: 181_800_100 });
  });

  it.each([
    ['4000', 'Z'],
    ['6004', 'NU'],
    ['104800', 'LWZ'],
    ['2000000', 'P'],
    ['42000', 'TV'],
    ['80000000', 'I'],
    ['40000000', '?'],
    ['28000001', ''],
    ['5000000', 'MQ'],
  ])('translates %s to %j', async (bits, letters) => {
    const { trades } = await readTape(`34200000,1818000,500,D,${bits},0\n`, PLACE);
    expect(trades[0]!.conditions).toBe(letters);
  });

  it('takes symbol and day from the path', async () => {
    for (const name of [
      'lean/ibm_20131007_trade.csv.gz',
      'Data/equity/usa/tick/ibm/20131007_trade.zip',
      'x.zip/20131007_ibm_Trade_Tick.csv',
    ]) {
      const { trades } = await readTape(LEAN_TRADES, { name });
      expect(trades[0]).toMatchObject({ symbol: 'IBM', time: nanosOf('2013-10-07T08:00:30.270Z') });
    }
    const { trades } = await readTape(LEAN_TRADES, { name: 'tick/brk.b/20131007_trade.zip' });
    expect(trades[0]!.symbol).toBe('BRK.B');
    await expect(readTape(LEAN_TRADES, { name: 'ticks.csv' })).rejects.toThrow(/give the symbol/);
    await expect(readTape(LEAN_TRADES, { name: 'ibm_20131307_trade.csv' })).rejects.toThrow(/give the date/);
  });

  it.each([
    ['86400000,1,1,P,1,0', 'time'],
    ['1,-1,1,P,1,0', 'price'],
    ['1,90071992547410,1,P,1,0', 'price'],
    ['1,1,1.5,P,1,0', 'size'],
    ['1,1,1,PP,1,0', 'venue'],
    ['1,1,1,P,123456789,0', 'conditions'],
    ['1,1,1,P,1,2', 'suspicious flag'],
    ['1,1,1,P,1', null],
    ['1,1,1,P,1,0,', null],
  ])('sets %s aside', async (line, column) => {
    const { trades, setAside, rowsRead } = await readTape(`${LEAN_TRADES}\n${line}\n`, PLACE);
    expect(setAside).toHaveLength(1);
    expect(setAside[0]!.column).toBe(column);
    expect(rowsRead).toBe(trades.length + 1);
  });
});

describe('LEAN quotes', () => {
  it('carries the other side, and withdraws a side of an ineligible or suspicious row', async () => {
    const { format, quotes, setAside } = await readTape(LEAN_QUOTES, PLACE);
    expect(format).toMatchObject({ name: 'lean-quotes', quoteKind: 'nbbo', quoteSizeUnit: 'shares' });
    expect(setAside).toEqual([]);
    expect(quotes.map(({ bid, ask }) => [bid, ask])).toEqual([
      [0, 183_630_000],
      [180_010_000, 183_630_000],
      [180_010_000, 0],
      [0, 0],
      [0, 181_800_000],
    ]);
    expect(quotes[4]).toMatchObject({ askSize: 200_000_000, bidSize: 0, eligible: 1, row: 5 });
  });

  it.each([
    ['1,90071992547410,1,0,0,P,1,0', 'bid'],
    ['1,0,0,90071992547410,1,P,1,0', 'ask'],
  ])('sets %s aside, whose price is not exact', async (line, column) => {
    const { quotes, setAside } = await readTape(`0,10000,1,0,0,P,1,0\n${line}\n`, PLACE);
    expect(quotes).toHaveLength(1);
    expect(setAside).toMatchObject([{ rowNumber: 2, column }]);
  });

  it('sets a row aside that is older than the one before, since the other side would be wrong', async () => {
    const { quotes, setAside } = await readTape(
      `2,10000,1,0,0,P,1,0\n1,0,0,20000,1,P,1,0\n2,0,0,30000,1,P,1,0\n`,
      PLACE,
    );
    expect(setAside).toMatchObject([{ rowNumber: 2, column: 'time', found: '1', expected: '2 or later' }]);
    expect(quotes.at(-1)).toMatchObject({ bid: 1_000_000, ask: 3_000_000 });
  });

  it('sets a last row aside that was cut, and reads one that only lacks its end of line', async () => {
    const cut = await readTape(LEAN_QUOTES.slice(0, -1), PLACE);
    expect(cut.setAside).toMatchObject([{ rowNumber: 5, column: 'suspicious flag', found: '' }]);
    expect(cut.quotes).toHaveLength(4);
    const shorter = await readTape(LEAN_QUOTES.slice(0, -6), PLACE);
    expect(shorter.setAside).toMatchObject([{ rowNumber: 5, found: '5 fields' }]);
  });
});
