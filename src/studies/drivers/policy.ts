import {
  type DriversPlace,
  dateOfDayNumber,
  dayNumber,
  FUND_OF_SECTOR,
  type IsoDate,
  type PolicyRow,
  previousTradingDay,
  type Sector,
} from '../../core/index.js';
import { regress } from '../../stats/index.js';
import type { AsOfView } from '../../store/index.js';
import { DURATION_WEEKS } from './configuration.js';
import { Closes } from './factors/closes.js';
import { changeOf, dayValueSources, returnOf } from './factors/daily-values.js';
import type { Rates } from './factors/macro.js';
import type { MarketLevels } from './factors/market.js';
import type { FactorPeriods } from './factors/period-factor.js';

/** Weeks for which a move of the target makes policy easing or tightening. */
const WEEKS_OF_STANCE = 26;
const FEWEST_MEETING_DAYS = 16;
/** Days between a decision and the date that FRED gives the new target. */
const DATING_DAYS = 4;
/** Days for which a target holds after the day it is dated, where a file leaves days out. */
const TARGET_DAYS = 7;

export interface PolicyState {
  readonly state: PolicyRow['state'];
  readonly targetUpper: number | null;
  readonly lastMove: IsoDate | null;
  readonly lastMoveBasisPoints: number | null;
  readonly weeksSinceMove: number | null;
  readonly reason: string | null;
  /** Days of the series that the state is read from, as numbers. */
  readonly readOn: readonly number[];
}

const NO_STATE = {
  state: null,
  targetUpper: null,
  lastMove: null,
  lastMoveBasisPoints: null,
  weeksSinceMove: null,
  readOn: [],
} as const;

/**
 * Where policy stands on a day, from the upper bound of the target range: easing or tightening if the last move was within 26
 * weeks; after that plateau following a rise, hold following a cut.
 * @param targets upper bound in percent by day number
 * @param decisions day numbers of decisions, which date a move better than the series does
 */
export function policyState(
  targets: ReadonlyMap<number, number>,
  decisions: readonly number[],
  date: IsoDate,
): PolicyState {
  const day = dayNumber(date);
  const known = [...targets].filter(([at]) => at <= day).sort(([a], [b]) => a - b);
  const last = known.at(-1);
  if (last === undefined)
    return { ...NO_STATE, reason: 'the store holds no target range (DFEDTARU) known by then' };
  if (day - last[0] > TARGET_DAYS)
    return { ...NO_STATE, reason: `the newest target range known is of ${dateOfDayNumber(last[0])}` };
  const place = known.findLastIndex(([, value], i) => i > 0 && value !== known[i - 1]![1]);
  if (place < 0)
    return {
      ...NO_STATE,
      targetUpper: last[1],
      readOn: [last[0]],
      reason: `the target range has not moved since ${dateOfDayNumber(known[0]![0])}, where the series begins`,
    };
  const [dated, value] = known[place]!;
  const moved = decisions.findLast((at) => at <= dated && dated - at <= DATING_DAYS) ?? dated;
  const change = value - known[place - 1]![1];
  const weeks = (day - moved) / 7;
  const isRise = change > 0;
  const recent = isRise ? 'tightening' : 'easing';
  return {
    state: weeks <= WEEKS_OF_STANCE ? recent : isRise ? 'plateau' : 'hold',
    targetUpper: last[1],
    lastMove: dateOfDayNumber(moved),
    lastMoveBasisPoints: Math.round(100 * change),
    weeksSinceMove: Math.floor(weeks),
    reason: null,
    readOn: [dated, last[0]],
  };
}

/** Slope of a sector's excess return on the ten-year change, percent a percentage point, with its interval. */
export interface Duration {
  readonly durationBeta: number | null;
  readonly durationLow: number | null;
  readonly durationHigh: number | null;
  readonly fomcDayBeta: number | null;
  readonly fomcDays: number;
  readonly reason: string | null;
}

const noDuration = (reason: string): Duration => ({
  durationBeta: null,
  durationLow: null,
  durationHigh: null,
  fomcDayBeta: null,
  fomcDays: 0,
  reason,
});

interface DurationInputs {
  readonly closes: Closes;
  readonly fund: string;
  readonly market: MarketLevels;
  readonly rates: Rates;
}

function excess({ closes, fund, market }: DurationInputs, before: number, day: number): number {
  return 100 * (closes.returnOf(fund, before, day) - returnOf(market.values, before, day));
}

function weeklyDuration(weeks: FactorPeriods, inputs: DurationInputs) {
  const first = Math.max(0, weeks.count - DURATION_WEEKS);
  const places = Array.from({ length: weeks.count - first }, (_, i) => first + i);
  const { baseSession, endSession, baseBondDay, endBondDay } = weeks;
  const { DGS10 } = inputs.rates;
  return regress({
    response: Float64Array.from(places, (i) => excess(inputs, baseSession[i]!, endSession[i]!)),
    regressors: [Float64Array.from(places, (i) => changeOf(DGS10, baseBondDay[i]!, endBondDay[i]!))],
  });
}

/** Returns and changes of each decision's day, from the session before it. */
function meetingDuration(decisions: readonly number[], inputs: DurationInputs) {
  const days = decisions.map((day) => [dayNumber(previousTradingDay(dateOfDayNumber(day))), day] as const);
  const response = Float64Array.from(days, ([before, day]) => excess(inputs, before, day));
  const change = Float64Array.from(days, ([before, day]) => changeOf(inputs.rates.DGS10, before, day));
  const known = response.filter((value, i) => !Number.isNaN(value + change[i]!)).length;
  const fit = known < FEWEST_MEETING_DAYS ? null : regress({ response, regressors: [change], lags: 0 });
  return { days: known, beta: fit === null || 'reason' in fit ? null : fit.coefficients[1]! };
}

/** The weekly slope over the 104 weeks up to the week asked about, and the daily one over decision days of the history. */
function durationOf(weeks: FactorPeriods, decisions: readonly number[], inputs: DurationInputs): Duration {
  const { days, beta } = meetingDuration(decisions, inputs);
  const fit = weeklyDuration(weeks, inputs);
  if ('reason' in fit || fit.rows < 0.9 * DURATION_WEEKS) {
    const reason = 'reason' in fit ? fit.reason : `${fit.rows} of ${DURATION_WEEKS} weeks are known`;
    return { ...noDuration(`duration: ${reason}`), fomcDayBeta: beta, fomcDays: days };
  }
  return {
    durationBeta: fit.coefficients[1]!,
    durationLow: fit.lower[1]!,
    durationHigh: fit.upper[1]!,
    fomcDayBeta: beta,
    fomcDays: days,
    reason: beta === null ? `${days} decision days are known, ${FEWEST_MEETING_DAYS} needed` : null,
  };
}

/** Day numbers of decisions between two days, with them. */
async function readDecisions(view: AsOfView, from: IsoDate, to: IsoDate): Promise<number[]> {
  const rows = await view.query<{ day: number }>(
    `SELECT (decision_date - DATE '1970-01-01')::INTEGER AS day FROM policy_meetings
     WHERE target_upper_after IS NOT NULL AND decision_date BETWEEN CAST($from AS DATE) AND CAST($to AS DATE) ORDER BY day`,
    { from, to },
  );
  return rows.map(({ day }) => day);
}

async function readDuration(
  view: AsOfView,
  weeks: FactorPeriods,
  sector: Sector | null,
  known: {
    readonly rates: Rates;
    readonly market: MarketLevels | null;
    readonly decisions: readonly number[];
  },
): Promise<Duration> {
  const { rates, market, decisions } = known;
  if (sector === null) return noDuration('duration: the flow is of no sector');
  if (market === null) return noDuration('duration: the store holds no level of the S&P 500 known by then');
  if (rates.DGS10.size === 0) return noDuration('duration: the store holds no DGS10 known by then');
  const fund = FUND_OF_SECTOR[sector];
  const meetings = decisions.flatMap((day) => [dayNumber(previousTradingDay(dateOfDayNumber(day))), day]);
  const days = [...new Set([...weeks.baseSession, ...weeks.endSession, ...meetings])].sort((a, b) => a - b);
  const closes = await Closes.read(view, [fund], days);
  if (!closes.has(fund))
    return noDuration(`duration: the store holds no daily closes of ${fund} known by then`);
  return durationOf(weeks, decisions, { closes, fund, market, rates });
}

/** The history that policy is read over. */
export interface PolicyWeeks {
  /** Weeks enough for the slope: those of the flow, or market weeks up to the end of its period. */
  readonly weeks: FactorPeriods;
  /** First day of these weeks and of the flow's periods: from there on decisions count. */
  readonly since: IsoDate;
}

/** The state of policy at the end of the period, and how the sector has moved with the ten-year yield over the weeks up to it. */
export async function policyRow(
  view: AsOfView,
  { weeks, since }: PolicyWeeks,
  place: DriversPlace,
  known: { readonly rates: Rates; readonly market: MarketLevels | null },
): Promise<PolicyRow> {
  const decisions = await readDecisions(view, since, place.periodEnd);
  const { reason: noState, readOn, ...state } = policyState(known.rates.DFEDTARU, decisions, place.periodEnd);
  const sector = place.sector as Sector | null;
  const { reason: missing, ...duration } = await readDuration(view, weeks, sector, { ...known, decisions });
  const reasons = [noState, missing].filter((reason) => reason !== null);
  return {
    ...place,
    kind: 'policy',
    ...state,
    ...duration,
    reason: reasons.length === 0 ? null : reasons.join('; '),
    sources: await dayValueSources(view, 'macro', ['DFEDTARU'], readOn),
  };
}
