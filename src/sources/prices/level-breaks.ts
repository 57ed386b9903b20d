/** A close this many times the one before, or one part of it, is no market move: the unit or the company changed. */
const BREAK_FOLD = 50;
/** Cents for dollars, thousands for ones. */
const UNIT_FACTORS = [100, 1000];
/** On the day of a change of unit the price itself moves too. */
const UNIT_FACTOR_TOLERANCE = 0.15;

/** One or two closes this many times both their neighbours, which agree with each other, are a bad print. */
const SPIKE_FOLD = 5;
const LONGEST_SPIKE = 2;
const NEIGHBOURS_AGREE_FOLD = 1.5;

/** A stretch of closes without a break inside. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A close that stands at another level than its series. */
export interface LevelBreak {
  /** Index of the close in its series. */
  readonly index: number;
  /** Index of the last close that stands at the level of the series. */
  readonly reference: number;
  readonly kind: 'spike' | 'excursion' | 'unit';
}

/**
 * Closes of one symbol that stand at another level than the rest, with no split on record.
 * 1. `spike`: one or two closes 5-fold off both their neighbours, which agree within 1.5-fold.
 * 2. Without these, the series is cut where consecutive closes differ 50-fold or more. The longest stretch gives the level.
 *    Seen from it in both directions, a stretch at another level is an `excursion` where the series comes back to its level
 *    afterwards; where it does not, it is a change of `unit` if the break is within 15 % of 100 or 1,000, and otherwise
 *    taken for a true move (a bankruptcy) and for the level from there on.
 * @param closes in order of time, all above zero
 * @param splits indexes of the closes whose day has a split on record
 */
export function findLevelBreaks(closes: readonly number[], splits: ReadonlySet<number>): LevelBreak[] {
  const breaks = findSpikes(closes, splits);
  const spikes = new Set(breaks.map(({ index }) => index));
  const indexes = [...closes.keys()].filter((index) => !spikes.has(index));
  const rest = indexes.map((index) => closes[index]!);
  const restSplits = new Set(indexes.flatMap((index, position) => (splits.has(index) ? [position] : [])));
  for (const found of findShifts(rest, restSplits)) {
    breaks.push({ ...found, index: indexes[found.index]!, reference: indexes[found.reference]! });
  }
  return breaks;
}

function findSpikes(closes: readonly number[], splits: ReadonlySet<number>): LevelBreak[] {
  const spikes: LevelBreak[] = [];
  const stretches = splitIntoStretches(closes, splits, SPIKE_FOLD);
  let reference = stretches[0]!.to;
  for (const [position, { from, to }] of stretches.entries()) {
    const next = stretches[position + 1];
    const isSpike =
      position > 0 &&
      next !== undefined &&
      to - from < LONGEST_SPIKE &&
      isNear(closes[reference]!, closes[next.from]!, NEIGHBOURS_AGREE_FOLD);
    if (!isSpike) reference = to;
    else for (let index = from; index <= to; index += 1) spikes.push({ index, reference, kind: 'spike' });
  }
  return spikes;
}

function findShifts(closes: readonly number[], splits: ReadonlySet<number>): LevelBreak[] {
  const stretches = splitIntoStretches(closes, splits, BREAK_FOLD);
  const main = longest(stretches);
  const after = stretches.slice(main + 1).map(({ from, to }) => ({ near: from, far: to, from, to }));
  const before = stretches
    .slice(0, main)
    .reverse()
    .map(({ from, to }) => ({ near: to, far: from, from, to }));
  return [...walk(closes, before, stretches[main]!.from), ...walk(closes, after, stretches[main]!.to)];
}

function splitIntoStretches(closes: readonly number[], splits: ReadonlySet<number>, fold: number): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (let index = 1; index < closes.length; index += 1) {
    if (isNear(closes[index]!, closes[index - 1]!, fold) || splits.has(index)) continue;
    stretches.push({ from, to: index - 1 });
    from = index;
  }
  stretches.push({ from, to: closes.length - 1 });
  return stretches;
}

function isNear(a: number, b: number, fold: number): boolean {
  return a < b * fold && b < a * fold;
}

/** Index of the longest stretch, of the last of equals. */
function longest(stretches: readonly Stretch[]): number {
  const length = ({ from, to }: Stretch): number => to - from;
  let best = 0;
  for (const [index, stretch] of stretches.entries()) {
    if (length(stretch) >= length(stretches[best]!)) best = index;
  }
  return best;
}

interface DirectedStretch extends Stretch {
  /** The end that one comes to first. */
  readonly near: number;
  readonly far: number;
}

/** Goes from the level at `start` along the stretches, which lead away from it. */
function walk(closes: readonly number[], stretches: readonly DirectedStretch[], start: number): LevelBreak[] {
  const breaks: LevelBreak[] = [];
  let reference = start;
  for (const [position, { near, far, from, to }] of stretches.entries()) {
    const level = closes[reference]!;
    const close = closes[near]!;
    const kind = isNear(close, level, BREAK_FOLD)
      ? null
      : stretches.slice(position + 1).some((later) => isNear(closes[later.near]!, level, BREAK_FOLD))
        ? 'excursion'
        : isUnitFactor(close / level)
          ? 'unit'
          : null;
    if (kind === null) {
      reference = far;
      continue;
    }
    for (let index = from; index <= to; index += 1) breaks.push({ index, reference, kind });
  }
  return breaks;
}

function isUnitFactor(ratio: number): boolean {
  const fold = ratio < 1 ? 1 / ratio : ratio;
  return UNIT_FACTORS.some(
    (factor) => fold > factor * (1 - UNIT_FACTOR_TOLERANCE) && fold < factor / (1 - UNIT_FACTOR_TOLERANCE),
  );
}
