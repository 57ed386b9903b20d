import { describe, expect, it } from 'vitest';
import { type IsoDate, tickerOfToday } from '../../src/core/index.js';

const on = (symbol: string, date: string) => tickerOfToday(symbol, date as IsoDate);

describe('tickers of another time', () => {
  it('become those of today, through several changes', () => {
    expect(on('FB', '2019-07-24')).toBe('META');
    expect(on('SYMC', '2018-08-02')).toBe('GEN');
    expect(on('CBS', '2019-08-08')).toBe('PSKY');
    expect(on('NLOK', '2020-01-01')).toBe('GEN');
  });

  it('stay as they are from the day of the change on, and where none is known', () => {
    expect(on('FB', '2022-06-08')).toBe('META');
    expect(on('FB', '2022-06-09')).toBe('FB');
    expect(on('ATVI', '2019-08-08')).toBe('ATVI');
    expect(on('AAPL', '2019-08-08')).toBe('AAPL');
  });
});
