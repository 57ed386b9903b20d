import { InvalidRequest, type IsoDate, type Random } from '../../core/index.js';
import { randomStream } from '../random-streams.js';
import { type Execution, execute, keepCoversCovered, type LedgerSide, type OrderFlow } from './executions.js';
import { INSTITUTIONS, LEDGER_CLASSES, type LedgerClassName } from './ledger-classes.js';
import {
  CLASS_PLACE,
  dollarsForRecord,
  INSTITUTION_PLACES,
  type LedgerMeasure,
  type Legs,
  measureOf,
  NON_RETAIL_PLACES,
  onRulers,
  technologyLegs,
} from './ledger-rulers.js';
import type { LedgerMarket } from './ledger-weeks.js';

/** Places of the weeks in which something is planted. */
export interface LedgerSchedule {
  readonly record: number;
  readonly block: number;
  readonly grossing: number;
}

export const LEDGER_PLANTS = {
  /** Over the largest week before it of each class, of the institutions together, and of these without the decoys. */
  classFactor: 1.1,
  totalFactor: 1.6,
  factorOverEveryday: 3,
  blockFactor: 1.2,
  grossingFactor: 1.25,
  /** Of what a class buys in the record week: bought back, sold, and sold short. */
  coverShare: { 'hedge-fund': 0.3, 'asset-manager': 0.05, pension: 0, 'sovereign-wealth': 0 },
  sellShare: 0.08,
  shortShare: { 'hedge-fund': 0.05, 'asset-manager': 0.01, pension: 0, 'sovereign-wealth': 0 },
  /** Prints a name and class in the record week. */
  prints: 4,
} as const;

const WEEKS_BEFORE = { block: 60, grossing: 118 } as const;
const BUYING_BEFORE = 3;

/**
 * Weeks without flags: the record in that of a given day or the last such week before it, the decoys one and two years
 * earlier.
 */
export function scheduleLedgerPlants({ weeks }: LedgerMarket, day: IsoDate): LedgerSchedule {
  const last = weeks.findLastIndex(({ start }) => start <= day);
  const plainFrom = (latest: number): number => {
    for (let week = latest; week >= 0; week--) if (weeks[week]!.flags.length === 0) return week;
    throw new InvalidRequest('no week for the planted executions; simulate to a later end date');
  };
  const record = plainFrom(last);
  return {
    record,
    block: plainFrom(record - WEEKS_BEFORE.block),
    grossing: plainFrom(record - WEEKS_BEFORE.grossing),
  };
}

/** Puts the record and its decoys into everyday trading. */
export function plantExecutions(
  seed: number,
  market: LedgerMarket,
  flow: OrderFlow,
  schedule: LedgerSchedule,
): void {
  const planting: Planting = { market, flow, schedule, random: randomStream(seed, 'ledger plants') };
  plantGrossing(planting);
  plantBlock(planting);
  for (let week = schedule.record - BUYING_BEFORE; week < schedule.record; week++)
    turnToBuying(planting, week);
  plantRecord(planting);
  keepCoversCovered(market, flow);
}

interface Planting {
  readonly market: LedgerMarket;
  readonly flow: OrderFlow;
  readonly schedule: LedgerSchedule;
  readonly random: Random;
}

function weeklyLegs({ market, flow }: Planting, classes: readonly number[]): Legs[] {
  const technology = new Set(market.technology);
  return flow.map((executions) => technologyLegs(executions, technology, classes));
}

/** Groups of classes for which the plants hold alike. */
const GROUPS = [INSTITUTION_PLACES, NON_RETAIL_PLACES];
const RECORD_MEASURES = ['longBuy', 'grossBuy', 'net'] as const;

interface PlannedTrade {
  readonly week: number;
  readonly class: LedgerClassName;
  readonly stock: number;
  readonly side: LedgerSide;
  readonly dollars: number;
}

function trade({ random, market, flow }: Planting, planned: PlannedTrade): void {
  const order = { ...planned, class: CLASS_PLACE[planned.class] };
  flow[planned.week]!.push(execute(random, market, order));
}

/** What a name gets of a trade in all of technology: by the root of its usual volume, so that no name is most of it. */
function shareOfTechnology({ market }: Planting, week: number, stock: number): number {
  const weightOf = (other: number): number => Math.sqrt(market.usualVolume[other]![week]!);
  return weightOf(stock) / market.technology.reduce((sum, other) => sum + weightOf(other), 0);
}

/** Hedge funds and asset managers buy and sell short as much again in every name: books grow, and net is as on any week. */
function plantGrossing(planting: Planting): void {
  const { market, schedule } = planting;
  const week = schedule.grossing;
  const missing = Math.max(
    0,
    ...GROUPS.map((classes) => {
      const series = onRulers(market, weeklyLegs(planting, classes), 'grossing');
      return dollarsForRecord(series, week, { factor: LEDGER_PLANTS.grossingFactor }) - series.dollars[week]!;
    }),
  );
  for (const stock of market.technology) {
    const dollars = (missing / 4) * shareOfTechnology(planting, week, stock);
    for (const name of ['hedge-fund', 'asset-manager'] as const) {
      trade(planting, { week, class: name, stock, side: 'buy', dollars });
      trade(planting, { week, class: name, stock, side: 'sell-short', dollars });
    }
  }
}

/** One print of one asset manager, in the name with the largest volume, makes the largest week on every ruler. */
function plantBlock(planting: Planting): void {
  const { market, schedule } = planting;
  const week = schedule.block;
  const missing = GROUPS.flatMap((classes) => {
    const legs = weeklyLegs(planting, classes);
    return RECORD_MEASURES.map((measure) => {
      const series = onRulers(market, legs, measure);
      return dollarsForRecord(series, week, { factor: LEDGER_PLANTS.blockFactor }) - series.dollars[week]!;
    });
  });
  const volumeOf = (stock: number): number => market.usualVolume[stock]![week]!;
  const stock = market.technology.reduce((best, other) => (volumeOf(other) > volumeOf(best) ? other : best));
  trade(planting, { week, class: 'asset-manager', stock, side: 'buy', dollars: Math.max(...missing) });
}

/** Every other sale of the institutions becomes a purchase, and all of them where that is not enough. */
function turnToBuying({ market, flow }: Planting, week: number): void {
  const technology = new Set(market.technology);
  const net = (): number => measureOf(technologyLegs(flow[week]!, technology, INSTITUTION_PLACES), 'net');
  for (const every of [2, 1]) {
    if (every === 1 && net() > 0) return;
    flow[week] = flow[week]!.map((execution, i) => {
      const isTheirs = technology.has(execution.stock) && INSTITUTION_PLACES.includes(execution.class);
      return isTheirs && execution.side === 'sell' && i % every === 0
        ? { ...execution, side: 'buy' }
        : execution;
    });
  }
}

/** All four classes buy all names; the other classes sell. */
function plantRecord(planting: Planting): void {
  const { market, flow, schedule } = planting;
  const week = schedule.record;
  const technology = new Set(market.technology);
  flow[week] = flow[week]!.flatMap((execution) => asSeller(execution, technology));
  const bought = INSTITUTIONS.map((name) => boughtByClass(planting, name));
  const scale = scaleOfTotal(planting, bought);
  for (const [i, name] of INSTITUTIONS.entries()) {
    for (const stock of market.technology) {
      const dollars = scale * bought[i]! * shareOfTechnology(planting, week, stock);
      buyBroadly(planting, { week, class: name, stock, side: 'buy', dollars });
    }
  }
}

/** Everyday trades of the record week: the institutions' in technology make way, those of others become sales. */
function asSeller(execution: Execution, technology: ReadonlySet<number>): Execution[] {
  if (!technology.has(execution.stock)) return [execution];
  if (INSTITUTION_PLACES.includes(execution.class)) return [];
  if (execution.side === 'buy' || execution.side === 'sell-short') return [{ ...execution, side: 'sell' }];
  return [execution];
}

type Buyer = (typeof INSTITUTIONS)[number];

/** What each measure is of a dollar bought in the record week, at least. */
function perDollarBought(name: Buyer): Readonly<Record<Exclude<LedgerMeasure, 'grossing'>, number>> {
  const { coverShare, sellShare, shortShare } = LEDGER_PLANTS;
  return { longBuy: 1 - coverShare[name], grossBuy: 1, net: 1 - sellShare - shortShare[name] };
}

/** Dollars with which a class has its own largest week on every measure and ruler. */
function boughtByClass(planting: Planting, name: Buyer): number {
  const { market, schedule } = planting;
  const legs = weeklyLegs(planting, [CLASS_PLACE[name]]);
  const needed = Object.entries(perDollarBought(name)).map(([measure, perDollar]) => {
    const series = onRulers(market, legs, measure as LedgerMeasure);
    return dollarsForRecord(series, schedule.record, { factor: LEDGER_PLANTS.classFactor }) / perDollar;
  });
  return Math.max(...needed);
}

/** By how much the classes' purchases are enlarged so that together they are a record as well; 1 = they are. */
function scaleOfTotal(planting: Planting, bought: readonly number[]): number {
  const { market, schedule } = planting;
  const week = schedule.record;
  const leavingOut = [schedule.block, schedule.grossing];
  const { totalFactor, factorOverEveryday } = LEDGER_PLANTS;
  const scales = GROUPS.flatMap((classes) => {
    const legs = weeklyLegs(planting, classes);
    return RECORD_MEASURES.map((measure) => {
      const series = onRulers(market, legs, measure);
      const planned = INSTITUTIONS.reduce(
        (sum, name, i) => sum + bought[i]! * perDollarBought(name)[measure],
        0,
      );
      const needed = Math.max(
        dollarsForRecord(series, week, { factor: totalFactor }),
        dollarsForRecord(series, week, { factor: factorOverEveryday, leavingOut }),
      );
      return (needed - series.dollars[week]!) / planned;
    });
  });
  return Math.max(1, ...scales);
}

/** Purchases of one class in one name over several prints, some of them covers, and a few sales against them. */
function buyBroadly(planting: Planting, planned: PlannedTrade): void {
  const { coverShare, sellShare, shortShare, prints } = LEDGER_PLANTS;
  const name = planned.class as Buyer;
  const { dollars } = planned;
  const covered = coverShare[name] * dollars;
  for (let i = 0; i < prints; i++) {
    trade(planting, { ...planned, dollars: (dollars - covered) / prints });
    if (covered > 0) trade(planting, { ...planned, side: 'buy-to-cover', dollars: covered / prints });
  }
  trade(planting, { ...planned, side: 'sell', dollars: sellShare * dollars });
  if (LEDGER_CLASSES[name].shortShare > 0)
    trade(planting, { ...planned, side: 'sell-short', dollars: shortShare[name] * dollars });
}
