import { describe, expect, it } from 'vitest';
import { FormatError, formatInstant } from '../../../src/core/index.js';
import { sentimentReader } from '../../../src/sources/sentiment/index.js';
import { fuzzReader, type Reading, readAll, rowsOf } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

const AAII = 'reported_date,bullish,neutral,bearish,sp500_week_high,sp500_week_low,sp500_week_close\n';
const NAAIM = 'date,mean,most_bearish,quartile_1,median,quartile_3,most_bullish,std_dev,naaim_number,sp500\n';
const MARGIN =
  'year_month,debit_balances_musd,free_credit_cash_accounts_musd,free_credit_margin_accounts_musd\n';
const DAILY = 'date,ticker,last_timestamp_utc,users_holding\n';
const OBSERVED = 'timestamp,users_holding\n';

const knownOf = (reading: Reading): string[] => [
  ...new Set(reading.facts.map(({ knownAt }) => formatInstant(knownAt))),
];
const valuesOf = (reading: Reading) =>
  rowsOf(reading, 'sentiment').map(({ survey, date, measure, value, unit }) =>
    [survey, date, measure, value, unit].join(' '),
  );

describe('surveys', () => {
  it('of individual investors are known by the end of the next business day', () => {
    // A Wednesday before Thanksgiving, and a Thursday.
    const reading = readAll(
      sentimentReader,
      `${AAII}2004-11-24,0.5,0.3,0.2,1,1,1\n2026-06-11,0.303738,0.219626,0.476636,1,1,1\n`,
    );
    expect(knownOf(reading)).toEqual(['2004-11-27T04:59:59Z', '2026-06-13T03:59:59Z']);
    expect(valuesOf(reading).slice(0, 3)).toEqual([
      'aaii 2004-11-24 bullish 0.5 fraction',
      'aaii 2004-11-24 neutral 0.3 fraction',
      'aaii 2004-11-24 bearish 0.2 fraction',
    ]);
  });

  it('are set aside where shares are none or do not add up', () => {
    const reading = readAll(
      sentimentReader,
      `${AAII}2026-06-11,0.5,0.3,0.1,1,1,1\n2026-06-11,50,30,20,1,1,1\n2026-06-11,0.5,,0.5,1,1,1\n`,
    );
    expect(reading.setAside.map(({ column }) => column)).toEqual(['bullish', 'bullish', 'neutral']);
  });

  it('of active managers are known by the end of the second business day', () => {
    const reading = readAll(
      sentimentReader,
      `${NAAIM}2026-06-17,92.83,-25,87.5,100,100,210,49.11,92.83,7420.1\n`,
    );
    // Juneteenth is the Friday after.
    expect(knownOf(reading)).toEqual(['2026-06-23T03:59:59Z']);
    expect(valuesOf(reading)).toContain('naaim 2026-06-17 most-bullish 210 percent');
    expect(
      readAll(sentimentReader, `${NAAIM}2026-06-17,292.83,-25,87.5,100,100,200,49.11,92.83,1\n`).setAside,
    ).toMatchObject([{ column: 'mean', found: '292.83', subject: 'naaim' }]);
  });

  it('of margin accounts are known at the end of the next month', () => {
    const reading = readAll(sentimentReader, `${MARGIN}1997-01,103337,68856,\n`);
    expect(valuesOf(reading)).toEqual([
      'finra-margin 1997-01-01 debit-balances 103337 millions of US dollars',
      'finra-margin 1997-01-01 free-credit-cash-accounts 68856 millions of US dollars',
      'finra-margin 1997-01-01 free-credit-margin-accounts  millions of US dollars',
    ]);
    expect(knownOf(reading)).toEqual(['1997-03-01T04:59:59Z']);
    expect(reading.facts[0]).toMatchObject({ periodStart: '1997-01-01', periodEnd: '1997-01-31' });
  });

  it('are set aside where they are in thousands', () => {
    const reading = readAll(sentimentReader, `${MARGIN}1997-01,103337000,68856000,\n`);
    expect(reading.setAside).toMatchObject([{ column: 'debit_balances_musd', found: '103337000' }]);
  });
});

describe('accounts at Robinhood', () => {
  it('are known when the day is over of which they are the last count', () => {
    const reading = readAll(
      sentimentReader,
      `${DAILY}2018-05-02,AAPL,2018-05-02 06:38:58,150785\n2018-05-03,AAPL,2018-05-03 23:43:06,143747\n`,
    );
    expect(reading.facts.map(({ knownAt }) => formatInstant(knownAt))).toEqual([
      '2018-05-03T00:00:00Z',
      '2018-05-04T00:43:06Z',
    ]);
    expect(rowsOf(reading, 'holderCounts')[0]).toEqual({
      symbol: 'AAPL',
      observedAt: Date.UTC(2018, 4, 2, 6, 38, 58),
      date: '2018-05-02',
      frequency: 'daily',
      holders: 150_785,
    });
  });

  it('of one security are named by the file', () => {
    const text = `${OBSERVED}"2018-05-02 04:54:16",5268\n`;
    for (const name of ['XLK.csv', 'popularity_export/XLK.csv', 'robintrack-xlk-hourly-head.csv.gz'])
      expect(rowsOf(readAll(sentimentReader, text, {}, name), 'holderCounts')).toMatchObject([
        { symbol: 'XLK', frequency: 'observed', holders: 5268 },
      ]);
    expect(() => readAll(sentimentReader, text, {}, 'popularity-export.csv')).toThrow(FormatError);
  });

  it('are set aside where day, moment or count is none', () => {
    const reading = readAll(
      sentimentReader,
      `${DAILY}2018-05-02,AAPL,2018-05-03 06:38:58,1\n2018-05-02,AAPL,2018-05-02 25:38:58,1\n2018-05-02,AAPL,2018-05-02 06:38:58,1.5\n`,
    );
    expect(reading.setAside.map(({ column }) => column)).toEqual([
      'last_timestamp_utc',
      'last_timestamp_utc',
      'users_holding',
    ]);
  });
});

it('survives damage with every row accounted for', () => {
  fuzzReader(sentimentReader, `${AAII}2004-11-24,0.5,0.3,0.2,1,1,1\n`, 60);
  fuzzReader(sentimentReader, `${NAAIM}2026-06-17,92.83,-25,87.5,100,100,210,49.11,92.83,7420.1\n`, 60);
  fuzzReader(sentimentReader, `${MARGIN}1997-01,103337,68856,\n2026-05,1415557,206600,217256\n`, 60);
  fuzzReader(sentimentReader, `${DAILY}2018-05-02,AAPL,2018-05-02 06:38:58,150785\n`, 60);
});

describe.skipIf(!hasSharedData)('real files of mood (needs ../shared/data)', () => {
  const readings = new Map<string, Reading>();
  const read = (name: string): Reading => {
    const reading =
      readings.get(name) ?? readAll(sentimentReader, sharedBytes(`sentiment/${name}`), {}, name);
    readings.set(name, reading);
    return reading;
  };

  it.each([
    ['aaii-weekly-1987-2026.csv', 2028],
    ['naaim-weekly-2006-2026.csv', 1043],
    ['finra-margin-statistics-1997-2026.csv', 353],
    ['robintrack-daily-2018-2020.csv.gz', 45_713],
    ['robintrack-xlk-hourly-head.csv.gz', 1999],
  ])('%s: %i rows, none set aside', (name, rows) => {
    const reading = read(name);
    expect([reading.rowsRead, reading.setAside]).toEqual([rows, []]);
  });

  it('have the figures that their publishers printed', () => {
    const margin = rowsOf(read('finra-margin-statistics-1997-2026.csv'), 'sentiment');
    const debt = (date: string) =>
      margin.find((row) => row.date === date && row.measure === 'debit-balances')!.value;
    expect([debt('2020-03-01'), debt('2021-10-01')]).toEqual([479_291, 935_862]);
    const holders = rowsOf(read('robintrack-daily-2018-2020.csv.gz'), 'holderCounts').filter(
      ({ symbol }) => symbol === 'HTZ',
    );
    expect([holders[0]!.holders, holders.at(-1)!.holders]).toEqual([876, 141_946]);
  });
});
