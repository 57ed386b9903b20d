import { InvalidRequest } from '../core/index.js';
import { isExpiryWeek, isJuneReconstitution, type ReportWeek } from './weeks.js';

/** Weeks (positions in the list of reports) in which something is planted. All are different. */
export interface PlantSchedule {
  /** The real record. */
  readonly record: number;
  /** A record in dollars alone. */
  readonly nominal: number;
  /** A record over five years in a quarterly expiry week, and the larger ones of the five years before those. */
  readonly roll: number;
  readonly rollPredecessors: readonly number[];
  /** A ten-year record in the week of the Russell reconstitution, and a larger one before those ten years. */
  readonly reconstitution: number;
  readonly reconstitutionPredecessor: number;
  readonly unitChange: number;
  readonly misprint: number;
}

const TEN_YEARS = 522;

/**
 * Chooses the weeks by the calendar, the last two years holding all that a reader is asked about.
 * @param levels level of the S&P 500 at each report date: the nominal record needs a high one
 * @throws {InvalidRequest} if the span of reports holds no such weeks
 */
export function schedulePlants(weeks: readonly ReportWeek[], levels: readonly number[]): PlantSchedule {
  const last = weeks.length - 1;
  const taken = new Set<number>();
  const take = (what: string, from: number, to: number, holds: (week: ReportWeek) => boolean): number => {
    for (let t = to; t >= Math.max(1, from); t--) {
      if (!taken.has(t) && holds(weeks[t]!)) {
        taken.add(t);
        return t;
      }
    }
    throw new InvalidRequest(`no week for the planted ${what}; simulate to a later end date`);
  };
  const isPlain = (week: ReportWeek): boolean => week.flags.length === 0;
  const record = take('record', last - 12, last - 3, isPlain);
  for (let t = record - 3; t < record; t++) taken.add(t);
  const highest = highestPlainWeek(weeks, levels, { from: last - 70, to: last - 16 });
  const nominal = take('nominal record', highest, highest, isPlain);
  const roll = take('roll-week record', last - 60, last - 40, isExpiryWeek);
  const rollPredecessors = [444, 392, 340].map((back) =>
    take('roll weeks before', roll - back - 8, roll - back + 8, isExpiryWeek),
  );
  const reconstitution = take('reconstitution record', last - 104, last - 6, isJuneReconstitution);
  const reconstitutionPredecessor = take(
    'reconstitution before',
    1,
    reconstitution - TEN_YEARS - 3,
    isJuneReconstitution,
  );
  return {
    record,
    nominal,
    roll,
    rollPredecessors,
    reconstitution,
    reconstitutionPredecessor,
    unitChange: take('change of unit', last - 100, last - 62, isPlain),
    misprint: take('misprinted row', last - 104, last - 75, isPlain),
  };
}

function highestPlainWeek(
  weeks: readonly ReportWeek[],
  levels: readonly number[],
  span: { readonly from: number; readonly to: number },
): number {
  let best = -1;
  for (let t = Math.max(1, span.from); t <= span.to; t++) {
    if (weeks[t]!.flags.length === 0 && (best < 0 || levels[t]! > levels[best]!)) best = t;
  }
  return best;
}
