import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../src/core/index.js';
import { shillerReader } from '../../../src/sources/shiller/index.js';
import { fuzzReader, readAll, rowsOf } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

const HEADER =
  'Date,SP500,Dividend,Earnings,Consumer Price Index,Long Interest Rate,Real Price,Real Dividend,Real Earnings,PE10\n';
const ROW = '2023-07-01,4508.08,0.0,0.0,305.69,3.9,4657.6,0.0,0.0,31.6\n';

describe("Shiller's months", () => {
  it('become series, a zero for what the file lacks', () => {
    const reading = readAll(shillerReader, HEADER + ROW);
    const values = Object.fromEntries(
      rowsOf(reading, 'macro').map(({ seriesId, value }) => [seriesId, value]),
    );
    expect(values).toEqual({
      SHILLER_SP500: 4508.08,
      SHILLER_DIVIDEND: null,
      SHILLER_EARNINGS: null,
      SHILLER_CPI: 305.69,
      SHILLER_LONG_RATE: 3.9,
      SHILLER_REAL_PRICE: 4657.6,
      SHILLER_REAL_DIVIDEND: null,
      SHILLER_REAL_EARNINGS: null,
      SHILLER_PE10: 31.6,
    });
  });

  it('are known when the slowest of what they are made of is', () => {
    const known = new Map(
      readAll(shillerReader, HEADER + ROW).facts.map(({ row, knownAt }) => [
        (row as { seriesId: string }).seriesId,
        formatInstant(knownAt),
      ]),
    );
    expect(known.get('SHILLER_SP500')).toBe('2023-08-06T03:59:59Z');
    expect(known.get('SHILLER_LONG_RATE')).toBe('2023-08-11T03:59:59Z');
    expect(known.get('SHILLER_CPI')).toBe('2023-09-29T03:59:59Z');
    expect(known.get('SHILLER_PE10')).toBe('2024-03-02T04:59:59Z');
  });

  it('are set aside where they are none', () => {
    const reading = readAll(
      shillerReader,
      `${HEADER}${ROW.replace('-01,', '-02,')}${ROW.replace('3.9', '-3.9')}${ROW.replace('305.69', 'NA')}`,
    );
    expect(reading.setAside.map(({ column }) => column)).toEqual([
      'date',
      'long_interest_rate',
      'consumer_price_index',
    ]);
  });

  it('survive damage with every row accounted for', () => fuzzReader(shillerReader, HEADER + ROW, 80));
});

describe.skipIf(!hasSharedData)("Shiller's file (needs ../shared/data)", () => {
  it('goes from 1871 on, without a value of zero', () => {
    const reading = readAll(shillerReader, sharedBytes('macro/shiller-sp500-monthly-1871-2026.csv'));
    expect([reading.rowsRead, reading.setAside]).toEqual([1866, []]);
    const rows = rowsOf(reading, 'macro');
    expect(rows.some(({ value }) => value === 0)).toBe(false);
    expect(rows[0]).toMatchObject({ seriesId: 'SHILLER_SP500', date: '1871-01-01', value: 4.44 });
    const ratio = rows.filter(({ seriesId, value }) => seriesId === 'SHILLER_PE10' && value !== null);
    expect([ratio[0]!.date, ratio.at(-1)!.date, ratio.at(-1)!.value]).toEqual([
      '1881-01-01',
      '2023-09-01',
      30.81,
    ]);
  });
});
