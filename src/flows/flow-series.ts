import type { Basis, Instant, IsoDate, Lookback, Measure, Ruler, SourceRef } from '../core/index.js';

/** Periods that series share, consecutive, oldest first. */
export interface PeriodCalendar {
  /** Series of one calendar are resampled with one index; p-values of different calendars are joined by Holm. */
  readonly name: 'cftc-week' | 'market-week' | 'quarter';
  readonly periodStarts: readonly IsoDate[];
  readonly periodEnds: readonly IsoDate[];
  /** Periods of a look-back that is not `all`. */
  readonly lookbackPeriods: Readonly<Record<Exclude<Lookback, 'all'>, number>>;
}

export const WEEKS_OF_LOOKBACK = { '1y': 52, '3y': 157, '5y': 261, '10y': 522 } as const;

/** A measure on one scale over the calendar. `reasonAt` says why a NaN is one. */
export interface RulerSeries {
  readonly values: Float64Array;
  readonly unit: string;
  /** What a scale's denominator rests on, in words, where it is of some names of several. */
  readonly coverage?: string | null;
  reasonAt(period: number): string | null;
}

/** What stands behind a period's figure: rows that make it less than clean, and a remark that is no fault. */
export interface DataQuality {
  readonly faults: readonly string[];
  readonly remark: string;
  readonly broughtRows: number;
}

/** How a period's net is spread over names; null where the basis does not tell names. */
export interface NameBreadth {
  /** Share of names with net > 0, whatever the measure. */
  readonly buyers: number;
  readonly names: number;
  /** Share of the measure that its five largest names make; null where that is not above 0. */
  readonly topFive: number | null;
  /** The period's value without its largest name, in dollars. */
  readonly withoutLargest: number;
}

/** One series of flows that the studies can ask, whatever basis it comes from. */
export interface FlowSeries {
  readonly basis: Basis;
  readonly class: string;
  readonly sector: string | null;
  readonly sectorIsProxy: boolean;
  readonly contract: string | null;
  readonly symbol: string | null;
  readonly name: string;
  /** True if the declared family of looks holds it; see docs/decisions/0003. */
  readonly inFamily: boolean;
  readonly calendar: PeriodCalendar;
  /** The scale that values are told in: dollars where there are prices. */
  readonly mainRuler: 'dollars' | 'contracts';
  has(period: number): boolean;
  ruler(measure: Measure, ruler: Ruler): RulerSeries;
  knownAt(period: number): Instant;
  sources(period: number): readonly SourceRef[];
  /** @param measure whose record single prints may have made; net if left out */
  quality(period: number, measure?: Measure): DataQuality;
  breadth(period: number, measure: Measure): NameBreadth | null;
}

/** Makes each ruler's series once. */
export function cachedRulers(make: (measure: Measure, ruler: Ruler) => RulerSeries): FlowSeries['ruler'] {
  const held = new Map<string, RulerSeries>();
  return (measure, ruler) => {
    const key = `${measure}|${ruler}`;
    const series = held.get(key) ?? make(measure, ruler);
    held.set(key, series);
    return series;
  };
}
