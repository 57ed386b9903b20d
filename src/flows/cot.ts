import {
  COT_CLASSES,
  type CotClass,
  type CotFlowRow,
  type FlowRow,
  formatInstant,
  type Instant,
  roundToCent,
  type SourceRef,
} from '../core/index.js';
import { legsOf, measureOf } from './cot-legs.js';
import { hasDollars, rulerSeries, type ScaleContext } from './cot-rulers.js';
import type { CotContractSeries } from './cot-series.js';
import { coverageOf } from './series-scales.js';
import { type ZScales, zScales } from './z-scales.js';

type Dollars = Pick<
  FlowRow,
  | 'longBuy'
  | 'longSell'
  | 'shortSell'
  | 'shortCover'
  | 'grossBuy'
  | 'grossSell'
  | 'net'
  | 'gross'
  | 'grossing'
  | 'buyRatio'
>;

const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

const NO_DOLLARS: Dollars = {
  longBuy: null,
  longSell: null,
  shortSell: null,
  shortCover: null,
  grossBuy: null,
  grossSell: null,
  net: null,
  gross: null,
  grossing: null,
  buyRatio: null,
};

/** The ten dollar figures of a flow row from its legs in contracts (measures.md section 2). */
function dollarsOf(deltaLong: number, deltaShort: number, dollarsPerContract: number): Dollars {
  if (Number.isNaN(deltaLong) || Number.isNaN(dollarsPerContract)) return NO_DOLLARS;
  const legs = legsOf(deltaLong, deltaShort);
  const longBuy = roundToCent(legs.longBuy * dollarsPerContract);
  const longSell = roundToCent(legs.longSell * dollarsPerContract);
  const shortSell = roundToCent(legs.shortSell * dollarsPerContract);
  const shortCover = roundToCent(legs.shortCover * dollarsPerContract);
  return {
    longBuy,
    longSell,
    shortSell,
    shortCover,
    grossBuy: roundToCent(longBuy + shortCover),
    grossSell: roundToCent(longSell + shortSell),
    net: roundToCent(measureOf({ longBuy, longSell, shortSell, shortCover }, 'net')),
    gross: roundToCent(longBuy + shortCover + longSell + shortSell),
    grossing: roundToCent(longBuy + shortSell - longSell - shortCover),
    buyRatio: shortCover === 0 ? null : longBuy / shortCover,
  };
}

/** Every scale of a class's net, over the calendar. */
interface NetScales extends ZScales {
  readonly contracts: Float64Array;
  readonly real: Float64Array;
  readonly pctOi: Float64Array;
  readonly bpsCap: Float64Array;
  readonly pctAdv: Float64Array;
  readonly volScaled: Float64Array;
  /** What bpsCap rests on. */
  readonly coverage: string | null | undefined;
  reason(field: string, period: number): string;
}

function netScales(
  series: CotContractSeries,
  name: CotClass,
  context: ScaleContext,
  wanted?: (period: number) => boolean,
): NetScales {
  const scale = (ruler: Parameters<typeof rulerSeries>[1]['ruler']) =>
    rulerSeries(series, { class: name, measure: 'net', ruler }, context);
  const [contracts, real, pctOi, pctAdv, vol, dollars, bps] = (
    ['contracts', 'real', 'pctOi', 'pctAdv', 'volScaled', 'dollars', 'bpsCap'] as const
  ).map(scale) as [ReturnType<typeof scale>, ...ReturnType<typeof scale>[]];
  const base = hasDollars(series) ? dollars!.values : contracts.values;
  const named = { contracts, real, pctOi, pctAdv, volScaled: vol, bpsCap: bps } as Record<
    string,
    typeof contracts
  >;
  return {
    contracts: contracts.values,
    real: real!.values,
    pctOi: pctOi!.values,
    bpsCap: bps!.values,
    pctAdv: pctAdv!.values,
    volScaled: vol!.values,
    ...zScales(base, wanted),
    coverage: bps!.coverage,
    reason: (field, period) =>
      named[field]?.reasonAt(period) ??
      (Number.isNaN(base[period]!)
        ? (dollars!.reasonAt(period) ?? 'no flow')
        : 'fewer earlier weeks with data than the window needs'),
  };
}

const SCALE_FIELDS = [
  'contracts',
  'real',
  'pctOi',
  'pctAdv',
  'z52',
  'z260',
  'z520',
  'zRobust',
  'volScaled',
  'bpsCap',
] as const;

function rowFlags(series: CotContractSeries, period: number): string[] {
  const now = series.points[period]!;
  const before = series.points[period - 1] ?? null;
  const price = series.prices[period] ?? null;
  const flags: string[] = [];
  for (const [point, label] of [
    [now, 'this week'],
    [before, 'the week before'],
  ] as const) {
    if (point === null) continue;
    if (point.grade !== 'published') flags.push(`${point.grade} row: ${label}`);
    if (point.knownAtKind === 'import') flags.push(`revised row: ${label}`);
  }
  if (!Number.isNaN(series.rescale[period]!) && series.rescale[period] !== 1)
    flags.push('multiplier changed');
  if (price !== null && price.priceDate !== now.reportDate) flags.push(`price of ${price.priceDate}`);
  return flags;
}

/** The rows behind a week's flow: its two reports and the close it is priced with. */
export function sourcesOf(series: CotContractSeries, period: number): SourceRef[] {
  const points = [series.points[period], series.points[period - 1]];
  const rows = points.flatMap((point) => point?.sources ?? []);
  const price = series.prices[period];
  return price ? [...rows, price.source] : rows;
}

/** When a week's flow could first be known: once both its reports were. */
export function knownAtOf(series: CotContractSeries, period: number): Instant {
  const now = series.points[period]!.knownAt;
  const before = series.points[period - 1]?.knownAt ?? now;
  return Math.max(now, before) as Instant;
}

function rowOf(series: CotContractSeries, name: CotClass, period: number, scales: NetScales): CotFlowRow {
  const point = series.points[period]!;
  const { deltaLong, deltaShort } = series.classes[name];
  const classIndex = COT_CLASSES.indexOf(name);
  const price = series.prices[period] ?? null;
  const dollars = dollarsOf(deltaLong[period]!, deltaShort[period]!, series.dollarsPerContract[period]!);
  const reasons: Record<string, string> = {};
  if (dollars.net === null)
    reasons.net = series.flowReasons[period] ?? series.priceReasons[period] ?? 'not known';
  const figures = Object.fromEntries(
    SCALE_FIELDS.map((field) => [field, known(scales[field][period])]),
  ) as Record<(typeof SCALE_FIELDS)[number], number | null>;
  for (const field of SCALE_FIELDS)
    if (figures[field] === null) reasons[field] = scales.reason(field, period);
  if (dollars.net !== null && dollars.buyRatio === null) reasons.buyRatio = 'no shorts were covered';
  return {
    basis: 'cot',
    periodStart: series.calendar.periodStarts[period]!,
    periodEnd: point.reportDate,
    knownAt: formatInstant(knownAtOf(series, period)),
    sector: series.entry?.sector ?? null,
    contract: series.code,
    symbol: null,
    manager: null,
    class: name,
    sides: 'four-way',
    ...dollars,
    ...figures,
    ...coverageOf(figures.bpsCap, scales.coverage),
    contractsLong: point.long[classIndex]!,
    contractsShort: point.short[classIndex]!,
    deltaLong: known(deltaLong[period]),
    deltaShort: known(deltaShort[period]),
    openInterest: point.openInterest,
    multiplier: point.multiplier,
    price: price?.price ?? null,
    priceDate: price?.priceDate ?? null,
    priceKind: price?.priceKind ?? null,
    report: series.report,
    grade: point.grade,
    flags: rowFlags(series, period),
    sources: sourcesOf(series, period),
    reasons,
  };
}

/**
 * The ledger of basis cot: one row a contract, class and week with a report, oldest first.
 * Amounts are lower bounds of what was traded, since only week ends are seen.
 * @param keep which periods of the calendar; all if left out
 */
export function cotFlowRows(
  series: CotContractSeries,
  context: ScaleContext,
  keep: { readonly classes?: readonly string[]; period?(period: number): boolean } = {},
): CotFlowRow[] {
  const rows: CotFlowRow[] = [];
  for (const name of COT_CLASSES) {
    if (keep.classes && !keep.classes.includes(name)) continue;
    const scales = netScales(series, name, context, keep.period);
    for (let period = 0; period < series.points.length; period++) {
      if (series.points[period] === null || !(keep.period?.(period) ?? true)) continue;
      rows.push(rowOf(series, name, period, scales));
    }
  }
  return rows;
}
