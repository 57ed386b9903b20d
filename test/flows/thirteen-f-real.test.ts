import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endOfDayInNewYork, type Fact, type SourceReader } from '../../src/core/index.js';
import {
  readThirteenFPanel,
  type ThirteenFPanel,
  type ThirteenFRow,
  thirteenFFlowRows,
  thirteenFRows,
} from '../../src/flows/index.js';
import { edgarReader } from '../../src/sources/edgar/index.js';
import { pricesReader } from '../../src/sources/prices/index.js';
import { universeReader } from '../../src/sources/universe/index.js';
import type { AsOfView } from '../../src/store/index.js';
import { sourceFile } from '../sources/text/read-all.js';
import { hasSharedData, sharedBytes } from '../sources/text/shared-data.js';
import { type TemporaryStore, temporaryStore } from '../support/positions.js';
import { day, Q4 } from './thirteen-f-world.js';

const FILES: readonly (readonly [SourceReader, string])[] = [
  [edgarReader, 'sec13f/fund-holdings-2025q1-2025q4.csv.gz'],
  [edgarReader, 'sec13f/fund-managers-cik.csv'],
  [universeReader, 'universe/sp500-sector-history-2012-2026.csv'],
  [pricesReader, 'prices/corporate-actions-2016-2026.csv.gz'],
  [pricesReader, 'prices/sp500-daily-2016-2026.csv.gz'],
];

function factsOf(reader: SourceReader, path: string): Fact[] {
  const text = new TextDecoder().decode(sharedBytes(path));
  // Prices of other days are not asked for, and reading them all takes long.
  const kept = reader === pricesReader ? text.replace(/^20(?!25-(?:0[7-9]|1\d)).*\n/gm, '') : text;
  const file = sourceFile(kept, path);
  const detection = reader.detect(file, {})!;
  return [...reader.read(file, detection, {})].flatMap(({ facts }) => facts);
}

describe.skipIf(!hasSharedData)('holdings of 180 managers, 2025Q4 (needs ../shared/data)', () => {
  let temporary: TemporaryStore;
  let view: AsOfView;
  let panel: ThirteenFPanel;
  let rows: ThirteenFRow[];

  beforeAll(async () => {
    temporary = await temporaryStore();
    for (const [reader, path] of FILES) await temporary.add(factsOf(reader, path), reader.source);
    view = await temporary.store.view(endOfDayInNewYork(day('2026-08-30')));
    panel = await readThirteenFPanel(view, Q4);
    rows = [...thirteenFRows(panel)];
  }, 120_000);
  afterAll(() => {
    view?.close();
    temporary?.remove();
  });

  test('nearly all managers and positions count, and the rest say why', () => {
    expect(panel.coverage).toMatchObject({ managers: 177, ofManagers: 180 });
    expect(panel.coverage.positions).toBeGreaterThan(22_000);
    expect(panel.coverage.withoutDollars / panel.coverage.positions).toBeLessThan(0.01);
    expect(panel.coverage.sectorShare).toBeGreaterThan(0.7);
    expect(panel.excluded.find(({ name }) => name === 'Cardano')!.reason).toContain('9.9-fold');
    for (const row of rows) if (row.longBuy === null) expect(row.reason).not.toBeNull();
    // The panel has no pension and no sovereign fund.
    expect(thirteenFFlowRows(panel, ['class']).map((row) => row.class)).not.toContain('pension');
  });

  test('NFLX is not among the top buys; its 10-for-1 split does not show', () => {
    const bySymbol = thirteenFFlowRows(panel, ['symbol']).filter(({ net }) => net !== null);
    const top = bySymbol.toSorted((a, b) => b.net! - a.net!).slice(0, 100);
    expect(top.map(({ symbol }) => symbol)).not.toContain('NFLX');
    expect(top[0]!.net).toBeLessThan(5e9);
    const raw = rows
      .filter(({ ticker }) => ticker === 'NFLX')
      .reduce((sum, row) => sum + row.sharesNow - row.sharesBefore, 0);
    const compared = bySymbol.find(({ symbol }) => symbol === 'NFLX')!;
    expect(raw).toBeGreaterThan(2e8);
    expect(Math.abs(compared.net!)).toBeLessThan(5e9);
  });

  test('DD and HON have the sign of their share counts, holder by holder', () => {
    for (const symbol of ['DD', 'HON']) {
      const own = rows.filter(({ ticker }) => ticker === symbol);
      expect(own.length).toBeGreaterThan(5);
      for (const row of own) {
        expect(row.factor).toBe(1);
        expect(row.deltaShares).toBe(row.sharesNow - row.sharesBefore);
        expect(Math.sign(row.longBuy! - row.longSell!)).toBe(Math.sign(row.deltaShares!));
      }
    }
    // What DuPont's holders were given of Qnity is not bought.
    const qnity = rows.filter(({ ticker, deltaShares }) => ticker === 'Q' && deltaShares !== null);
    const held = qnity.reduce((sum, row) => sum + row.sharesNow, 0);
    expect(qnity.reduce((sum, row) => sum + row.deltaShares!, 0)).toBeLessThan(held);
  });

  test('dollars are shares times price, and mean closes agree with the list’s own values', async () => {
    for (const row of rows) {
      if (row.longBuy === null) continue;
      expect(Math.abs(row.longBuy - row.longSell! - row.deltaShares! * row.price!)).toBeLessThanOrEqual(
        0.0051,
      );
    }
    const values = await view.query<{ cusip: string; price: number }>(
      `SELECT cusip, median(rounded_value_usd / shares) AS price FROM fund_holdings
       WHERE quarter_end = DATE '2025-12-31' AND shares > 100 AND rounded_value_usd > 100000
         AND fund <> 'Cardano' GROUP BY cusip`,
    );
    const listed = new Map(values.map(({ cusip, price }) => [cusip, price]));
    const priced = panel.securities.filter(
      ({ cusip, priceKind }) => priceKind === 'mean-daily-close' && listed.has(cusip),
    );
    expect(priced.length).toBeGreaterThan(150);
    const far = priced.filter(({ cusip, price }) => Math.abs(Math.log(price! / listed.get(cusip)!)) > 0.4);
    expect(far.map(({ ticker }) => ticker)).toEqual([]);
  });

  test('one row leads back to its line of the list', () => {
    const row = rows.find(({ ticker, manager }) => ticker === 'NFLX' && manager === 'FMR')!;
    expect(row.sources).toHaveLength(1);
    const line = new TextDecoder()
      .decode(sharedBytes('sec13f/fund-holdings-2025q1-2025q4.csv.gz'))
      .split('\n')[row.sources[0]!.rowNumber - 1]!;
    expect(line.startsWith('2025Q4,FMR,64110L106,NFLX')).toBe(true);
  });

  test('nothing of the quarter is known before its deadline', async () => {
    const early = await temporary.store.view(endOfDayInNewYork(day('2026-02-16')));
    const unknown = await readThirteenFPanel(early, Q4);
    early.close();
    expect(unknown.managers).toEqual([]);
    expect(unknown.positions.manager).toHaveLength(0);
  });
});
