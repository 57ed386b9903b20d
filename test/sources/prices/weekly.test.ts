import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../src/core/index.js';
import { pricesReader } from '../../../src/sources/prices/index.js';
import { fuzzReader, readAll, rowsOf } from '../text/read-all.js';

const BY_END = 'week_end,symbol,close,adj_close,volume,notional_usd,days';
const BY_START = 'week_start,symbol,close,adj_close,volume,basis';

describe('weekly prices', () => {
  it('reads a week by its Friday, known after its last session', () => {
    const reading = readAll(pricesReader, `${BY_END}\n2016-03-25,A,39.43,36.4059,6273200,248590982,4\n`);
    expect(rowsOf(reading, 'prices')[0]).toMatchObject({
      symbol: 'A',
      date: '2016-03-25',
      frequency: 'weekly',
      close: 39.43,
      notional: 248590982,
      sessions: 4,
      priceBasis: 'split-adjusted',
    });
    // 2016-03-25 was Good Friday.
    const { periodStart, periodEnd, knownAt } = reading.facts[0]!;
    expect([periodStart, periodEnd, formatInstant(knownAt)]).toEqual([
      '2016-03-21',
      '2016-03-25',
      '2016-03-24T20:15:00Z',
    ]);
  });

  it('reads a week by its Monday; the basis column says what the close is', () => {
    const reading = readAll(
      pricesReader,
      `${BY_START}\n2009-12-28,A,22.2246,20.6058,17501000,r\n2010-01-04,SPY,88.1,,900000000,d\n`,
    );
    expect(rowsOf(reading, 'prices').map((row) => [row.date, row.priceBasis, row.adjustedClose])).toEqual([
      ['2010-01-01', 'split-adjusted', 20.6058],
      ['2010-01-08', 'total-return', null],
    ]);
    expect(formatInstant(reading.facts[0]!.knownAt)).toBe('2009-12-31T21:15:00Z');
  });

  it.each([
    [BY_END, '2016-03-24,A,39.43,36.4,6273200,248590982,4', 'week_end', 'does not end on a Friday'],
    [BY_END, '2016-03-25,A,39.43,36.4,6273200,248590982,6', 'days', 'no number of sessions'],
    [BY_END, '2016-03-25,A,39.43,36.4,6273,248590982,4', 'notional_usd', 'another unit'],
    [BY_END, '2016-03-25,A,3943,,6273200,248590982,4', 'notional_usd', 'another unit'],
    [BY_START, '2009-12-29,A,22.2,20.6,17501000,r', 'week_start', 'does not start on a Monday'],
    [BY_START, '2009-12-28,A,22.2,20.6,17501000,x', 'basis', 'the basis is not known'],
    [BY_START, '2009-12-28,A,,20.6,17501000,r', 'close', 'there is no close'],
  ])('sets aside %s: %s', (header, bad, column, reason) => {
    const reading = readAll(pricesReader, `${header}\n${bad}\n`);
    expect(reading.facts).toEqual([]);
    expect(reading.setAside[0]).toMatchObject({ rowNumber: 2, column });
    expect(reading.setAside[0]!.reason).toContain(reason);
  });

  it('keeps weeks without trading', () => {
    const reading = readAll(pricesReader, `${BY_END}\n2016-04-29,SW,27.1,20.3,0,0,5\n`);
    expect(rowsOf(reading, 'prices')[0]).toMatchObject({ volume: 0, notional: 0 });
  });

  it('survives mutated and arbitrary files with every row accounted for', () => {
    fuzzReader(
      pricesReader,
      `${BY_END}\n2016-03-18,A,40.19,37.1,8345200,328220084,5\n2016-03-25,A,39.43,36.4,6273200,248590982,4\n`,
      100,
    );
    fuzzReader(
      pricesReader,
      `${BY_START}\n2009-12-28,A,22.2246,20.6058,17501000,r\n2010-01-04,SPY,88.1,,900,d\n`,
      100,
    );
  });
});

describe('corporate actions', () => {
  const HEADER = 'date,symbol,dividend,split';

  it('reads dividends and splits, known at the open of the ex-date', () => {
    const reading = readAll(pricesReader, `${HEADER}\n2018-07-10,KDP,103.75,0\n2021-08-02,GE,,0.125\n`);
    expect(reading.detection.kind).toBe('corporate-actions');
    expect(rowsOf(reading, 'corporateActions')).toEqual([
      { symbol: 'KDP', date: '2018-07-10', dividend: 103.75, split: null },
      { symbol: 'GE', date: '2021-08-02', dividend: null, split: 0.125 },
    ]);
    expect(formatInstant(reading.facts[0]!.knownAt)).toBe('2018-07-10T13:30:00Z');
  });

  it.each([
    ['2018-07-10,KDP,0,0', null, 'neither a dividend nor a split'],
    ['2018-07-10,KDP,-1,0', 'dividend', 'dividend is negative'],
    ['2018-07-04,KDP,1,0', 'date', 'closed that day: Independence Day'],
    ['2018-07-10,KDP,one,0', 'dividend', 'dividend cannot be read'],
  ])('sets aside %s', (bad, column, reason) => {
    const reading = readAll(pricesReader, `${HEADER}\n${bad}\n`);
    expect(reading.setAside[0]).toMatchObject({ rowNumber: 2, column });
    expect(reading.setAside[0]!.reason).toContain(reason);
  });

  it('survives mutated and arbitrary files with every row accounted for', () => {
    fuzzReader(pricesReader, `${HEADER}\n2018-07-10,KDP,103.75,0\n2021-08-02,GE,,0.125\n`, 100);
  });
});
