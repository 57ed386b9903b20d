import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../src/core/index.js';
import { fredReader } from '../../../src/sources/fred/index.js';
import { fuzzReader, readAll, rowsOf, sourceFile } from '../text/read-all.js';

/** UTC instants at which the values of one series were known, by date. */
function knownAt(series: string, ...dates: string[]): string[] {
  const reading = readAll(
    fredReader,
    `observation_date,${series}\n${dates.map((date) => `${date},1\n`).join('')}`,
  );
  return reading.facts.map((fact) => formatInstant(fact.knownAt));
}

describe('FRED graph downloads', () => {
  it('reads both header styles and both ways to say that nothing is there', () => {
    const old = readAll(fredReader, 'DATE,DGS10\n1962-01-02,4.06\n1962-01-03,.\n');
    const today = readAll(
      fredReader,
      '\uFEFFobservation_date,SP500\r\n2016-02-12,1864.78\r\n2016-02-15,\r\n',
    );
    expect(rowsOf(old, 'macro')).toEqual([
      { seriesId: 'DGS10', date: '1962-01-02', vintageDate: null, value: 4.06 },
      { seriesId: 'DGS10', date: '1962-01-03', vintageDate: null, value: null },
    ]);
    expect(rowsOf(today, 'macro').map((row) => row.value)).toEqual([1864.78, null]);
    expect([old.detection.kind, old.setAside, today.setAside]).toEqual(['fred-wide', [], []]);
  });

  it('reads several series side by side', () => {
    const reading = readAll(
      fredReader,
      'observation_date,DGS2,DGS10\n2024-01-02,4.33,3.95\n2024-01-03,4.33,\n',
    );
    expect(reading.rowsRead).toBe(2);
    expect(rowsOf(reading, 'macro').map(({ seriesId, value }) => [seriesId, value])).toEqual([
      ['DGS2', 4.33],
      ['DGS10', 3.95],
      ['DGS2', 4.33],
      ['DGS10', null],
    ]);
  });

  it('sets a row aside whole where one value cannot be read', () => {
    const reading = readAll(
      fredReader,
      'observation_date,DGS2,DGS10\n2024-01-02,4.33,n/a\n01/03/2024,4,4\n2024-01-04,4\n2024-01-05,"1,234",4\n',
    );
    expect(reading.facts).toEqual([]);
    expect(reading.setAside).toMatchObject([
      { rowNumber: 2, column: 'DGS10', found: 'n/a', subject: 'DGS10', periodEnd: '2024-01-02' },
      { rowNumber: 3, column: 'observation_date', found: '01/03/2024' },
      { rowNumber: 4, column: null, found: '2 fields' },
      { rowNumber: 5, column: 'DGS2', found: '1,234' },
    ]);
  });

  it('is not every table with a date', () => {
    for (const text of [
      'DATE,OPEN,HIGH,LOW,CLOSE\n1990-01-02,17,17,17,17\n',
      'Date,SP500,Dividend\n1871-01-01,4.44,0.26\n',
      'DATE,DGS10\n01/02/1962,4.06\n',
      'DATE,Mkt-RF\n2005-01-03,1\n',
      'DATE,DGS10,DGS10\n2005-01-03,1,1\n',
      'DATE\n2005-01-03\n',
      'date,DGS10\n2005-01-03,1\n',
    ]) {
      expect(fredReader.detect(sourceFile(text), {})).toBeNull();
    }
  });
});

describe('FRED long files', () => {
  it('reads a value a row, and editions as published at the end of their day', () => {
    const long = readAll(
      fredReader,
      'series_id,date,value,src\nNFCI,2005-01-07,-0.72302,pg\nDGS2,2005-01-07,.,pg\n',
    );
    expect(long.detection.kind).toBe('fred-long');
    expect(rowsOf(long, 'macro').map((row) => row.value)).toEqual([-0.72302, null]);
    const editions = readAll(
      fredReader,
      'series_id,vintage_date,date,value\nNFCI,2023-02-08,2005-01-07,-0.72302\n',
    );
    expect(editions.detection.kind).toBe('fred-vintages');
    expect(editions.facts[0]).toMatchObject({ knownAtKind: 'published', row: { vintageDate: '2023-02-08' } });
    expect(formatInstant(editions.facts[0]!.knownAt)).toBe('2023-02-09T04:59:59Z');
  });

  it('sets aside what is no series, date, edition or value', () => {
    const reading = readAll(
      fredReader,
      'series_id,vintage_date,date,value\n,2023-02-08,2005-01-07,1\nNFCI,,2005-01-07,1\nNFCI,2023-02-08,2005,1\nNFCI,2023-02-08,2005-01-07,NaN\n',
    );
    expect(reading.setAside.map(({ column }) => column)).toEqual([
      'series_id',
      'vintage_date',
      'date',
      'value',
    ]);
  });

  it('survives mutated and arbitrary files with every row accounted for', () => {
    fuzzReader(
      fredReader,
      'series_id,date,value,src\nNFCI,2005-01-07,-0.72302,pg\nXYZ,2005-01-01,.,pg\nXYZ,2006-01-01,3,pg\n',
    );
    fuzzReader(fredReader, 'observation_date,DGS2,GDPC1\n2024-01-01,4.33,3.95\n2024-01-03,4.33,\n', 150);
    fuzzReader(fredReader, 'series_id,vintage_date,date,value\nNFCI,2023-02-08,2005-01-07,-0.72302\n', 100);
  });
});

describe('release rules', () => {
  it('dates daily rates on the next business day', () => {
    // Friday before Columbus Day, a federal holiday on which the exchange is open; a Saturday; a winter day.
    expect(knownAt('DGS10', '2022-10-07', '2022-12-30', '2024-01-03')).toEqual([
      '2022-10-11T21:00:00Z',
      '2023-01-03T22:00:00Z',
      '2024-01-04T22:00:00Z',
    ]);
    expect(knownAt('BAMLH0A0HYM2', '2024-01-05')).toEqual(['2024-01-08T22:00:00Z']);
  });

  it('knows a target change at the start of the day it is dated, three early ones at the announcement', () => {
    expect(knownAt('DFEDTARU', '2022-03-17', '2015-12-16', '2008-12-16')).toEqual([
      '2022-03-17T04:00:00Z',
      '2015-12-16T19:00:00Z',
      '2008-12-16T19:20:00Z',
    ]);
  });

  it('is never earlier than the real release of monthly reports', () => {
    // Real release days: Bureau of Labor Statistics and Bureau of Economic Analysis.
    const released: [string, string, string][] = [
      ['CPIAUCSL', '2015-02-01', '2015-03-24'],
      ['CPIAUCSL', '2013-09-01', '2013-10-30'],
      ['CPIAUCSL', '2013-10-01', '2013-11-20'],
      ['CPIAUCSL', '2024-04-01', '2024-05-15'],
      ['CPIAUCSL', '2025-09-01', '2025-10-24'],
      ['CPIAUCSL', '2025-11-01', '2025-12-18'],
      ['CPIAUCSL', '1995-12-01', '1996-02-01'],
      ['PAYEMS', '2013-09-01', '2013-10-22'],
      ['PAYEMS', '2024-12-01', '2025-01-10'],
      ['PAYEMS', '2025-09-01', '2025-11-20'],
      ['PCEPILFE', '2013-09-01', '2013-11-08'],
      ['PCEPILFE', '2018-12-01', '2019-03-01'],
      ['PCEPILFE', '2024-06-01', '2024-07-26'],
      ['PCEPILFE', '2025-09-01', '2025-12-05'],
      ['PCEPILFE', '2025-11-01', '2026-01-22'],
      ['UMCSENT', '2013-02-01', '2013-03-01'],
    ];
    for (const [series, date, day] of released) {
      const [known] = knownAt(series, date);
      expect(known! >= `${day}T12:30:00Z`, `${series} of ${date} known at ${known}`).toBe(true);
      // Nor two months late.
      expect(Date.parse(known!) - Date.parse(day) < 60 * 86_400_000).toBe(true);
    }
  });

  it('dates weekly series by their own weekday and its holidays', () => {
    // Saturday to Thursday; Friday to Wednesday, after a holiday Thursday; Wednesday to Thursday, on Thanksgiving Friday.
    expect(knownAt('ICSA', '2024-01-06', '2025-10-04')).toEqual([
      '2024-01-11T13:30:00Z',
      '2025-11-20T13:30:00Z',
    ]);
    expect(knownAt('NFCI', '2024-01-05', '2024-01-12')).toEqual([
      '2024-01-10T13:30:00Z',
      '2024-01-18T13:30:00Z',
    ]);
    expect(knownAt('WALCL', '2024-01-03', '2023-11-22')).toEqual([
      '2024-01-04T21:30:00Z',
      '2023-11-24T21:30:00Z',
    ]);
    expect(knownAt('MORTGAGE30US', '2024-01-04')).toEqual(['2024-01-04T17:00:00Z']);
  });

  it('takes unknown series for late, by the distance of their dates', () => {
    expect(knownAt('DTWEXBGS', '2024-01-02', '2024-01-03', '2024-01-04')[0]).toBe('2024-01-11T22:00:00Z');
    expect(knownAt('TOTBKCR', '2024-01-03', '2024-01-10', '2024-01-17')[0]).toBe('2024-01-17T22:00:00Z');
    expect(knownAt('CSUSHPISA', '2024-01-01', '2024-02-01', '2024-03-01')[0]).toBe('2024-04-06T21:00:00Z');
    expect(knownAt('GDPC1', '2024-01-01', '2024-04-01', '2024-07-01')[0]).toBe('2024-07-15T21:00:00Z');
    expect(knownAt('MEHOINUSA672N', '2022-01-01', '2023-01-01')[0]).toBe('2023-07-01T21:00:00Z');
    expect(knownAt('ONE_VALUE', '2022-01-01')).toEqual(['2023-07-01T21:00:00Z']);
  });

  it('judges the frequency of each series by the dates that have a value', () => {
    const reading = readAll(
      fredReader,
      'observation_date,AAA_DAILY,BBB_MONTHLY\n2024-01-01,1,1\n2024-01-02,1,\n2024-01-03,1,\n2024-01-04,1,\n2024-02-01,1,1\n2024-03-01,1,1\n',
    );
    const [daily, monthly] = reading.facts;
    expect([daily!.periodEnd, monthly!.periodEnd]).toEqual(['2024-01-01', '2024-01-31']);
  });

  it('gives the period that a value is about', () => {
    const period = (series: string, date: string) => {
      const [fact] = readAll(fredReader, `DATE,${series}\n${date},1\n`).facts;
      return [fact!.periodStart, fact!.periodEnd];
    };
    expect(period('CPIAUCSL', '2024-02-01')).toEqual(['2024-02-01', '2024-02-29']);
    expect(period('ICSA', '2024-01-06')).toEqual(['2023-12-31', '2024-01-06']);
    expect(period('DGS10', '2024-01-05')).toEqual(['2024-01-05', '2024-01-05']);
  });
});
