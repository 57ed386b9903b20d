import { addDays, CONTRACT_REGISTER, formatInstant, type IsoDate, NotCovered } from '../../core/index.js';
import type { CotContractSeries, FlowSeries } from '../../flows/index.js';
import type { AsOfView } from '../../store/index.js';

/** Which week and contracts a question is about. */
export interface WeekQuestion {
  /** Any day of the week asked about; the newest week known if left out. */
  readonly week?: IsoDate;
  /** Contract codes; every US equity index contract if left out. */
  readonly contracts?: readonly string[];
  readonly sector?: string;
}

/** A week of the calendar, and the contracts asked for that report in it. */
export interface LocatedWeek {
  readonly period: number;
  readonly periodEnd: IsoDate;
  readonly asked: readonly CotContractSeries[];
}

/** Weeks back over which the usual number of reporting contracts is counted. */
const RECENT_WEEKS = 13;

/** The newest week in which at least half as many of the contracts report as in the fullest of recent weeks. */
function newestWeek(contracts: readonly CotContractSeries[]): number {
  const last = contracts[0]!.calendar.periodEnds.length - 1;
  const reporting = (period: number): number =>
    contracts.filter((contract) => contract.points[period] !== null).length;
  const recent = Array.from({ length: Math.min(RECENT_WEEKS, last + 1) }, (_, back) => last - back);
  const fullest = Math.max(...recent.map(reporting));
  return recent.find((period) => reporting(period) >= fullest / 2) ?? last;
}

/** The period of the calendar that contains the day, or why there is none. */
function periodOf(
  series: readonly CotContractSeries[],
  asked: readonly CotContractSeries[],
  question: WeekQuestion,
  view: AsOfView,
): number {
  const { calendar } = series[0]!;
  const { periodEnds, periodStarts } = calendar;
  const { week } = question;
  if (week === undefined) return newestWeek(asked);
  const period = periodEnds.findIndex((end, i) => periodStarts[i]! <= week && week <= end);
  if (period >= 0) return period;
  const last = periodEnds.at(-1)!;
  if (week < periodStarts[0]!)
    throw new NotCovered(
      `no report covers ${week}: the first in the store is of ${periodEnds[0]}; import earlier files of the CFTC`,
    );
  throw new NotCovered(
    `the week of ${week} is not known as of ${formatInstant(view.asOf)}: the newest report in the store is of ${last}; ask with a later --as-of, or import the newer CFTC file`,
  );
}

function chosen(series: readonly CotContractSeries[], question: WeekQuestion): CotContractSeries[] {
  return series.filter(
    (contract) =>
      (question.contracts === undefined
        ? contract.entry !== null
        : question.contracts.includes(contract.code)) &&
      (question.sector === undefined || contract.entry?.sector === question.sector),
  );
}

function requireContracts(series: readonly CotContractSeries[], question: WeekQuestion): void {
  const held = new Set(series.map((contract) => contract.code));
  for (const code of question.contracts ?? []) {
    if (held.has(code)) continue;
    const like = CONTRACT_REGISTER.filter(
      (entry) => entry.code.startsWith(code.slice(0, 5)) && held.has(entry.code),
    );
    const hint = like.length > 0 ? `; do you mean ${like.map((entry) => entry.code).join(' or ')}?` : '';
    throw new NotCovered(
      `no position of contract '${code}' is known${hint || "; 'tidemark import' the CFTC files that hold it, 'tidemark status' shows what is there"}`,
    );
  }
  if (series.length === 0)
    throw new NotCovered(
      "the store holds no CFTC positions known by then; run 'tidemark import' on Traders in Financial Futures files",
    );
}

function requireWeek(contract: CotContractSeries, period: number): void {
  if (contract.points[period] === null)
    throw new NotCovered(
      `no report of contract ${contract.code} for the week to ${contract.calendar.periodEnds[period]} is known; it has fewer than 20 traders in such weeks, or the file is missing`,
    );
}

/**
 * Finds the week that contains the day asked about, and the contracts asked for.
 * @throws {NotCovered} where the view knows no such contract or week
 */
export function locateWeek(
  contracts: readonly CotContractSeries[],
  question: WeekQuestion,
  view: AsOfView,
): LocatedWeek {
  requireContracts(contracts, question);
  const asked = chosen(contracts, question);
  if (asked.length === 0)
    throw new NotCovered(
      `no contract of sector '${question.sector}' is in the store; leave out --sector to see all`,
    );
  const period = periodOf(contracts, asked, question, view);
  if (question.contracts !== undefined) for (const contract of asked) requireWeek(contract, period);
  return {
    period,
    periodEnd: contracts[0]!.calendar.periodEnds[period]!,
    asked: asked.filter((contract) => contract.points[period] !== null),
  };
}

/** A market week ends on its last session; the days up to the next week belong to it. */
const DAYS_TO_NEXT_WEEK = 6;

/**
 * The period that contains the day, of series of one calendar; without a day the newest in which one has data.
 * @throws {NotCovered} where the view does not know it
 */
export function locatePeriod(flows: readonly FlowSeries[], day: IsoDate | undefined, view: AsOfView): number {
  const { basis, calendar } = flows[0]!;
  const { name, periodStarts, periodEnds } = calendar;
  const known = (period: number): boolean => flows.some((flow) => flow.has(period));
  const newest = [...periodEnds.keys()].findLast(known);
  const word = name === 'quarter' ? 'quarter' : 'week';
  if (newest === undefined)
    throw new NotCovered(
      `basis ${basis} has no ${word} with a known figure by then; 'tidemark flows --basis ${basis}' says why, 'tidemark status' what is there`,
    );
  if (day === undefined) return newest;
  const endOf = (i: number): IsoDate =>
    name === 'market-week' ? addDays(periodStarts[i]!, DAYS_TO_NEXT_WEEK) : periodEnds[i]!;
  const period = [...periodEnds.keys()].findIndex((i) => periodStarts[i]! <= day && day <= endOf(i));
  if (period >= 0 && known(period)) return period;
  if (day < periodStarts[0]!)
    throw new NotCovered(
      `basis ${basis} begins on ${periodStarts[0]}, after ${day}; import earlier files of it, or ask for a later day`,
    );
  throw new NotCovered(
    `the ${word} of ${day} is not known on basis ${basis} as of ${formatInstant(view.asOf)}: the newest is to ${periodEnds[newest]}; ask with a later --as-of, or import newer files`,
  );
}
