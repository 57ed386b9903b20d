import type { Basis, SourceRef } from './results.js';
import type { IsoDate } from './units.js';

export const DRIVERS = ['ai', 'earnings', 'macro', 'rotation'] as const;
/** The four declared rivals that may explain a week's flow. */
export type Driver = (typeof DRIVERS)[number];

/** What every row of an answer about drivers is about: one flow series in one week. */
export interface DriversPlace {
  readonly basis: Basis;
  readonly contract: string | null;
  readonly sector: string | null;
  readonly sectorIsProxy: boolean;
  readonly class: string;
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
}

/** One declared factor: its definition, its value in the week, and the weeks it is known for. */
export interface FactorRow extends DriversPlace {
  readonly kind: 'factor';
  readonly driver: Driver | 'control';
  /** 'ai-basket-excess-return', 'ten-year-yield-change' ... */
  readonly factor: string;
  readonly definition: string;
  readonly unit: string;
  readonly value: number | null;
  /** Of the weeks before. */
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly z: number | null;
  readonly weeks: number;
  readonly firstWeek: IsoDate | null;
  readonly lastWeek: IsoDate | null;
  /** False for what is described and never a regressor, such as the matched amount of rotation. */
  readonly isRegressor: boolean;
  readonly reason: string | null;
  readonly sources: readonly SourceRef[];
}

/** The joint regression of volScaled net on the four groups, the market return and the lagged flow. */
export interface DriverModelRow extends DriversPlace {
  readonly kind: 'model';
  /** Declared before fitted: what was regressed on what, in words. */
  readonly declaration: string;
  readonly n: number;
  readonly firstWeek: IsoDate | null;
  readonly lastWeek: IsoDate | null;
  /** Newey-West lags. */
  readonly lags: number | null;
  readonly r2: number | null;
  /** Expanding-window R2 against the expanding mean; below 0 = worse than the mean. */
  readonly outOfSampleR2: number | null;
  /** 1 - R2: what no driver and no control explains. */
  readonly unexplainedShare: number | null;
  /** volScaled net of the week, as measured, as fitted, and what is left. */
  readonly actual: number | null;
  readonly fitted: number | null;
  readonly residual: number | null;
  readonly reason: string | null;
}

/** One coefficient of the joint regression. */
export interface CoefficientRow extends DriversPlace {
  readonly kind: 'coefficient';
  readonly driver: Driver | 'control';
  readonly factor: string;
  readonly estimate: number;
  readonly standardError: number;
  readonly t: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
  /** estimate x (factor - its mean up to then), in units of own volatility. */
  readonly contribution: number | null;
}

/** What a driver explains over all weeks, and of this week. */
export interface DriverRow extends DriversPlace {
  readonly kind: 'driver';
  readonly driver: Driver;
  /** Shapley share of R2 (Lindeman, Merenda and Gold 1980), a fraction of the variance of the flow. */
  readonly r2Share: number | null;
  readonly r2ShareLow: number | null;
  readonly r2ShareHigh: number | null;
  /** The week's contribution, in units of own volatility, with its 95 % interval. */
  readonly contribution: number | null;
  readonly contributionLow: number | null;
  readonly contributionHigh: number | null;
  /** 'not shown' where the interval covers 0; null where it cannot be measured. */
  readonly verdict: 'for' | 'against' | 'not shown' | null;
  /** What would prove the driver wrong, and whether that has happened. */
  readonly falsifier: string;
  readonly falsified: boolean | null;
  readonly reason: string | null;
}

/** Flow per name on an exposure, over the periods (Fama and MacBeth 1973). */
export interface CrossSectionRow extends DriversPlace {
  readonly kind: 'cross-section';
  readonly exposure: string;
  readonly names: number;
  readonly periods: number;
  readonly estimate: number | null;
  readonly standardError: number | null;
  readonly t: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reason: string | null;
}

/** Where monetary policy stands, from the target range alone. */
export interface PolicyRow extends DriversPlace {
  readonly kind: 'policy';
  readonly state: 'easing' | 'tightening' | 'plateau' | 'hold' | null;
  readonly targetUpper: number | null;
  readonly lastMove: IsoDate | null;
  readonly lastMoveBasisPoints: number | null;
  readonly weeksSinceMove: number | null;
  /** 104-week beta of the sector's excess return on the ten-year change: percent a percentage point, with its interval. */
  readonly durationBeta: number | null;
  readonly durationLow: number | null;
  readonly durationHigh: number | null;
  /** The same slope over FOMC decision days alone. */
  readonly fomcDayBeta: number | null;
  readonly fomcDays: number;
  readonly reason: string | null;
  readonly sources: readonly SourceRef[];
}

export type DriversAnswerRow =
  | DriverModelRow
  | DriverRow
  | CoefficientRow
  | FactorRow
  | PolicyRow
  | CrossSectionRow;
