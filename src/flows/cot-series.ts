import {
  addDays,
  COT_CLASSES,
  type ContractEntry,
  type CotClass,
  contractEntry,
  cotReportDateOfWeek,
  type IsoDate,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import {
  CLASS_COUNT,
  type CotReport,
  daysBetween,
  type PositionHistory,
  type PositionPoint,
  readPositionHistories,
} from './cot-positions.js';
import { type PeriodCalendar, WEEKS_OF_LOOKBACK } from './flow-series.js';
import { IndexLevels, type PriceOnDate } from './levels.js';

/** The weeks that a set of series shares, consecutive, oldest first. Period i is week firstWeek + i. */
export interface CotCalendar extends PeriodCalendar {
  readonly firstWeek: number;
}

/** One contract on the calendar. Element i of every array is period i; NaN or null = not known. */
export interface CotContractSeries {
  readonly code: string;
  readonly report: CotReport;
  /** Null for contracts that are no US equity index. */
  readonly entry: ContractEntry | null;
  readonly name: string;
  readonly calendar: CotCalendar;
  readonly points: readonly (PositionPoint | null)[];
  /** Multiplier of the week before / multiplier of the week; NaN where the flow is not defined. */
  readonly rescale: Float64Array;
  /** Contracts of the latest multiplier per contract of the week's own. */
  readonly toLatestContracts: Float64Array;
  /** US dollars a contract: multiplier x price. */
  readonly dollarsPerContract: Float64Array;
  /** Open interest of the week before in the week's own contracts. */
  readonly openInterestBefore: Float64Array;
  readonly prices: readonly (PriceOnDate | null)[];
  /** Why period i has no flow; null where it has. */
  readonly flowReasons: readonly (string | null)[];
  /** Why period i has no price; null where it has. */
  readonly priceReasons: readonly (string | null)[];
  readonly classes: Readonly<Record<CotClass, CotClassSeries>>;
}

/** Changes of one class in contracts of the week's own multiplier. */
export interface CotClassSeries {
  readonly class: CotClass;
  readonly deltaLong: Float64Array;
  readonly deltaShort: Float64Array;
}

const filled = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);

function makeCalendar(histories: readonly PositionHistory[]): CotCalendar | null {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const observed = new Map<number, IsoDate>();
  for (const history of histories) {
    for (const [week, point] of history.points) {
      first = Math.min(first, week);
      last = Math.max(last, week);
      observed.set(week, point.reportDate);
    }
  }
  if (!Number.isFinite(first)) return null;
  const dateOf = (week: number): IsoDate => observed.get(week) ?? cotReportDateOfWeek(week);
  const periodEnds: IsoDate[] = [];
  const periodStarts: IsoDate[] = [];
  for (let week = first; week <= last; week++) {
    periodEnds.push(dateOf(week));
    periodStarts.push(addDays(dateOf(week - 1), 1));
  }
  return {
    name: 'cftc-week',
    firstWeek: first,
    periodEnds,
    periodStarts,
    lookbackPeriods: WEEKS_OF_LOOKBACK,
  };
}

/** What a contract unit says besides its number: '(NASDAQ 100 INDEX X $20)' and '(... X $100)' are one definition. */
function definitionOf(units: string): string {
  return units.toUpperCase().replace(/[^A-Z]/g, '');
}

/** multiplier(t-1) / multiplier(t), or the reason why the two weeks cannot be compared. */
function rescaleFactor(before: PositionPoint, now: PositionPoint): number | string {
  const days = daysBetween(before.reportDate, now.reportDate);
  if (days > 8) return `the report before is of ${before.reportDate}, ${days} days earlier`;
  if (
    before.grade !== 'brought' &&
    now.grade !== 'brought' &&
    before.contractUnits !== null &&
    now.contractUnits !== null
  ) {
    if (definitionOf(before.contractUnits) !== definitionOf(now.contractUnits))
      return `the contract's definition changed from ${before.contractUnits} to ${now.contractUnits}`;
    if (before.multiplier === null && now.multiplier === null && before.contractUnits !== now.contractUnits)
      return `the contract's unit changed from ${before.contractUnits} to ${now.contractUnits}, which names no multiplier`;
  }
  if (before.multiplier === null && now.multiplier === null) return 1;
  if (before.multiplier === null || now.multiplier === null)
    return 'one of the two weeks names no multiplier';
  return before.multiplier / now.multiplier;
}

function missingReason(points: readonly (PositionPoint | null)[], i: number, end: IsoDate): string {
  if (points[i] === null) return `no report of ${end} is in the store`;
  return points.slice(0, i).some((point) => point !== null)
    ? 'the report of the week before is missing; a hole is never differenced across'
    : 'first week of the contract';
}

function fillPrices(
  entry: ContractEntry | null,
  points: readonly (PositionPoint | null)[],
  levels: IndexLevels,
  arrays: {
    prices: (PriceOnDate | null)[];
    priceReasons: (string | null)[];
    dollarsPerContract: Float64Array;
  },
): void {
  points.forEach((point, i) => {
    if (point === null) {
      arrays.priceReasons[i] = 'no report';
      return;
    }
    if (entry === null || point.multiplier === null) {
      arrays.priceReasons[i] =
        entry === null
          ? 'not a US equity index contract'
          : `its unit ${point.contractUnits ?? ''} names no multiplier`;
      return;
    }
    const found = levels.on(entry, point.reportDate);
    if ('reason' in found) {
      arrays.priceReasons[i] = found.reason;
      return;
    }
    arrays.prices[i] = found;
    arrays.dollarsPerContract[i] = point.multiplier * found.price;
  });
}

function seriesOfContract(
  history: PositionHistory,
  calendar: CotCalendar,
  levels: IndexLevels,
): CotContractSeries {
  const length = calendar.periodEnds.length;
  const points = Array.from({ length }, (_, i) => history.points.get(calendar.firstWeek + i) ?? null);
  const rescale = filled(length);
  const toLatestContracts = filled(length);
  const openInterestBefore = filled(length);
  const dollarsPerContract = filled(length);
  const flowReasons: (string | null)[] = new Array(length).fill(null);
  const priceReasons: (string | null)[] = new Array(length).fill(null);
  const prices: (PriceOnDate | null)[] = new Array(length).fill(null);
  const deltas = COT_CLASSES.map((name) => ({
    class: name,
    deltaLong: filled(length),
    deltaShort: filled(length),
  }));
  const latest = points.findLast((point) => point !== null);
  const entry = contractEntry(history.code);
  fillPrices(entry, points, levels, { prices, priceReasons, dollarsPerContract });
  for (let i = 0; i < length; i++) {
    const now = points[i] ?? null;
    const before = points[i - 1] ?? null;
    if (now !== null)
      toLatestContracts[i] =
        now.multiplier !== null && latest?.multiplier ? now.multiplier / latest.multiplier : 1;
    if (now === null || before === null) {
      flowReasons[i] = missingReason(points, i, calendar.periodEnds[i]!);
      continue;
    }
    const k = rescaleFactor(before, now);
    if (typeof k === 'string') {
      flowReasons[i] = k;
      continue;
    }
    rescale[i] = k;
    if (before.openInterest !== null) openInterestBefore[i] = before.openInterest * k;
    for (let c = 0; c < CLASS_COUNT; c++) {
      deltas[c]!.deltaLong[i] = now.long[c]! - k * before.long[c]!;
      deltas[c]!.deltaShort[i] = now.short[c]! - k * before.short[c]!;
    }
  }
  return {
    code: history.code,
    report: history.report,
    entry,
    name: entry?.name ?? (latest?.contractName || history.code),
    calendar,
    points,
    rescale,
    toLatestContracts,
    dollarsPerContract,
    openInterestBefore,
    prices,
    flowReasons,
    priceReasons,
    classes: Object.fromEntries(deltas.map((delta) => [delta.class, delta])) as CotContractSeries['classes'],
  };
}

/**
 * The weekly series of every asked contract on one shared calendar, from what the view knows (measures.md 2.2).
 * @param codes contract market codes; all of the view if left out
 * @returns empty where the view has no row of them
 */
export async function readCotSeries(
  view: AsOfView,
  question: { readonly report: CotReport; readonly codes?: readonly string[] },
): Promise<CotContractSeries[]> {
  const histories = await readPositionHistories(view, question, cotReportDateOfWeek);
  const calendar = makeCalendar(histories);
  if (calendar === null) return [];
  const levels = new IndexLevels(view);
  await levels.load(
    histories.map((history) => contractEntry(history.code)).filter((entry) => entry !== null),
  );
  return histories.map((history) => seriesOfContract(history, calendar, levels));
}
