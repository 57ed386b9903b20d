import { describe, expect, it } from 'vitest';
import { InvalidRequest, weekFlags } from '../../src/core/index.js';
import {
  type PlantKind,
  type PlantTruth,
  type SimulatedMarket,
  simulateMarket,
} from '../../src/simulate/index.js';

const SEEDS = [1, 2, 7, 31, 50];
const RULERS = ['contracts', 'dollars', 'pctOi', 'volScaled'] as const;
const TEN_YEARS = 522;

const markets = new Map<number, SimulatedMarket>(SEEDS.map((seed) => [seed, simulateMarket({ seed })]));

function plant(market: SimulatedMarket, kind: PlantKind): PlantTruth {
  return market.truth.plants.find((one) => one.kind === kind)!;
}

/** Net of the asset managers from the raw positions, week after week, without the simulator's own rulers. */
function netChanges(market: SimulatedMarket, code: string, classIndex: number): number[] {
  const { history } = market.futures.published.find((one) => one.history.contract.code === code)!;
  return Array.from(history.openInterest, (_, t) => {
    if (t === 0) return Number.NaN;
    const k = history.multiplier[t - 1]! / history.multiplier[t]!;
    const long = history.long[classIndex]!;
    const short = history.short[classIndex]!;
    return long[t]! - k * long[t - 1]! - (short[t]! - k * short[t - 1]!);
  });
}

function weekOf(market: SimulatedMarket, { periodEnd }: { periodEnd: string }): number {
  return market.weeks.findIndex((week) => week.periodEnd === periodEnd);
}

describe.each(SEEDS)('the planted truth of seed %i', (seed) => {
  const market = markets.get(seed)!;

  it('holds one record at least 2.5 times the largest week before it on every ruler', () => {
    const record = plant(market, 'record');
    for (const ruler of RULERS) {
      expect(record.ranks.all[ruler]).toBe(1);
      expect(record.timesLargestBefore[ruler]).toBeGreaterThan(2.5);
    }
    const changes = netChanges(market, '20974+', 1);
    const week = weekOf(market, record);
    expect(week).toBeGreaterThanOrEqual(market.weeks.length - 13);
    expect(week).toBeLessThanOrEqual(market.weeks.length - 4);
    expect(changes[week]).toBe(record.classes[0]!.netContracts);
    expect(changes[week]!).toBeGreaterThan(2.5 * Math.max(...changes.slice(1, week)));
  });

  it('lets the record follow three weeks of buying, in a week without flags, against dealers and leveraged funds', () => {
    const record = plant(market, 'record');
    const week = weekOf(market, record);
    expect(weekFlags(record.periodStart, record.periodEnd)).toEqual([]);
    for (const change of netChanges(market, '20974+', 1).slice(week - 3, week)) {
      expect(change).toBeGreaterThan(0);
    }
    const nets = new Map(record.classes.map((one) => [one.class, one.netContracts]));
    const bought = nets.get('asset-manager')!;
    expect(nets.get('dealer')! + nets.get('leveraged-fund')!).toBeLessThan(-0.8 * bought);
    expect(nets.get('dealer')!).toBeLessThan(0);
    expect(nets.get('leveraged-fund')!).toBeLessThan(0);
    expect([...nets.values()].reduce((sum, net) => sum + net, 0)).toBe(0);
  });

  it('makes purchases and long buys of the record week the largest as well', () => {
    const record = plant(market, 'record');
    const week = weekOf(market, record);
    const { history } = market.futures.contracts.nasdaq100;
    const changeOf = (side: Int32Array, t: number) => side[t]! - side[t - 1]!;
    const longBuy = (t: number) => Math.max(changeOf(history.long[1]!, t), 0);
    const grossBuy = (t: number) => longBuy(t) + Math.max(-changeOf(history.short[1]!, t), 0);
    for (let t = 1; t < week; t++) {
      expect(longBuy(week)).toBeGreaterThan(longBuy(t));
      expect(grossBuy(week)).toBeGreaterThan(grossBuy(t));
    }
  });

  it('keeps the weeks after the record ordinary', () => {
    const week = weekOf(market, plant(market, 'record'));
    const changes = netChanges(market, '20974+', 1);
    for (const change of changes.slice(week + 1)) {
      expect(Math.abs(change)).toBeLessThan(changes[week]! / 2);
    }
  });

  it('holds a record in dollars alone', () => {
    const { ranks, flags } = plant(market, 'nominal-record');
    expect(flags).toEqual([]);
    expect(ranks.tenYears.dollars).toBe(1);
    for (const ruler of ['contracts', 'pctOi', 'volScaled'] as const) {
      expect(ranks.tenYears[ruler]).toBeGreaterThan(1);
    }
  });

  it('holds a five-year record in an expiry week that earlier expiry weeks of the ten years exceed', () => {
    const roll = plant(market, 'roll-week-record');
    expect(roll.flags).toContain('quadruple-witching');
    const changes = netChanges(market, '239742', 1);
    for (const ruler of RULERS) {
      expect(roll.ranks.fiveYears[ruler]).toBe(1);
      expect(roll.ranks.tenYears[ruler]).toBeGreaterThan(1);
    }
    for (const periodEnd of roll.because) {
      const week = weekOf(market, { periodEnd });
      expect(market.weeks[week]!.flags).toContain('quadruple-witching');
      expect(weekOf(market, roll) - week).toBeLessThan(TEN_YEARS);
      expect(changes[week]!).toBeGreaterThan(changes[weekOf(market, roll)]!);
    }
  });

  it('holds a ten-year record in a Russell reconstitution week that one before those years exceeds', () => {
    const reconstitution = plant(market, 'reconstitution-week-record');
    expect(reconstitution.flags).toContain('russell-rebalance');
    const [before] = reconstitution.because;
    const week = weekOf(market, { periodEnd: before! });
    expect(weekOf(market, reconstitution) - week).toBeGreaterThan(TEN_YEARS);
    expect(market.weeks[week]!.flags).toContain('russell-rebalance');
    for (const ruler of RULERS) expect(reconstitution.ranks.tenYears[ruler]).toBe(1);
    expect(reconstitution.ranks.all.dollars).toBeGreaterThan(1);
    expect(reconstitution.ranks.all.contracts).toBeGreaterThan(1);
  });

  it('halves one contract so that published changes read as the largest flow ever, and true ones do not', () => {
    const change = plant(market, 'unit-change');
    expect([change.multiplierBefore, change.multiplier]).toEqual([10, 5]);
    const week = weekOf(market, change);
    const changes = netChanges(market, '12460+', 1).slice(1, week);
    expect(change.unadjustedNetContracts!).toBeGreaterThan(Math.max(...changes));
    expect(change.classes[0]!.netContracts).toBeLessThan(2 * Math.max(...changes));
    expect(change.ranks.tenYears.dollars).toBeGreaterThan(4);
  });

  it('puts every plant into a week of its own, within two years', () => {
    const ends = market.truth.plants.map(({ periodEnd }) => periodEnd);
    ends.push(market.truth.misprints[0]!.date);
    expect(new Set(ends).size).toBe(ends.length);
    for (const end of ends)
      expect(weekOf(market, { periodEnd: end })).toBeGreaterThan(market.weeks.length - 106);
  });

  it('states every dollar amount to the cent as contracts x multiplier x close', () => {
    for (const { classes, price, multiplier } of market.truth.plants) {
      for (const { deltaLong, deltaShort, netUsd, longBuyUsd, shortSellUsd } of classes) {
        const cents = (contracts: number) =>
          Number(BigInt(contracts) * BigInt(multiplier) * BigInt(Math.round(price! * 100))) / 100;
        expect(netUsd).toBe(cents(deltaLong - deltaShort));
        expect(longBuyUsd).toBe(cents(Math.max(deltaLong, 0)));
        expect(shortSellUsd).toBe(cents(Math.max(deltaShort, 0)));
      }
    }
  });
});

describe('simulateMarket', () => {
  it('gives the same market for the same seed and another for another', () => {
    const again = simulateMarket({ seed: 7 });
    expect(JSON.stringify(again.truth)).toBe(JSON.stringify(markets.get(7)!.truth));
    expect(again.stocks.stocks[5]!.bars.close).toEqual(markets.get(7)!.stocks.stocks[5]!.bars.close);
    expect(markets.get(1)!.indexes.bars['^NDX'].close).not.toEqual(
      markets.get(2)!.indexes.bars['^NDX'].close,
    );
  });

  it('leaves every plant out of a market without plants', () => {
    const market = simulateMarket({ seed: 7, planted: false });
    expect(market.truth.plants).toEqual([]);
    expect(market.truth.misprints).toEqual([]);
    expect(new Set(market.futures.contracts.djia.history.multiplier)).toEqual(new Set([10]));
    const changes = netChanges(market, '20974+', 1);
    const week = weekOf(market, plant(markets.get(7)!, 'record'));
    expect(changes[week]!).toBeLessThan(Math.max(...changes.slice(1, week)));
  });

  it('has thirteen years of reports, all public by the end date', () => {
    const { reports } = markets.get(1)!.truth;
    expect(reports).toEqual({
      first: '2013-11-12',
      last: '2026-11-03',
      count: 678,
      lastKnownAt: '2026-11-06T20:30:00Z',
    });
  });

  it('ends on another day where asked, with every plant in place', () => {
    const market = simulateMarket({ seed: 3, endDate: '2024-08-09' });
    expect(market.weeks.at(-1)!.periodEnd).toBe('2024-08-06');
    expect(plant(market, 'record').timesLargestBefore.pctOi).toBeGreaterThan(2.5);
    expect(plant(market, 'reconstitution-week-record').ranks.tenYears.dollars).toBe(1);
  });

  it('refuses a seed that is no integer and an end date outside the calendar', () => {
    expect(() => simulateMarket({ seed: 1.5 })).toThrow(InvalidRequest);
    expect(() => simulateMarket({ endDate: '1999-01-04' })).toThrow(/2011 to 2030/);
    expect(() => simulateMarket({ endDate: 'soon' })).toThrow(InvalidRequest);
  });
});
