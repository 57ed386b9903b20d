import { beforeAll, describe, expect, it } from 'vitest';
import { classifyManager, isCusip, parseManagerOverrides } from '../../src/core/index.js';
import { type SimulatedMarket, simulateMarket } from '../../src/simulate/index.js';
import { filesOf } from './files-in-memory.js';
import { type DataSet, dataSetsOf, isoDate, positionsOf } from './thirteen-f-data-sets.js';

const SEEDS = [1, 8];

describe.each(SEEDS)('the Form 13F data sets of seed %i', (seed) => {
  let market: SimulatedMarket;
  let files: Map<string, Uint8Array>;
  let sets: DataSet[];

  beforeAll(async () => {
    market = simulateMarket({ seed });
    files = await filesOf(market);
    sets = await dataSetsOf(files);
  });

  it('are six archives of seven members that belong together', () => {
    expect(sets).toHaveLength(6);
    expect(sets.at(-1)!.path).toBe('thirteen-f/01jun2026-31aug2026_form13f.zip');
    for (const { path, rows } of sets) {
      expect(Object.keys(rows).sort()).toEqual(
        [
          'COVERPAGE',
          'INFOTABLE',
          'OTHERMANAGER',
          'OTHERMANAGER2',
          'SIGNATURE',
          'SUBMISSION',
          'SUMMARYPAGE',
        ].map((name) => `${name}.tsv`),
      );
      const accessions = rows['SUBMISSION.tsv']!.map((row) => row.ACCESSION_NUMBER!);
      expect(new Set(accessions).size).toBe(accessions.length);
      for (const [member, table] of Object.entries(rows)) {
        const strangers = table.filter((row) => !accessions.includes(row.ACCESSION_NUMBER!));
        expect([path, member, strangers]).toEqual([path, member, []]);
      }
      expect(rows['COVERPAGE.tsv']).toHaveLength(accessions.length);
      const keys = rows['INFOTABLE.tsv']!.map((row) => row.INFOTABLE_SK);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { FILING_DATE: filed, PERIODOFREPORT: period } of rows['SUBMISSION.tsv']!)
        expect(isoDate(filed!) > isoDate(period!)).toBe(true);
    }
  });

  it('name invented securities by valid CUSIPs that nobody issues, all in the list', () => {
    const list = Buffer.from(files.get('thirteen-f/cusip-ticker.csv')!)
      .toString('utf8')
      .trimEnd()
      .split('\n');
    expect(list[0]).toBe('cusip,ticker');
    const listed = new Map(list.slice(1).map((line) => line.split(',') as [string, string]));
    const used = new Set(sets.flatMap(({ rows }) => rows['INFOTABLE.tsv']!.map((row) => row.CUSIP!)));
    for (const cusip of used) {
      expect(isCusip(cusip)).toBe(true);
      expect(cusip.startsWith('99')).toBe(true);
    }
    const shares = [...used].filter((cusip) => /^\d+$/.test(cusip));
    expect(shares.every((cusip) => listed.has(cusip))).toBe(true);
    expect(
      listed.get(market.truth.thirteenF.securities.find(({ symbol }) => symbol === 'IT4.B')!.cusip),
    ).toBe('IT4B');
  });

  it('have managers whose class the program tells, by name or by the file beside', () => {
    const json = Buffer.from(files.get('thirteen-f/manager-classes.json')!).toString('utf8');
    const overrides = parseManagerOverrides(json, 'manager-classes.json');
    const { managers } = market.truth.thirteenF;
    expect(new Set(managers.map(({ name }) => name)).size).toBe(managers.length);
    expect(managers.filter((one) => one.class === 'pension').length).toBeGreaterThan(5);
    expect(managers.filter((one) => one.class === 'sovereign-wealth').length).toBeGreaterThan(3);
    const wrong = managers.filter((one) => {
      const found = classifyManager(one, one.classFromNameAlone ? new Map() : overrides);
      return found.class !== one.class || found.passive !== one.passive || found.basis === 'register';
    });
    expect(wrong).toEqual([]);
    expect(managers.every(({ cik }) => Number(cik) > 9_000_000)).toBe(true);
  });

  it('have the true flows in their share counts', () => {
    const { quarters, managers, securities, bySecurity, flows } = market.truth.thirteenF;
    const { shares, filers } = positionsOf(sets);
    const classOf = new Map(managers.map((one) => [one.cik, one.class]));
    const sectorOf = new Map(securities.map((one) => [one.symbol, one.sector]));
    const sums = new Map<string, { buy: number; sell: number; buyers: number; sellers: number }>();
    for (const truth of bySecurity) {
      const before = quarters[quarters.findIndex(({ end }) => end === truth.quarterEnd) - 1]!.end;
      const { cusip } = securities.find(({ symbol }) => symbol === truth.symbol)!;
      const found = { buyers: 0, sellers: 0, deltaShares: 0 };
      for (const cik of filers.get(truth.quarterEnd)!) {
        if (!filers.get(before)!.has(cik)) continue;
        const held = (end: string): number => shares.get(`${cik} ${end} ${cusip}`) ?? 0;
        const delta = held(truth.quarterEnd) - held(before) * truth.splitFactor;
        found.deltaShares += delta;
        if (delta > 0) found.buyers++;
        if (delta < 0) found.sellers++;
        const key = `${truth.quarterEnd} ${classOf.get(cik)} ${sectorOf.get(truth.symbol)}`;
        const sum = sums.get(key) ?? { buy: 0, sell: 0, buyers: 0, sellers: 0 };
        sums.set(key, sum);
        sum.buy += Math.max(delta, 0) * truth.meanPrice!;
        sum.sell += Math.max(-delta, 0) * truth.meanPrice!;
        sum.buyers += Number(delta > 0);
        sum.sellers += Number(delta < 0);
      }
      const { buyers, sellers, deltaShares } = truth;
      expect([truth.symbol, found]).toEqual([truth.symbol, { buyers, sellers, deltaShares }]);
    }
    expect(flows.length).toBeGreaterThan(400);
    for (const { quarterEnd, class: name, sector, longBuyUsd, longSellUsd, buyers, sellers } of flows) {
      const sum = sums.get(`${quarterEnd} ${name} ${sector}`)!;
      expect([sum.buyers, sum.sellers]).toEqual([buyers, sellers]);
      expect(Math.abs(sum.buy - longBuyUsd)).toBeLessThan(0.006 + 1e-9 * longBuyUsd);
      expect(Math.abs(sum.sell - longSellUsd)).toBeLessThan(0.006 + 1e-9 * longSellUsd);
    }
  });

  it('price a quarter by its mean close as traded, in shares of its end', () => {
    const { bySecurity, quarters } = market.truth.thirteenF;
    const { sessions, stocks } = market.stocks;
    const misprint = market.misprints!.price;
    for (const symbol of ['IT6', 'ID5', 'MT5', 'UT2', misprint.symbol]) {
      const { bars, actions, lastSession } = stocks.find((one) => one.symbol === symbol)!;
      for (const truth of bySecurity.filter((one) => one.symbol === symbol)) {
        const { start, end } = quarters.find((quarter) => quarter.end === truth.quarterEnd)!;
        const closes = sessions.flatMap((day, i) => {
          if (day < start || day > end || i > lastSession) return [];
          if (symbol === misprint.symbol && day === misprint.date) return [];
          const ratio = (kinds: readonly string[], from: string): number =>
            actions
              .filter((one) => kinds.includes(one.kind) && one.date > from)
              .reduce((product, { split }) => product * split, 1);
          const asTraded = bars.close[i]! * ratio(['split', 'spin-off'], day);
          return [(asTraded * ratio(['split'], end)) / ratio(['split'], day)];
        });
        const mean = closes.reduce((sum, close) => sum + close, 0) / closes.length;
        expect(truth.meanPrice!).toBeCloseTo(mean, 8);
      }
    }
  });

  it('hold a split that scales every position, a spin-off that leaves them, and a merger that ends them', () => {
    const { bySecurity, events, quarters } = market.truth.thirteenF;
    const { shares } = positionsOf(sets);
    const total = (symbol: string, end: string): number => {
      const { cusip } = market.truth.thirteenF.securities.find((one) => one.symbol === symbol)!;
      return [...shares].reduce(
        (sum, [key, held]) => (key.endsWith(`${end} ${cusip}`) ? sum + held : sum),
        0,
      );
    };
    const growth = (kind: string): number => {
      const { symbol, quarterEnd } = events.find((one) => one.kind === kind)!;
      const q = quarters.findIndex(({ end }) => end === quarterEnd);
      return total(symbol, quarterEnd) / total(symbol, quarters[q - 1]!.end);
    };
    expect(growth('split')).toBeGreaterThan(7);
    expect(growth('split')).toBeLessThan(14);
    expect(growth('spin-off-booked-as-split')).toBeGreaterThan(0.7);
    expect(growth('spin-off-booked-as-split')).toBeLessThan(1.5);
    expect(growth('merger')).toBe(0);
    const factors = bySecurity.filter(({ splitFactor }) => splitFactor !== 1);
    expect(factors.map(({ symbol, splitFactor }) => [symbol, splitFactor])).toEqual([['IT6', 10]]);
    const merger = events.find(({ kind }) => kind === 'merger')!;
    expect(bySecurity.some((one) => one.symbol === 'MT5' && one.quarterEnd >= merger.quarterEnd)).toBe(false);
  });

  it('show technology bought in unison in the last quarter, and sold by the others', () => {
    const { flows, unison } = market.truth.thirteenF;
    const { quarterEnd, buyers, sellers } = unison.planted!;
    const of = (name: string) =>
      flows.find(
        (one) => one.quarterEnd === quarterEnd && one.class === name && one.sector === 'technology',
      )!;
    expect(buyers).toEqual(['hedge-fund', 'asset-manager', 'pension', 'sovereign-wealth']);
    for (const name of buyers) expect(of(name).buyers).toBeGreaterThan(3 * of(name).sellers);
    for (const name of sellers) expect(of(name).sellers).toBeGreaterThan(2 * of(name).buyers);
    expect(buyers.reduce((sum, name) => sum + of(name).netUsd, 0)).toBeGreaterThan(0);
  });
});
