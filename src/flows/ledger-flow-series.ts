import { type Instant, isTradingDay, type Measure, nextTradingDay, weekNumber } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import type { Legs } from './cot-legs.js';
import { measureOf } from './cot-legs.js';
import type { DataQuality, FlowSeries, NameBreadth } from './flow-series.js';
import { centsOf, type LargestPrints, readLargestPrints, recordsWith } from './ledger-prints.js';
import { UNCLASSIFIED } from './ledger-sql.js';
import { type LedgerGroup, type LedgerWeeks, readLedgerWeeks } from './ledger-weeks.js';
import { dayComplete } from './market-weeks.js';
import { NO_SECTOR_VOLUME, noVolume, type StockAmounts } from './stock-rulers.js';
import { type NamesBehind, readStockScales, type StockScales } from './stock-scales.js';
import { nameBreadth, type StockSeriesOwn, sectorLabel, stockSeries } from './stock-series.js';

/** Set-aside rows that a fault names one by one. */
const NAMED_ROWS = 5;

/** A series of basis ledger, with the legs behind its measures. */
export interface LedgerFlowSeries extends FlowSeries {
  readonly basis: 'ledger';
  /** Legs of the period in whole cents; null before the first week of the class. */
  legs(period: number): Legs | null;
}

const NO_LEGS: Legs = { longBuy: 0, longSell: 0, shortSell: 0, shortCover: 0 };
const NO_FUTURES = 'executions of stocks have no contracts and no open interest';

/** Purchases are told by name; where the week has none, its one figure, 0, is spread over no name. */
function breadthOf(group: LedgerGroup, period: number, measure: Measure): NameBreadth | null {
  const cell = group.cells.get(period);
  if (cell === undefined) return null;
  const { buyers, largest, names, legs } = cell;
  const breadth = nameBreadth({ buyers, largest: largest[measure] }, names, measureOf(legs, measure));
  return { ...breadth, withoutLargest: breadth.withoutLargest / 100 };
}

/** What is missing at the ends of the ledger: its first or last week begins or ends without it. */
function edgeFaults({ calendar, first, last }: LedgerWeeks, period: number): string[] {
  const faults: string[] = [];
  const start = calendar.periodStarts[period]!;
  const firstSession = isTradingDay(start) ? start : nextTradingDay(start);
  if (period === 0 && first > firstSession) faults.push(`the ledger begins on ${first}, within the week`);
  const end = calendar.periodEnds[period]!;
  if (weekNumber(last) === weekNumber(end) && last < end)
    faults.push(`the ledger ends on ${last}, within the week`);
  return faults;
}

function printsFault(
  group: LedgerGroup,
  question: { readonly period: number; readonly periods: number; readonly measure: Measure },
  largest: LargestPrints | undefined,
): string[] {
  if (largest === undefined) return [];
  const { period, periods, measure } = question;
  const cents = centsOf(group, periods, measure);
  const value = cents[period]!;
  const without = value - measureOf(largest.legs, measure);
  if (recordsWith(cents, period, without) >= recordsWith(cents, period, value)) return [];
  const share = `${largest.dropped} of ${group.cells.get(period)!.prints}`;
  return [`without the largest 1 % of its prints (${share}) the week is no such record`];
}

function qualityOf(
  group: LedgerGroup,
  weeks: LedgerWeeks,
  question: { readonly period: number; readonly periods: number; readonly measure: Measure },
  largest: LargestPrints | undefined,
): DataQuality {
  const { period } = question;
  const cell = group.cells.get(period);
  const setAside = weeks.setAside.get(period) ?? [];
  const faults = [...edgeFaults(weeks, period)];
  if (setAside.length > 0) {
    const named = setAside.slice(0, NAMED_ROWS).join('; ');
    faults.push(
      `${setAside.length} executions of the week were set aside (${named}${setAside.length > NAMED_ROWS ? '; ...' : ''})`,
    );
  }
  if (cell !== undefined && cell.revised > 0) faults.push(`${cell.revised} of its executions were revised`);
  if (cell !== undefined && cell.crossed > 0)
    faults.push(
      `${cell.crossed} purchases of accounts that were short or short sales of accounts that were long stand in the wrong leg`,
    );
  faults.push(...printsFault(group, question, largest));
  return { faults, remark: remarkOf(group, weeks, period), broughtRows: cell?.prints ?? 0 };
}

function remarkOf(group: LedgerGroup, weeks: LedgerWeeks, period: number): string {
  const { uncovered, pairs } = weeks.uncoveredSales(group.class, period);
  return uncovered === 0
    ? 'executions are brought, not published'
    : `executions are brought, not published; in ${uncovered} of ${pairs} pairs of account and symbol plain sales exceed purchases so far: shares held before the ledger, or short sales booked as sales`;
}

function amountsOf(group: LedgerGroup, scales: StockScales): StockAmounts {
  const { class: name, sector, firstPeriod } = group;
  const isUnclassified = sector === UNCLASSIFIED;
  const periods = scales.calendar.periodEnds.length;
  return {
    scales,
    names: namesBehind(group),
    amounts: (measure) => centsOf(group, periods, measure).map((cents) => cents / 100),
    missing: (period) => (period < firstPeriod ? `the ledger has no ${name} execution up to then` : null),
    reasons: {
      contracts: NO_FUTURES,
      pctOi: NO_FUTURES,
      pctAdv: isUnclassified ? NO_SECTOR_VOLUME : noVolume(`${sector ?? 'all'} names`, 'period'),
    },
  };
}

function seriesOf(
  group: LedgerGroup,
  weeks: LedgerWeeks,
  scales: StockScales,
  largest: ReadonlyMap<number, LargestPrints> | undefined,
): LedgerFlowSeries {
  const { periodEnds } = weeks.calendar;
  const periods = periodEnds.length;
  const own: StockSeriesOwn = {
    basis: 'ledger',
    class: group.class,
    sector: group.sector,
    name: group.sector === null ? 'all executions' : `executions in ${sectorLabel(group.sector)}`,
    inFamily: group.sector !== UNCLASSIFIED,
    has: (period) => period >= group.firstPeriod && period < periods,
    knownAt: (period) =>
      Math.max(dayComplete(periodEnds[period]!), group.cells.get(period)?.knownAt ?? 0) as Instant,
    sources: (period) => group.cells.get(period)?.sources ?? [],
    quality: (period, measure = 'net') =>
      qualityOf(group, weeks, { period, periods, measure }, largest?.get(period)),
    breadth: (period, measure) => breadthOf(group, period, measure),
  };
  return {
    ...stockSeries(own, amountsOf(group, scales)),
    basis: 'ledger',
    legs: (period) => (period < group.firstPeriod ? null : (group.cells.get(period)?.legs ?? NO_LEGS)),
  };
}

const namesBehind = ({ sector }: LedgerGroup): NamesBehind => (sector === UNCLASSIFIED ? undefined : sector);

/**
 * The weekly series of basis ledger: every class in every sector and over all sectors, and the same of all institutions
 * together. A week counts once it is complete; within the span of a class a week without executions is a flow of zero.
 * @returns empty where the view holds no complete week of executions
 */
export async function readLedgerFlows(view: AsOfView): Promise<LedgerFlowSeries[]> {
  const weeks = await readLedgerWeeks(view);
  if (weeks === null) return [];
  const scales = await readStockScales(view, weeks.calendar, weeks.groups.map(namesBehind));
  const largest = await readLargestPrints(view, weeks);
  return weeks.groups.map((group) => seriesOf(group, weeks, scales, largest.get(group)));
}
