import type { Sector } from '../../core/index.js';
import type { FactorPeriods } from './factors/period-factor.js';

/** Sectors between which money is said to rotate. */
export interface SectorLists {
  readonly cyclical: readonly Sector[];
  readonly growth: readonly Sector[];
}

/** The cyclical and the growth sectors unless the question gives others. */
export const DEFAULT_SECTOR_LISTS: SectorLists = {
  cyclical: ['consumer-discretionary', 'energy', 'financials', 'industrials', 'materials'],
  growth: ['technology', 'communication-services'],
};

/** The sector whose names and fund the AI basket is held against. */
export const AI_SECTOR: Sector = 'technology';

/** How much history the regression needs, in periods of the flow's calendar. */
export interface NeededHistory {
  readonly periods: 'weeks' | 'quarters';
  /** Fewest periods in which a factor must be known, alone and with the others, to stand in the regression. */
  readonly fewest: number;
  /** Periods that a forecast learns from before its first one. */
  readonly training: number;
}

export const WEEKLY_HISTORY: NeededHistory = { periods: 'weeks', fewest: 156, training: 104 };

/**
 * The history that a calendar asks for: three years of weeks, twenty of quarters. Over fewer quarters the intervals of so many
 * coefficients leave 0 out too often (docs/decisions/0189).
 */
export const HISTORY_OF: Readonly<Record<FactorPeriods['word'], NeededHistory>> = {
  week: WEEKLY_HISTORY,
  quarter: { periods: 'quarters', fewest: 80, training: 54 },
};

/** Weeks of the rolling slope on the ten-year yield. */
export const DURATION_WEEKS = 104;
