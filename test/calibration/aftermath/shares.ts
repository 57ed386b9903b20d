export const count = <Item>(items: readonly Item[], holds: (item: Item) => boolean): number =>
  items.filter(holds).length;

const printed = (value: number, error: number, decimals: number): string =>
  `${(100 * value).toFixed(decimals)} ± ${(100 * error).toFixed(decimals)} %`;

/** A share with its standard error, which one hit and one miss more keep above 0 (Agresti and Coull 1998). */
export function share(hits: number, of: number): string {
  if (of === 0) return '';
  const moved = (hits + 1) / (of + 2);
  return printed(hits / of, Math.sqrt((moved * (1 - moved)) / of), 0);
}

/** The mean of markets' shares, each of several tests that hang together, with the standard error of that mean. */
export function meanShare(shares: readonly number[]): string {
  const mean = shares.reduce((sum, value) => sum + value, 0) / shares.length;
  const variance = shares.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (shares.length - 1);
  return printed(mean, Math.sqrt(variance / shares.length), 1);
}

/** @param words columns of words, to the left of those of numbers */
export function markdown(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  words: number,
): string {
  const rule = head.map((_, i) => (i < words ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
