/** What a run counts; the place is the place in a Float64Array, so that counts of parts add up column by column. */
export const SIGNING_COUNTS = [
  'prints',
  'droppedByCorrection',
  'droppedByCondition',
  'droppedByPriceOrSize',
  'droppedOddLots',
  'unknownConditions',
  'suspicious',
  'oddLots',
  'signable',
  'byNone',
  'byTick',
  'byQuote',
  'byAggressor',
  'byRetail',
  'metNoQuote',
  'metLocked',
  'metCrossed',
  'metUsable',
  'retailAsked',
  'bjzzBuys',
  'bjzzSells',
  'bhjosCandidates',
  'bhjosBuys',
  'bhjosSells',
  'bhjosBuysOfBjzz',
  'bhjosSellsOfBjzz',
  'blocks',
  'lowConfidenceBlocks',
  'largeNotSigned',
] as const;
export type SigningCount = (typeof SIGNING_COUNTS)[number];

/**
 * Counts of prints by name.
 * `signable`: prints that the rule was asked for; `byX` and `metX` split these. `retailAsked`: regular prints off exchange at a
 * dollar or more. `bhjosXOfBjzz`: those that the sub-penny rule finds too, the narrower reading of the population. `largeNotSigned`: as large as a block, but of a class that is never signed.
 */
export type SigningCounts = Readonly<Record<SigningCount, number>>;

/** Places of the counts in their array. */
export const COUNT = Object.fromEntries(SIGNING_COUNTS.map((name, place) => [name, place])) as Readonly<
  Record<SigningCount, number>
>;

/** The counts of an array, by name. */
export function namedCounts(counts: Float64Array): SigningCounts {
  return Object.fromEntries(SIGNING_COUNTS.map((name, place) => [name, counts[place]!])) as SigningCounts;
}
