import { type ContractEntry, type CotClass, type Measure, type Ruler, SECTOR_LABELS } from '../core/index.js';
import { volScaled } from '../stats/index.js';
import type { AsOfView } from '../store/index.js';
import { type ConsumerPrices, readConsumerPrices } from './consumer-prices.js';
import { measureSeries } from './cot-legs.js';
import type { CotCalendar, CotContractSeries } from './cot-series.js';
import { type DollarVolume, readDollarVolume } from './dollar-volume.js';
import type { RulerSeries } from './flow-series.js';

/** What the scales need besides positions and prices, read once a question. */
export interface ScaleContext {
  readonly consumerPrices: ConsumerPrices | null;
  dollarVolumeOf(entry: ContractEntry | null): DollarVolume | null;
  /** Dollars traded over each period of the calendar at the pace of the 60 trading days before it; NaN = not known. */
  periodVolume(series: CotContractSeries): Float64Array;
}

/** Indexes whose names the store can know: broad ones by all listed names, sector ones by the sector's. */
function volumeKey(entry: ContractEntry | null): string | null | undefined {
  if (entry === null) return undefined;
  if (entry.sector !== null) return entry.sector;
  return entry.index === 'S&P 500' ? null : undefined;
}

export async function readScaleContext(
  view: AsOfView,
  series: readonly CotContractSeries[],
): Promise<ScaleContext> {
  const volumes = new Map<string | null, DollarVolume | null>();
  for (const { entry } of series) {
    const key = volumeKey(entry);
    if (key !== undefined && !volumes.has(key)) volumes.set(key, await readDollarVolume(view, key));
  }
  const dollarVolumeOf = (entry: ContractEntry | null): DollarVolume | null => {
    const key = volumeKey(entry);
    return key === undefined ? null : (volumes.get(key) ?? null);
  };
  const byCalendar = new Map<DollarVolume | null, Float64Array>();
  return {
    consumerPrices: await readConsumerPrices(view),
    dollarVolumeOf,
    periodVolume({ entry, calendar }) {
      const volume = dollarVolumeOf(entry);
      const held = byCalendar.get(volume) ?? adjustedVolume(volume, calendar);
      byCalendar.set(volume, held);
      return held;
    },
  };
}

const UNITS: Readonly<Record<Ruler, string>> = {
  contracts: 'contracts of the latest multiplier',
  dollars: 'US dollars',
  real: 'US dollars of the latest month',
  pctOi: 'share of open interest',
  bpsCap: 'basis points of market value',
  pctAdv: 'share of dollar volume',
  volScaled: 'multiples of its own volatility',
};

const roundCents = (amount: number): number => Math.round(amount * 100) / 100;

function productSeries(
  measure: Float64Array,
  factor: (period: number) => number,
  round = false,
): Float64Array {
  return measure.map((value, i) => (round ? roundCents(value * factor(i)) : value * factor(i)));
}

/** True if the contract has a price anywhere; volScaled and z are of dollars then, of contracts otherwise. */
export function hasDollars(series: CotContractSeries): boolean {
  return series.prices.some((price) => price !== null);
}

function adjustedVolume(volume: DollarVolume | null, calendar: CotCalendar): Float64Array {
  const { periodStarts, periodEnds } = calendar;
  return Float64Array.from(periodEnds, (end, i) => volume?.overPeriod(periodStarts[i]!, end) ?? Number.NaN);
}

function volumeReason(series: CotContractSeries, context: ScaleContext): string {
  const { entry } = series;
  const volume = context.dollarVolumeOf(entry);
  if (entry === null) return 'not a US equity index contract';
  const names =
    entry.sector === null ? `the names of the ${entry.index}` : `${SECTOR_LABELS[entry.sector]} names`;
  if (volumeKey(entry) === undefined) return `the store has no membership of the ${entry.index}`;
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
  const cpi = context.consumerPrices;
  const makers: Record<Ruler, () => Float64Array> = {
    contracts,
    dollars,
    real: () => {
      const nominal = dollars();
      return productSeries(nominal, (i) => cpi?.factor(series.calendar.periodEnds[i]!) ?? Number.NaN);
    },
    pctOi: () =>
      productSeries(measure, (i) =>
        series.openInterestBefore[i]! > 0 ? 1 / series.openInterestBefore[i]! : Number.NaN,
      ),
    bpsCap: () => new Float64Array(measure.length).fill(Number.NaN),
    pctAdv: () => {
      const volume = context.periodVolume(series);
      return productSeries(dollars(), (i) => 1 / volume[i]!);
    },
    volScaled: () => volScaled(hasDollars(series) ? dollars() : contracts()),
  };
  const reasons: Record<Ruler, (i: number) => string> = {
    contracts: () => 'not known',
    dollars: (i) => series.priceReasons[i] ?? 'no price',
    real: (i) => series.priceReasons[i] ?? 'the store has no consumer prices (FRED CPIAUCSL) for that month',
    pctOi: () => 'open interest of the week before is not known',
    bpsCap: () =>
      'the store has no source of shares outstanding, so the market value of the sector is not known',
    pctAdv: (i) => series.priceReasons[i] ?? volumeReason(series, context),
    volScaled: () => 'fewer than 52 earlier weeks to seed the volatility, or no flow this week',
  };
  const values = makers[ruler]();
  return {
    values,
    unit: UNITS[ruler],
    reasonAt: (i) => (Number.isNaN(values[i]!) ? (series.flowReasons[i] ?? reasons[ruler](i)) : null),
  };
}
