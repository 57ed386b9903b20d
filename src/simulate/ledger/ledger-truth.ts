import type { CalendarFlag, IsoDate } from '../../core/index.js';
import { FILE_NAMES } from '../file-names.js';
import { rankBefore } from '../rulers.js';
import type { Execution, OrderFlow } from './executions.js';
import {
  INSTITUTIONS,
  LEDGER_CLASS_NAMES,
  LEDGER_CLASSES,
  LEDGER_PROCESS,
  type LedgerClassName,
} from './ledger-classes.js';
import { LEDGER_PLANTS, type LedgerSchedule } from './ledger-plants.js';
import {
  amountCents,
  CLASS_PLACE,
  INSTITUTION_PLACES,
  LEDGER_RULERS,
  type LedgerMeasure,
  type LedgerRuler,
  type Legs,
  MEASURES,
  measureOf,
  NON_RETAIL_PLACES,
  onRulers,
  technologyLegs,
} from './ledger-rulers.js';
import type { LedgerMarket } from './ledger-weeks.js';

/** Four legs in technology and what is made of them, US dollars to the cent. */
export interface LedgerLegs {
  readonly longBuyUsd: number;
  readonly longSellUsd: number;
  readonly shortSellUsd: number;
  readonly shortCoverUsd: number;
  readonly grossBuyUsd: number;
  readonly grossSellUsd: number;
  readonly netUsd: number;
}

/** Rank among itself and the weeks before it, 1 = largest; null where the ruler has no value yet. */
type LedgerRanks = Readonly<Record<LedgerMeasure, Readonly<Record<LedgerRuler, number | null>>>>;

export interface LedgerWeekTruth {
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly flags: readonly CalendarFlag[];
  readonly executions: number;
  /** Hedge funds, asset managers, pensions and sovereign funds together. */
  readonly institutions: LedgerLegs;
  /** These with insurers and endowments: all but retail. */
  readonly nonRetail: LedgerLegs;
  readonly classes: Readonly<Record<LedgerClassName, LedgerLegs>>;
}

export type LedgerPlantKind = 'record' | 'block-print' | 'grossing';

export interface LedgerPlantTruth extends LedgerWeekTruth {
  readonly kind: LedgerPlantKind;
  readonly says: string;
  /** Of the institutions together, over ten years and over all weeks; then of all but retail over all weeks. */
  readonly ranks: {
    readonly tenYears: LedgerRanks;
    readonly all: LedgerRanks;
    readonly allOfNonRetail: LedgerRanks;
  };
  /** Names that the institutions together bought on balance, of those traded. */
  readonly namesBought: number;
  readonly namesTraded: number;
  /** The name with the largest net, its share of net, and the largest print's share of purchases. */
  readonly largestName: string;
  readonly largestNameShareOfNet: number;
  readonly largestPrintShareOfGrossBuy: number;
  /** Classes with net purchases in every technology name. */
  readonly classesBuyingAllNames: readonly LedgerClassName[];
}

export interface LedgerTruth {
  readonly file: string;
  readonly executions: number;
  readonly firstWeek: IsoDate;
  readonly lastWeek: IsoDate;
  readonly weeks: number;
  readonly sector: 'technology';
  readonly symbols: readonly string[];
  readonly institutions: readonly LedgerClassName[];
  readonly plants: readonly LedgerPlantTruth[];
  readonly weeklyFlows: readonly LedgerWeekTruth[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

const WEEKLY_FLOWS = 60;
const TEN_YEARS = 522;

const SAYS: Readonly<Record<LedgerPlantKind, string>> = {
  record:
    'The largest purchases of technology by institutions of all weeks, on every ruler, by all four classes, in every name, after three weeks of buying, in a week without flags.',
  'block-print':
    'A record until then on every ruler, made by one print of one asset manager in one name: without it the week is ordinary.',
  grossing:
    'Longs and shorts of hedge funds and asset managers grow together: the largest growth of books until then, and so of long buys; net is ordinary.',
};

export function ledgerTruth(
  market: LedgerMarket,
  flow: OrderFlow,
  schedule: LedgerSchedule | null,
): LedgerTruth {
  const technology = new Set(market.technology);
  const { weeks } = market;
  const first = Math.max(0, weeks.length - WEEKLY_FLOWS);
  const planted: [LedgerPlantKind, number][] =
    schedule === null
      ? []
      : [
          ['record', schedule.record],
          ['block-print', schedule.block],
          ['grossing', schedule.grossing],
        ];
  const weeklyOf = (classes: readonly number[]): Legs[] =>
    flow.map((executions) => technologyLegs(executions, technology, classes));
  const weekly = weeklyOf(INSTITUTION_PLACES);
  const weeklyOfNonRetail = weeklyOf(NON_RETAIL_PLACES);
  return {
    file: FILE_NAMES.executions,
    executions: flow.reduce((sum, executions) => sum + executions.length, 0),
    firstWeek: weeks[0]!.start,
    lastWeek: weeks.at(-1)!.end,
    weeks: weeks.length,
    sector: 'technology',
    symbols: market.technology.map((stock) => market.stocks.stocks[stock]!.symbol),
    institutions: INSTITUTIONS,
    plants: planted.map(([kind, week]) => ({
      kind,
      says: SAYS[kind],
      ...weekTruth(market, flow, week),
      ranks: {
        tenYears: ranksOf(market, weekly, { week, from: week - TEN_YEARS }),
        all: ranksOf(market, weekly, { week, from: 0 }),
        allOfNonRetail: ranksOf(market, weeklyOfNonRetail, { week, from: 0 }),
      },
      ...breadthOf(market, flow[week]!),
    })),
    weeklyFlows: weeks.slice(first).map((_, i) => weekTruth(market, flow, first + i)),
    parameters: { classes: LEDGER_CLASSES, process: LEDGER_PROCESS, plants: LEDGER_PLANTS },
  };
}

function weekTruth(market: LedgerMarket, flow: OrderFlow, week: number): LedgerWeekTruth {
  const { start, end, flags } = market.weeks[week]!;
  const technology = new Set(market.technology);
  const executions = flow[week]!;
  const legsOf = (classes: readonly number[]): LedgerLegs =>
    inDollars(technologyLegs(executions, technology, classes));
  return {
    periodStart: start,
    periodEnd: end,
    flags,
    executions: executions.filter(({ stock }) => technology.has(stock)).length,
    institutions: legsOf(INSTITUTION_PLACES),
    nonRetail: legsOf(NON_RETAIL_PLACES),
    classes: Object.fromEntries(
      LEDGER_CLASS_NAMES.map((name) => [name, legsOf([CLASS_PLACE[name]])]),
    ) as Record<LedgerClassName, LedgerLegs>,
  };
}

function inDollars(legs: Legs): LedgerLegs {
  const { buy, sell, 'sell-short': short, 'buy-to-cover': cover } = legs;
  return {
    longBuyUsd: buy / 100,
    longSellUsd: sell / 100,
    shortSellUsd: short / 100,
    shortCoverUsd: cover / 100,
    grossBuyUsd: (buy + cover) / 100,
    grossSellUsd: (sell + short) / 100,
    netUsd: (buy + cover - sell - short) / 100,
  };
}

function ranksOf(
  market: LedgerMarket,
  weekly: readonly Legs[],
  { week, from }: { readonly week: number; readonly from: number },
): LedgerRanks {
  const ranks = MEASURES.map((measure) => {
    const series = onRulers(market, weekly, measure);
    const byRuler = LEDGER_RULERS.map((ruler) => {
      const values = series[ruler];
      return [ruler, Number.isNaN(values[week]!) ? null : rankBefore(values, week, from)];
    });
    return [measure, Object.fromEntries(byRuler)];
  });
  return Object.fromEntries(ranks) as LedgerRanks;
}

function breadthOf(
  market: LedgerMarket,
  executions: readonly Execution[],
): Pick<
  LedgerPlantTruth,
  | 'namesBought'
  | 'namesTraded'
  | 'largestName'
  | 'largestNameShareOfNet'
  | 'largestPrintShareOfGrossBuy'
  | 'classesBuyingAllNames'
> {
  const netOf = (stock: number, classes: readonly number[]): number =>
    measureOf(technologyLegs(executions, new Set([stock]), classes), 'net');
  const all = technologyLegs(executions, new Set(market.technology), INSTITUTION_PLACES);
  const theirs = executions.filter(
    (execution) =>
      market.technology.includes(execution.stock) && INSTITUTION_PLACES.includes(execution.class),
  );
  const nets = market.technology.map((stock) => netOf(stock, INSTITUTION_PLACES));
  const purchases = theirs.filter(({ side }) => side === 'buy' || side === 'buy-to-cover');
  return {
    namesBought: nets.filter((net) => net > 0).length,
    namesTraded: new Set(theirs.map(({ stock }) => stock)).size,
    largestName: market.stocks.stocks[market.technology[nets.indexOf(Math.max(...nets))]!]!.symbol,
    largestNameShareOfNet: Math.max(...nets) / measureOf(all, 'net'),
    largestPrintShareOfGrossBuy: Math.max(...purchases.map(amountCents)) / measureOf(all, 'grossBuy'),
    classesBuyingAllNames: LEDGER_CLASS_NAMES.filter((_, c) =>
      market.technology.every((stock) => netOf(stock, [c]) > 0),
    ),
  };
}
