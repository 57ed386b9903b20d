import { describe, expect, test } from 'vitest';
import { type IsoDate, newYorkInstant } from '../../../src/core/index.js';
import { etfReader } from '../../../src/sources/etf/index.js';
import { READERS } from '../../../src/sources/index.js';
import { fuzzReader, readAll, rowsOf, sourceFile } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

const LIST = `date,ticker,shares,price
2026-03-28,AGG,1398800000,
2026-03-30,AGG,1398800000,99.04000091552734
2026-03-30,BRK.B,12.5,
`;

describe('lists of shares outstanding', () => {
  test('give counts with prices where they have them, known at the next open', () => {
    const reading = readAll(etfReader, LIST);
    expect(reading.detection.kind).toBe('fund-shares-outstanding');
    expect(rowsOf(reading, 'fundShares')).toEqual([
      { symbol: 'AGG', date: '2026-03-28', shares: 1398800000, price: null },
      { symbol: 'AGG', date: '2026-03-30', shares: 1398800000, price: 99.04000091552734 },
      { symbol: 'BRK-B', date: '2026-03-30', shares: 12.5, price: null },
    ]);
    const opens = reading.facts.map(({ knownAt }) => knownAt);
    expect(opens[0]).toBe(newYorkInstant('2026-03-30' as IsoDate, 9, 30));
    expect(opens[1]).toBe(newYorkInstant('2026-03-31' as IsoDate, 9, 30));
    expect(reading.facts[0]).toMatchObject({ rowNumber: 2, knownAtKind: 'rule', periodEnd: '2026-03-28' });
  });

  test('may leave the price out, and take any order and case', () => {
    const reading = readAll(etfReader, 'Ticker,Date,Shares\nXLK,2026-04-01,633260000\n');
    expect(rowsOf(reading, 'fundShares')).toEqual([
      { symbol: 'XLK', date: '2026-04-01', shares: 633260000, price: null },
    ]);
  });

  test.each([
    ['2026-02-30,AGG,1,1', 'date'],
    ['1980-02-28,AGG,1,1', 'date'],
    ['2031-01-02,AGG,1,1', 'date'],
    ['2026-04-01,A G G,1,1', 'ticker'],
    ['2026-04-01,AGG,0,1', 'shares'],
    ['2026-04-01,AGG,-5,1', 'shares'],
    ['2026-04-01,AGG,,1', 'shares'],
    ['2026-04-01,AGG,1,0', 'price'],
    ['2026-04-01,AGG,1,n/a', 'price'],
    ['2026-03-30,AGG,7,1', 'date'],
    ['2026-04-01,AGG,1', null],
  ])('set %s aside', (row, column) => {
    const reading = readAll(etfReader, `${LIST}${row}\n`);
    expect(reading.facts).toHaveLength(3);
    expect(reading.setAside).toMatchObject([{ rowNumber: 5, column }]);
  });

  test('with other columns are not theirs', () => {
    for (const header of [
      'date,ticker,shares,price,close',
      'date,symbol,shares',
      'date,ticker',
      'date,date,ticker,shares',
    ])
      expect(etfReader.detect(sourceFile(`${header}\n`), {})).toBeNull();
    expect(READERS.filter((reader) => reader.detect(sourceFile(LIST), {}) !== null)).toEqual([etfReader]);
  });

  test('survive damage with every row accounted for', () => fuzzReader(etfReader, LIST));

  test.skipIf(!hasSharedData)('of the sample are read whole (needs ../shared/data)', () => {
    const reading = readAll(etfReader, sharedBytes('etf/etf-shares-outstanding-sample-2026.csv'));
    expect(reading.rowsRead).toBe(369);
    expect(reading.setAside).toEqual([]);
    const rows = rowsOf(reading, 'fundShares');
    expect(new Set(rows.map(({ symbol }) => symbol)).size).toBe(52);
    const count = (symbol: string, date: string) =>
      rows.find((row) => row.symbol === symbol && row.date === date)?.shares;
    expect(count('SPY', '2026-04-01')).toBe(1_001_830_000);
    expect(count('XLK', '2026-04-01')).toBe(633_260_000);
  });
});
