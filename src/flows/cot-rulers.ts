import {
  type ContractEntry,
  type CotClass,
  type Measure,
  type Ruler,
  roundToCent,
  SECTOR_LABELS,
} from '../core/index.js';
import { volScaled } from '../stats/index.js';
import type { AsOfView } from '../store/index.js';
import { type ConsumerPrices, readConsumerPrices } from './consumer-prices.js';
import { measureSeries } from './cot-legs.js';
import type { CotContractSeries } from './cot-series.js';
import { dollarRulers, NO_CONSUMER_PRICES, NO_VOLATILITY, RULER_UNITS } from './dollar-rulers.js';
import { type DollarVolume, readDollarVolume, volumeOverPeriods } from './dollar-volume.js';
import type { RulerSeries } from './flow-series.js';
import { type GroupValues, readGroupValues, unknownValues } from './sector-values.js';

/** What the scales need besides positions and prices, read once a question. */
export interface ScaleContext {
  readonly consumerPrices: ConsumerPrices | null;
  dollarVolumeOf(entry: ContractEntry | null): DollarVolume | null;
  /** Dollars traded over each period of the calendar at the pace of the 60 trading days before it; NaN = not known. */
  periodVolume(series: CotContractSeries): Float64Array;
  /** Market value of the companies of the contract's index at the start of each period. */
  marketValue(series: CotContractSeries): GroupValues;
}

/** Indexes whose names the store can know: broad ones by all listed names, sector ones by the sector's. */
function volumeKey(entry: ContractEntry | null): string | null | undefined {
  if (entry === null) return undefined;
  if (entry.sector !== null) return entry.sector;
  return entry.index === 'S&P 500' ? null : undefined;
}

/**
 * Indexes whose companies the store can know: the S&P 500 and its sectors. One that only resembles a sector has other
 * companies than the sector, and there is no list of them.
 */
const membersKey = (entry: ContractEntry | null): string | null | undefined =>
  entry?.sectorIsProxy === true ? undefined : volumeKey(entry);

const noMembership = (entry: ContractEntry | null): string =>
  entry === null ? NOT_EQUITY : `the store has no membership of the ${entry.index}`;

const volumeKeys = (entries: readonly (ContractEntry | null)[]): Set<string | null> =>
  new Set(entries.map(volumeKey).filter((key) => key !== undefined));

/** Begins to sum the volumes behind the scales of contracts, so that `readScaleContext` finds them summed. */
export function beginScales(view: AsOfView, entries: readonly (ContractEntry | null)[]): void {
  const [key] = volumeKeys(entries);
  if (key !== undefined) readDollarVolume(view, key).catch(() => undefined);
}

export async function readScaleContext(
  view: AsOfView,
  series: readonly CotContractSeries[],
): Promise<ScaleContext> {
  const volumes = new Map<string | null, DollarVolume | null>();
  for (const key of volumeKeys(series.map(({ entry }) => entry)))
    volumes.set(key, await readDollarVolume(view, key));
  const dollarVolumeOf = (entry: ContractEntry | null): DollarVolume | null => {
    const key = volumeKey(entry);
    return key === undefined ? null : (volumes.get(key) ?? null);
  };
  const { periodStarts } = series[0]?.calendar ?? { periodStarts: [] };
  const members = series.map(({ entry }) => membersKey(entry)).filter((key) => key !== undefined);
  const values = await readGroupValues(view, members, periodStarts);
  const byCalendar = new Map<DollarVolume | null, Float64Array>();
  return {
    consumerPrices: await readConsumerPrices(view),
    dollarVolumeOf,
    periodVolume({ entry, calendar }) {
      const volume = dollarVolumeOf(entry);
      const held = byCalendar.get(volume) ?? volumeOverPeriods(volume, calendar);
      byCalendar.set(volume, held);
      return held;
    },
    marketValue({ entry }) {
      const key = membersKey(entry);
      return key === undefined ? unknownValues(periodStarts.length, noMembership(entry)) : values.get(key)!;
    },
  };
}

const NOT_EQUITY = 'not a US equity index contract';

function productSeries(
  measure: Float64Array,
  factor: (period: number) => number,
  round = false,
): Float64Array {
  return measure.map((value, i) => (round ? roundToCent(value * factor(i)) : value * factor(i)));
}

/** True if the contract has a price anywhere; volScaled and z are of dollars then, of contracts otherwise. */
export function hasDollars(series: CotContractSeries): boolean {
  return series.prices.some((price) => price !== null);
}

function volumeReason(series: CotContractSeries, context: ScaleContext): string {
  const { entry } = series;
  const volume = context.dollarVolumeOf(entry);
  if (entry === null) return NOT_EQUITY;
  const names =
    entry.sector === null ? `the names of the ${entry.index}` : `${SECTOR_LABELS[entry.sector]} names`;
  if (volumeKey(entry) === undefined) return noMembership(entry);
  return volume === null
    ? `the store has no daily closes and volumes for ${names}`
    : `no unbroken 60 trading days of raw closes and volumes before the period for ${names}`;
}

/**
 * The series of one class, leg and scale (measures.md section 3). volScaled is of dollars where the contract has
 * prices, else of contracts.
 */
export function rulerSeries(
  series: CotContractSeries,
  question: { readonly class: CotClass; readonly measure: Measure; readonly ruler: Ruler },
  context: ScaleContext,
): RulerSeries {
  const measure = measureSeries(series, question.class, question.measure);
  const { ruler } = question;
  const dollars = (): Float64Array => productSeries(measure, (i) => series.dollarsPerContract[i]!, true);
  const contracts = (): Float64Array => productSeries(measure, (i) => series.toLatestContracts[i]!);
  const ofDollars = () =>
    dollarRulers(dollars(), {
      periodEnds: series.calendar.periodEnds,
      consumerPrices: context.consumerPrices,
      periodVolume: context.periodVolume(series),
      marketValue: context.marketValue(series).dollars,
    });
  const makers: Record<Ruler, () => Float64Array> = {
    contracts,
    dollars,
    real: () => ofDollars().real(),
    pctOi: () =>
      productSeries(measure, (i) =>
        series.openInterestBefore[i]! > 0 ? 1 / series.openInterestBefore[i]! : Number.NaN,
      ),
    bpsCap: () => ofDollars().bpsCap(),
    pctAdv: () => ofDollars().pctAdv(),
    volScaled: () => (hasDollars(series) ? ofDollars().volScaled() : volScaled(contracts())),
  };
  const reasons: Record<Ruler, (i: number) => string> = {
    contracts: () => 'not known',
    dollars: (i) => series.priceReasons[i] ?? 'no price',
    real: (i) => series.priceReasons[i] ?? NO_CONSUMER_PRICES,
    pctOi: () => 'open interest of the week before is not known',
    bpsCap: (i) => series.priceReasons[i] ?? context.marketValue(series).reasonAt(i),
    pctAdv: (i) => series.priceReasons[i] ?? volumeReason(series, context),
    volScaled: () => NO_VOLATILITY,
  };
  const values = makers[ruler]();
  return {
    values,
    unit: RULER_UNITS[ruler],
    coverage: ruler === 'bpsCap' ? context.marketValue(series).coverage : null,
    reasonAt: (i) => (Number.isNaN(values[i]!) ? (series.flowReasons[i] ?? reasons[ruler](i)) : null),
  };
}
