import {
  addDays,
  type Instant,
  type IsoDate,
  LOOKBACK_QUARTERS,
  MANAGER_CLASSES,
  type Measure,
  newYorkDate,
  quarterEnd,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import type { FlowSeries, PeriodCalendar } from './flow-series.js';
import { noVolume, type StockAmounts } from './stock-rulers.js';
import { readStockScales, type StockScales } from './stock-scales.js';
import { type StockSeriesOwn, sectorLabel, stockSeries } from './stock-series.js';
import { type KeptOptions, KeptQuarters } from './thirteen-f-kept.js';
import { quarterBefore } from './thirteen-f-panel.js';
import { groupOf, type QuarterSummary, qualityOf, SUMMED_SECTORS, sourcesOf } from './thirteen-f-quarter.js';

/** Quarter ends for which the view knows holdings of anybody. */
async function quartersKnown(view: AsOfView): Promise<IsoDate[]> {
  const rows = await view.query<{ quarter: IsoDate }>(
    `SELECT DISTINCT period_of_report AS quarter FROM filings WHERE period_of_report IS NOT NULL AND entries_read IS NOT NULL
     UNION SELECT DISTINCT quarter_end FROM fund_holdings ORDER BY quarter`,
  );
  return rows.map(({ quarter }) => quarter).filter((day) => quarterEnd(yearOf(day), quarterOf(day)) === day);
}

const yearOf = (day: IsoDate): number => Number(day.slice(0, 4));
const quarterOf = (day: IsoDate): 1 | 2 | 3 | 4 => Math.ceil(Number(day.slice(5, 7)) / 3) as 1 | 2 | 3 | 4;
const endOfNext = (end: IsoDate): IsoDate => {
  const next = addDays(end, 1);
  return quarterEnd(yearOf(next), quarterOf(next));
};

function calendarOf(first: IsoDate, last: IsoDate): PeriodCalendar {
  const periodEnds: IsoDate[] = [];
  for (let end = first; end <= last; end = endOfNext(end)) periodEnds.push(end);
  return {
    name: 'quarter',
    periodStarts: periodEnds.map((end) => addDays(quarterBefore(end), 1)),
    periodEnds,
    lookbackPeriods: LOOKBACK_QUARTERS,
  };
}

/**
 * Quarterly series of basis 13f by sector and class of managers, with the sum over all securities of each class as the
 * series without a sector. A quarter has data where managers of the class are known for it and the quarter before; quarters
 * are read one after another, so memory does not grow with them.
 * @returns empty where the view knows no two quarters
 */
export async function readThirteenFFlows(view: AsOfView, options: KeptOptions = {}): Promise<FlowSeries[]> {
  const known = await quartersKnown(view);
  const ends = known.filter((end) => known.includes(quarterBefore(end)));
  if (ends.length === 0) return [];
  const kept = new KeptQuarters(view, options);
  const summaries = new Map<IsoDate, QuarterSummary>();
  const asOfDay = newYorkDate(view.asOf);
  for (const end of ends) summaries.set(end, await kept.summary(end));
  const calendar = calendarOf(ends[0]!, ends.at(-1)!);
  const quarters = calendar.periodEnds.map((end) => summaries.get(end) ?? null);
  const scales = await readStockScales(view, calendar, SUMMED_SECTORS);
  return SUMMED_SECTORS.flatMap((sector) =>
    MANAGER_CLASSES.filter((name) =>
      quarters.some((quarter) => quarter !== null && groupOf(quarter, sector, name) !== null),
    ).map((name) => seriesOf(quarters, { sector, class: name, asOfDay }, scales)),
  );
}

type Group = ReturnType<typeof groupOf>;

function seriesOf(
  quarters: readonly (QuarterSummary | null)[],
  about: { readonly sector: string | null; readonly class: string; readonly asOfDay: IsoDate },
  scales: StockScales,
): FlowSeries {
  const { sector } = about;
  const group = (period: number): Group => {
    const quarter = quarters[period];
    return quarter ? groupOf(quarter, sector, about.class) : null;
  };
  const own: StockSeriesOwn = {
    basis: '13f',
    class: about.class,
    sector,
    name: `${sector === null ? 'all securities' : sectorLabel(sector)}, Form 13F`,
    inFamily: sector !== null,
    has: (period) => group(period) !== null,
    knownAt: (period) => quarters[period]?.classes[about.class]?.knownAt as Instant,
    sources: (period) => {
      const quarter = quarters[period];
      return quarter ? sourcesOf(quarter, about.class) : [];
    },
    quality: (period) => {
      const quarter = quarters[period];
      return quarter
        ? qualityOf(quarter, about.class, about.asOfDay)
        : { faults: [], remark: 'no holdings of two quarters', broughtRows: 0 };
    },
    breadth: (period, measure) => group(period)?.breadth[measure] ?? null,
  };
  return stockSeries(own, amountsOf(group, sector, scales));
}

const NO_QUARTER =
  'no manager of the class has holdings for this quarter and the one before in the store as known then';

function amountsOf(
  group: (period: number) => Group,
  sector: string | null,
  scales: StockScales,
): StockAmounts {
  return {
    scales,
    names: sector,
    amounts: (measure) =>
      Float64Array.from(scales.calendar.periodEnds, (_, period) => amount(group(period), measure)),
    missing: (period, _, ruler) =>
      group(period) === null && ruler !== 'contracts' && ruler !== 'pctOi' ? NO_QUARTER : null,
    reasons: {
      contracts: 'Form 13F counts shares of many securities, which do not add',
      pctOi: 'shares have no open interest',
      pctAdv: noVolume(sector === null ? 'the listed names' : `${sector} names`, 'quarter'),
      volScaled: 'fewer than 52 earlier quarters to seed the volatility, or no flow this quarter',
    },
  };
}

function amount(group: Group, measure: Measure): number {
  if (group === null) return Number.NaN;
  if (measure !== 'net') return group.longBuy;
  return Math.round((group.longBuy - group.longSell) * 100) / 100;
}
