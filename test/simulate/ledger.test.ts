import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { isTradingDay, newYorkDate, parseInstant, sessionClose } from '../../src/core/index.js';
import {
  type LedgerPlantKind,
  type LedgerPlantTruth,
  type SimulatedMarket,
  simulateMarket,
} from '../../src/simulate/index.js';
import { executionsCsv } from '../../src/simulate/ledger/ledger-writer.js';
import { ledgerReader } from '../../src/sources/ledger/index.js';

const SEEDS = [1, 23];
const INSTITUTIONS = ['hedge-fund', 'asset-manager', 'pension', 'sovereign-wealth'];
const SIDES = ['buy', 'sell', 'sell-short', 'buy-to-cover'];

interface Row {
  readonly day: string;
  readonly executedAt: string;
  readonly account: string;
  readonly class: string;
  readonly symbol: string;
  readonly side: string;
  readonly quantity: number;
  /** quantity x price, in cents, by exact integers. */
  readonly cents: bigint;
  readonly price: string;
  readonly id: string;
}

function rowsOf(csv: string): Row[] {
  return csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [executedAt, account, name, symbol, side, quantity, price, , id] = line.split(',') as string[];
      return {
        day: newYorkDate(parseInstant(executedAt!)),
        executedAt: executedAt!,
        account: account!,
        class: name!,
        symbol: symbol!,
        side: side!,
        quantity: Number(quantity),
        cents: BigInt(quantity!) * BigInt(price!.replace('.', '')),
        price: price!,
        id: id!,
      };
    });
}

const plantOf = (market: SimulatedMarket, kind: LedgerPlantKind): LedgerPlantTruth =>
  market.truth.ledger.plants.find((one) => one.kind === kind)!;

/** Cents of one leg, or of purchases minus sales. */
function centsOf(rows: readonly Row[], side: string): bigint {
  return rows.reduce((sum, row) => (row.side === side ? sum + row.cents : sum), 0n);
}
const netOf = (rows: readonly Row[]): bigint =>
  centsOf(rows, 'buy') + centsOf(rows, 'buy-to-cover') - centsOf(rows, 'sell') - centsOf(rows, 'sell-short');
const dollars = (cents: bigint): number => Number(cents) / 100;

describe.each(SEEDS)('the ledger of seed %i', (seed) => {
  let market: SimulatedMarket;
  let csv: string;
  let rows: Row[];
  /** Technology rows of institutions by Monday of their week. */
  const weekly = new Map<string, Row[]>();

  beforeAll(() => {
    market = simulateMarket({ seed });
    csv = executionsCsv(market.ledger.market, market.ledger.flow);
    rows = rowsOf(csv);
    const technology = new Set(market.truth.ledger.symbols);
    const monday = new Map(
      market.ledger.market.weeks.flatMap(({ start, firstSession, lastSession }) =>
        market.stocks.sessions.slice(firstSession, lastSession + 1).map((day) => [day as string, start]),
      ),
    );
    for (const row of rows) {
      if (!technology.has(row.symbol) || !INSTITUTIONS.includes(row.class)) continue;
      const week = monday.get(row.day)!;
      weekly.set(week, [...(weekly.get(week) ?? []), row]);
    }
  });

  const weeksBefore = (start: string): string[] => [...weekly.keys()].filter((week) => week < start);
  const largestBefore = (start: string, figure: (rows: readonly Row[]) => bigint): bigint =>
    weeksBefore(start)
      .map((week) => figure(weekly.get(week)!))
      .reduce((largest, value) => (value > largest ? value : largest));

  it('has well-formed rows in the order of time, within sessions, every id once', () => {
    const header = 'executed_at,account,class,symbol,side,quantity,price,currency,execution_id\n';
    expect(csv.startsWith(header)).toBe(true);
    expect(csv.length).toBeLessThan(12e6);
    expect(rows.length).toBe(market.truth.ledger.executions);
    expect(rows.length).toBeGreaterThan(60_000);
    const faults = rows.filter(
      ({ side, quantity, price }) =>
        !SIDES.includes(side) || !(Number.isInteger(quantity) && quantity > 0) || !/^\d+\.\d\d$/.test(price),
    );
    expect(faults).toEqual([]);
    expect(rows.every((row, i) => i === 0 || rows[i - 1]!.executedAt <= row.executedAt)).toBe(true);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const days = new Set(rows.map(({ day }) => day));
    expect([...days].every((day) => isTradingDay(day as never))).toBe(true);
    const late = rows.filter(({ executedAt, day }) => parseInstant(executedAt) > sessionClose(day as never));
    expect(late).toEqual([]);
    expect(new Set(rows.map((row) => row.class)).size).toBe(7);
  });

  it('prices every print within the low and high of its day, as traded then', () => {
    const { sessions, stocks } = market.stocks;
    const place = new Map(sessions.map((day, i) => [day as string, i]));
    const bySymbol = new Map(stocks.map((stock) => [stock.symbol, stock]));
    const outside = rows.filter(({ symbol, day, price }) => {
      const { bars, actions } = bySymbol.get(symbol)!;
      const i = place.get(day)!;
      const later = actions.filter(({ date, split }) => split > 0 && date > day);
      const factor = later.reduce((product, { split }) => product * split, 1);
      return Number(price) < bars.low[i]! * factor - 0.006 || Number(price) > bars.high[i]! * factor + 0.006;
    });
    expect(outside).toEqual([]);
  });

  it('never buys back what is not short', () => {
    const splits = market.stocks.stocks.flatMap(({ symbol, actions }) =>
      actions.filter(({ kind }) => kind === 'split').map(({ date, split }) => ({ symbol, date, split })),
    );
    const open = new Map<string, number>();
    const uncovered: string[] = [];
    for (const { account, symbol, side, quantity, day } of rows) {
      if (side !== 'sell-short' && side !== 'buy-to-cover') continue;
      const ratio = splits.filter((one) => one.symbol === symbol && one.date > day);
      const todays = quantity * ratio.reduce((product, { split }) => product * split, 1);
      const key = `${account} ${symbol}`;
      if (side === 'sell-short') open.set(key, (open.get(key) ?? 0) + todays);
      if (side === 'buy-to-cover') open.set(key, (open.get(key) ?? 0) - todays);
      if ((open.get(key) ?? 0) < 0) uncovered.push(`${day} ${key}`);
    }
    expect(uncovered).toEqual([]);
    expect(open.size).toBeGreaterThan(20);
  });

  it('states the four legs of every planted week and of the last 60 to the cent', () => {
    const { plants, weeklyFlows } = market.truth.ledger;
    expect(weeklyFlows).toHaveLength(60);
    for (const { periodStart, institutions, classes } of [...plants, ...weeklyFlows]) {
      const week = weekly.get(periodStart)!;
      expect(institutions).toEqual({
        longBuyUsd: dollars(centsOf(week, 'buy')),
        longSellUsd: dollars(centsOf(week, 'sell')),
        shortSellUsd: dollars(centsOf(week, 'sell-short')),
        shortCoverUsd: dollars(centsOf(week, 'buy-to-cover')),
        grossBuyUsd: dollars(centsOf(week, 'buy') + centsOf(week, 'buy-to-cover')),
        grossSellUsd: dollars(centsOf(week, 'sell') + centsOf(week, 'sell-short')),
        netUsd: dollars(netOf(week)),
      });
      for (const name of INSTITUTIONS)
        expect(classes[name as 'pension'].netUsd).toBe(
          dollars(netOf(week.filter((row) => row.class === name))),
        );
    }
  });

  it('holds a record of purchases, broad and in unison, with all four legs, after three weeks of buying', () => {
    const record = plantOf(market, 'record');
    expect(record.flags).toEqual([]);
    const week = weekly.get(record.periodStart)!;
    const purchases = (of: readonly Row[]): bigint => centsOf(of, 'buy') + centsOf(of, 'buy-to-cover');
    expect(dollars(netOf(week))).toBeGreaterThan(1.5 * dollars(largestBefore(record.periodStart, netOf)));
    expect(dollars(purchases(week))).toBeGreaterThan(
      1.5 * dollars(largestBefore(record.periodStart, purchases)),
    );
    for (const side of SIDES) expect(centsOf(week, side)).toBeGreaterThan(0n);
    for (const name of INSTITUTIONS) {
      for (const symbol of market.truth.ledger.symbols) {
        const own = week.filter((row) => row.class === name && row.symbol === symbol);
        expect(netOf(own)).toBeGreaterThan(0n);
      }
    }
    for (const start of weeksBefore(record.periodStart).sort().slice(-3))
      expect(netOf(weekly.get(start)!)).toBeGreaterThan(0n);
    for (const measure of ['longBuy', 'grossBuy', 'net'] as const)
      for (const ranks of [record.ranks.all, record.ranks.tenYears, record.ranks.allOfNonRetail])
        expect(ranks[measure]).toEqual({ dollars: 1, pctAdv: 1, volScaled: 1 });
    expect(record.classes.retail.netUsd).toBeLessThan(0);
    const withoutLargest = week.filter(({ symbol }) => symbol !== record.largestName);
    expect(netOf(withoutLargest)).toBeGreaterThan(largestBefore(record.periodStart, netOf));
  });

  it('holds a record until then that is one print, and nothing without it', () => {
    const block = plantOf(market, 'block-print');
    const week = weekly.get(block.periodStart)!;
    expect(block.ranks.all.net).toEqual({ dollars: 1, pctAdv: 1, volScaled: 1 });
    expect(netOf(week)).toBeGreaterThan(largestBefore(block.periodStart, netOf));
    const without = week.filter(({ symbol }) => symbol !== block.largestName);
    expect(netOf(without)).toBeLessThan(largestBefore(block.periodStart, netOf));
    const largest = week.reduce((best, row) => (row.cents > best.cents ? row : best));
    expect([largest.symbol, largest.class, largest.side]).toEqual([
      block.largestName,
      'asset-manager',
      'buy',
    ]);
    expect(block.largestPrintShareOfGrossBuy).toBeGreaterThan(0.4);
  });

  it('holds a week in which books grow as never before, and net is ordinary', () => {
    const grossing = plantOf(market, 'grossing');
    const growth = (of: readonly Row[]): bigint =>
      centsOf(of, 'buy') + centsOf(of, 'sell-short') - centsOf(of, 'sell') - centsOf(of, 'buy-to-cover');
    const week = weekly.get(grossing.periodStart)!;
    expect(growth(week)).toBeGreaterThan(largestBefore(grossing.periodStart, growth));
    expect(2n * netOf(week)).toBeLessThan(largestBefore(grossing.periodStart, netOf));
    expect(grossing.ranks.all.net.dollars!).toBeGreaterThan(5);
    expect(grossing.ranks.all.grossing.volScaled).toBe(1);
  });
});

describe('the ledger reader', () => {
  it('reads every execution back, to the cent', () => {
    const { ledger } = simulateMarket({ seed: 1 });
    const csv = executionsCsv(ledger.market, ledger.flow);
    const rows = rowsOf(csv);
    const bytes = Buffer.from(csv);
    const file = { name: 'executions.csv', sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
    const detection = ledgerReader.detect(file, {});
    expect(detection).not.toBeNull();
    let read = 0;
    let cents = 0;
    for (const { facts, setAside } of ledgerReader.read(file, detection!, {})) {
      expect(setAside).toEqual([]);
      for (const { row } of facts) {
        read++;
        cents += (row as { amountCents: number }).amountCents;
      }
    }
    expect(read).toBe(rows.length);
    expect(BigInt(cents)).toBe(rows.reduce((sum, row) => sum + row.cents, 0n));
  });
});

describe('a ledger without plants', () => {
  it('holds no week as large', () => {
    const planted = simulateMarket({ seed: 4 });
    const plain = simulateMarket({ seed: 4, planted: false });
    expect(plain.truth.ledger.plants).toEqual([]);
    const record = plantOf(planted, 'record').institutions.netUsd;
    const largest = Math.max(
      ...plain.truth.ledger.weeklyFlows.map(({ institutions }) => institutions.netUsd),
    );
    expect(largest).toBeLessThan(record / 2);
  });
});
