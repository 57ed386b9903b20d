/**
 * Databento Binary Encoding, versions 1 to 3 (Databento, DBN: Databento Binary Encoding, and Schemas and data formats).
 * Little-endian throughout. Offsets count from the beginning of a record, sizes are in bytes.
 */
export const DBN_MAGIC = 'DBN';
export const DBN_VERSIONS = [1, 2, 3] as const;

/** 'DBN', the version, and the length of what follows of the metadata. */
export const DBN_PREFIX_BYTES = 8;
/** Larger metadata is taken for damage: all symbols of all US markets need some 10 MB. */
export const DBN_MAX_METADATA_BYTES = 256 * 1024 ** 2;

/** Offsets into the metadata after the prefix. Version 1 has a count of records and no length of symbols. */
export const DBN_METADATA = {
  dataset: 0,
  datasetBytes: 16,
  schema: 16,
  v1: { stypeIn: 50, stypeOut: 51, tsOut: 52, symbolBytes: 22, fixedBytes: 100 },
  later: { stypeIn: 42, stypeOut: 43, tsOut: 44, symbolBytesAt: 45, fixedBytes: 100 },
} as const;

export const DBN_SCHEMAS: Readonly<Record<number, string>> = {
  0: 'mbo',
  1: 'mbp-1',
  3: 'tbbo',
  4: 'trades',
  14: 'cmbp-1',
  17: 'tcbbo',
};
/** The schema of a live stream, which may hold several. */
export const DBN_SCHEMA_MIXED = 0xffff;

export const RTYPE = {
  trade: 0x00,
  mbp1: 0x01,
  mbo: 0xa0,
  cmbp1: 0xb1,
  tcbbo: 0xc2,
  symbolMapping: 0x16,
} as const;

/** Every record begins so; its length is counted in words of four bytes. */
export const HEADER = { words: 0, rtype: 1, publisher: 2, instrument: 4, tsEvent: 8, bytes: 16 } as const;

/** Trades, and the front of all top-of-book records. */
export const TRADE = { price: 16, size: 24, action: 28, side: 29, sequence: 44, bytes: 48 } as const;
export const TOP_OF_BOOK = { bidPrice: 48, askPrice: 56, bidSize: 64, askSize: 68, bytes: 80 } as const;
export const MBO = { price: 24, size: 32, action: 38, side: 39, sequence: 52, bytes: 56 } as const;
export const SYMBOL_MAPPING = {
  v1: { inSymbol: 16, outSymbol: 38, symbolBytes: 22, bytes: 80 },
  later: { inSymbol: 17, outSymbol: 89, symbolBytes: 71, bytes: 176 },
} as const;

/** Prices are billionths of a dollar. */
export const NANO_DOLLARS_PER_MICRO_DOLLAR = 1000;
