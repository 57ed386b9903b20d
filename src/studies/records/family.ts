import {
  type Basis,
  type FigureCache,
  LOOKBACKS,
  type Lookback,
  type LooksLedger,
  MEASURES,
  type Measure,
  RULERS,
  type Ruler,
} from '../../core/index.js';
import type { FlowSeries, RulerSeries } from '../../flows/index.js';
import { type HypothesisFigures, holm } from '../../stats/index.js';
import { type FamilyFigures, familyFigures } from './family-cache.js';

/** Horizons of the declared family, in periods: the period itself and sums over 2, 4 and 13. */
export const HORIZONS = [1, 2, 4, 13] as const;

/** A look-back supports a hypothesis with at least this many earlier periods with data, and half of the window. */
const MINIMUM_EARLIER = { 'cftc-week': 52, 'market-week': 52, quarter: 26 } as const;
const MINIMUM_COVERAGE = 0.5;

/** One measure and scale of a series. */
interface FamilyMember {
  readonly flow: FlowSeries;
  readonly measure: Measure;
  readonly ruler: Ruler;
  readonly series: RulerSeries;
  /** By look-back, whether the view supports a hypothesis. */
  readonly supports: readonly boolean[];
}

export interface RecordFamily {
  readonly looks: LooksLedger;
  /** Null where the cell is not tested. Its adjusted p is over all calendars. */
  figures(
    cell: {
      readonly flow: FlowSeries;
      readonly measure: Measure;
      readonly ruler: Ruler;
      readonly lookback: Lookback;
    },
    horizon?: (typeof HORIZONS)[number],
  ): HypothesisFigures | null;
}

export interface ResamplingOptions {
  readonly resamples: number;
  readonly seed: number;
  readonly threads?: number;
  readonly cache?: FigureCache;
  /** Bases with a calendar of looks that the view supports; the family's own counts with or without being named. */
  readonly calendars: readonly Basis[];
}

/** Whether the view supports any look at a basis: some series of its family has a past long enough in some period. */
export function hasLooks(flows: readonly FlowSeries[]): boolean {
  return flows.some((flow) => {
    const { name, periodEnds } = flow.calendar;
    return flow.inFamily && periodEnds.filter((_, i) => flow.has(i)).length > MINIMUM_EARLIER[name];
  });
}

/** Quarters that a look at Form 13F needs, itself among them. */
export const FEWEST_QUARTERS = 1 + MINIMUM_EARLIER.quarter;

/**
 * A p that is adjusted within one calendar, by Holm over several. Of the others no look is resampled: each counts with
 * the largest p that a look of it may have, 1; see docs/decisions/0140.
 */
const acrossCalendars = (adjusted: number, calendars: number): number =>
  holm([adjusted, ...new Array<number>(calendars - 1).fill(1)])[0]!;

/** Periods of a look-back that ends before `period`. */
export function lookbackPeriods(flow: FlowSeries, lookback: Lookback, period: number): number {
  return lookback === 'all' ? period : flow.calendar.lookbackPeriods[lookback];
}

/** The same of one series: all its history begins with its own first figure, not with the calendar's first period. */
export function ownLookbackPeriods(
  flow: FlowSeries,
  { values }: RulerSeries,
  lookback: Lookback,
  period: number,
): number {
  if (lookback !== 'all') return lookbackPeriods(flow, lookback, period);
  const first = values.findIndex((value) => !Number.isNaN(value));
  return first < 0 || first >= period ? period : period - first;
}

/**
 * By look-back, whether the view supports a hypothesis: a look-back of which the series has at least half, and enough earlier
 * periods.
 */
function supportedLookbacks(flow: FlowSeries, series: RulerSeries, period: number): boolean[] {
  const { values } = series;
  return LOOKBACKS.map((lookback) => {
    const periods = ownLookbackPeriods(flow, series, lookback, period);
    let earlier = 0;
    for (let i = Math.max(0, period - periods); i < period; i++) if (!Number.isNaN(values[i]!)) earlier++;
    return earlier >= MINIMUM_EARLIER[flow.calendar.name] && earlier >= MINIMUM_COVERAGE * periods;
  });
}

/** Every measure and scale with a value in the period and history enough for at least one look-back. */
function membersOf(flows: readonly FlowSeries[], period: number): FamilyMember[] {
  return flows
    .filter((flow) => flow.has(period))
    .flatMap((flow) =>
      MEASURES.flatMap((measure) =>
        RULERS.map((ruler) => ({ flow, measure, ruler, series: flow.ruler(measure, ruler) })),
      ),
    )
    .filter(({ series }) => !Number.isNaN(series.values[period]!))
    .map((member) => ({ ...member, supports: supportedLookbacks(member.flow, member.series, period) }))
    .filter((member) => member.supports.includes(true));
}

function isSameUpTo(a: RulerSeries, b: RulerSeries, period: number): boolean {
  for (let i = 0; i <= period; i++) if (!Object.is(a.values[i], b.values[i])) return false;
  return true;
}

/**
 * Members without those that say the same as another of their flow and scale, such as all purchases of a class that never
 * covered a short and its long buys: two names of one figure are one look. `of` gives the place of every member among them.
 */
function distinct(
  members: readonly FamilyMember[],
  period: number,
): { readonly looked: FamilyMember[]; readonly of: ReadonlyMap<RulerSeries, number> } {
  const looked: FamilyMember[] = [];
  const of = new Map<RulerSeries, number>();
  for (const member of members) {
    const same = looked.findLastIndex(
      ({ flow, ruler, series }) =>
        flow === member.flow && ruler === member.ruler && isSameUpTo(series, member.series, period),
    );
    of.set(member.series, same >= 0 ? same : looked.push(member) - 1);
  }
  return { looked, of };
}

function looksOf(
  members: readonly FamilyMember[],
  result: FamilyFigures,
  period: number,
  calendars: readonly Basis[],
): LooksLedger {
  const cells = members.map(({ supports }) => supports.filter(Boolean).length * HORIZONS.length);
  const count = (ruler: Ruler): number =>
    members.reduce((total, member, i) => total + (member.ruler === ruler ? cells[i]! : 0), 0);
  return {
    m: result.m,
    calendars,
    periodEnd: members[0]!.flow.calendar.periodEnds[period]!,
    resamples: result.resamples,
    blockLengthWeeks: result.blockLength,
    adjustedFloor: acrossCalendars(result.adjustedFloor, calendars.length),
    contracts: [...new Set(members.map(({ flow }) => flow.contract ?? flow.symbol ?? flow.sector ?? 'all'))],
    classes: [...new Set(members.map(({ flow }) => flow.class))],
    measures: MEASURES,
    rulers: RULERS.map((ruler) => ({ ruler, hypotheses: count(ruler) })),
    lookbacks: LOOKBACKS,
    horizonsWeeks: HORIZONS,
  };
}

/**
 * Tests a family of series of one calendar in one period at once (measures.md 5.2 and 5.4): every measure, scale,
 * look-back and horizon that the view supports, whatever was asked. Adjusted p is by step-down minP within the calendar,
 * and by Holm over all calendars that the view supports.
 * @returns null where no series has history enough
 */
export async function testRecordFamily(
  flows: readonly FlowSeries[],
  period: number,
  options: ResamplingOptions,
): Promise<RecordFamily | null> {
  const { looked: members, of: placeOf } = distinct(membersOf(flows, period), period);
  const first = members[0];
  if (first === undefined) return null;
  const request = {
    series: members.map((member) => member.series.values.subarray(0, period + 1)),
    lookbacks: LOOKBACKS.map((lookback) =>
      lookback === 'all' ? Number.POSITIVE_INFINITY : lookbackPeriods(first.flow, lookback, period),
    ),
    horizons: [...HORIZONS],
    include: (member: number, lookback: number) => members[member]!.supports[lookback]!,
    resamples: options.resamples,
    seed: options.seed,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  };
  const result = await familyFigures(request, options.cache);
  const calendars = [...new Set([first.flow.basis, ...options.calendars])].sort();
  return {
    looks: looksOf(members, result, period, calendars),
    figures({ flow, measure, ruler, lookback }, horizon = 1) {
      const index = placeOf.get(flow.ruler(measure, ruler));
      if (index === undefined) return null;
      const figures = result.figures(index, LOOKBACKS.indexOf(lookback), HORIZONS.indexOf(horizon));
      if (figures === null) return null;
      return { ...figures, adjusted: acrossCalendars(figures.adjusted, calendars.length) };
    },
  };
}
