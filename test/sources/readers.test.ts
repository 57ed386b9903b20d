import { describe, expect, it } from 'vitest';
import { FormatError } from '../../src/core/index.js';
import { parseColumnMapping, READERS } from '../../src/sources/index.js';
import { sourceFile } from './text/read-all.js';
import { hasSharedData, sharedBytes, sharedPaths } from './text/shared-data.js';

const MARKET_SOURCES = ['prices', 'levels', 'universe', 'fred'];
const DRIVER_SOURCES = [
  'attention',
  'cboe',
  'earnings',
  'factors',
  'filings-text',
  'finra',
  'fomc',
  'sentiment',
  'shiller',
  'xbrl',
];

/** Files of ../shared/data that the readers of market data and of drivers take; all others are none of theirs. */
const MARKET_FILES: Readonly<Record<string, string>> = {
  'attention/google-trends-ai-bubble-us-2020-2025.csv': 'trends-google',
  'attention/google-trends-chatgpt-gemini-copilot-2023-2025.csv': 'trends-google',
  'attention/pytrends-chatgpt-genai-2019-2024.csv': 'trends-pytrends',
  'earnings/alphavantage-eps-megacap-2008-2025.csv': 'earnings-alpha-vantage',
  'earnings/earnings-events-2009-2026.csv.gz': 'earnings-events',
  'earnings/eps-surprise-2012-2019.csv.gz': 'earnings-surprises',
  'factors/ff-momentum-daily-2005-2026-01.csv': 'french-factors-daily',
  'factors/ff5-daily-2005-2026-01.csv': 'french-factors-daily',
  'factors/ff5-daily-2026-01-to-04.csv': 'french-factors-daily',
  'factors/siccodes12.txt': 'french-industries',
  'factors/siccodes49.txt': 'french-industries',
  'filings/aapl-10-q-2025-08-01.txt.gz': 'sec-filing-text',
  'filings/bke-8-k-ex99-1.html': 'sec-filing-document',
  'filings/bke-8-k.html': 'sec-filing-text',
  'filings/googl-10-k-2025-02-05.txt.gz': 'sec-filing-text',
  'filings/hubs-10-q-2025-08-06.txt.gz': 'sec-filing-text',
  'filings/nvda-10-k-2025-02-26.txt.gz': 'sec-filing-text',
  'filings/nvda-10-q-2025-08-27.txt.gz': 'sec-filing-text',
  'filings/tsla-10-q-2025-07-24.txt.gz': 'sec-filing-text',
  'filings/unp-10-q-2025-07-24.txt.gz': 'sec-filing-text',
  'filings/xom-10-q-2025-08-04.txt.gz': 'sec-filing-text',
  'finra/cnmsshvol20210802-excerpt.txt': 'finra-short-volume',
  'finra/cnmsshvol20260730-excerpt.txt': 'finra-short-volume',
  'finra/forfshvol20260730-excerpt.txt': 'finra-short-volume',
  'finra/trf-short-volume-etf-2010-2021.txt.gz': 'finra-short-volume',
  'macro/fomc-meetings-2010-2026.csv': 'fomc-meetings',
  'macro/fomc-statements-2026.json': 'fomc-statements',
  'macro/fred-series-2000-2026.csv.gz': 'fred-long',
  'macro/fred-vintages-sample.csv': 'fred-vintages',
  'macro/raw/cpiaucsl-date-header-blank-missing.csv': 'fred-wide',
  'macro/raw/dfedtaru-observation-date.csv': 'fred-wide',
  'macro/raw/dgs10-date-header-dot-missing.csv': 'fred-wide',
  'macro/raw/nfci-date-header-2023-vintage.csv': 'fred-wide',
  'macro/raw/sp500-observation-date.csv': 'fred-wide',
  'macro/sf-fed-mps-fomc-1997-2023.csv': 'fomc-surprises',
  'macro/sf-fed-mps-fomc-original-1988-2019.csv': 'fomc-surprises',
  'macro/shiller-sp500-monthly-1871-2026.csv': 'shiller-monthly',
  'macro/vix-daily-1990-2026.csv': 'cboe-vix',
  'prices/corporate-actions-2016-2026.csv.gz': 'corporate-actions',
  'prices/etf-daily-adjusted-2010-2026.csv.gz': 'daily-prices',
  'prices/index-daily-2005-2026.csv.gz': 'index-levels',
  'prices/largecap-daily-tail-2026.csv.gz': 'daily-prices',
  'prices/sector-etf-daily-2010-2026.csv.gz': 'daily-prices',
  'prices/sp500-daily-2016-2026.csv.gz': 'daily-prices',
  'prices/sp500-rest-weekly-2016-2026.csv.gz': 'weekly-prices-by-end',
  'prices/sp500-weekly-2010-2016.csv.gz': 'weekly-prices-by-start',
  'sec13f/sp500-constituents-gics.csv': 'constituents',
  'sentiment/aaii-weekly-1987-2026.csv': 'aaii-weekly',
  'sentiment/finra-margin-statistics-1997-2026.csv': 'finra-margin',
  'sentiment/naaim-weekly-2006-2026.csv': 'naaim-weekly',
  'sentiment/robintrack-daily-2018-2020.csv.gz': 'robintrack-daily',
  'sentiment/robintrack-xlk-hourly-head.csv.gz': 'robintrack-observed',
  'universe/sp500-changes-2019-2025.csv': 'membership-changes',
  'universe/sp500-constituents-2026-08.csv': 'constituents',
  'universe/sp500-membership-intervals-1996-2025.csv': 'membership-intervals',
  'universe/sp500-sector-history-2012-2026.csv': 'sector-history',
  'xbrl/companyfacts-aapl-subset.json.gz': 'sec-company-facts',
  'xbrl/companyfacts-goog-subset.json.gz': 'sec-company-facts',
  'xbrl/companyfacts-lpa-ifrs-full.json': 'sec-company-facts',
  'xbrl/companyfacts-mrvl-full.json.gz': 'sec-company-facts',
  'xbrl/companyfacts-nvda-subset.json.gz': 'sec-company-facts',
};

describe('all readers', () => {
  it('have names of their own', () => {
    const names = READERS.map((reader) => reader.source);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['cftc', 'positions', ...MARKET_SOURCES, ...DRIVER_SOURCES]),
    );
  });

  it('leave nothing, an empty file and a picture alone', () => {
    const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    for (const content of ['', '\n\n', 'hello world\n', '{"a": 1}', picture]) {
      for (const reader of READERS) expect(reader.detect(sourceFile(content), {})).toBeNull();
    }
  });
});

describe('mapping files', () => {
  const parse = (mapping: unknown) => parseColumnMapping(JSON.stringify(mapping), 'vix.mapping.json');

  it('are read behind a byte order mark', () => {
    const mapping = { kind: 'levels', columns: { date: 'D', close: 'C' }, constants: { symbol: '^VIX' } };
    expect(parseColumnMapping(`\uFEFF${JSON.stringify(mapping)}`, 'vix.mapping.json')).toEqual(mapping);
  });

  it('are read for prices and levels, and by positions for all other kinds', () => {
    const mapping = {
      kind: 'levels',
      columns: { date: 'DATE', close: 'CLOSE' },
      constants: { symbol: '^VIX' },
    };
    expect(parse(mapping)).toEqual(mapping);
    expect(() => parse({ kind: 'tapes', columns: {} })).toThrow('write');
    expect(() => parseColumnMapping('{', 'vix.mapping.json')).toThrow('no JSON');
  });

  it.each([
    [{ columns: { date: 'DATE' }, constants: { symbol: '^VIX' } }, 'close is missing'],
    [
      { columns: { date: 'DATE', close: 'CLOSE', day: 'D' }, constants: { symbol: 'A' } },
      "'day' is no column",
    ],
    [{ columns: { date: 'DATE' }, constants: { symbol: 'A', close: '1' } }, 'close cannot be a constant'],
    [
      { columns: { date: 'DATE', close: 'C', symbol: 'S' }, constants: { symbol: 'A' } },
      'both a column and a constant',
    ],
    [{ columns: ['DATE'] }, 'columns is no object of texts'],
    [{ columns: { date: 1 } }, 'columns is no object of texts'],
  ])('say what is wrong with them: %o', (mapping, message) => {
    expect(() => parse({ kind: 'levels', ...mapping })).toThrow(FormatError);
    expect(() => parse({ kind: 'levels', ...mapping })).toThrow(message);
  });
});

describe.skipIf(!hasSharedData)('recognition of real files (needs ../shared/data)', () => {
  it('is by at most one reader, and of market files by the right one', () => {
    const found: Record<string, string> = {};
    for (const path of sharedPaths()) {
      const file = sourceFile(sharedBytes(path));
      const takers = READERS.flatMap((reader) => {
        const detection = reader.detect(file, {});
        return detection === null ? [] : [{ source: reader.source, kind: detection.kind }];
      });
      expect(takers.length, path).toBeLessThanOrEqual(1);
      const [taker] = takers;
      if (taker !== undefined && [...MARKET_SOURCES, ...DRIVER_SOURCES].includes(taker.source))
        found[path] = taker.kind;
    }
    expect(found).toEqual(MARKET_FILES);
  });
});

describe('a byte order mark', () => {
  it.each([
    ['sec-company-tickers', '{"0":{"cik_str":320193,"ticker":"AAPL","title":"Apple Inc."}}'],
    ['sec-company-index', 'Description: Daily Index of EDGAR Dissemination Feed by Company Name\n'],
    ['sec-13f-table-xml', '<informationTable xmlns="http://www.sec.gov/x"></informationTable>'],
    ['sec-company-facts', '{"cik":320193,"entityName":"Apple Inc.","facts":{}}'],
    ['fomc-statements', '{"meetings":[{"target_range":"3.50-3.75%","statement":["We."]}]}'],
    [
      'sec-filing-document',
      '<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\nWe raise our guidance.\n</TEXT>\n</DOCUMENT>',
    ],
    ['cusip-ticker-list', 'cusip,ticker\n037833100,AAPL\n'],
  ])('in front hides no file of kind %s', (kind, text) => {
    for (const mark of ['', '\uFEFF']) {
      const file = sourceFile(`${mark}${text}`);
      expect(READERS.flatMap((reader) => reader.detect(file, {})?.kind ?? [])).toEqual([kind]);
    }
  });
});
