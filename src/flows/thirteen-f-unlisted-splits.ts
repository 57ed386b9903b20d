import type { RawSecurity } from './thirteen-f-positions.js';

type Positions = Pick<RawSecurity, 'sharesBefore' | 'sharesNow' | 'valuePerShareBefore' | 'valuePerShareNow'>;

/** Those who hold a security at both ends of a quarter. */
export interface ContinuingHolders {
  readonly count: number;
  /** With the very same number of shares. */
  readonly unchanged: number;
}

export function continuingHolders({ sharesBefore, sharesNow }: Positions): ContinuingHolders {
  let count = 0;
  let unchanged = 0;
  for (let i = 0; i < sharesBefore.length; i++) {
    if (sharesBefore[i]! <= 0 || sharesNow[i]! <= 0) continue;
    count++;
    if (sharesBefore[i] === sharesNow[i]) unchanged++;
  }
  return { count, unchanged };
}

/** Ratios at which companies split, new shares for old. */
const RATIOS: readonly (readonly [now: number, before: number])[] = [
  ...[2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 35, 40, 50, 100].flatMap(
    (n) =>
      [
        [n, 1],
        [1, n],
      ] as const,
  ),
  [3, 2],
];
/** Smaller holdings meet a ratio by chance. */
const FEWEST_SHARES = 20;
/** By how much a price may also move in the quarter of a split. */
const PRICE_SLACK = 1.35;
/** By how much holders may also trade in it. */
const TRADE_SLACK = 1.67;
const FEWEST_WITHOUT_PRICE = 3;

const apart = (a: number, b: number, limit: number): boolean => a > b * limit || b > a * limit;

/**
 * A ratio at which the security seems to have been split: holders' shares changed by it to the share, their value per
 * share moved the other way, and it outweighs those who stood still.
 * @returns such as '10:1'; null where nothing points to one
 */
export function looksLikeSplit(positions: Positions, continuing: ContinuingHolders): string | null {
  const { sharesBefore, sharesNow, valuePerShareBefore, valuePerShareNow } = positions;
  const hasPrice = valuePerShareBefore !== null && valuePerShareNow !== null;
  const moved = hasPrice ? valuePerShareBefore / valuePerShareNow : null;
  if (moved !== null && !apart(moved, 1, 1.12)) return null;
  for (const [now, before] of RATIOS) {
    const ratio = now / before;
    if (moved !== null && apart(moved, ratio, PRICE_SLACK)) continue;
    let exact = 0;
    let near = 0;
    for (let i = 0; i < sharesBefore.length; i++) {
      const [held, holds] = [sharesBefore[i]!, sharesNow[i]!];
      if (held <= 0 || holds <= 0) continue;
      if (!apart(holds, held * ratio, TRADE_SLACK)) near++;
      if (Math.min(held, holds) >= FEWEST_SHARES && Math.abs(holds - held * ratio) <= 1) exact++;
    }
    const all = exact >= 1 && continuing.unchanged === 0 && near === continuing.count;
    const most = exact >= (moved === null ? FEWEST_WITHOUT_PRICE : 2) && exact > continuing.unchanged;
    if (most || (moved !== null && all)) return `${now}:${before}`;
  }
  return null;
}
