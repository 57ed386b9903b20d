import {
  type Instant,
  type Measure,
  type Ruler,
  SECTOR_LABELS,
  SECTORS,
  type Sector,
} from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import { type ConsumerPrices, readConsumerPrices } from './consumer-prices.js';
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
import { UNKNOWN_SECTOR } from './tape-sql.js';
import { dayComplete, readTapeWeeks, type TapeCell, type TapeGroup, type TapeWeeks } from './tape-weeks.js';

const NO_LEGS = 'the tape does not tell whether a purchase opens a long or covers a short';
const NO_FUTURES = 'prints of stocks have no contracts and no open interest';
/** Above this share of crossed quotes the kind of quotes is probably not what was declared. */
const MOST_CROSSED = 0.05;

interface TapeScales {
  readonly consumerPrices: ConsumerPrices | null;
  /** By sector, null = all listed names. */
  readonly periodVolume: ReadonlyMap<string | null, Float64Array>;
}

async function readScales(view: AsOfView, { calendar, groups }: TapeWeeks): Promise<TapeScales> {
  const periodVolume = new Map<string | null, Float64Array>();
  for (const { sector } of groups) {
    if (periodVolume.has(sector)) continue;
    const volume = sector === UNKNOWN_SECTOR ? null : await readDollarVolume(view, sector);
    periodVolume.set(sector, volumeOverPeriods(volume, calendar));
  }
  return { consumerPrices: await readConsumerPrices(view), periodVolume };
}

function amountOf({ buy, net }: TapeCell, measure: Measure): number {
  if (measure === 'longBuy') return Number.NaN;
  return measure === 'net' ? net : buy;
}

/** A week that the tape covers whole and in which the class has no print is a flow of zero. */
function amountsOf(group: TapeGroup, weeks: TapeWeeks, measure: Measure): Float64Array {
  return Float64Array.from(weeks.calendar.periodEnds, (_, period) => {
    if (weeks.missing(period).length > 0 || measure === 'longBuy') return Number.NaN;
    const cell = group.cells.get(period);
    return cell === undefined ? 0 : amountOf(cell, measure);
  });
}

function reasonOf(ruler: Ruler, sector: string | null): string {
  if (ruler === 'contracts' || ruler === 'pctOi') return NO_FUTURES;
  if (ruler === 'bpsCap') return NO_MARKET_VALUE;
  if (ruler === 'real') return NO_CONSUMER_PRICES;
  if (ruler === 'volScaled') return NO_VOLATILITY;
  return sector === UNKNOWN_SECTOR
    ? 'names without a sector have no dollar volume of their own'
    : `no unbroken 60 trading days of raw closes and volumes before the period for ${sector ?? 'all'} names`;
}

function rulerOf(
  group: TapeGroup,
  weeks: TapeWeeks,
  scales: TapeScales,
  [measure, ruler]: readonly [Measure, Ruler],
): RulerSeries {
  const { periodEnds } = weeks.calendar;
  const dollars = amountsOf(group, weeks, measure);
  const of = dollarRulers(dollars, {
    periodEnds,
    consumerPrices: scales.consumerPrices,
    periodVolume: scales.periodVolume.get(group.sector)!,
  });
  const missing = (): Float64Array => new Float64Array(periodEnds.length).fill(Number.NaN);
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
      if (measure === 'longBuy') return NO_LEGS;
      const days = weeks.missing(period);
      return days.length > 0 ? `the tape has no print of ${days.join(', ')}` : reasonOf(ruler, group.sector);
    },
  };
}

function breadthOf(group: TapeGroup, period: number, measure: Measure): NameBreadth | null {
  const cell = group.cells.get(period);
  if (cell === undefined || measure === 'longBuy') return null;
  const { buyers, largest } = cell.breadth[measure];
  const total = amountOf(cell, measure);
  const five = largest.reduce((sum, one) => sum + one, 0);
  return {
    buyers: buyers / cell.names,
    names: cell.names,
    topFive: total > 0 ? five / total : null,
    withoutLargest: total - (largest[0] ?? 0),
  };
}

/** Names on the tape in a period: the most on a day and the fewest. */
function namesOf(weeks: TapeWeeks, period: number): { readonly most: number; readonly fewest: number } {
  const names = weeks.days(period).map((day) => day.names);
  return { most: Math.max(0, ...names), fewest: Math.min(...names) };
}

function qualityOf(group: TapeGroup, weeks: TapeWeeks, period: number): DataQuality {
  const faults: string[] = [];
  const restated = group.cells.get(period)?.restated ?? 0;
  if (restated > 0) faults.push(`figures of ${restated} names were restated by a later import`);
  const now = namesOf(weeks, period);
  if (now.most !== now.fewest)
    faults.push(`the tape has ${now.most} names on one day of the week and ${now.fewest} on another`);
  const before = period === 0 ? now : namesOf(weeks, period - 1);
  if (before.most !== now.most)
    faults.push(`the tape has ${now.most} names in the week and had ${before.most} in the one before`);
  const days = weeks.days(period);
  const signable = days.reduce((sum, day) => sum + day.signable, 0);
  const crossed = days.reduce((sum, day) => sum + day.metCrossed, 0);
  if (crossed > MOST_CROSSED * signable)
    faults.push(`${((100 * crossed) / signable).toFixed(1)} % of the prints met a crossed quote`);
  return {
    faults,
    remark: `who initiated a trade is inferred from quotes and earlier prices; the tape covers ${now.most} names`,
    broughtRows: 0,
  };
}

const CLASS_WORDS: Readonly<Record<string, string>> = {
  retail: 'identified retail prints',
  block: 'large prints',
  other: 'other prints',
};

const sectorLabel = (sector: string): string =>
  SECTORS.some((known) => known === sector) ? SECTOR_LABELS[sector as Sector] : sector;

function seriesOf(group: TapeGroup, weeks: TapeWeeks, scales: TapeScales): FlowSeries {
  const { calendar } = weeks;
  const words = CLASS_WORDS[group.class] ?? group.class;
  return {
    basis: 'tape',
    class: group.class,
    sector: group.sector,
    sectorIsProxy: false,
    contract: null,
    symbol: null,
    name: group.sector === null ? words : `${words} in ${sectorLabel(group.sector)}`,
    inFamily: group.sector !== UNKNOWN_SECTOR,
    calendar,
    mainRuler: 'dollars',
    has: (period) => period < calendar.periodEnds.length && weeks.missing(period).length === 0,
    ruler: cachedRulers((measure, ruler) => rulerOf(group, weeks, scales, [measure, ruler])),
    knownAt: (period) =>
      Math.max(dayComplete(calendar.periodEnds[period]!), group.cells.get(period)?.knownAt ?? 0) as Instant,
    sources: (period) => group.cells.get(period)?.sources ?? [],
    quality: (period) => qualityOf(group, weeks, period),
    breadth: (period, measure) => breadthOf(group, period, measure),
  };
}

/**
 * The weekly series of basis tape: every class of prints that is signed, in every sector and over all. A week counts once each
 * of its trading days is on the tape.
 * @returns empty where the view holds no week of tape that is over
 */
export async function readTapeFlows(view: AsOfView): Promise<FlowSeries[]> {
  const weeks = await readTapeWeeks(view);
  if (weeks === null) return [];
  const scales = await readScales(view, weeks);
  return weeks.groups.map((group) => seriesOf(group, weeks, scales));
}
