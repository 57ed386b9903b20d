import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/core/index.js';
import { levelsReader, pricesReader } from '../../../src/sources/prices/index.js';
import { sourceFile } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

/** Counts of a whole file, with the facts that are asked for. */
function survey(reader: typeof pricesReader, path: string, pick: (fact: Fact) => boolean = () => false) {
  const file = sourceFile(sharedBytes(path));
  const detection = reader.detect(file, {});
  const tables: Record<string, number> = {};
  const picked: Fact[] = [];
  const subjects = new Set<string | undefined>();
  let rowsRead = 0;
  let setAside = 0;
  let largestBatch = 0;
  for (const batch of reader.read(file, detection!, {})) {
    rowsRead += batch.rowsRead;
    setAside += batch.setAside.length;
    largestBatch = Math.max(largestBatch, batch.rowsRead);
    for (const aside of batch.setAside) subjects.add(aside.subject);
    for (const fact of batch.facts) {
      tables[fact.table] = (tables[fact.table] ?? 0) + 1;
      if (pick(fact)) picked.push(fact);
    }
  }
  return { kind: detection!.kind, rowsRead, setAside, tables, picked, subjects: [...subjects], largestBatch };
}

describe.skipIf(!hasSharedData)('real price files (needs ../shared/data)', () => {
  it('reads all 476,254 daily bars and sets none aside, in bounded batches', () => {
    const found = survey(pricesReader, 'prices/sp500-daily-2016-2026.csv.gz', ({ table, row }) => {
      const { symbol, date, volume } = row as { symbol: string; date: string; volume: number };
      const wanted = ['AAPL 2020-08-31', 'NVDA 2024-06-10', 'SPY 2020-03-23', 'META 2022-02-03'];
      return table === 'prices' && (volume === 0 || wanted.includes(`${symbol} ${date}`));
    });
    expect(found).toMatchObject({ kind: 'daily-prices', rowsRead: 476_254, setAside: 0 });
    expect(found.tables).toEqual({ prices: 476_254 });
    expect(found.largestBatch).toBeLessThanOrEqual(16_384);
    const shown = found.picked.map(({ row }) => {
      const { symbol, date, close, volume } = row as unknown as Record<string, number>;
      return volume === 0 ? `${symbol} ${date} zero` : `${symbol} ${date} ${Math.round(close! * 100) / 100}`;
    });
    expect(shown.sort()).toEqual([
      'AAPL 2020-08-31 129.04',
      'CCI 2020-07-31 zero',
      'META 2022-02-03 237.76',
      'NVDA 2024-06-10 121.79',
      'SBAC 2017-01-17 zero',
      'SPY 2020-03-23 222.95',
      'VST 2016-11-25 zero',
      'XEL 2018-06-08 zero',
    ]);
  });

  it.each([
    ['prices/largecap-daily-tail-2026.csv.gz', 'daily-prices', { prices: 11_200 }],
    ['prices/sector-etf-daily-2010-2026.csv.gz', 'daily-prices', { prices: 40_968, corporateActions: 655 }],
    ['prices/etf-daily-adjusted-2010-2026.csv.gz', 'daily-prices', { prices: 47_191 }],
    ['prices/sp500-rest-weekly-2016-2026.csv.gz', 'weekly-prices-by-end', { prices: 157_032 }],
    ['prices/corporate-actions-2016-2026.csv.gz', 'corporate-actions', { corporateActions: 15_391 }],
  ])('reads %s without a row set aside', (path, kind, tables) => {
    const found = survey(pricesReader, path);
    expect(found).toMatchObject({ kind, setAside: 0, tables });
    expect(found.rowsRead).toBe(Object.values(tables)[0]);
  });

  it('sets aside 117 weeks of VST before 2016, which are another company at thousands of dollars', () => {
    const found = survey(pricesReader, 'prices/sp500-weekly-2010-2016.csv.gz');
    expect(found).toMatchObject({ rowsRead: 137_091, setAside: 117, subjects: ['VST'] });
    expect(found.tables).toEqual({ prices: 136_974 });
  });

  it('reads all 16,332 index levels', () => {
    const found = survey(levelsReader, 'prices/index-daily-2005-2026.csv.gz', ({ row }) => {
      const { symbol, date } = row as { symbol: string; date: string };
      return symbol === '^GSPC' && date === '2020-03-23';
    });
    expect(found).toMatchObject({ kind: 'index-levels', rowsRead: 16_332, setAside: 0 });
    expect(found.picked[0]!.row).toMatchObject({ close: 2237.3999 });
  });
});
