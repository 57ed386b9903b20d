import type { AsOfView } from '../store/index.js';
import { type ConsumerPrices, readConsumerPrices } from './consumer-prices.js';
import { readDollarVolume, volumeOverPeriods } from './dollar-volume.js';
import type { PeriodCalendar } from './flow-series.js';
import { type GroupValues, readGroupValues, unknownValues } from './sector-values.js';

/** The names a series is measured against: those of a sector, all listed ones (null), or none (undefined). */
export type NamesBehind = string | null | undefined;

/** What the scales of dollars in stocks need besides the dollars, read once a question. */
export interface StockScales {
  readonly calendar: PeriodCalendar;
  readonly consumerPrices: ConsumerPrices | null;
  /** Dollars traded over each period at the pace before it; NaN = not known. */
  periodVolume(names: NamesBehind): Float64Array;
  /** Market value of the names at the start of each period. */
  marketValue(names: NamesBehind): GroupValues;
}

const NO_COMPANIES = 'the series stands for no list of companies whose market value could be taken';

/** @param behind every group of names that will be asked for; repeated ones are read once */
export async function readStockScales(
  view: AsOfView,
  calendar: PeriodCalendar,
  behind: Iterable<NamesBehind>,
): Promise<StockScales> {
  const groups = [...new Set(behind)];
  const volumes = new Map<NamesBehind, Float64Array>();
  for (const names of groups) {
    const volume = names === undefined ? null : await readDollarVolume(view, names);
    volumes.set(names, volumeOverPeriods(volume, calendar));
  }
  const values = await readGroupValues(
    view,
    groups.filter((names) => names !== undefined),
    calendar.periodStarts,
  );
  const none = unknownValues(calendar.periodStarts.length, NO_COMPANIES);
  return {
    calendar,
    consumerPrices: await readConsumerPrices(view),
    periodVolume: (names) => volumes.get(names)!,
    marketValue: (names) => (names === undefined ? none : values.get(names)!),
  };
}
