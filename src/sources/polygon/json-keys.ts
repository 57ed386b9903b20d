/** The keys under which one of Polygon's shapes has a trade, and how its times are written. */
export interface TradeKeys {
  readonly time: string;
  readonly isMillis: boolean;
  readonly price: string;
  readonly size: string;
  readonly decimalSize: string;
  readonly exchange: string;
  readonly conditions: string;
  readonly correction: string;
  readonly sequence: string;
  readonly tape: string;
}

/** As `TradeKeys`, of a quote. */
export interface QuoteKeys {
  readonly time: string;
  readonly isMillis: boolean;
  readonly bid: string;
  readonly bidSize: string;
  readonly ask: string;
  readonly askSize: string;
  readonly sequence: string;
}

export const STREAM_TRADE: TradeKeys = {
  time: 't',
  isMillis: true,
  price: 'p',
  size: 's',
  decimalSize: 'ds',
  exchange: 'x',
  conditions: 'c',
  correction: 'e',
  sequence: 'q',
  tape: 'z',
};
export const LAST_TRADE: TradeKeys = { ...STREAM_TRADE, isMillis: false };
export const PAGE_TRADE: TradeKeys = {
  time: 'sip_timestamp',
  isMillis: false,
  price: 'price',
  size: 'size',
  decimalSize: 'decimal_size',
  exchange: 'exchange',
  conditions: 'conditions',
  correction: 'correction',
  sequence: 'sequence_number',
  tape: 'tape',
};
export const STREAM_QUOTE: QuoteKeys = {
  time: 't',
  isMillis: true,
  bid: 'bp',
  bidSize: 'bs',
  ask: 'ap',
  askSize: 'as',
  sequence: 'q',
};
export const LAST_QUOTE: QuoteKeys = {
  ...STREAM_QUOTE,
  isMillis: false,
  bid: 'p',
  bidSize: 's',
  ask: 'P',
  askSize: 'S',
};
export const PAGE_QUOTE: QuoteKeys = {
  time: 'sip_timestamp',
  isMillis: false,
  bid: 'bid_price',
  bidSize: 'bid_size',
  ask: 'ask_price',
  askSize: 'ask_size',
  sequence: 'sequence_number',
};
