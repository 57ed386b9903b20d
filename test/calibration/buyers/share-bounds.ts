import { type IsoDate, normalDraw, quarterEnd, type Random, seededRandom } from '../../../src/core/index.js';
import { intervalScore, type QuarterShare, shareInterval } from '../../../src/studies/buyers/share-bounds.js';

/** How a class's share of purchases moves from quarter to quarter. */
export interface ShareWorld {
  readonly name: string;
  draw(random: Random, quarters: number): number[];
}

const STEP = 0.01;
const MEAN = 0.12;

export const RANDOM_WALK: ShareWorld = {
  name: 'random walk, steps of 1 %',
  draw(random, quarters) {
    const shares = [MEAN];
    while (shares.length < quarters) shares.push(shares.at(-1)! + STEP * normalDraw(random));
    return shares;
  },
};

export const WANDERING: ShareWorld = {
  name: 'about a mean, independent, sd 1 %',
  draw: (random, quarters) => Array.from({ length: quarters }, () => MEAN + STEP * normalDraw(random)),
};

export interface BoundsOutcome {
  /** Share of histories whose last quarter lies inside its bounds. */
  readonly inside: number;
  readonly width: number;
  readonly score: number;
}

const ENDS: readonly IsoDate[] = Array.from({ length: 12 }, (_, i) =>
  quarterEnd(2023 + Math.floor(i / 4), ((i % 4) + 1) as 1 | 2 | 3 | 4),
);

/** Bounds for a quarter from `prior` quarters, of which the newest lies `ahead` before it. */
export function tryBounds(
  world: ShareWorld,
  { prior, ahead, histories }: { prior: number; ahead: number; histories: number },
): BoundsOutcome {
  const random = seededRandom(11);
  let [inside, width, score] = [0, 0, 0];
  for (let i = 0; i < histories; i++) {
    const shares = world.draw(random, prior + ahead);
    const known = shares
      .slice(0, prior)
      .map((share, q): QuarterShare => ({ quarterEnd: ENDS[q]!, managers: 5, share }));
    const truth = shares.at(-1)!;
    const { low, high } = shareInterval(known, ENDS[prior + ahead - 1]!);
    if (low! <= truth && truth <= high!) inside++;
    width += high! - low!;
    score += intervalScore(low!, high!, truth, 0.9);
  }
  return { inside: inside / histories, width: width / histories, score: score / histories };
}
