/**
 * Where an increasing function passes 0 in [low, high], to the last digits of a double. A function that is above 0 all over
 * gives `low`, one that is under it all over gives `high`.
 */
export function bisect(increasing: (x: number) => number, low: number, high: number): number {
  let [under, over] = [low, high];
  for (;;) {
    const middle = under + (over - under) / 2;
    if (middle === under || middle === over) return over;
    if (increasing(middle) < 0) under = middle;
    else over = middle;
  }
}
