import { describe, expect, it } from 'vitest';
import { FormatError } from '../../src/core/index.js';
import { parseColumnMapping, READERS } from '../../src/sources/index.js';
import { sourceFile } from './text/read-all.js';
import { hasSharedData, sharedBytes, sharedPaths } from './text/shared-data.js';

const MARKET_SOURCES = ['prices', 'levels', 'universe', 'fred'];

/** Files of ../shared/data that the readers of market data take; all others are none of theirs. */
const MARKET_FILES: Readonly<Record<string, string>> = {
  'macro/fred-series-2000-2026.csv.gz': 'fred-long',
  'macro/fred-vintages-sample.csv': 'fred-vintages',
  'macro/raw/cpiaucsl-date-header-blank-missing.csv': 'fred-wide',
  'macro/raw/dfedtaru-observation-date.csv': 'fred-wide',
  'macro/raw/dgs10-date-header-dot-missing.csv': 'fred-wide',
  'macro/raw/nfci-date-header-2023-vintage.csv': 'fred-wide',
  'macro/raw/sp500-observation-date.csv': 'fred-wide',
  'prices/corporate-actions-2016-2026.csv.gz': 'corporate-actions',
  'prices/etf-daily-adjusted-2010-2026.csv.gz': 'daily-prices',
  'prices/index-daily-2005-2026.csv.gz': 'index-levels',
  'prices/largecap-daily-tail-2026.csv.gz': 'daily-prices',
  'prices/sector-etf-daily-2010-2026.csv.gz': 'daily-prices',
  'prices/sp500-daily-2016-2026.csv.gz': 'daily-prices',
  'prices/sp500-rest-weekly-2016-2026.csv.gz': 'weekly-prices-by-end',
  'prices/sp500-weekly-2010-2016.csv.gz': 'weekly-prices-by-start',
  'sec13f/sp500-constituents-gics.csv': 'constituents',
  'universe/sp500-changes-2019-2025.csv': 'membership-changes',
  'universe/sp500-constituents-2026-08.csv': 'constituents',
  'universe/sp500-membership-intervals-1996-2025.csv': 'membership-intervals',
  'universe/sp500-sector-history-2012-2026.csv': 'sector-history',
};

describe('all readers', () => {
  it('have names of their own', () => {
    const names = READERS.map((reader) => reader.source);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['cftc', 'positions', ...MARKET_SOURCES]));
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
      if (taker !== undefined && MARKET_SOURCES.includes(taker.source)) found[path] = taker.kind;
    }
    expect(found).toEqual(MARKET_FILES);
  });
});
