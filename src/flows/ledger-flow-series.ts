import {
  type Instant,
  isTradingDay,
  type Measure,
  nextTradingDay,
  type Ruler,
  SECTOR_LABELS,
  SECTORS,
  type Sector,
  weekNumber,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { type ConsumerPrices, readConsumerPrices } from './consumer-prices.js';
import type { Legs } from './cot-legs.js';
import { measureOf } from './cot-legs.js';
import {
  dollarRulers,
  NO_CONSUMER_PRICES,
  NO_MARKET_VALUE,
  NO_VOLATILITY,
  RULER_UNITS,
} from './dollar-rulers.js';
import { readDollarVolume, volumeOverPeriods } from './dollar-volume.js';
import {
  cachedRulers,
  type DataQuality,
  type FlowSeries,
  type NameBreadth,
  type RulerSeries,
} from './flow-series.js';
import { centsOf, type LargestPrints, readLargestPrints, recordsWith } from './ledger-prints.js';
import { UNCLASSIFIED } from './ledger-sql.js';
import { type LedgerGroup, type LedgerWeeks, readLedgerWeeks, weekComplete } from './ledger-weeks.js';

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

interface LedgerScales {
  readonly consumerPrices: ConsumerPrices | null;
  /** By sector, null = all listed names. */
  readonly periodVolume: ReadonlyMap<string | null, Float64Array>;
}

async function readScales(view: AsOfView, weeks: LedgerWeeks): Promise<LedgerScales> {
  const periodVolume = new Map<string | null, Float64Array>();
  for (const { sector } of weeks.groups) {
    if (periodVolume.has(sector)) continue;
    const volume = sector === UNCLASSIFIED ? null : await readDollarVolume(view, sector);
    periodVolume.set(sector, volumeOverPeriods(volume, weeks.calendar));
  }
  return { consumerPrices: await readConsumerPrices(view), periodVolume };
}

/** Why a figure of the scale is missing although the week has a flow. */
function reasonOf(ruler: Ruler, sector: string | null): string {
  if (ruler === 'contracts' || ruler === 'pctOi') return NO_FUTURES;
  if (ruler === 'bpsCap') return NO_MARKET_VALUE;
  if (ruler === 'real') return NO_CONSUMER_PRICES;
  if (ruler === 'volScaled') return NO_VOLATILITY;
  return sector === UNCLASSIFIED
    ? 'names without a sector have no dollar volume of their own'
    : `no unbroken 60 trading days of raw closes and volumes before the period for ${sector ?? 'all'} names`;
}

function rulerOf(
  group: LedgerGroup,
  { calendar }: LedgerWeeks,
  scales: LedgerScales,
  [measure, ruler]: readonly [Measure, Ruler],
): RulerSeries {
  const periods = calendar.periodEnds.length;
  const dollars = centsOf(group, periods, measure).map((cents) => cents / 100);
  const of = dollarRulers(dollars, {
    periodEnds: calendar.periodEnds,
    consumerPrices: scales.consumerPrices,
    periodVolume: scales.periodVolume.get(group.sector)!,
  });
  const missing = (): Float64Array => new Float64Array(periods).fill(Number.NaN);
  const makers: Record<Ruler, () => Float64Array> = {
    ...of,
    dollars: () => dollars,
    contracts: missing,
    pctOi: missing,
    bpsCap: missing,
  };
  const values = makers[ruler]();
  return {
    values,
    unit: RULER_UNITS[ruler],
    reasonAt(period) {
      if (!Number.isNaN(values[period]!)) return null;
      return period < group.firstPeriod
        ? `the ledger has no ${group.class} execution up to then`
        : reasonOf(ruler, group.sector);
    },
  };
}

/** Purchases are told by name; where the week has none, its one figure, 0, is spread over no name. */
function breadthOf(group: LedgerGroup, period: number, measure: Measure): NameBreadth | null {
  const cell = group.cells.get(period);
  if (cell === undefined) return null;
  const { buyers, largest } = cell.breadth[measure];
  const total = measureOf(cell.legs, measure);
  const five = largest.reduce((sum, cents) => sum + cents, 0);
  return {
    buyers: buyers / cell.names,
    names: cell.names,
    topFive: total > 0 ? five / total : null,
    withoutLargest: (total - (largest[0] ?? 0)) / 100,
  };
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

const sectorLabel = (sector: string): string =>
  SECTORS.some((known) => known === sector) ? SECTOR_LABELS[sector as Sector] : sector;

function seriesOf(
  group: LedgerGroup,
  weeks: LedgerWeeks,
  scales: LedgerScales,
  largest: ReadonlyMap<number, LargestPrints> | undefined,
): LedgerFlowSeries {
  const { calendar } = weeks;
  const periods = calendar.periodEnds.length;
  return {
    basis: 'ledger',
    class: group.class,
    sector: group.sector,
    sectorIsProxy: false,
    contract: null,
    symbol: null,
    name: group.sector === null ? 'all executions' : `executions in ${sectorLabel(group.sector)}`,
    inFamily: group.sector !== UNCLASSIFIED,
    calendar,
    mainRuler: 'dollars',
    has: (period) => period >= group.firstPeriod && period < periods,
    ruler: cachedRulers((measure, ruler) => rulerOf(group, weeks, scales, [measure, ruler])),
    knownAt: (period) =>
      Math.max(weekComplete(calendar.periodEnds[period]!), group.cells.get(period)?.knownAt ?? 0) as Instant,
    sources: (period) => group.cells.get(period)?.sources ?? [],
    quality: (period, measure = 'net') =>
      qualityOf(group, weeks, { period, periods, measure }, largest?.get(period)),
    breadth: (period, measure) => breadthOf(group, period, measure),
    legs: (period) => (period < group.firstPeriod ? null : (group.cells.get(period)?.legs ?? NO_LEGS)),
  };
}

/**
 * The weekly series of basis ledger: every class in every sector and over all sectors, and the same of all institutions
 * together. A week counts once it is complete; within the span of a class a week without executions is a flow of zero.
 * @returns empty where the view holds no complete week of executions
 */
export async function readLedgerFlows(view: AsOfView): Promise<LedgerFlowSeries[]> {
  const weeks = await readLedgerWeeks(view);
  if (weeks === null) return [];
  const scales = await readScales(view, weeks);
  const largest = await readLargestPrints(view, weeks);
  return weeks.groups.map((group) => seriesOf(group, weeks, scales, largest.get(group)));
}
