import type { TapeFormat, TradeSign } from '../../core/index.js';

/**
 * What a file's records mean: `trades` alone; `before` each trade the top of book (tbbo); the top of book `after` each
 * event, trades between (mbp-1); trades among single orders (mbo).
 */
export type TapeMode = 'trades' | 'before' | 'after' | 'orders';

const MODE_OF_SCHEMA: Readonly<Record<string, TapeMode>> = {
  trades: 'trades',
  tbbo: 'before',
  tcbbo: 'before',
  'mbp-1': 'after',
  'cmbp-1': 'after',
  mixed: 'after',
  mbo: 'orders',
};

/** @param name of a format, which ends in the schema */
export function modeOfFormat(name: string): TapeMode {
  return MODE_OF_SCHEMA[name.replace(/^databento-(dbn|csv)-/, '')] ?? 'trades';
}

const REMARKS: Readonly<Record<TapeMode, string>> = {
  trades: '',
  before: '; the quote in front of a trade counts as one nanosecond older',
  after: '',
  orders: '; single orders: trades are used, a top of book is not made of them',
};

export function databentoFormat(parts: {
  readonly encoding: 'dbn' | 'csv';
  readonly schema: string;
  readonly isConsolidated: boolean;
  readonly evidence: string;
}): TapeFormat {
  const mode = MODE_OF_SCHEMA[parts.schema]!;
  const hasQuotes = mode === 'before' || mode === 'after';
  return {
    name: `databento-${parts.encoding}-${parts.schema}`,
    holds: hasQuotes ? 'both' : 'trades',
    quoteKind: hasQuotes ? (parts.isConsolidated ? 'nbbo' : 'venue') : null,
    quoteSizeUnit: hasQuotes ? 'shares' : null,
    clock: 'nanoseconds since 1970, UTC (ts_event)',
    hasSubPennyPrices: true,
    evidence: `${parts.evidence}${REMARKS[mode]}`,
  };
}

const BUY = 'B'.charCodeAt(0);
const SELL = 'A'.charCodeAt(0);

/** The side of a trade is that of its aggressor; N is not told. */
export function aggressorOf(side: number): TradeSign {
  if (side === BUY) return 1;
  return side === SELL ? -1 : 0;
}
