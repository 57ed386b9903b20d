import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../src/core/index.js';
import { levelsReader, pricesReader } from '../../../src/sources/prices/index.js';
import { fuzzReader, readAll, rowsOf, sourceFile } from '../text/read-all.js';

const HEADER = 'date,symbol,open,high,low,close,adj_close,volume';
const row = (date: string, symbol: string, close: number, volume = 1000): string =>
  `${date},${symbol},${close},${close},${close},${close},${close},${volume}`;
const read = (...rows: string[]) => readAll(pricesReader, [HEADER, ...rows].join('\n'));

describe('daily prices', () => {
  it('keeps every figure, says how the close is adjusted and when it was known', () => {
    const reading = read('2024-07-03,BRK.B,406.5,409.1,405.2,407.9,407.9,2600300');
    expect(reading.detection.kind).toBe('daily-prices');
    expect(rowsOf(reading, 'prices')).toEqual([
      {
        symbol: 'BRK-B',
        date: '2024-07-03',
        frequency: 'daily',
        open: 406.5,
        high: 409.1,
        low: 405.2,
        close: 407.9,
        adjustedClose: 407.9,
        volume: 2600300,
        notional: null,
        sessions: null,
        priceBasis: 'split-adjusted',
      },
    ]);
    const fact = reading.facts[0]!;
    // A half day: close at 13:00 New York and a quarter of an hour.
    expect(formatInstant(fact.knownAt)).toBe('2024-07-03T17:15:00Z');
    expect(fact).toMatchObject({ periodStart: '2024-07-03', periodEnd: '2024-07-03', rowNumber: 2 });
    expect(fact.knownAtKind).toBe('rule');
  });

  it('leaves the basis unstated where there is no adjusted close', () => {
    const reading = readAll(
      pricesReader,
      'date,symbol,close,volume,src\n2024-01-03,SPY,468.79,103585900,a\n',
    );
    expect(rowsOf(reading, 'prices')[0]).toMatchObject({
      priceBasis: 'unstated',
      open: null,
      adjustedClose: null,
    });
  });

  it('reads header names as download tools write them, and blanks as missing', () => {
    const reading = readAll(
      pricesReader,
      'Date,Symbol,Open,High,Low,Close,Adj Close,Volume,Dividends,Stock Splits\r\n2024-06-10,NVDA,,,,121.79,,314162700,0,10\r\n',
    );
    expect(rowsOf(reading, 'prices')[0]).toMatchObject({ open: null, close: 121.79, adjustedClose: null });
    expect(rowsOf(reading, 'corporateActions')).toEqual([
      { symbol: 'NVDA', date: '2024-06-10', dividend: null, split: 10 },
    ]);
  });

  it('makes levels of the indexes in a mixed file', () => {
    const reading = read(row('2020-03-23', 'SPY', 222.95), row('2020-03-23', '^GSPC', 2237.4, 0));
    expect(rowsOf(reading, 'prices')).toHaveLength(1);
    expect(rowsOf(reading, 'levels')).toEqual([{ symbol: '^GSPC', date: '2020-03-23', close: 2237.4 }]);
  });

  it('keeps a volume of zero as zero', () => {
    expect(rowsOf(read(row('2020-07-31', 'CCI', 166.7, 0)), 'prices')[0]!.volume).toBe(0);
  });

  it.each([
    ['2024-01-06,A,1,1,1,1,1,1', 'date', 'no session on a weekend'],
    ['2024-01-15,A,1,1,1,1,1,1', 'date', 'closed that day: Martin Luther King Jr. Day'],
    ['2024-02-30,A,1,1,1,1,1,1', 'date', 'the date cannot be read'],
    ['2031-01-02,A,1,1,1,1,1,1', 'date', 'beyond the exchange calendar'],
    ['2024-01-03,,1,1,1,1,1,1', 'symbol', 'the symbol cannot be read'],
    ['2024-01-03,A,1,1,1,,1,1', 'close', 'there is no close'],
    ['2024-01-03,A,1,1,1,-4,1,1', 'close', 'no price is zero or less'],
    ['2024-01-03,A,0,1,1,1,1,1', 'open', 'no price is zero or less'],
    ['2024-01-03,A,1,1,1,1,1,-5', 'volume', 'volume is negative'],
    ['2024-01-03,A,1,1,1,1,1,12K', 'volume', 'volume cannot be read'],
    ['2024-01-03,A,1,1,1,null,1,1', 'close', 'close cannot be read'],
    ['2024-01-03,A,10,9,11,10,10,1', 'close', 'the close lies outside the range of its day'],
    ['2024-01-03,A,12,11,9,10,10,1', 'open', 'the open lies outside the range of its day'],
    ['2024-01-03,A,25,26,24,2500,25,1', 'close', 'the close lies outside the range of its day'],
    ['2024-01-03,A,,,,10,1000,1', 'adj_close', 'adjusting for dividends never raises a price'],
    [
      '2024-01-03,A,18422,18588,18343,18425,184.25,1',
      'adj_close',
      'the close is 100 times adj_close: another unit',
    ],
    ['2024-01-03,A,1,1,1', null, 'the row is shorter or longer than the header'],
    ['2024-01-03,"A,1,1,1,1,1,1', null, 'a quote is opened and never closed'],
  ])('sets aside %s', (bad, column, reason) => {
    const reading = read(row('2024-01-02', 'A', 10), bad, row('2024-01-04', 'A', 10));
    expect(reading.setAside).toHaveLength(1);
    expect(reading.setAside[0]).toMatchObject({ rowNumber: 3, column });
    expect(reading.setAside[0]!.reason).toContain(reason);
    expect(rowsOf(reading, 'prices')).toHaveLength(2);
  });

  it('lets vendors disagree a little about the open', () => {
    expect(read('2024-01-03,A,10.004,10,9.9,10,10,1').setAside).toEqual([]);
  });

  it('says of a set-aside row what it is about and when it would have been known', () => {
    const [aside] = read('2024-01-03,A,1,1,1,1,1,-5').setAside;
    expect(aside).toMatchObject({ subject: 'A', periodEnd: '2024-01-03' });
    expect(formatInstant(aside!.knownAt!)).toBe('2024-01-03T21:15:00Z');
  });

  it('is no price file without the columns, or when two columns have one name', () => {
    for (const header of [
      'date,symbol,close',
      'date,close,volume',
      'DATE,OPEN,HIGH,LOW,CLOSE',
      `${HEADER},Close`,
    ]) {
      expect(pricesReader.detect(sourceFile(`${header}\n`), {})).toBeNull();
    }
  });

  it('takes a mapping for a file of one symbol', () => {
    const mapping = {
      kind: 'prices',
      columns: { date: 'Date', close: 'Close', volume: 'Volume' },
      constants: { symbol: 'spy' },
    };
    const reading = readAll(pricesReader, 'Date,Open,Close,Volume\n2024-01-03,1,468.79,5\n', { mapping });
    expect(rowsOf(reading, 'prices')[0]).toMatchObject({ symbol: 'SPY', close: 468.79, open: null });
  });

  it('survives mutated and arbitrary files with every row accounted for', () => {
    fuzzReader(
      pricesReader,
      `${HEADER},dividend,split\n2024-01-02,A,10,11,9,10,9.5,100,0,0\n2024-01-03,A,10,11,9,10,9.5,100,0.2,0\n2024-01-03,^GSPC,10,11,9,10,,0,,\n`,
    );
  });
});

describe('a price file in the wrong unit', () => {
  const days = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-08'];
  const series = (...closes: number[]) =>
    read(...closes.map((close, index) => row(days[index]!, 'A', close)));

  it('sets aside closes in cents and keeps the rest', () => {
    const reading = series(10, 1010, 1020, 10.3, 10.4);
    expect(reading.setAside.map((aside) => aside.rowNumber)).toEqual([3, 4]);
    expect(reading.setAside[0]).toMatchObject({
      column: 'close',
      found: '1010',
      expected: 'a close of the order of 10, as on line 2',
      reason:
        'the close is 101 times the one before with no split on record: another unit or another listing',
      subject: 'A',
    });
  });

  it('sets aside a change of unit that lasts, both ways', () => {
    expect(series(1000, 10, 10.1, 10.2, 10.3).setAside).toHaveLength(4);
    expect(series(10, 10, 10.1, 9990, 10_100).setAside).toHaveLength(2);
  });

  it('judges by the order of time, not of the file', () => {
    const reading = read(row(days[2]!, 'A', 1000), row(days[0]!, 'A', 10), row(days[1]!, 'A', 10));
    expect(reading.setAside.map((aside) => aside.rowNumber)).toEqual([2]);
  });

  it('lets bankruptcies, special dividends and splits on record pass', () => {
    expect(series(106.04, 0.4, 0.38, 0.35, 0.3).setAside).toEqual([]);
    expect(series(119.8, 21.2, 22.4, 22.9, 23).setAside).toEqual([]);
    const split = readAll(
      pricesReader,
      'date,symbol,close,volume,split\n2024-01-02,A,0.1,5,0\n2024-01-03,A,10,5,0.01\n2024-01-04,A,10,5,0\n',
    );
    expect(split.setAside).toEqual([]);
  });

  it('never judges a row by later ones', () => {
    const closes = [10, 1010, 10.2, 0.1, 10.3];
    for (let length = 1; length <= closes.length; length += 1) {
      const aside = series(...closes.slice(0, length)).setAside.map(({ rowNumber }) => rowNumber);
      const whole = series(...closes).setAside.map(({ rowNumber }) => rowNumber);
      expect(aside).toEqual(whole.filter((line) => line <= length + 1));
    }
  });
});

describe('index levels', () => {
  it('reads bars and plain closes of indexes', () => {
    const bars = readAll(
      levelsReader,
      'date,symbol,open,high,low,close,volume\n2018-02-05,^VIX,18,38,17,37.32,0\n',
    );
    expect(bars.detection.kind).toBe('index-levels');
    expect(rowsOf(bars, 'levels')).toEqual([{ symbol: '^VIX', date: '2018-02-05', close: 37.32 }]);
    expect(formatInstant(bars.facts[0]!.knownAt)).toBe('2018-02-05T21:15:00Z');
    const plain = readAll(
      levelsReader,
      'date,symbol,close\n2024-01-02,^NDX,16543.94\n1987-10-19,^GSPC,224.84\n',
    );
    expect(rowsOf(plain, 'levels')).toHaveLength(2);
  });

  it('keeps a level of a day on which the exchange was closed, but none of a weekend', () => {
    const reading = readAll(levelsReader, 'date,symbol,close\n2026-05-25,^VIX,20\n2026-05-24,^VIX,20\n');
    expect(rowsOf(reading, 'levels').map(({ date }) => date)).toEqual(['2026-05-25']);
    expect(formatInstant(reading.facts[0]!.knownAt)).toBe('2026-05-25T20:15:00Z');
  });

  it('leaves shares to the prices reader and guesses no symbol', () => {
    expect(levelsReader.detect(sourceFile('date,symbol,close\n2024-01-02,AAPL,1\n'), {})).toBeNull();
    expect(
      pricesReader.detect(sourceFile('date,symbol,close,volume\n2024-01-02,^GSPC,1,0\n'), {}),
    ).toBeNull();
    expect(
      levelsReader.detect(sourceFile('DATE,OPEN,HIGH,LOW,CLOSE\n1990-01-02,17.24,17.24,17.24,17.24\n'), {}),
    ).toBeNull();
  });

  it('takes all symbols for indexes where a mapping says so', () => {
    const mapping = {
      kind: 'levels',
      columns: { date: 'day', symbol: 'index', close: 'level' },
      constants: {},
    };
    const reading = readAll(levelsReader, 'day,index,level\n2024-01-02,NASDAQ-100,16543.94\n', { mapping });
    expect(rowsOf(reading, 'levels')).toEqual([
      { symbol: 'NASDAQ-100', date: '2024-01-02', close: 16543.94 },
    ]);
  });

  it('takes days with the month in front, as Cboe writes them, where the file tells so and a mapping names its columns', () => {
    const mapping = {
      kind: 'levels',
      columns: { date: 'DATE', close: 'CLOSE' },
      constants: { symbol: '^VXN' },
    };
    const read = (...days: string[]) =>
      readAll(levelsReader, `DATE,CLOSE\n${days.map((day, i) => `${day},${20 + i}\n`).join('')}`, {
        mapping,
      });
    expect(rowsOf(read('04/13/2026', '05/04/2026'), 'levels').map(({ date }) => date)).toEqual([
      '2026-04-13',
      '2026-05-04',
    ]);
    for (const days of [
      ['05/04/2026', '06/04/2026'],
      ['13/04/2026', '05/13/2026'],
    ])
      expect(read(...days).setAside).toHaveLength(2);
  });

  it('takes the symbol from a mapping', () => {
    const mapping = {
      kind: 'levels',
      columns: { date: 'DATE', close: 'CLOSE' },
      constants: { symbol: '^VIX' },
    };
    const reading = readAll(levelsReader, 'DATE,OPEN,HIGH,LOW,CLOSE\n1990-01-02,17.24,17.24,17.24,17.24\n', {
      mapping,
    });
    expect(rowsOf(reading, 'levels')).toEqual([{ symbol: '^VIX', date: '1990-01-02', close: 17.24 }]);
  });

  it('survives mutated and arbitrary files with every row accounted for', () => {
    fuzzReader(levelsReader, 'date,symbol,close\n2024-01-02,^NDX,16543.94\n2024-01-03,^NDX,16368.49\n', 150);
  });
});
