import {
  type BuyersPlace,
  type IsoDate,
  type ManagerClass,
  type ShareBounds,
  sumUsd,
} from '../../core/index.js';
import { boughtBy, type ManagerKind, type QuarterSummary } from '../../flows/index.js';

/** Classes that only quarterly filings name. */
export const BOUNDED_CLASSES = ['pension', 'sovereign-wealth'] as const satisfies readonly ManagerClass[];
export type BoundedClass = (typeof BOUNDED_CLASSES)[number];

/** Quarters of 13F behind an interval at most, and at least: with fewer it holds the share less often than it says. */
export const PRIOR_QUARTERS = 8;
const FEWEST_QUARTERS = 4;
/** Wanted chance that the interval holds the share. */
const BOUNDS_LEVEL = 0.9;

/** What a class made of the purchases of all 13F managers in a quarter. */
export interface QuarterShare {
  readonly quarterEnd: IsoDate;
  /** Managers of the class. */
  readonly managers: number;
  /** In [0, 1]; null where nobody bought. */
  readonly share: number | null;
}

/** Which managers and securities of a quarter are asked about. */
export interface SharePart {
  /** One of SECTORS; all securities, those without a sector too, if left out. */
  readonly sector?: string;
  /** Whether managers of a kind count; all do if left out. */
  counts?(kind: Pick<ManagerKind, 'classification'>): boolean;
}

/** The shares of the bounded classes in one quarter, or in a part of it. */
export function quarterShares(
  { periodEnd, kinds }: Pick<QuarterSummary, 'periodEnd' | 'kinds'>,
  { sector, counts = () => true }: SharePart = {},
): Record<BoundedClass, QuarterShare> {
  const counted = kinds.filter((kind) => counts(kind));
  const boughtOf = (some: readonly ManagerKind[]): number =>
    sumUsd(some.map((kind) => boughtBy(kind, sector)));
  const total = boughtOf(counted);
  return Object.fromEntries(
    BOUNDED_CLASSES.map((name) => {
      const own = counted.filter(({ classification }) => classification.class === name);
      const managers = own.reduce((sum, kind) => sum + kind.managers, 0);
      const share = total === 0 ? null : boughtOf(own) / total;
      return [name, { quarterEnd: periodEnd, managers, share }];
    }),
  ) as Record<BoundedClass, QuarterShare>;
}

/** Quarters from one quarter end to another. */
export function quartersBetween(from: IsoDate, to: IsoDate): number {
  const index = (date: IsoDate): number =>
    Number(date.slice(0, 4)) * 4 + Math.ceil(Number(date.slice(5, 7)) / 3);
  return index(to) - index(from);
}

export interface ShareInterval {
  readonly low: number | null;
  readonly high: number | null;
  readonly quartersUsed: number;
  readonly quartersAhead: number | null;
  readonly reason: string | null;
}

/** The order statistic that a new value exceeds with a chance of at most 1 - level, the largest where the sample is too small for it. */
function upperQuantile(values: readonly number[], level: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length, Math.ceil(level * (sorted.length + 1))) - 1]!;
}

/**
 * Interval for a class's share in a quarter from its shares in earlier ones: smallest and largest of up to eight, widened by
 * the 90 % quantile (order statistic ceil(0.9 (n + 1)), the largest change where n < 9) of their absolute changes over as many
 * quarters as the newest lies before the quarter asked about, over one where no pair is so far apart, and cut to [0, 1].
 *
 * @param known shares of known quarters in any order; those not before `quarterEnd` are not looked at
 */
export function shareInterval(known: readonly QuarterShare[], quarterEnd: IsoDate): ShareInterval {
  const prior = known
    .filter((quarter) => quarter.quarterEnd < quarterEnd)
    .sort((a, b) => (a.quarterEnd < b.quarterEnd ? -1 : 1))
    .slice(-PRIOR_QUARTERS);
  const none = (reason: string): ShareInterval => ({
    low: null,
    high: null,
    quartersUsed: 0,
    quartersAhead: null,
    reason,
  });
  if (prior.length === 0) return none('no quarter of Form 13F before it is known');
  if (prior.every(({ managers }) => managers === 0))
    return none('no manager of this class is in the Form 13F holdings of the store');
  const shared = prior.filter(({ share, managers }) => share !== null && managers > 0);
  if (shared.length < FEWEST_QUARTERS)
    return none(`quarters known with this class: ${shared.length}, ${FEWEST_QUARTERS} needed`);
  const ahead = quartersBetween(shared.at(-1)!.quarterEnd, quarterEnd);
  const changes = (apart: number): number[] =>
    shared.flatMap((late) =>
      shared
        .filter((early) => quartersBetween(early.quarterEnd, late.quarterEnd) === apart)
        .map((early) => Math.abs(late.share! - early.share!)),
    );
  const apart = changes(ahead).length > 0 ? ahead : 1;
  const moved = changes(apart);
  if (moved.length === 0) return none('no two neighbouring quarters with this class are known');
  const widening = upperQuantile(moved, BOUNDS_LEVEL);
  const shares = shared.map(({ share }) => share!);
  return {
    low: Math.max(0, Math.min(...shares) - widening),
    high: Math.min(1, Math.max(...shares) + widening),
    quartersUsed: shared.length,
    quartersAhead: ahead,
    reason: null,
  };
}

/** Interval score of a central interval (Gneiting and Raftery 2007, JASA 102, equation 43); smaller is better. */
export function intervalScore(low: number, high: number, actual: number, level: number): number {
  const penalty = 2 / (1 - level);
  return high - low + penalty * Math.max(0, low - actual) + penalty * Math.max(0, actual - high);
}

/** What the interval is a share of. */
export interface BoundsTotal {
  readonly amount: number | null;
  readonly of: string | null;
}

/**
 * The bounds of one class for a period, scored where the quarter's own 13F is among the known shares.
 * @param known shares of known quarters; the one that ends on `quarterEnd` is the truth, those before it the prior
 */
export function shareBounds(
  name: BoundedClass,
  known: readonly QuarterShare[],
  quarterEnd: IsoDate,
  place: BuyersPlace,
  total: BoundsTotal,
): ShareBounds {
  const { low, high, ...interval } = shareInterval(known, quarterEnd);
  const truth = known.find((quarter) => quarter.quarterEnd === quarterEnd);
  const actual = truth === undefined || truth.managers === 0 ? null : truth.share;
  const isScored = actual !== null && low !== null && high !== null;
  const part = (share: number | null): number | null =>
    share === null || total.amount === null ? null : Math.round(share * total.amount * 100) / 100;
  return {
    kind: 'bounds',
    ...place,
    class: name,
    quarterEnd,
    low,
    high,
    level: BOUNDS_LEVEL,
    ...interval,
    total: total.amount,
    totalOf: total.of,
    amountLow: part(low),
    amountHigh: part(high),
    actual,
    hit: isScored ? low <= actual && actual <= high : null,
    score: isScored ? intervalScore(low, high, actual, BOUNDS_LEVEL) : null,
  };
}

/** How the bounds of every known quarter did, newest first: each from the quarters before it alone. */
export function scoredBounds(
  name: BoundedClass,
  known: readonly QuarterShare[],
  placeOf: (quarterEnd: IsoDate) => BuyersPlace,
): ShareBounds[] {
  return known
    .toSorted((a, b) => (a.quarterEnd < b.quarterEnd ? 1 : -1))
    .map(({ quarterEnd }) =>
      shareBounds(name, known, quarterEnd, placeOf(quarterEnd), { amount: null, of: null }),
    )
    .filter(({ score }) => score !== null);
}
