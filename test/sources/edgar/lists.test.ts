import { describe, expect, test } from 'vitest';
import { FormatError, formatInstant } from '../../../src/core/index.js';
import { edgarReader } from '../../../src/sources/edgar/index.js';
import { fileOf, readFile } from './edgar-support.js';

describe('fund holdings', () => {
  const header = 'Quarter,Fund,CUSIP,Ticker,Company,Shares,Delta_Shares,Value,Delta';
  const read = (rows: readonly string[]) => readFile(fileOf('f.csv', [header, ...rows, ''].join('\n')));

  test('values stay rounded texts beside exact shares', () => {
    const row = read(['2025Q4,3G,146869102,CVNA,CARVANA CO,140000,105000,29.27M,+300%']).rows(
      'fundHoldings',
    )[0];
    expect(row).toMatchObject({
      quarterEnd: '2025-12-31',
      shares: 140_000,
      deltaShares: 105_000,
      roundedValueUsd: 29_270_000,
      valueText: '29.27M',
      grade: 'brought',
    });
  });

  test('are known at the end of the filing deadline', () => {
    const fact = read(['2025Q4,3G,146869102,CVNA,CARVANA CO,1,1,29.27M,NEW']).facts[0];
    expect(formatInstant(fact!.knownAt)).toBe('2026-02-18T04:59:59Z');
    expect(fact).toMatchObject({ periodStart: '2025-10-01', periodEnd: '2025-12-31', knownAtKind: 'rule' });
  });

  test('a total is no holding, and its rows are held to it', () => {
    const rows = [
      '2025Q1,A,037833100,AAPL,APPLE INC,1,0,1.5M,NO CHANGE',
      '2025Q1,A,594918104,MSFT,MICROSOFT,1,0,2.25M,NEW',
    ];
    const good = read([...rows, '2025Q1,A,Total,,,,,3.75M,+1%']);
    expect(good.rows('fundHoldings')).toHaveLength(2);
    expect(good.rows('fundTotals')).toEqual([
      expect.objectContaining({
        roundedTotalUsd: 3_750_000,
        rowsRead: 2,
        sumOfRoundedUsd: 3_750_000,
        reconciled: true,
      }),
    ]);
    expect(good.rowsRead).toBe(3);
    expect(read([...rows, '2025Q1,A,Total,,,,,3.8M,+1%']).rows('fundTotals')[0]?.reconciled).toBe(false);
  });

  test.each([
    ['2025Q5,A,037833100,AAPL,APPLE,1,0,1M,NEW', 'Quarter'],
    ['2025Q1,,037833100,AAPL,APPLE,1,0,1M,NEW', 'Fund'],
    ['2025Q1,A,,AAPL,APPLE,1,0,1M,NEW', 'CUSIP'],
    ['2025Q1,A,037833100,AAPL,APPLE,-1,0,1M,NEW', 'Shares'],
    ['2025Q1,A,037833100,AAPL,APPLE,1,,1M,NEW', 'Delta_Shares'],
    ['2025Q1,A,037833100,AAPL,APPLE,1,0,about 1M,NEW', 'Value'],
    ['2025Q1,A,037833100,AAPL', null],
  ])('%s is set aside at %s', (row, column) => {
    const result = read([row]);
    expect(result.facts).toEqual([]);
    expect(result.setAside).toEqual([expect.objectContaining({ column, rowNumber: 2 })]);
  });
});

describe('lists of identifiers', () => {
  test('pairs of CUSIP and ticker keep a wrong check digit, flagged', () => {
    const read = readFile(fileOf('c.csv', 'cusip,ticker\n037833100,AAPL\n037833101,AAPX\n,B\n123,\n'));
    expect(read.rows('securityNames')).toEqual([
      { cusip: '037833100', cusipValid: true, ticker: 'AAPL' },
      { cusip: '037833101', cusipValid: false, ticker: 'AAPX' },
    ]);
    expect(read.setAside.map((row) => row.column)).toEqual(['cusip', 'ticker']);
  });

  test('company_tickers.json gives ten-digit keys', () => {
    const read = readFile(
      fileOf(
        't.json',
        '{"0":{"cik_str":320193,"ticker":"AAPL","title":"Apple Inc."},"1":{"cik_str":"x","ticker":"B"},"2":null}',
      ),
    );
    expect(read.rows('issuers')).toEqual([{ cik: '0000320193', ticker: 'AAPL', title: 'Apple Inc.' }]);
    expect(read.setAside).toHaveLength(2);
    expect(() => readFile(fileOf('t.json', '{"0":{"cik_str":1,'))).toThrow(FormatError);
  });

  test('labels are known from the beginning, since they say nothing of a day', () => {
    const fact = readFile(fileOf('c.csv', 'cusip,ticker\n037833100,AAPL\n')).facts[0];
    expect(formatInstant(fact!.knownAt)).toBe('1970-01-01T00:00:00Z');
  });
});

describe('the index by company', () => {
  const rule = '-'.repeat(120);
  const line = (name: string, form: string) =>
    `${name.padEnd(62)}${form.padEnd(12)}1234567     20250214    edgar/data/1234567/0001234567-25-000001.txt         `;
  const head = (broken: boolean) =>
    `Description:           Daily Index of EDGAR Dissemination Feed by Company Name\n\nCompany Name${' '.repeat(50)}Form Type   CIK${broken ? '\n      ' : '         '}Date Filed  File Name\n${rule}\n`;

  test.each([true, false])('is read with a broken header (%s)', (broken) => {
    const read = readFile(fileOf('i.idx', `${head(broken)}${line('SOME CAPITAL LP', '13F-HR/A')}\n`));
    expect(read.rows('filingIndex')).toEqual([
      {
        accessionNumber: '0001234567-25-000001',
        cik: '0001234567',
        companyName: 'SOME CAPITAL LP',
        formType: '13F-HR/A',
        filedDate: '2025-02-14',
        path: 'edgar/data/1234567/0001234567-25-000001.txt',
      },
    ]);
  });

  test('a line out of shape is set aside', () => {
    const read = readFile(fileOf('i.idx', `${head(true)}${line('A', '13F-HR')}\ngarbage\n`));
    expect(read.setAside).toEqual([expect.objectContaining({ found: 'garbage' })]);
    expect(read.rowsRead).toBe(2);
  });

  test('an index without its rule is refused', () =>
    expect(() => readFile(fileOf('i.idx', head(true).replace(rule, '')))).toThrow(FormatError));
});

test.each([
  ['a list of prices', 'date,close\n2024-01-02,1\n'],
  ['other XML', '<?xml version="1.0"?><rss/>'],
  ['nothing', ''],
  ['a page', '<!DOCTYPE html><html></html>'],
  ['other JSON', '{"0":{"name":"x"}}'],
])('%s is left to others', (_, text) => expect(edgarReader.detect(fileOf('x', text), {})).toBeNull());
