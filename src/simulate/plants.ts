import { COT_CLASSES, type CotClass } from '../core/index.js';
import { intervene, type PositionPath } from './flow-process.js';
import type { PlantSchedule } from './plant-schedule.js';
import { roundPositions } from './positions.js';
import {
  largestBefore,
  legChanges,
  type NetRulers,
  netRulers,
  perContract,
  SIZING_RULERS,
  type SizingRuler,
} from './rulers.js';
import type { ReportWeek } from './weeks.js';

/** A contract while plants are put into it. */
export interface Plot {
  readonly path: PositionPath;
  /** Close of the index at each report date. */
  readonly closes: readonly number[];
  readonly weeks: readonly ReportWeek[];
}

const FIVE_YEARS = 261;
const TEN_YEARS = 522;
/** Weeks added to a look-back so that counting it by date or by week gives the same answer. */
const SLACK = 8;

/** The record is at least so many times the largest week before it, on every ruler. */
const RECORD_FACTOR = 3;
/** The same for purchases and long buys alone, whose largest weeks before hold the roll as well. */
const LEG_RECORD_FACTOR = 1.3;
const NOMINAL_FACTOR = 1.06;
const NOMINAL_PREDECESSOR_FACTOR = 1.5;
const ROLL_FACTOR = 1.12;
const RECONSTITUTION_FACTOR = 1.12;
const PREDECESSOR_FACTOR = 1.15;

const BUYER: CotClass = 'asset-manager';
/** Classes that take the other side of what is planted. */
const SELLERS = { dealer: 0.6, 'leveraged-fund': 0.4 } as const;
const DEALERS = { dealer: 1 } as const;
/** The rulers that do not divide by the volatility, which earlier plants have raised. */
const RULERS_OF_LEVEL = ['contracts', 'dollars', 'pctOi'] as const;

function measure(plot: Plot, name: CotClass): NetRulers {
  return netRulers(roundPositions(plot.path), name, plot.closes);
}

/** Root mean square of the last 52 weekly flows of a class. */
function usualSize(plot: Plot, name: CotClass, week: number): number {
  const recent = plot.path.flows[COT_CLASSES.indexOf(name)]!.subarray(week - 52, week);
  return Math.sqrt(recent.reduce((sum, flow) => sum + flow * flow, 0) / recent.length);
}

/** Contracts with which a week is `factor` times the largest of the weeks from `from` on every ruler. */
function contractsForRecord(
  rulers: NetRulers,
  week: number,
  { from, factor, on = SIZING_RULERS }: { from: number; factor: number; on?: readonly SizingRuler[] },
): number {
  const needed = on.map(
    (ruler) => (factor * largestBefore(rulers[ruler], from, week)) / perContract(rulers, ruler, week),
  );
  return Math.max(...needed);
}

/** Contracts with which an earlier week is larger, on the given rulers, than a later one of `contracts`. */
function contractsToExceed(
  rulers: NetRulers,
  weeks: { readonly earlier: number; readonly later: number },
  contracts: number,
  on: readonly SizingRuler[] = SIZING_RULERS,
): number {
  const needed = on.map(
    (ruler) =>
      (contracts * perContract(rulers, ruler, weeks.later)) / perContract(rulers, ruler, weeks.earlier),
  );
  return PREDECESSOR_FACTOR * Math.max(...needed.filter((value) => Number.isFinite(value)));
}

/** The real record: three weeks of buying before it, then a week larger than any before on every ruler. */
export function plantRecord(plot: Plot, { record }: PlantSchedule): void {
  const usual = usualSize(plot, BUYER, record - 3);
  for (const [i, share] of [0.5, 0.9, 0.7].entries()) {
    intervene(plot.path, { week: record - 3 + i, class: BUYER, net: share * usual }, SELLERS);
  }
  const net = contractsForRecord(measure(plot, BUYER), record, { from: 1, factor: RECORD_FACTOR });
  intervene(
    plot.path,
    { week: record, class: BUYER, net: Math.max(net, contractsForLegRecord(plot, record, net)) },
    SELLERS,
  );
}

/** Net contracts with which purchases and long buys are records as well, legs growing in proportion to net. */
function contractsForLegRecord(plot: Plot, week: number, net: number): number {
  const history = roundPositions(plot.path);
  const rulers = netRulers(history, BUYER, plot.closes);
  const longSide = 0.7;
  let needed = net;
  for (const share of [1, longSide]) {
    const leg = Float64Array.from({ length: week }, (_, t) => {
      if (t === 0) return Number.NaN;
      const { long, short } = legChanges(history, BUYER, t);
      return Math.max(long, 0) + (share === 1 ? Math.max(-short, 0) : 0);
    });
    for (const ruler of ['contracts', 'dollars', 'pctOi'] as const) {
      const values = leg.map((value, t) => value * perContract(rulers, ruler, t));
      const largest = largestBefore(values, 1, week);
      needed = Math.max(needed, (LEG_RECORD_FACTOR * largest) / (share * perContract(rulers, ruler, week)));
    }
  }
  return needed;
}

/**
 * A week that is the largest of ten years in dollars only because the index has grown: years before, when the level was
 * low, lies a week that is larger in contracts, in shares of open interest and in multiples of its volatility.
 */
export function plantNominalRecord(plot: Plot, { nominal }: PlantSchedule): number {
  const before = measure(plot, BUYER);
  const predecessor = nominalPredecessor(plot, before, nominal);
  const large = NOMINAL_PREDECESSOR_FACTOR * largestBefore(before.contracts, 1, nominal);
  const share = (NOMINAL_PREDECESSOR_FACTOR - 0.2) * largestBefore(before.pctOi, 1, nominal);
  const net = Math.max(large, share * before.openInterestBefore[predecessor]!);
  intervene(plot.path, { week: predecessor, class: BUYER, net }, SELLERS);
  const rulers = measure(plot, BUYER);
  const from = nominal - TEN_YEARS - SLACK;
  const dollars = contractsForRecord(rulers, nominal, { from, factor: NOMINAL_FACTOR, on: ['dollars'] });
  intervene(plot.path, { week: nominal, class: BUYER, net: dollars }, SELLERS);
  return predecessor;
}

/** The plain week six to ten years before with a low level and calm flows, where few dollars are many contracts. */
function nominalPredecessor(plot: Plot, rulers: NetRulers, nominal: number): number {
  const cost = (t: number): number => plot.closes[t]! * rulers.volatility[t]!;
  let best = -1;
  for (let t = Math.max(54, nominal - TEN_YEARS + SLACK); t < nominal - 310; t++) {
    if (plot.weeks[t]!.flags.length === 0 && (best < 0 || cost(t) < cost(best))) best = t;
  }
  return best;
}

/** A record over five years in an expiry week, with larger expiry weeks in the five years before those. */
export function plantRollRecord(plot: Plot, { roll, rollPredecessors }: PlantSchedule): void {
  const lookback = { from: roll - FIVE_YEARS - SLACK, factor: ROLL_FACTOR };
  const target = contractsForRecord(measure(plot, BUYER), roll, lookback);
  for (const [i, week] of rollPredecessors.entries()) {
    const on = i === 0 ? SIZING_RULERS : RULERS_OF_LEVEL;
    const net = contractsToExceed(measure(plot, BUYER), { earlier: week, later: roll }, target, on);
    intervene(plot.path, { week, class: BUYER, net }, DEALERS);
  }
  const net = contractsForRecord(measure(plot, BUYER), roll, lookback);
  intervene(plot.path, { week: roll, class: BUYER, net }, DEALERS);
}

/** A ten-year record in the week of the Russell reconstitution, with a larger such week before those ten years. */
export function plantReconstitutionRecord(plot: Plot, schedule: PlantSchedule): void {
  const { reconstitution: week, reconstitutionPredecessor: predecessor } = schedule;
  const lookback = { from: week - TEN_YEARS - 2, factor: RECONSTITUTION_FACTOR };
  const name: CotClass = 'leveraged-fund';
  const target = contractsForRecord(measure(plot, name), week, lookback);
  const large = contractsToExceed(measure(plot, name), { earlier: predecessor, later: week }, target);
  intervene(plot.path, { week: predecessor, class: name, net: large }, DEALERS);
  const net = contractsForRecord(measure(plot, name), week, lookback);
  intervene(plot.path, { week, class: name, net }, DEALERS);
}

/** One contract becomes two of half the size, in a week of ordinary buying. */
export function plantUnitChange(plot: Plot, { unitChange }: PlantSchedule): void {
  const net = 0.5 * usualSize(plot, BUYER, unitChange);
  intervene(plot.path, { week: unitChange, class: BUYER, net }, SELLERS);
  const { multiplier, laterUnit } = plot.path.contract;
  if (laterUnit === null) return;
  plot.path.contractsPerFirst.fill(multiplier / laterUnit.multiplier, unitChange);
}
