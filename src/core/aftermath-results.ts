import type { Basis, SourceRef } from './results.js';
import type { IsoDate } from './units.js';

export const AFTERMATH_HORIZONS_WEEKS = [1, 4, 13, 26, 52] as const;
export type HorizonWeeks = (typeof AFTERMATH_HORIZONS_WEEKS)[number];

/** The series whose records are the events, and the price that is watched after them. */
export interface AftermathPlace {
  readonly basis: Basis;
  readonly contract: string | null;
  readonly sector: string | null;
  readonly class: string;
  readonly measure: string;
  /** 'index close NASDAQ-100', 'QQQ close' ... */
  readonly priceSeries: string;
}

/** The rule that makes events, frozen before any outcome is read, and what it found. */
export interface EventRuleRow extends AftermathPlace {
  readonly kind: 'rule';
  readonly rule: string;
  readonly look: 'expanding' | 'z520';
  readonly threshold: number | null;
  readonly declusterWeeks: number;
  /** Before and after declustering. */
  readonly found: number;
  readonly n: number;
  readonly firstWeek: IsoDate | null;
  readonly lastWeek: IsoDate | null;
  readonly events: readonly IsoDate[];
  /** Why no claim is made: fewer than five events, no prices ... */
  readonly reason: string | null;
}

export const OUTCOMES = [
  'return',
  'excess-return',
  'maximum-drawdown',
  'volatility-ratio',
  'floor-days-above',
  'floor-depth-below',
  'floor-rebounds',
  'downside-quantile-5',
  'profit-taking',
  'drawdown-beyond-5',
  'drawdown-beyond-10',
  'weeks-to-drawdown-5',
  'weeks-to-drawdown-10',
  'time-in-range',
] as const;
/** What is watched after an event; fractions of 1 unless `unit` says other. */
export type Outcome = (typeof OUTCOMES)[number];

/** One outcome over one horizon: the events against their matched weeks. */
export interface OutcomeRow extends AftermathPlace {
  readonly kind: 'outcome';
  readonly outcome: Outcome;
  readonly unit: string;
  readonly horizonWeeks: number;
  /** Events whose horizon is over by asOf. */
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly matchedMean: number | null;
  readonly matchedWeeks: number;
  /** mean - matchedMean, with the 95 % interval of the bootstrap; of weeks to a drawdown that of the medians, and the band of the median after events. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided, against the stationary bootstrap; null under five events. */
  readonly p: number | null;
  /** Holm over all outcomes and horizons of this answer. */
  readonly adjustedP: number | null;
  readonly m: number;
  /** Smallest and largest difference with one event left out. */
  readonly leaveOneOutLow: number | null;
  readonly leaveOneOutHigh: number | null;
  /** The difference that n events could show with 80 % power. */
  readonly detectable: number | null;
  readonly verdict: 'above' | 'below' | 'no effect seen' | null;
  readonly reason: string | null;
}

/** One event with everything that followed; null where the horizon is not over or the price is not known. */
export interface EpisodeRow extends AftermathPlace {
  readonly kind: 'episode';
  readonly periodEnd: IsoDate;
  readonly knownAt: string;
  readonly value: number;
  readonly firstClose: IsoDate | null;
  readonly anchorPrice: number | null;
  /** By outcome, then by horizon in weeks. */
  readonly figures: Readonly<Partial<Record<Outcome, Readonly<Record<string, number | null>>>>>;
  readonly matched: readonly IsoDate[];
  readonly sources: readonly SourceRef[];
}

/** Does one class buy before another? */
export interface CascadeRow extends AftermathPlace {
  readonly kind: 'cascade';
  readonly leader: string;
  readonly follower: string;
  /** Of the largest cross-correlation beyond its band; 0 = the same week, null = none beyond. */
  readonly leadWeeks: number | null;
  readonly correlation: number | null;
  readonly bandLow: number | null;
  readonly bandHigh: number | null;
  readonly grangerP: number | null;
  /** Holm over all ordered pairs. */
  readonly grangerAdjustedP: number | null;
  readonly lags: number | null;
  readonly n: number;
  readonly verdict: 'leads' | 'not shown' | null;
  readonly reason: string | null;
}

/** Do price, mood and money feed each other? */
export interface LoopRow extends AftermathPlace {
  readonly kind: 'loop';
  readonly ordering: string;
  /** Product of the three 8-week cumulated responses. */
  readonly gain: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The same of the model without the loop. */
  readonly gainWithoutLoop: number | null;
  readonly spectralRadius: number | null;
  readonly lags: number | null;
  readonly n: number;
  readonly verdict: 'loop' | 'not shown' | null;
  readonly reason: string | null;
}

/** A probability stated before the fact, and how it did. */
export interface ForecastRow extends AftermathPlace {
  readonly kind: 'forecast';
  readonly id: string;
  readonly madeAt: string;
  readonly periodEnd: IsoDate;
  readonly statement: string;
  readonly outcome: Outcome;
  readonly horizonWeeks: number;
  readonly dueDate: IsoDate;
  /** In [0, 1]; null for interval forecasts. */
  readonly probability: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number | null;
  readonly actual: number | null;
  /** Brier score of a probability; null until due. */
  readonly brier: number | null;
  readonly covered: boolean | null;
  /** Whether what a probability was said of came true; null until due, and for intervals. */
  readonly cameTrue?: boolean | null;
}

/** How all forecasts that are due have done. */
export interface ForecastScoreRow {
  readonly kind: 'forecast-score';
  readonly made: number;
  readonly due: number;
  readonly brier: number | null;
  /** The Brier score of always saying the base rate. */
  readonly brierOfBaseRate: number | null;
  readonly coverage: number | null;
  readonly coverageLow: number | null;
  readonly coverageHigh: number | null;
  readonly level: number | null;
}

export type AftermathAnswerRow =
  | EventRuleRow
  | OutcomeRow
  | EpisodeRow
  | CascadeRow
  | LoopRow
  | ForecastRow
  | ForecastScoreRow;
