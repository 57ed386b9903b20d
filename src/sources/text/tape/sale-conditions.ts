/** Stands in a set of sale conditions for a code of the source that has no TAQ letter; such a print is not signed. */
export const UNKNOWN_CONDITION = '?';

/** Quote conditions under which a venue's quote counts for the national best (Holden and Jacobsen 2014); blank = regular. */
const ELIGIBLE_QUOTES = new Set(['A', 'B', 'H', 'O', 'R', 'W', '']);

/** Whether a TAQ quote condition lets the quote count for the national best. */
export function isEligibleQuote(condition: string): boolean {
  return ELIGIBLE_QUOTES.has(condition.trim());
}

/** From this day the consolidated feeds give bid and ask sizes in shares, before in round lots (Market Data Infrastructure rules). */
const SHARES_FROM = 20_251_103;

/** The unit of quote sizes of the consolidated feeds on a day written 20180102. */
export function quoteSizeUnitOn(yearMonthDay: number): string {
  return yearMonthDay >= SHARES_FROM ? 'shares' : 'round lots';
}
