import { LOOKBACKS, MEASURES, type Measure } from '../core/index.js';
import { recordStanding } from '../stats/index.js';
import type { AsOfView } from '../store/index.js';
import { type Legs, measureOf } from './cot-legs.js';
import { WEEKS_OF_LOOKBACK } from './flow-series.js';
import { LARGEST_PRINTS_SQL } from './ledger-sql.js';
import type { LedgerGroup, LedgerWeeks } from './ledger-weeks.js';

/** The largest prints of a week: one in a hundred, at least one. Legs in cents. */
export interface LargestPrints {
  readonly dropped: number;
  readonly legs: Legs;
}

/** A measure of a group over the calendar, in whole cents: 0 in weeks without executions, NaN before the class's first. */
export function centsOf(group: LedgerGroup, periods: number, measure: Measure): Float64Array {
  return Float64Array.from({ length: periods }, (_, period) => {
    if (period < group.firstPeriod) return Number.NaN;
    const cell = group.cells.get(period);
    return cell === undefined ? 0 : measureOf(cell.legs, measure);
  });
}

/** Look-backs over which the period is a record with this value in place of its own. */
export function recordsWith(cents: Float64Array, period: number, value: number): number {
  const series = cents.slice(0, period + 1);
  series[period] = value;
  return LOOKBACKS.filter((lookback) => {
    const periods = lookback === 'all' ? Number.POSITIVE_INFINITY : WEEKS_OF_LOOKBACK[lookback];
    return recordStanding(series, periods).isRecord === true;
  }).length;
}

/**
 * Reads the largest prints of every week that is a record of some measure and look-back; no other week needs them.
 * @returns by group and period
 */
export async function readLargestPrints(
  view: AsOfView,
  { calendar, groups, notInstitutions }: LedgerWeeks,
): Promise<Map<LedgerGroup, Map<number, LargestPrints>>> {
  const asked: { group: LedgerGroup; period: number }[] = [];
  for (const group of groups) {
    const series = MEASURES.map((measure) => centsOf(group, calendar.periodEnds.length, measure));
    for (const period of group.cells.keys()) {
      const isRecord = series.some((cents) => recordsWith(cents, period, cents[period]!) > 0);
      if (isRecord) asked.push({ group, period });
    }
  }
  const largest = new Map<LedgerGroup, Map<number, LargestPrints>>();
  if (asked.length === 0) return largest;
  const rows = await view.query<Legs & { week: number; class: string; sector: string; dropped: number }>(
    LARGEST_PRINTS_SQL,
    {
      not_institutions: [...notInstitutions],
      weeks: asked.map(({ period }) => period + calendar.firstWeek),
      classes: asked.map(({ group }) => group.class),
      sectors: asked.map(({ group }) => group.sector ?? ''),
    },
  );
  const byName = new Map(groups.map((group) => [`${group.class}|${group.sector ?? ''}`, group]));
  for (const { week, class: name, sector, dropped, ...legs } of rows) {
    const group = byName.get(`${name}|${sector}`)!;
    const held = largest.get(group) ?? new Map<number, LargestPrints>();
    largest.set(group, held.set(week - calendar.firstWeek, { dropped, legs }));
  }
  return largest;
}
