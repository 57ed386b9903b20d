import {
  type Basis,
  dayNumber,
  INSTITUTIONS,
  type IsoDate,
  isInstitution,
  type Lookback,
} from '../../core/index.js';
import type { FlowSeries, PeriodCalendar } from '../../flows/index.js';
import { recordStanding } from '../../stats/index.js';
import type { OtherBasis } from './checks.js';

/** Net of one class on another basis, over its own calendar; NaN where it is not known. */
export interface OtherNets {
  readonly basis: Basis;
  readonly class: string;
  readonly sector: string | null;
  readonly calendar: PeriodCalendar;
  readonly net: Float64Array;
}

/** What a study stands beside. */
export interface StudyCompany {
  /** Nets on any basis that may cover a period, the study's own basis too. */
  others(periodEnd: IsoDate): Promise<readonly OtherNets[]>;
  /** Bases with a calendar of looks of their own that the view supports, the study's own among them or not. */
  calendars(): Promise<readonly Basis[]>;
}

export const ALONE: StudyCompany = { others: async () => [], calendars: async () => [] };

/** Days of the shorter week that two weeks must share. */
const FEWEST_SHARED_DAYS = 3;

/** True for series whose class buys for institutions, so that their nets can be held against each other. */
function isComparable(flow: Pick<OtherNets, 'basis' | 'class'>): boolean {
  if (flow.basis === 'cot') return flow.class === 'asset-manager';
  if (flow.basis === 'tape') return flow.class === 'block';
  return flow.basis !== 'etf' && isInstitution(flow.class);
}

/** Periods of the other calendar that stand for one of ours: the week with most days in common, all weeks of a quarter, or the quarter around. */
function matchingPeriods(flow: FlowSeries, period: number, other: OtherNets): number[] {
  const [start, end] = [flow.calendar.periodStarts[period]!, flow.calendar.periodEnds[period]!];
  const { name, periodStarts, periodEnds } = other.calendar;
  const all = [...periodEnds.keys()];
  if (name === 'quarter') return all.filter((i) => periodStarts[i]! <= end && end <= periodEnds[i]!);
  if (flow.calendar.name === 'quarter') {
    const inside = all.filter((i) => start <= periodEnds[i]! && periodEnds[i]! <= end);
    const whole = periodStarts[0]! <= start && end <= (periodEnds.at(-1) ?? '');
    return whole ? inside : [];
  }
  const shared = (i: number): number => {
    const first = periodStarts[i]! > start ? periodStarts[i]! : start;
    const last = periodEnds[i]! < end ? periodEnds[i]! : end;
    return dayNumber(last) - dayNumber(first) + 1;
  };
  const best = all.reduce<number | null>(
    (held, i) => (held === null || shared(i) > shared(held) ? i : held),
    null,
  );
  return best !== null && shared(best) >= FEWEST_SHARED_DAYS ? [best] : [];
}

/** Net over the periods, with its rank where it is one period with earlier ones; null where it is not known. */
function saidBy(
  { net, calendar }: OtherNets,
  periods: readonly number[],
  lookback: Lookback,
): { readonly net: number; readonly rank: number | null } | null {
  const nets = periods.map((i) => net[i]!);
  if (nets.length === 0 || nets.some(Number.isNaN)) return null;
  const sum = nets.reduce((total, one) => total + one, 0);
  if (nets.length > 1) return { net: sum, rank: null };
  const [only] = periods;
  const before = lookback === 'all' ? only! : calendar.lookbackPeriods[lookback];
  const { n, rank } = recordStanding(net.subarray(0, only! + 1), before);
  return { net: sum, rank: n === 0 ? null : rank };
}

/** Of a basis, the series whose sum is its institutions' net: the sum class where it has one, else every institution. */
function institutionsOf(others: readonly OtherNets[]): OtherNets[] {
  const sums = others.filter((other) => other.class === INSTITUTIONS);
  return sums.length > 0 ? sums : others.filter(isComparable);
}

/**
 * What other bases say of a series' sector and period: institutions' net on each, with its own rank. Only series of
 * institutions are compared, and only with the same sector (futures through their proxy).
 */
export function otherBases(
  flow: FlowSeries,
  period: number,
  lookback: Lookback,
  others: readonly OtherNets[],
): OtherBasis[] {
  if (!isComparable(flow)) return [];
  const candidates = others.filter((other) => other.basis !== flow.basis && other.sector === flow.sector);
  const bases = [...new Set(candidates.map((other) => other.basis))];
  return bases.flatMap((basis) => {
    const ofBasis = institutionsOf(candidates.filter((other) => other.basis === basis));
    const said = ofBasis.flatMap(
      (other) => saidBy(other, matchingPeriods(flow, period, other), lookback) ?? [],
    );
    if (said.length === 0) return [];
    const net = said.reduce((sum, one) => sum + one.net, 0);
    return [{ basis, net, rank: said.length === 1 ? said[0]!.rank : null }];
  });
}

/** The nets of a series, to be held against those of other bases. */
export function netsOf(flow: FlowSeries): OtherNets {
  const { basis, sector, calendar } = flow;
  return { basis, class: flow.class, sector, calendar, net: flow.ruler('net', 'dollars').values };
}
