import { SECTOR_LABELS, SECTORS, type Sector } from '../core/index.js';
import type { FlowSeries, NameBreadth } from './flow-series.js';
import { type StockAmounts, stockRulers } from './stock-rulers.js';

type Shared = 'contract' | 'symbol' | 'sectorIsProxy' | 'calendar' | 'mainRuler' | 'ruler';

/** What is a basis's own of a series. */
export type StockSeriesOwn = Omit<FlowSeries, Shared> & Partial<Pick<FlowSeries, 'symbol' | 'sectorIsProxy'>>;

/** A series of dollars in stocks: what all bases but cot share, around what is one's own. */
export function stockSeries(own: StockSeriesOwn, amounts: StockAmounts): FlowSeries {
  return {
    contract: null,
    symbol: null,
    sectorIsProxy: false,
    ...own,
    calendar: amounts.scales.calendar,
    mainRuler: 'dollars',
    ruler: stockRulers(amounts),
  };
}

/** A sector in words; what is none of the eleven as it stands. */
export const sectorLabel = (sector: string): string =>
  SECTORS.some((known) => known === sector) ? SECTOR_LABELS[sector as Sector] : sector;

/**
 * How a period's total of a measure is spread over names.
 * @param spread names with net > 0, whatever the measure, and its five largest names in the unit of the total
 */
export function nameBreadth(
  { buyers, largest }: { readonly buyers: number; readonly largest: readonly number[] },
  names: number,
  total: number,
): NameBreadth {
  const five = largest.reduce((sum, one) => sum + one, 0);
  return {
    buyers: buyers / names,
    names,
    topFive: total > 0 ? five / total : null,
    withoutLargest: total - (largest[0] ?? 0),
  };
}
