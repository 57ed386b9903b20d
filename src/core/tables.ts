import { DRIVER_TABLES } from './driver-tables.js';
import { TAPE_TABLES } from './tape-tables.js';
import type { Instant, IsoDate } from './units.js';

/** Column types of the store, a subset that every Parquet engine reads. `instant` is a UTC timestamp. */
export type ColumnType = 'date' | 'instant' | 'text' | 'integer' | 'double' | 'boolean';

export interface TableDefinition {
  /** Columns a source delivers, in order. Names in the store are the snake_case of these. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Rows with equal keys are versions of one fact; a newer one restates the older. */
  readonly key: readonly string[];
}

const CLASS_PREFIXES = [
  'dealer',
  'assetManager',
  'leveragedFund',
  'otherReportable',
  'nonReportable',
] as const;

function positionColumns(prefix: '' | 'change'): Record<string, ColumnType> {
  const columns: Record<string, ColumnType> = {};
  for (const name of CLASS_PREFIXES) {
    for (const side of name === 'nonReportable' ? ['Long', 'Short'] : ['Long', 'Short', 'Spread']) {
      const column = `${name}${side}`;
      columns[prefix === '' ? column : `${prefix}${column[0]!.toUpperCase()}${column.slice(1)}`] = 'integer';
    }
  }
  return columns;
}

/** Every table of the store. Stamp columns (STAMP_COLUMNS) follow the columns of each. */
export const TABLES = {
  /**
   * Weekly futures positions by trader class, in contracts of the row's own multiplier. `grade` says how good the row
   * is: `published` by the CFTC itself, `brought` by the user from elsewhere. `change*` is the publisher's own change
   * on the week, null where it reports none.
   */
  positions: {
    columns: {
      reportDate: 'date',
      contractCode: 'text',
      report: 'text',
      grade: 'text',
      contractName: 'text',
      contractUnits: 'text',
      multiplier: 'double',
      openInterest: 'integer',
      ...positionColumns(''),
      changeOpenInterest: 'integer',
      ...positionColumns('change'),
    },
    key: ['contractCode', 'reportDate', 'report', 'grade'],
  },
  /** Levels of indexes, in index points; `symbol` as the source writes it ('^GSPC', 'NASDAQ-100'). */
  levels: {
    columns: { symbol: 'text', date: 'date', close: 'double' },
    key: ['symbol', 'date', 'source'],
  },
  /**
   * Prices and volumes of stocks and funds. `priceBasis`: `split-adjusted` closes belong with the volume of the row, so
   * close x volume is money traded; `total-return` closes never do; `unstated` where the file cannot tell. `date` is the
   * session, or the Friday of a week with `frequency` weekly. `notional` is in US dollars where the file sums it itself.
   */
  prices: {
    columns: {
      symbol: 'text',
      date: 'date',
      frequency: 'text',
      open: 'double',
      high: 'double',
      low: 'double',
      close: 'double',
      adjustedClose: 'double',
      volume: 'double',
      notional: 'double',
      sessions: 'integer',
      priceBasis: 'text',
    },
    key: ['symbol', 'date', 'frequency', 'priceBasis'],
  },
  /** Dividends in US dollars a share and split ratios (2 = two for one; null = none) as the vendor books them. */
  corporateActions: {
    columns: { symbol: 'text', date: 'date', dividend: 'double', split: 'double' },
    key: ['symbol', 'date'],
  },
  /** Economic series in the publisher's units; a missing observation is a row with a null value. */
  macro: {
    columns: { seriesId: 'text', date: 'date', vintageDate: 'date', value: 'double' },
    key: ['seriesId', 'date', 'vintageDate'],
  },
  /** Names and sectors as a list showed them; lastSeen is the last snapshot with the row, not an end. */
  constituents: {
    columns: {
      list: 'text',
      symbol: 'text',
      name: 'text',
      gicsSector: 'text',
      gicsSubIndustry: 'text',
      sector: 'text',
      cik: 'text',
      firstSeen: 'date',
      lastSeen: 'date',
    },
    key: ['list', 'symbol', 'gicsSector', 'firstSeen'],
  },
  /** Membership of a list; endDate null = still a member. */
  memberships: {
    columns: { list: 'text', symbol: 'text', startDate: 'date', endDate: 'date' },
    key: ['list', 'symbol', 'startDate'],
  },
  /**
   * Form 13F filings, one row each: cover, declared totals, the unit of value that was decided and why. `accessionNumber`
   * is EDGAR's, or 'file-' and the start of the file's hash where the file does not name one. `valueUnit` is one of
   * dollars, thousands, undecided (either could be: `holdings.valueUsd` is null), neither (its rows are set aside).
   * `reconciled` is null where no totals are declared. Managers are 'number cik name' lists, separated by '; '.
   */
  filings: {
    columns: {
      accessionNumber: 'text',
      cik: 'text',
      managerName: 'text',
      formType: 'text',
      periodOfReport: 'date',
      filedDate: 'date',
      acceptedAt: 'instant',
      reportType: 'text',
      amendmentType: 'text',
      amendmentNumber: 'integer',
      form13fFileNumber: 'text',
      managersReportingFor: 'text',
      includedManagers: 'text',
      confidentialOmitted: 'boolean',
      declaredEntries: 'integer',
      declaredValue: 'double',
      entriesRead: 'integer',
      valueRead: 'double',
      medianValuePerShare: 'double',
      valueUnit: 'text',
      valueUnitEvidence: 'text',
      reconciled: 'boolean',
      entriesDifference: 'integer',
      valueDifference: 'double',
      reconciliation: 'text',
    },
    key: ['accessionNumber'],
  },
  /**
   * Rows of 13F information tables; `entry` is the row's 1-based place in its table. `valueReported` is in the filer's
   * unit, `valueUsd` in whole dollars. `amount` counts shares (amountType SH) or dollars of principal (PRN). A row with
   * `putCall` ('put', 'call') is an option: its figures are those of the underlying shares, which are not held.
   * `flags`: 'amount-type-inferred', 'cusip-zeros-restored', 'security-of-row-above', 'voting-unreadable'.
   */
  holdings: {
    columns: {
      accessionNumber: 'text',
      entry: 'integer',
      cik: 'text',
      periodOfReport: 'date',
      cusip: 'text',
      cusipValid: 'boolean',
      issuerName: 'text',
      titleOfClass: 'text',
      figi: 'text',
      valueReported: 'double',
      valueUsd: 'integer',
      amount: 'double',
      amountType: 'text',
      putCall: 'text',
      discretion: 'text',
      otherManagers: 'text',
      votingSole: 'double',
      votingShared: 'double',
      votingNone: 'double',
      flags: 'text',
    },
    key: ['accessionNumber', 'entry'],
  },
  /** CUSIP to ticker as an undated list shows it: labels, no universe. */
  securityNames: {
    columns: { cusip: 'text', cusipValid: 'boolean', ticker: 'text' },
    key: ['cusip', 'ticker'],
  },
  /** EDGAR's company_tickers.json: who files under which key, and the ticker of today. Labels, no universe. */
  issuers: {
    columns: { cik: 'text', ticker: 'text', title: 'text' },
    key: ['cik', 'ticker'],
  },
  /** EDGAR's daily index by company: one row for every filer of a filing. */
  filingIndex: {
    columns: {
      accessionNumber: 'text',
      cik: 'text',
      companyName: 'text',
      formType: 'text',
      filedDate: 'date',
      path: 'text',
    },
    key: ['accessionNumber', 'cik', 'formType'],
  },
  /**
   * Holdings that a third party summed from 13F filings by fund and CUSIP (grade `brought`). `roundedValueUsd` is rounded
   * text ('29.27M'): for checks only, never for sums. `changeText` is the list's own word: NEW, CLOSE, NO CHANGE, '+48.1%'.
   */
  fundHoldings: {
    columns: {
      fund: 'text',
      quarterEnd: 'date',
      cusip: 'text',
      cusipValid: 'boolean',
      ticker: 'text',
      issuerName: 'text',
      shares: 'double',
      deltaShares: 'double',
      roundedValueUsd: 'double',
      valueText: 'text',
      changeText: 'text',
      grade: 'text',
    },
    key: ['fund', 'quarterEnd', 'cusip'],
  },
  /** The same list's total of a fund and quarter, and whether its rows add up to it within their rounding. */
  fundTotals: {
    columns: {
      fund: 'text',
      quarterEnd: 'date',
      roundedTotalUsd: 'double',
      totalText: 'text',
      changeText: 'text',
      rowsRead: 'integer',
      sumOfRoundedUsd: 'double',
      reconciled: 'boolean',
    },
    key: ['fund', 'quarterEnd'],
  },
  /** Who stands behind the short fund names of `fundHoldings`. */
  fundManagers: {
    columns: { fund: 'text', cik: 'text', manager: 'text', legalName: 'text', otherCiks: 'text' },
    key: ['fund'],
  },
  /** Shares outstanding of exchange-traded funds, as counted at the end of the day; `price` in US dollars, often null. */
  fundShares: {
    columns: { symbol: 'text', date: 'date', shares: 'double', price: 'double' },
    key: ['symbol', 'date'],
  },
  /**
   * Executions brought by a prime broker, custodian or order system. `side` is one of EXECUTION_SIDES; `quantity` (shares)
   * and `price` (US dollars) are above 0; `amountCents` is their exact product in whole cents, half cents up. `executedAt`
   * is null where only the day is known. `executionId` is the sender's, or the row's contents where it gives none.
   * `positionBefore` is the account's signed position in shares, null where unstated.
   */
  executions: {
    columns: {
      tradeDate: 'date',
      account: 'text',
      executionId: 'text',
      broker: 'text',
      executedAt: 'instant',
      class: 'text',
      symbol: 'text',
      side: 'text',
      quantity: 'double',
      price: 'double',
      amountCents: 'integer',
      positionBefore: 'double',
    },
    key: ['tradeDate', 'account', 'executionId', 'broker'],
  },
  ...DRIVER_TABLES,
  ...TAPE_TABLES,
  /** Rows that could not be read or did not reconcile: kept, counted, shown, never repaired. */
  setAside: {
    columns: {
      kind: 'text',
      line: 'integer',
      column: 'text',
      found: 'text',
      expected: 'text',
      reason: 'text',
      /** What the row was about where that much could be read. */
      subject: 'text',
      periodEnd: 'date',
    },
    key: ['fileSha256', 'fileName', 'rowNumber', 'column'],
  },
} as const satisfies Record<string, TableDefinition>;

export type TableName = keyof typeof TABLES;

/** Columns that ingest and the store add to every row. */
export const STAMP_COLUMNS = {
  periodStart: 'date',
  periodEnd: 'date',
  knownAt: 'instant',
  knownAtKind: 'text',
  storedAt: 'instant',
  source: 'text',
  fileName: 'text',
  fileSha256: 'text',
  rowNumber: 'integer',
} as const satisfies Record<string, ColumnType>;

type ValueOf<Type extends ColumnType> = Type extends 'date'
  ? IsoDate
  : Type extends 'instant'
    ? Instant
    : Type extends 'text'
      ? string
      : Type extends 'boolean'
        ? boolean
        : number;

/** A row of a table as a source delivers it. Anything but the key may be null. */
export type TableRow<Name extends TableName> = {
  [Column in keyof (typeof TABLES)[Name]['columns']]: (typeof TABLES)[Name]['columns'][Column] extends ColumnType
    ? ValueOf<(typeof TABLES)[Name]['columns'][Column]> | null
    : never;
};

export type KnownAtKind = 'published' | 'calendar' | 'rule' | 'import';

/** What ingest and the store add to a row: its three times and where it came from. */
export interface Stamp {
  readonly periodStart: IsoDate | null;
  readonly periodEnd: IsoDate | null;
  readonly knownAt: Instant;
  readonly knownAtKind: KnownAtKind;
  readonly storedAt: Instant;
  readonly source: string;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly rowNumber: number;
}

/**
 * Grades of a position row, best first: a worse one fills holes and never overrides. `rebuilt` (from the next row's
 * changes) is never stored; it comes last because it is an inference, where a brought row is somebody's observation.
 */
export const POSITION_GRADES = ['published', 'brought', 'rebuilt'] as const;
export type PositionGrade = (typeof POSITION_GRADES)[number];

/** The snake_case name of a column or table in the store. */
export function storeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
