import {
  addDays,
  type Instant,
  type IsoDate,
  LOOKBACK_QUARTERS,
  MANAGER_CLASSES,
  type Measure,
  newYorkDate,
  quarterEnd,
  type Ruler,
  SECTOR_LABELS,
  type Sector,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { type ConsumerPrices, readConsumerPrices } from './consumer-prices.js';
import {
  type DollarRulers,
  dollarRulers,
  NO_CONSUMER_PRICES,
  NO_MARKET_VALUE,
  RULER_UNITS,
} from './dollar-rulers.js';
import { type DollarVolume, readDollarVolume } from './dollar-volume.js';
import { cachedRulers, type FlowSeries, type PeriodCalendar, type RulerSeries } from './flow-series.js';
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

interface Scales {
  readonly consumerPrices: ConsumerPrices | null;
  readonly volumes: ReadonlyMap<string | null, DollarVolume | null>;
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
  const volumes = new Map<string | null, DollarVolume | null>();
  for (const sector of SUMMED_SECTORS) volumes.set(sector, await readDollarVolume(view, sector));
  const scales = { consumerPrices: await readConsumerPrices(view), volumes };
  return SUMMED_SECTORS.flatMap((sector) =>
    MANAGER_CLASSES.filter((name) =>
      quarters.some((quarter) => quarter !== null && groupOf(quarter, sector, name) !== null),
    ).map((name) => seriesOf(calendar, quarters, { sector, class: name, asOfDay }, scales)),
  );
}

function seriesOf(
  calendar: PeriodCalendar,
  quarters: readonly (QuarterSummary | null)[],
  about: { readonly sector: string | null; readonly class: string; readonly asOfDay: IsoDate },
  scales: Scales,
): FlowSeries {
  const { sector } = about;
  const group = (period: number) => {
    const quarter = quarters[period];
    return quarter ? groupOf(quarter, sector, about.class) : null;
  };
  const label = sector === null ? 'all securities' : SECTOR_LABELS[sector as Sector];
  return {
    basis: '13f',
    class: about.class,
    sector,
    sectorIsProxy: false,
    contract: null,
    symbol: null,
    name: `${label}, Form 13F`,
    inFamily: sector !== null,
    calendar,
    mainRuler: 'dollars',
    has: (period) => group(period) !== null,
    ruler: cachedRulers((measure, ruler) => {
      const dollars = Float64Array.from(quarters, (_, period) => amount(group(period), measure));
      return rulerOf(dollars, ruler, calendar, sector, scales);
    }),
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
}

function amount(group: { longBuy: number; longSell: number } | null, measure: Measure): number {
  if (group === null) return Number.NaN;
  if (measure !== 'net') return group.longBuy;
  return Math.round((group.longBuy - group.longSell) * 100) / 100;
}

const NO_QUARTER =
  'no manager of the class has holdings for this quarter and the one before in the store as known then';

function rulerOf(
  dollars: Float64Array,
  ruler: Ruler,
  { periodStarts, periodEnds }: PeriodCalendar,
  sector: string | null,
  { consumerPrices, volumes }: Scales,
): RulerSeries {
  const volume = volumes.get(sector) ?? null;
  const periodVolume = Float64Array.from(
    periodEnds,
    (end, i) => volume?.overPeriod(periodStarts[i]!, end) ?? Number.NaN,
  );
  const rulers: DollarRulers = dollarRulers(dollars, { periodEnds, consumerPrices, periodVolume });
  const nothing = () => new Float64Array(dollars.length).fill(Number.NaN);
  const makers: Record<Ruler, readonly [() => Float64Array, string]> = {
    contracts: [nothing, 'Form 13F counts shares of many securities, which do not add'],
    dollars: [() => dollars, NO_QUARTER],
    real: [rulers.real, NO_CONSUMER_PRICES],
    pctOi: [nothing, 'shares have no open interest'],
    bpsCap: [nothing, NO_MARKET_VALUE],
    pctAdv: [
      rulers.pctAdv,
      `no unbroken 60 trading days of raw closes and volumes before the quarter for ${sector === null ? 'the listed names' : `${sector} names`}`,
    ],
    volScaled: [
      rulers.volScaled,
      'fewer than 52 earlier quarters to seed the volatility, or no flow this quarter',
    ],
  };
  const [make, reason] = makers[ruler];
  const values = make();
  return {
    values,
    unit: RULER_UNITS[ruler],
    reasonAt: (period) => {
      if (!Number.isNaN(values[period]!)) return null;
      return Number.isNaN(dollars[period]!) && ruler !== 'contracts' && ruler !== 'pctOi'
        ? NO_QUARTER
        : reason;
    },
  };
}
