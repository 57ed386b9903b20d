/** A close this many times the one before, or one part of it, is no ordinary market move. */
const BREAK_FOLD = 50;
/** Cents for dollars, ones for thousands. */
const UNIT_FACTORS = [100, 1000];
/** On the day of a change of unit the price itself moves too. */
const UNIT_FACTOR_TOLERANCE = 0.15;

/** A close that stands at another level than its series did before. */
interface LevelBreak {
  /** Index of the close in its series. */
  readonly index: number;
  /** Index of the last close that stands at the level of the series. */
  readonly reference: number;
}

/**
 * Closes of one symbol that stand at another level than the closes before them, with no split on record on the day: 50-fold
 * or more above the last close at the series' level, which no listed share does in a session; or about 1/100 or 1/1,000 of
 * it (within 15 %), which is a change of unit. Other falls are let pass: bankruptcies look like that. Each close is judged
 * by earlier ones alone, so that later rows never change what was known.
 * @param closes in order of time, all above zero
 * @param splits indexes of the closes whose day has a split on record
 */
export function findLevelBreaks(closes: readonly number[], splits: ReadonlySet<number>): LevelBreak[] {
  const breaks: LevelBreak[] = [];
  let reference = 0;
  for (let index = 1; index < closes.length; index += 1) {
    const ratio = closes[index]! / closes[reference]!;
    if ((ratio >= BREAK_FOLD || isUnitFactor(1 / ratio)) && !splits.has(index))
      breaks.push({ index, reference });
    else reference = index;
  }
  return breaks;
}

/** True where one figure is about 100 or 1,000 times another, within 15 %. */
export function isUnitFactor(fold: number): boolean {
  return UNIT_FACTORS.some(
    (factor) => fold > factor * (1 - UNIT_FACTOR_TOLERANCE) && fold < factor / (1 - UNIT_FACTOR_TOLERANCE),
  );
}
