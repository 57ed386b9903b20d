import {
  type CotClass,
  cotReleaseInstant,
  formatInstant,
  type IsoDate,
  type Outcome,
} from '../../core/index.js';
import { classWeek, type TrueContract } from '../truth.js';
import type { ReportWeek } from '../weeks.js';
import { type AftermathLaw, type AftermathWorld, CASCADE } from './laws.js';
import type { Aftermath } from './simulate.js';
import { BUYER } from './walk.js';

/** A record week and the price its buyers paid. */
export interface RecordWeekTruth {
  readonly periodEnd: IsoDate;
  readonly knownAt: string;
  readonly netUsd: number | null;
  /** Volume-weighted close of the week, in index points. */
  readonly anchoredPrice: number;
  /** Session that what follows is counted from; null where it lies behind the end. */
  readonly firstClose: IsoDate | null;
}

/** What a correct reader finds after the record weeks, given enough of them. */
export interface ExpectedOutcome {
  readonly outcome: Outcome;
  readonly horizonWeeks: number;
  readonly verdict: 'above' | 'below';
}

export interface ExpectedLead {
  readonly leader: CotClass;
  readonly follower: CotClass;
  readonly weeks: number;
}

/** Parts of an answer on what follows. */
export type AftermathPart = 'prices' | 'profit-taking' | 'cascade' | 'loop';

export interface AftermathTruth {
  readonly world: AftermathWorld;
  readonly says: string;
  readonly law: AftermathLaw;
  readonly contract: string;
  readonly class: CotClass;
  readonly measure: 'net';
  readonly records: readonly RecordWeekTruth[];
  readonly outcomes: readonly ExpectedOutcome[];
  readonly leads: readonly ExpectedLead[];
  readonly hasLoop: boolean;
  /** Parts of the answer in which nothing is to be found. Prices that hold at a floor also rise: outcomes of prices move together. */
  readonly nothingIn: readonly AftermathPart[];
}

type Expected = Pick<AftermathTruth, 'says' | 'outcomes' | 'nothingIn'>;

const quarter = (outcome: Outcome, verdict: 'above' | 'below'): ExpectedOutcome => ({
  outcome,
  horizonWeeks: 13,
  verdict,
});

const OF_PRICES = ['profit-taking', 'cascade', 'loop'] as const;

const EXPECTED: Readonly<Record<AftermathWorld, Expected>> = {
  none: {
    says: 'Record weeks, and nothing follows from them.',
    outcomes: [],
    nothingIn: ['prices', ...OF_PRICES],
  },
  floor: {
    says: 'After record weeks prices seldom stay under what the buyers paid.',
    outcomes: [quarter('floor-days-above', 'above'), quarter('floor-depth-below', 'below')],
    nothingIn: OF_PRICES,
  },
  rise: {
    says: 'Prices rise over the four weeks after record weeks.',
    outcomes: ['return', 'excess-return'].map((outcome) => ({
      outcome: outcome as Outcome,
      horizonWeeks: 4,
      verdict: 'above',
    })),
    nothingIn: OF_PRICES,
  },
  turbulence: {
    says: 'Prices move further each day, up and down, after record weeks.',
    outcomes: [quarter('volatility-ratio', 'above'), quarter('maximum-drawdown', 'above')],
    nothingIn: OF_PRICES,
  },
  consolidation: {
    says: 'Prices stay near their first close after record weeks.',
    outcomes: [quarter('time-in-range', 'above')],
    nothingIn: OF_PRICES,
  },
  'profit-taking': {
    says: 'Those that bought record weeks sell over the quarter that follows.',
    outcomes: [quarter('profit-taking', 'below')],
    nothingIn: ['prices', 'cascade', 'loop'],
  },
  cascade: {
    says: 'Other reportable traders buy two weeks after asset managers, small traders two weeks after those.',
    outcomes: [],
    nothingIn: ['prices', 'profit-taking', 'loop'],
  },
  loop: {
    says: "A week's return lifts the next week's mood, mood the flow of asset managers, and their flow prices.",
    outcomes: [],
    nothingIn: ['cascade'],
  },
};

export function aftermathTruth(
  contract: TrueContract,
  weeks: readonly ReportWeek[],
  { world, law, records, indexes }: Aftermath,
): AftermathTruth {
  return {
    world,
    law,
    contract: contract.history.contract.code,
    class: BUYER,
    measure: 'net',
    records: records.map(({ week, anchor, entry }) => ({
      periodEnd: weeks[week]!.periodEnd,
      knownAt: formatInstant(cotReleaseInstant(weeks[week]!.periodEnd)),
      netUsd: classWeek(contract, BUYER, week).netUsd,
      anchoredPrice: anchor,
      firstClose: indexes.sessions[entry] ?? null,
    })),
    ...EXPECTED[world],
    leads:
      law.cascade > 0
        ? CASCADE.links.map(({ leader, follower }) => ({ leader, follower, weeks: CASCADE.weeks }))
        : [],
    hasLoop: law.loop > 0,
  };
}
