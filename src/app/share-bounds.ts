import { type BuyersPlace, formatInstant, type IsoDate, type ShareBounds } from '../core/index.js';
import {
  BOUNDED_CLASSES,
  type BoundsTotal,
  PRIOR_QUARTERS,
  type QuarterShare,
  quarterShares,
  scoredBounds,
  shareBounds,
} from '../studies/buyers/index.js';
import type { AppContext } from './context.js';
import { type ManagerQuestion, managerCounts, type Quarters, quarterOf } from './quarters.js';

/** Quarters whose bounds are scored, each from as many before it as an interval takes. */
const SCORED_QUARTERS = 8;

interface BoundsRows {
  readonly rows: readonly ShareBounds[];
  readonly notes: readonly string[];
}

function scoreNote(name: string, scored: readonly ShareBounds[]): string[] {
  if (scored.length === 0) return [];
  const hits = scored.filter(({ hit }) => hit).length;
  const mean = scored.reduce((sum, { score }) => sum + score!, 0) / scored.length;
  return [
    `Bounds for ${name}: ${hits} of ${scored.length} known quarters lay inside theirs (${100 * scored[0]!.level} % wanted); mean interval score ${mean.toPrecision(3)}.`,
  ];
}

/**
 * Bounds for the classes that only Form 13F names, in the quarter of a period, and how the same rule did in the known quarters.
 * A quarter counts as known once all its managers had to file.
 * @param place the period asked about; its row stands first, those of known quarters follow
 */
export async function boundsRows(
  context: AppContext,
  quarters: Quarters,
  place: BuyersPlace,
  total: BoundsTotal,
  question: ManagerQuestion,
): Promise<BoundsRows> {
  const target = quarterOf(place.periodEnd);
  const complete = quarters.ends
    .filter((end) => quarters.isComplete(end) && end <= target)
    .slice(-(PRIOR_QUARTERS + SCORED_QUARTERS));
  const isThere = await quarters.hasManagerOf(BOUNDED_CLASSES);
  const ends = isThere ? complete : [];
  const part = {
    counts: managerCounts(question.exclude),
    ...(place.sector === null ? {} : { sector: place.sector }),
  };
  const shares: Record<string, QuarterShare>[] = [];
  const places = new Map<IsoDate, BuyersPlace>();
  const task = context.effects.progress.start('summing quarters of Form 13F', ends.length);
  for (const end of ends) {
    context.signal?.throwIfAborted();
    task.advance(shares.length, end);
    const summary = await quarters.summary(end);
    const { periodStart, periodEnd, knownAt } = summary;
    if (knownAt === null) continue;
    shares.push(quarterShares(summary, part));
    places.set(periodEnd, {
      basis: '13f',
      periodStart,
      periodEnd,
      knownAt: formatInstant(knownAt),
      contract: null,
      sector: place.sector,
      sectorIsProxy: false,
    });
  }
  task.finish();
  const rows: ShareBounds[] = [];
  const notes: string[] = [];
  for (const name of BOUNDED_CLASSES) {
    const known = isThere
      ? shares.map((quarter) => quarter[name]!)
      : complete.map((quarterEnd) => ({ quarterEnd, managers: 0, share: null }));
    const scored = scoredBounds(name, known, (end) => places.get(end)!).slice(0, SCORED_QUARTERS);
    const own = shareBounds(name, known, target, place, total);
    rows.push(own, ...scored.filter(({ quarterEnd }) => quarterEnd !== target));
    if (own.reason !== null) notes.push(`No bounds for ${name}: ${own.reason}.`);
    notes.push(...scoreNote(name, scored));
  }
  return { rows, notes };
}
