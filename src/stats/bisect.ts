/**
 * Where an increasing function passes 0 in [low, high], to a width of `tolerance` or the last digits of a double. A function that is above 0 all over
 * gives `low`, one that is under it all over gives `high`.
 */
export function bisect(increasing: (x: number) => number, low: number, high: number, tolerance = 0): number {
  let [under, over] = [low, high];
  while (over - under > tolerance) {
    const middle = under + (over - under) / 2;
    if (middle === under || middle === over) break;
    if (increasing(middle) < 0) under = middle;
    else over = middle;
  }
  return over;
}
