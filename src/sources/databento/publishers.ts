/** TAQ exchange letters by the market identifier code in a publisher's name. */
const LETTERS: Readonly<Record<string, string>> = {
  XNAS: 'Q',
  XBOS: 'B',
  XPSX: 'X',
  BATS: 'Z',
  BATY: 'Y',
  EDGA: 'J',
  EDGX: 'K',
  XNYS: 'N',
  XCIS: 'C',
  XASE: 'A',
  ARCX: 'P',
  XCHI: 'M',
  IEXG: 'V',
  MEMX: 'U',
  EPRL: 'H',
  LTSE: 'L',
  XISX: 'I',
  FINN: 'D',
  FINC: 'D',
  FINY: 'D',
  XADF: 'D',
};

/**
 * Venues of the publishers of US equities by id (Databento's list of publishers, 2026). EQUS, DBEQ, CTA and UTP are none:
 * their quotes are the best over several.
 */
const PUBLISHERS: Readonly<Record<number, string>> = {
  2: 'XNAS',
  3: 'XBOS',
  4: 'XPSX',
  5: 'BATS',
  6: 'BATY',
  7: 'EDGA',
  8: 'EDGX',
  9: 'XNYS',
  10: 'XCIS',
  11: 'XASE',
  12: 'XCHI',
  13: 'XCIS',
  14: 'XCIS',
  15: 'MEMX',
  16: 'EPRL',
  17: 'FINN',
  18: 'FINC',
  19: 'FINY',
  38: 'IEXG',
  39: 'XCHI',
  40: 'XCIS',
  41: 'IEXG',
  42: 'EPRL',
  43: 'ARCX',
  44: 'XNYS',
  45: 'XNYS',
  46: 'XNAS',
  47: 'XNAS',
  48: 'XCHI',
  49: 'XCIS',
  50: 'IEXG',
  51: 'EPRL',
  52: 'XNAS',
  53: 'XNYS',
  54: 'FINN',
  55: 'FINY',
  56: 'FINC',
  59: 'DBEQ',
  60: 'EQUS',
  62: 'XCHI',
  63: 'XCIS',
  64: 'IEXG',
  65: 'EPRL',
  66: 'XNAS',
  67: 'XNYS',
  68: 'FINN',
  69: 'FINY',
  70: 'FINC',
  71: 'BATS',
  72: 'BATY',
  73: 'EDGA',
  74: 'EDGX',
  75: 'XBOS',
  76: 'XPSX',
  77: 'MEMX',
  78: 'XASE',
  79: 'ARCX',
  80: 'LTSE',
  81: 'XNAS',
  82: 'FINN',
  83: 'FINC',
  86: 'XBOS',
  87: 'XPSX',
  88: 'XBOS',
  89: 'XPSX',
  90: 'EQUS',
  91: 'XCIS',
  92: 'XNYS',
  93: 'EQUS',
  94: 'EQUS',
  95: 'EQUS',
  96: 'EQUS',
  111: 'XASE',
  112: 'XBOS',
  113: 'XCIS',
  114: 'TXSE',
  115: '24EQ',
  116: 'EPRL',
  117: 'XISX',
  118: 'EDGA',
  119: 'EDGX',
  120: 'LTSE',
  121: 'XCHI',
  122: 'XNYS',
  123: 'ARCX',
  124: 'XNAS',
  125: 'MEMX',
  126: 'IEXG',
  127: 'XPSX',
  128: 'BATY',
  129: 'BATS',
  130: 'FINN',
  131: 'FINY',
  132: 'FINC',
  133: 'XADF',
  134: 'CTA',
  135: 'UTP',
};

const CONSOLIDATED = ['EQUS', 'DBEQ', 'CTA', 'UTP'];
/** Ids up to here that are not listed above are of futures, options, indexes or other countries. */
const LAST_LISTED_ID = 153;

export interface Publisher {
  /** Character code of the TAQ letter; 0 where none is known. */
  readonly venue: number;
  /** True where the quotes of the publisher are the best over several venues. */
  readonly isConsolidated: boolean;
}

const NEWER: Publisher = { venue: 0, isConsolidated: false };

const BY_ID: readonly (Publisher | null)[] = Array.from({ length: LAST_LISTED_ID + 1 }, (_, id) => {
  const name = PUBLISHERS[id];
  if (name === undefined) return null;
  return { venue: LETTERS[name]?.charCodeAt(0) ?? 0, isConsolidated: CONSOLIDATED.includes(name) };
});

/** @returns null where the id is not of US equities; no venue where it is newer than the list */
export function publisherOf(id: number): Publisher | null {
  return id > LAST_LISTED_ID ? NEWER : (BY_ID[id] ?? null);
}
