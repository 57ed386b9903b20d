import type { IsoDate } from '../core/index.js';
import type { PlantSchedule } from './plant-schedule.js';
import { type PlantedWeek, plantedWeek, type TrueContract } from './truth.js';
import type { ReportWeek } from './weeks.js';

/** What a correct reader finds in a planted week with a look-back in years. */
export interface ExpectedFinding {
  readonly lookback: '5y' | '10y';
  readonly isRecord: boolean | null;
  readonly kind: 'record' | 'nominal record' | 'none' | null;
  /** Verdict of the calendar check of measures.md section 6 where the plant decides it. */
  readonly calendarCheck: 'pass' | 'fail' | null;
}

export type PlantKind =
  | 'record'
  | 'nominal-record'
  | 'roll-week-record'
  | 'reconstitution-week-record'
  | 'unit-change';

export interface PlantTruth extends PlantedWeek {
  readonly kind: PlantKind;
  readonly isDecoy: boolean;
  readonly expected: readonly ExpectedFinding[];
  /** What a correct reader must say, in a sentence. */
  readonly says: string;
  /** Report dates of the weeks planted to make it so. */
  readonly because: readonly IsoDate[];
  /** Net contracts that a reader finds who takes the published changes for flows. */
  readonly unadjustedNetContracts: number | null;
}

/** The planted contracts, by what is planted in them. */
interface PlantedContracts {
  readonly nasdaq100: TrueContract;
  readonly sp500: TrueContract;
  readonly russell2000: TrueContract;
  readonly djia: TrueContract;
}

interface Story {
  readonly kind: PlantKind;
  readonly contract: TrueContract;
  readonly week: number;
  readonly class: 'asset-manager' | 'leveraged-fund';
  readonly expected: readonly ExpectedFinding[];
  readonly says: string;
  readonly because: readonly number[];
}

function stories(contracts: PlantedContracts, schedule: PlantSchedule, nominalPredecessor: number): Story[] {
  const { nasdaq100, sp500, russell2000, djia } = contracts;
  return [
    {
      kind: 'record',
      contract: nasdaq100,
      week: schedule.record,
      class: 'asset-manager',
      expected: [{ lookback: '10y', isRecord: true, kind: 'record', calendarCheck: 'pass' }],
      says: 'A record on every ruler, in a week without calendar flags, after three weeks of buying: asset managers bought from dealers and leveraged funds.',
      because: [schedule.record - 3, schedule.record - 2, schedule.record - 1],
    },
    {
      kind: 'nominal-record',
      contract: sp500,
      week: schedule.nominal,
      class: 'asset-manager',
      expected: [{ lookback: '10y', isRecord: true, kind: 'nominal record', calendarCheck: 'pass' }],
      says: 'The largest in dollars of ten years only because the index has grown; not in contracts, in shares of open interest or in multiples of its volatility.',
      because: [nominalPredecessor],
    },
    {
      kind: 'roll-week-record',
      contract: russell2000,
      week: schedule.roll,
      class: 'asset-manager',
      expected: [
        { lookback: '5y', isRecord: true, kind: 'record', calendarCheck: 'fail' },
        { lookback: '10y', isRecord: false, kind: 'none', calendarCheck: 'fail' },
      ],
      says: 'A record over five years only, in a quarterly expiry week; earlier expiry weeks were larger, and five years hold fewer than thirty.',
      because: schedule.rollPredecessors,
    },
    {
      kind: 'reconstitution-week-record',
      contract: russell2000,
      week: schedule.reconstitution,
      class: 'leveraged-fund',
      expected: [{ lookback: '10y', isRecord: true, kind: 'record', calendarCheck: 'fail' }],
      says: 'A ten-year record in the week in which the Russell indexes are made anew: ten years hold ten such weeks, and one before them was larger.',
      because: [schedule.reconstitutionPredecessor],
    },
    {
      kind: 'unit-change',
      contract: djia,
      week: schedule.unitChange,
      class: 'asset-manager',
      expected: [{ lookback: '10y', isRecord: false, kind: 'none', calendarCheck: null }],
      says: 'No flow to speak of: the contract was halved and positions doubled. Taken as published, the changes would be the largest of all.',
      because: [],
    },
  ];
}

export function plantTruths(
  contracts: PlantedContracts,
  weeks: readonly ReportWeek[],
  plan: {
    readonly schedule: PlantSchedule;
    readonly nominalPredecessor: number;
    readonly hasRecord: boolean;
  },
): PlantTruth[] {
  const told = stories(contracts, plan.schedule, plan.nominalPredecessor).filter(
    ({ kind }) => kind !== 'record' || plan.hasRecord,
  );
  return told.map((story) => {
    const week = plantedWeek(story.contract, weeks, story);
    const { kind, expected, says } = story;
    return {
      kind,
      isDecoy: kind !== 'record',
      ...week,
      expected,
      says,
      because: story.because.map((t) => weeks[t]!.periodEnd),
      unadjustedNetContracts: kind === 'unit-change' ? publishedChange(story) : null,
    };
  });
}

/** Change in net as the publisher prints it, in unlike contracts. */
function publishedChange({ contract: { history }, week }: Story): number {
  const assetManagers = 1;
  const net = (t: number): number => history.long[assetManagers]![t]! - history.short[assetManagers]![t]!;
  return net(week) - net(week - 1);
}
