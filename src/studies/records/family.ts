import {
  COT_CLASSES,
  type CotClass,
  LOOKBACK_WEEKS,
  LOOKBACKS,
  type Lookback,
  type LooksLedger,
  MEASURES,
  type Measure,
  RULERS,
  type Ruler,
} from '../../core/index.js';
import {
  type CotContractSeries,
  type RulerSeries,
  rulerSeries,
  type ScaleContext,
} from '../../flows/index.js';
import { type RecordFamilyResult, resampleRecordFamily } from '../../stats/index.js';

/** Horizons of the declared family, in weeks: the week itself and sums over 2, 4 and 13. */
export const HORIZONS_WEEKS = [1, 2, 4, 13] as const;

/** A look-back supports a hypothesis with at least this many earlier weeks with data, and half of the window. */
const MINIMUM_EARLIER = 52;
const MINIMUM_COVERAGE = 0.5;

/** One series of the family: a contract, class, leg and scale up to the period asked about. */
export interface FamilyMember {
  readonly contract: CotContractSeries;
  readonly class: CotClass;
  readonly measure: Measure;
  readonly ruler: Ruler;
  readonly series: RulerSeries;
}

/** Figures of one hypothesis: a member, a look-back and a horizon. */
export interface HypothesisFigures {
  readonly dependent: number;
  readonly adjusted: number;
  readonly recordRate: number;
}

export interface RecordFamily {
  readonly members: readonly FamilyMember[];
  readonly looks: LooksLedger;
  figures(member: FamilyMember, lookback: Lookback, horizonWeeks?: number): HypothesisFigures | null;
}

export interface ResamplingOptions {
  readonly resamples: number;
  readonly seed: number;
  readonly threads?: number;
}

/** Periods of a look-back that ends before `period`. */
export function lookbackPeriods(lookback: Lookback, period: number): number {
  return lookback === 'all' ? period : LOOKBACK_WEEKS[lookback];
}

function earlierWithData(values: Float64Array, period: number, periods: number): number {
  let count = 0;
  for (let i = Math.max(0, period - periods); i < period; i++) if (!Number.isNaN(values[i]!)) count++;
  return count;
}

function firstWithData(values: Float64Array): number {
  return values.findIndex((value) => !Number.isNaN(value));
}

/**
 * Whether the view supports a hypothesis. A look-back longer than the series' own history says nothing that `all` does
 * not say, so it is left out.
 */
function supports(values: Float64Array, period: number, lookback: Lookback): boolean {
  const first = firstWithData(values);
  const periods = lookback === 'all' ? period - first : lookbackPeriods(lookback, period);
  const earlier = earlierWithData(values, period, periods);
  return earlier >= MINIMUM_EARLIER && earlier >= MINIMUM_COVERAGE * periods;
}

/** Every member that has a value in the period and history enough for at least one look-back. */
export function familyMembers(
  contracts: readonly CotContractSeries[],
  context: ScaleContext,
  period: number,
): FamilyMember[] {
  const members: FamilyMember[] = [];
  for (const contract of contracts) {
    if (contract.points[period] === null) continue;
    for (const name of COT_CLASSES) {
      for (const measure of MEASURES) {
        for (const ruler of RULERS) {
          const series = rulerSeries(contract, { class: name, measure, ruler }, context);
          if (Number.isNaN(series.values[period]!)) continue;
          if (!LOOKBACKS.some((lookback) => supports(series.values, period, lookback))) continue;
          members.push({ contract, class: name, measure, ruler, series });
        }
      }
    }
  }
  return members;
}

const memberKey = (contract: string, name: string, measure: Measure, ruler: Ruler): string =>
  `${contract}|${name}|${measure}|${ruler}`;

export const keyOf = (member: FamilyMember): string =>
  memberKey(member.contract.code, member.class, member.measure, member.ruler);

function looksOf(
  members: readonly FamilyMember[],
  result: RecordFamilyResult,
  supported: (member: number, lookback: number) => boolean,
  periodEnd: LooksLedger['periodEnd'],
): LooksLedger {
  const perMember = members.map(
    (_, index) => LOOKBACKS.filter((_lookback, l) => supported(index, l)).length * HORIZONS_WEEKS.length,
  );
  const count = (ruler: Ruler): number =>
    members.reduce((total, member, index) => total + (member.ruler === ruler ? perMember[index]! : 0), 0);
  return {
    m: result.m,
    periodEnd,
    resamples: result.resamples,
    blockLengthWeeks: result.blockLength,
    adjustedFloor: result.adjustedFloor,
    contracts: [...new Set(members.map((member) => member.contract.code))],
    classes: COT_CLASSES,
    measures: MEASURES,
    rulers: RULERS.map((ruler) => ({ ruler, hypotheses: count(ruler) })),
    lookbacks: LOOKBACKS,
    horizonsWeeks: HORIZONS_WEEKS,
  };
}

/**
 * Tests the declared family of one week at once (measures.md 5.2 and 5.4): every measure, scale, class, contract,
 * look-back and horizon that the view supports, whatever was asked.
 */
export async function testRecordFamily(
  members: readonly FamilyMember[],
  period: number,
  options: ResamplingOptions,
): Promise<RecordFamily> {
  const supported = (member: number, lookback: number): boolean =>
    supports(members[member]!.series.values, period, LOOKBACKS[lookback]!);
  const result = await resampleRecordFamily({
    series: members.map((member) => member.series.values.subarray(0, period + 1)),
    lookbacks: LOOKBACKS.map((lookback) =>
      lookback === 'all' ? Number.POSITIVE_INFINITY : lookbackPeriods(lookback, period),
    ),
    horizons: [...HORIZONS_WEEKS],
    include: supported,
    resamples: options.resamples,
    seed: options.seed,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  const position = new Map(members.map((member, index) => [keyOf(member), index]));
  const periodEnd = members[0]?.contract.calendar.periodEnds[period];
  if (periodEnd === undefined) throw new Error('a family of no members was tested');
  return {
    members,
    looks: looksOf(members, result, supported, periodEnd),
    figures(member, lookback, horizonWeeks = 1) {
      const index = position.get(keyOf(member));
      if (index === undefined) return null;
      return result.figures(index, LOOKBACKS.indexOf(lookback), HORIZONS_WEEKS.indexOf(horizonWeeks as 1));
    },
  };
}
