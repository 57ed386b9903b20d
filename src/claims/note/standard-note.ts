/**
 * The note that the report answers for its headline: what is commonly said of a record week, in our own words. It is the
 * same text as examples/note.txt.
 */
export const STANDARD_NOTE = `# Why a record week in technology stocks

Last week's notional buying of tech was the largest of any week in ten years. It is no fluke.
Institutions led and retail did not; nor did speculators. Hedge funds, asset managers, pensions and
sovereign funds moved together.

AI, sturdy earnings, an easing or paused Fed acting on a rate-sensitive sector, and money leaving
cyclicals explain it.

Such buying puts a floor under prices. Smaller institutions and then retail follow. Rising prices and
mood bring more money. Such weeks are often followed by consolidation and profit taking, but the
long-run trend is intact.
`;
