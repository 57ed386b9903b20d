/**
 * Worlds of what follows record weeks: each plants one thing and nothing else. In `none` the same weeks are records, and nothing
 * hangs on them.
 */
export const AFTERMATH_WORLDS = [
  'none',
  'floor',
  'rise',
  'turbulence',
  'consolidation',
  'profit-taking',
  'cascade',
  'loop',
] as const;
export type AftermathWorld = (typeof AFTERMATH_WORLDS)[number];

/** How prices and flows of `20974+` hang on each other. What follows a record week begins at the first close after its report. */
export interface AftermathLaw {
  /** Drift of days that begin under the anchored price, over 13 weeks, in usual daily deviations. */
  readonly floor: number;
  /** Drift over 4 weeks, in usual daily deviations. */
  readonly rise: number;
  /** Factor on each day's move, over 13 weeks. */
  readonly turbulence: number;
  /** Share of the distance to the first close that a day takes back, over 13 weeks. */
  readonly pull: number;
  /** What asset managers sell a week over 13 weeks, in usual weekly sizes. */
  readonly profitTaking: number;
  /** Share of what its leader bought that a class buys two weeks later: see CASCADE. */
  readonly cascade: number;
  /** Each link of return to mood to flow to return, a week later, in usual sizes. */
  readonly loop: number;
}

const NOTHING: AftermathLaw = {
  floor: 0,
  rise: 0,
  turbulence: 1,
  pull: 0,
  profitTaking: 0,
  cascade: 0,
  loop: 0,
};

const LAWS: Readonly<Record<AftermathWorld, Partial<AftermathLaw>>> = {
  none: {},
  floor: { floor: 2.5 },
  rise: { rise: 0.5 },
  turbulence: { turbulence: 2 },
  consolidation: { pull: 0.3 },
  'profit-taking': { profitTaking: 0.8 },
  cascade: { cascade: 1 },
  loop: { loop: 0.3 },
};

export function lawOf(world: AftermathWorld): AftermathLaw {
  return { ...NOTHING, ...LAWS[world] };
}

/** Sessions over which a record week is followed by what the law says. */
export const FOLLOWED_SESSIONS = { rise: 20, other: 65 } as const;
export const FOLLOWED_WEEKS = 13;

/** Who follows whom where classes follow each other, and the share of the leader's net that is followed; dealers sell to them. */
export const CASCADE = {
  weeks: 2,
  links: [
    { leader: 'asset-manager', follower: 'other-reportable', share: 0.25 },
    { leader: 'other-reportable', follower: 'non-reportable', share: 0.4 },
  ],
} as const;

/** Mood keeps half of last week's; a bullish less bearish share of 0.11 is one deviation of its shocks. */
export const MOOD = { persistence: 0.5, deviation: 0.11, mean: 0.05, neutral: 0.3 } as const;

/** When asset managers set records in dollars. */
export interface RecordPlan {
  /** Fewest and most weeks from one record to the next. */
  readonly gapWeeks: readonly [number, number];
  readonly most: number;
}

/** All through the years. */
export const SPREAD_RECORDS: RecordPlan = { gapWeeks: [24, 40], most: Number.POSITIVE_INFINITY };

/** A record over all weeks before it, at least 156 of them, is so many times the largest. */
export const RECORD_GROWTH = 1.1;
/**
 * Share of a record purchase that is still held a week later: such that its buyers sell no more afterwards than those of ordinary
 * weeks. At the pace of other plants, profit taking would be planted in every world.
 */
export const RECORD_MEMORY = 0.997;
/** The first may stand here: a record takes 156 weeks before it. */
export const FIRST_RECORD_WEEK = 165;
/** No week from here on is a record but those planned. */
export const FIRST_JUDGED_WEEK = 150;
/** The last weeks leave room for what follows. */
export const LAST_WEEKS = 24;
