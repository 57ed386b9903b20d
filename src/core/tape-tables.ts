/** Dollars of a side: whole dollars, and the rest in 1e-12 dollars, since a price of a share has six decimals and so have sizes. */
const AMOUNTS = {
  buyUsd: 'integer',
  buyTrillionths: 'integer',
  sellUsd: 'integer',
  sellTrillionths: 'integer',
  unsignedUsd: 'integer',
  unsignedTrillionths: 'integer',
} as const;

const PRINTS = {
  buyPrints: 'integer',
  sellPrints: 'integer',
  unsignedPrints: 'integer',
  /** Whole shares, and the rest in millionths. */
  shares: 'integer',
  shareMillionths: 'integer',
} as const;

/** Tables of the signed tape. */
export const TAPE_TABLES = {
  /**
   * Dollars by side of one symbol, day and class of prints, signed by the default rule. A day is the session date in New York:
   * closing auctions belong to theirs whatever their clock. Odd lots are among the other figures.
   */
  tapeSums: {
    columns: {
      date: 'date',
      symbol: 'text',
      printClass: 'text',
      ...AMOUNTS,
      ...PRINTS,
      oddLotPrints: 'integer',
      oddLotUsd: 'integer',
      oddLotTrillionths: 'integer',
    },
    key: ['date', 'symbol', 'printClass'],
  },
  /** The same by minute; `minute` counts from midnight in New York, half-open. Only minutes with prints have a row. */
  tapeMinutes: {
    columns: { date: 'date', symbol: 'text', printClass: 'text', minute: 'integer', ...AMOUNTS, ...PRINTS },
    key: ['date', 'symbol', 'printClass', 'minute'],
  },
  /**
   * How the prints of a symbol's day were signed, at the default lag and at others, with the dollars of all classes that are
   * signed. Counts are those of SIGNING_COUNTS in the tape.
   */
  tapeSigning: {
    columns: {
      date: 'date',
      symbol: 'text',
      lagNanos: 'integer',
      rule: 'text',
      quoteKind: 'text',
      tradeFormat: 'text',
      quoteFormat: 'text',
      conditionTable: 'text',
      hasSubPennyPrices: 'boolean',
      trades: 'integer',
      quotes: 'integer',
      ...AMOUNTS,
      signable: 'integer',
      byNone: 'integer',
      byTick: 'integer',
      byQuote: 'integer',
      byAggressor: 'integer',
      byRetail: 'integer',
      metNoQuote: 'integer',
      metLocked: 'integer',
      metCrossed: 'integer',
      unknownConditions: 'integer',
      retailAsked: 'integer',
      bjzzBuys: 'integer',
      bjzzSells: 'integer',
      bhjosCandidates: 'integer',
      bhjosBuys: 'integer',
      bhjosSells: 'integer',
    },
    key: ['date', 'symbol', 'lagNanos'],
  },
} as const;

export type TapeTableName = keyof typeof TAPE_TABLES;
