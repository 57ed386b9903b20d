import type { Instant, Measure } from '../core/index.js';
import type { AsOfView } from '../store/index.js';
import type { DataQuality, FlowSeries, NameBreadth } from './flow-series.js';
import { dayComplete } from './market-weeks.js';
import { NO_SECTOR_VOLUME, noVolume, type StockAmounts } from './stock-rulers.js';
import { type NamesBehind, readStockScales, type StockScales } from './stock-scales.js';
import { nameBreadth, type StockSeriesOwn, sectorLabel, stockSeries } from './stock-series.js';
import { UNKNOWN_SECTOR } from './tape-sql.js';
import { readTapeWeeks, type TapeCell, type TapeGroup, type TapeWeeks } from './tape-weeks.js';

const NO_LEGS = 'the tape does not tell whether a purchase opens a long or covers a short';
const NO_FUTURES = 'prints of stocks have no contracts and no open interest';
/** Above this share of crossed quotes the kind of quotes is probably not what was declared. */
const MOST_CROSSED = 0.05;

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

function breadthOf(group: TapeGroup, period: number, measure: Measure): NameBreadth | null {
  const cell = group.cells.get(period);
  if (cell === undefined || measure === 'longBuy') return null;
  const { buyers, largest, names } = cell;
  return nameBreadth({ buyers, largest: largest[measure] }, names, amountOf(cell, measure));
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

const namesBehind = ({ sector }: TapeGroup): NamesBehind => (sector === UNKNOWN_SECTOR ? undefined : sector);

function stockAmounts(group: TapeGroup, weeks: TapeWeeks, scales: StockScales): StockAmounts {
  const { sector } = group;
  const isUnknown = sector === UNKNOWN_SECTOR;
  return {
    scales,
    names: namesBehind(group),
    amounts: (measure) => amountsOf(group, weeks, measure),
    missing(period, measure) {
      if (measure === 'longBuy') return NO_LEGS;
      const days = weeks.missing(period);
      return days.length > 0 ? `the tape has no print of ${days.join(', ')}` : null;
    },
    reasons: {
      contracts: NO_FUTURES,
      pctOi: NO_FUTURES,
      pctAdv: isUnknown ? NO_SECTOR_VOLUME : noVolume(`${sector ?? 'all'} names`, 'period'),
    },
  };
}

function seriesOf(group: TapeGroup, weeks: TapeWeeks, scales: StockScales): FlowSeries {
  const { periodEnds } = weeks.calendar;
  const words = CLASS_WORDS[group.class] ?? group.class;
  const own: StockSeriesOwn = {
    basis: 'tape',
    class: group.class,
    sector: group.sector,
    name: group.sector === null ? words : `${words} in ${sectorLabel(group.sector)}`,
    inFamily: group.sector !== UNKNOWN_SECTOR,
    has: (period) => period < periodEnds.length && weeks.missing(period).length === 0,
    knownAt: (period) =>
      Math.max(dayComplete(periodEnds[period]!), group.cells.get(period)?.knownAt ?? 0) as Instant,
    sources: (period) => group.cells.get(period)?.sources ?? [],
    quality: (period) => qualityOf(group, weeks, period),
    breadth: (period, measure) => breadthOf(group, period, measure),
  };
  return stockSeries(own, stockAmounts(group, weeks, scales));
}

/**
 * The weekly series of basis tape: every class of prints that is signed, in every sector and over all. A week counts once each
 * of its trading days is on the tape.
 * @returns empty where the view holds no week of tape that is over
 */
export async function readTapeFlows(view: AsOfView): Promise<FlowSeries[]> {
  const weeks = await readTapeWeeks(view);
  if (weeks === null) return [];
  const scales = await readStockScales(view, weeks.calendar, weeks.groups.map(namesBehind));
  return weeks.groups.map((group) => seriesOf(group, weeks, scales));
}
