import { describe, expect, test } from 'vitest';
import { formatInstant, readCusip } from '../../../src/core/index.js';
import { hasSharedData, type Read, readFile, sharedFile } from './edgar-support.js';

const filingOf = (read: Read) => read.rows('filings')[0]!;
const sum = (values: readonly (number | null)[]) =>
  values.reduce((total: number, value) => total + (value ?? 0), 0);

interface Stated {
  readonly file: string;
  readonly entries: number;
  readonly total: number;
  readonly unit: 'dollars' | 'thousands';
  readonly period: string | null;
  readonly knownAt: string;
}

/** As docs/sources/edgar.md and the provenance of the files state them. */
const STATED: readonly Stated[] = [
  {
    file: 'submissions/0001894188-23-000007.txt',
    entries: 14,
    total: 454_926_000,
    unit: 'dollars',
    period: '2023-09-30',
    knownAt: '2023-11-14T14:38:54Z',
  },
  {
    file: 'submissions/0001951757-25-000093.nc',
    entries: 77,
    total: 194_611_845,
    unit: 'dollars',
    period: '2024-12-31',
    knownAt: '2025-01-23T04:59:59Z',
  },
  {
    file: 'submissions/0001619124-21-000002.txt',
    entries: 5,
    total: 732_158,
    unit: 'thousands',
    period: '2020-12-31',
    knownAt: '2021-02-12T15:06:42Z',
  },
  {
    file: 'submissions/0001140361-23-013281.txt',
    entries: 6,
    total: 11_019_796,
    unit: 'dollars',
    period: '2021-12-31',
    knownAt: '2023-03-23T15:27:45Z',
  },
  {
    file: 'submissions/0001790837-23-000002.txt',
    entries: 90,
    total: 192_767,
    unit: 'thousands',
    period: '2022-12-31',
    knownAt: '2023-02-28T18:28:48Z',
  },
];

describe.skipIf(!hasSharedData)('authentic filings (needs ../shared/data)', () => {
  test.each(STATED)('$file has its $entries rows and total $total in $unit', (stated) => {
    const read = readFile(sharedFile(stated.file));
    const filing = filingOf(read);
    const holdings = read.rows('holdings');
    expect(read.setAside).toEqual([]);
    expect(holdings).toHaveLength(stated.entries);
    expect(read.rowsRead).toBe(stated.entries + 1);
    expect(sum(holdings.map((row) => row.valueReported))).toBe(stated.total);
    expect(filing).toMatchObject({
      periodOfReport: stated.period,
      declaredEntries: stated.entries,
      declaredValue: stated.total,
      valueUnit: stated.unit,
      reconciled: true,
      entriesDifference: 0,
      valueDifference: 0,
    });
    expect(sum(holdings.map((row) => row.valueUsd))).toBe(
      stated.total * (stated.unit === 'dollars' ? 1 : 1000),
    );
    expect(formatInstant(read.facts[0]!.knownAt)).toBe(stated.knownAt);
    expect(holdings.every((row) => row.cusipValid)).toBe(true);
    expect(holdings.map((row) => row.entry)).toEqual(holdings.map((_, index) => index + 1));
  });

  test('Bull Street reported thousands after the change, with the evidence kept', () => {
    const read = readFile(sharedFile('submissions/0001790837-23-000002.txt'));
    expect(filingOf(read).medianValuePerShare).toBeCloseTo(0.105, 3);
    expect(filingOf(read).valueUnitEvidence).toContain('AGAINST the rule');
    expect(read.rows('holdings').map((row) => row.cusip)).toContain('78462F103');
  });

  test('MetLife names the managers that report for it', () => {
    const filing = filingOf(readFile(sharedFile('submissions/0001140361-23-013281.txt')));
    expect(filing.reportType).toBe('combination');
    expect(filing.managersReportingFor?.split('; ')).toEqual([
      '0000931588 PROVIDA PENSION FUND ADMINISTRATOR',
      '0000728618 METROPOLITAN LIFE INSURANCE CO/NY',
      '0001529735 MetLife Investment Management, LLC',
    ]);
  });

  test('Berkshire 2005Q4 is read from its plain text', () => {
    const read = readFile(sharedFile('submissions/brk-2005q4-13f-hr-a-body.txt'));
    expect(filingOf(read)).toMatchObject({
      managerName: 'Berkshire Hathaway Inc.',
      formType: '13F-HR/A',
      amendmentType: 'NEW HOLDINGS',
      amendmentNumber: 1,
      reportType: 'combination',
      form13fFileNumber: '028-04545',
      periodOfReport: '2005-12-31',
      includedManagers: '1 Buffett, Warren E.; 2 National Indemnity Co.; 3 OBH Inc.',
      managersReportingFor: 'General Re - New England Asset Management, Inc.',
      valueUnit: 'thousands',
      reconciled: true,
    });
    expect(read.rows('holdings')).toEqual([
      expect.objectContaining({
        issuerName: 'ConocoPhillips',
        titleOfClass: 'Com',
        cusip: '20825C104',
        cusipValid: true,
        valueUsd: 559_273_000,
        amount: 9_612_800,
        amountType: 'SH',
        discretion: 'DFND',
        otherManagers: '1, 2, 3',
        votingSole: 9_612_800,
        flags: 'amount-type-inferred',
      }),
    ]);
    expect(read.facts[0]!.knownAtKind).toBe('import');
  });

  test('a table alone is kept, with its principal rows apart', () => {
    const read = readFile(sharedFile('infotable-255-rows-post-2023.xml'));
    const holdings = read.rows('holdings');
    expect(holdings).toHaveLength(255);
    expect(sum(holdings.map((row) => row.valueUsd))).toBe(350_153_407);
    expect(holdings.filter((row) => row.amountType === 'PRN')).toHaveLength(3);
    expect(filingOf(read)).toMatchObject({
      cik: null,
      periodOfReport: null,
      valueUnit: 'dollars',
      reconciled: null,
    });
  });

  test('cover pages alone are decided by the size of their positions', () => {
    const abacus = readFile(sharedFile('abacus-2020q4-primary-doc.xml'));
    expect(filingOf(abacus)).toMatchObject({
      cik: '0001978011',
      managerName: 'Abacus Wealth Partners, LLC',
      declaredEntries: 92,
      declaredValue: 114_663_960,
      valueUnit: 'dollars',
      entriesRead: null,
    });
    expect(formatInstant(abacus.facts[0]!.knownAt)).toBe('2023-06-01T03:59:59Z');
    const metlife = readFile(sharedFile('metlife-2021q4-primary-doc.xml'));
    expect(filingOf(metlife)).toMatchObject({
      reportType: 'combination',
      valueUnit: 'dollars',
      reconciled: null,
    });
  });

  test("the day's index has 30 filings of type 13F", () => {
    const read = readFile(sharedFile('edgar-company-index-2022-10-03.idx.gz'));
    expect(read.setAside).toEqual([]);
    expect(read.rowsRead).toBe(4925);
    const thirteenF = read.rows('filingIndex').filter((row) => row.formType?.startsWith('13F'));
    expect(thirteenF).toHaveLength(30);
    expect(thirteenF[0]).toMatchObject({
      companyName: 'American Trust',
      formType: '13F-HR',
      cik: '0001905128',
    });
  });

  test('identifiers are read whole', () => {
    const tickers = readFile(sharedFile('company-tickers.json.gz'));
    expect(tickers.rows('issuers')).toHaveLength(tickers.rowsRead);
    expect(tickers.rows('issuers')[0]).toEqual({
      cik: '0000789019',
      ticker: 'MSFT',
      title: 'MICROSOFT CORP',
    });
    const cusips = readFile(sharedFile('cusip-ticker.csv.gz'));
    expect(cusips.rows('securityNames')).toHaveLength(68_830);
    expect(
      cusips
        .rows('securityNames')
        .filter((row) => row.ticker === 'AAPL')
        .map((row) => row.cusip),
    ).toEqual(['037833100']);
    expect(readFile(sharedFile('fund-managers-cik.csv')).rows('fundManagers')).toHaveLength(200);
  });

  test('the list of funds adds up to its totals within its rounding', () => {
    const read = readFile(sharedFile('fund-holdings-2025q1-2025q4.csv.gz'));
    expect(read.rowsRead).toBe(88_340);
    expect(read.setAside).toEqual([]);
    const totals = read.rows('fundTotals');
    expect(totals).toHaveLength(715);
    expect(totals.filter((row) => !row.reconciled).map((row) => `${row.fund} ${row.quarterEnd}`)).toEqual([]);
    const netflix = read
      .rows('fundHoldings')
      .find((row) => row.fund === 'FMR' && row.ticker === 'NFLX' && row.quarterEnd === '2025-12-31');
    expect(netflix?.deltaShares).toBe(174_726_009);
    expect(read.rows('fundHoldings').filter((row) => row.changeText === 'CLOSE' && row.shares !== 0)).toEqual(
      [],
    );
  });

  test('nearly every CUSIP of the public list carries its check digit', () => {
    const rows = readFile(sharedFile('cusip-ticker.csv.gz')).rows('securityNames');
    const wrong = rows.filter((row) => !readCusip(row.cusip!).valid);
    expect(wrong.length / rows.length).toBeLessThan(0.01);
  });
});
