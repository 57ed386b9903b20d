/**
 * IEX TOPS 1.5 to 1.66 over IEX-TP 1.25 (Investors Exchange, TOPS Specification and Transport Specification), captured from
 * the network. Little-endian; offsets in bytes from the beginning of the header or message.
 */
export const SEGMENT = {
  version: 0,
  protocol: 2,
  session: 8,
  payloadBytes: 12,
  messages: 14,
  firstSequence: 24,
  bytes: 40,
} as const;

export const TRANSPORT_VERSION = 1;
export const TOPS_PROTOCOLS = [0x8002, 0x8003] as const;

/** Every message begins with its type; trading messages go on so. */
export const MESSAGE = { type: 0, flags: 1, time: 2, symbol: 10, symbolBytes: 8 } as const;
export const QUOTE_UPDATE = {
  type: 'Q'.charCodeAt(0),
  bidSize: 18,
  bid: 22,
  ask: 30,
  askSize: 38,
  bytes: 42,
} as const;
export const TRADE_REPORT = { type: 'T'.charCodeAt(0), size: 18, price: 22, tradeId: 30, bytes: 38 } as const;
export const TRADE_BREAK = { ...TRADE_REPORT, type: 'B'.charCodeAt(0) } as const;

/** Of a quote: the symbol is halted, paused or otherwise not to be traded on IEX. */
export const NOT_AVAILABLE = 0x80;

/**
 * TAQ letters of the sale condition bits. Trade-through exempt (0x10) has no letter; a single-price cross (0x08) is an
 * auction of IEX that is not told to be opening or closing, hence TAQ's cross.
 */
export const SALE_CONDITIONS: readonly (readonly [bit: number, letter: string])[] = [
  [0x80, 'F'],
  [0x40, 'T'],
  [0x20, 'I'],
  [0x08, 'X'],
];

/** Prices are ten-thousandths of a dollar. */
export const MICRO_DOLLARS = 100;
