import { afterEach, beforeEach } from 'vitest';
import {
  addDays,
  endOfDayInNewYork,
  type Fact,
  type Instant,
  type IsoDate,
  newYorkInstant,
  TABLES,
  type TableName,
  thirteenFDeadline,
  tradingDays,
} from '../../src/core/index.js';
import {
  quarterBefore,
  readThirteenFPanel,
  type ThirteenFPanel,
  type ThirteenFRow,
  thirteenFRows,
} from '../../src/flows/index.js';
import { type TemporaryStore, temporaryStore } from '../support/positions.js';

export const day = (text: string): IsoDate => text as IsoDate;
export const noon = (text: string): Instant => newYorkInstant(day(text), 12);

export const Q2 = day('2025-06-30');
export const Q3 = day('2025-09-30');
export const Q4 = day('2025-12-31');

/** CUSIPs with digits in their issue part; check digits do not matter to flows. */
export const AAPL = '037833100';
export const NFLX = '64110L106';
export const DD = '26614N102';
export const QNITY = '74743L100';
export const XYZ = '900000101';
export const XYZ_NEW = '900000200';
export const OTHER = '800000101';

let line = 0;

export function fact<Name extends TableName>(
  table: Name,
  row: Record<string, unknown>,
  stamp: Partial<Fact<Name>> = {},
): Fact<Name> {
  const empty = Object.fromEntries(Object.keys(TABLES[table].columns).map((column) => [column, null]));
  return {
    table,
    row: { ...empty, ...row } as Fact<Name>['row'],
    periodStart: null,
    periodEnd: null,
    knownAt: 0 as Instant,
    knownAtKind: 'rule',
    rowNumber: ++line,
    ...stamp,
  };
}

export interface HoldingSpec {
  readonly cusip: string;
  readonly shares: number;
  /** Dollars a share. */
  readonly price?: number;
  readonly issuer?: string;
  readonly amountType?: 'SH' | 'PRN';
  readonly putCall?: 'put' | 'call';
}

export interface FilingSpec {
  readonly cik: string;
  readonly end: IsoDate;
  readonly holdings: readonly HoldingSpec[] | null;
  readonly accepted?: string;
  readonly accession?: string;
  readonly name?: string;
  readonly filing?: Record<string, unknown>;
}

const tenDigits = (cik: string): string => cik.padStart(10, '0');

/** A filing with its rows; accepted at noon of the deadline unless said otherwise. */
export function filed(spec: FilingSpec): Fact[] {
  const cik = tenDigits(spec.cik);
  const accessionNumber = spec.accession ?? `${cik}-${spec.end}`;
  const knownAt = noon(spec.accepted ?? thirteenFDeadline(spec.end));
  const stamp = {
    periodStart: addDays(quarterBefore(spec.end), 1),
    periodEnd: spec.end,
    knownAt,
    knownAtKind: 'published',
  } as const;
  const common = { accessionNumber, cik, periodOfReport: spec.end };
  return [
    fact(
      'filings',
      {
        ...common,
        managerName: spec.name ?? `Manager ${spec.cik}`,
        formType: '13F-HR',
        reportType: spec.holdings === null ? 'notice' : 'holdings',
        acceptedAt: knownAt,
        entriesRead: spec.holdings?.length ?? null,
        valueUnit: 'dollars',
        reconciled: true,
        ...spec.filing,
      },
      stamp,
    ),
    ...(spec.holdings ?? []).map(({ cusip, shares, price = 100, issuer, amountType, putCall }, index) =>
      fact(
        'holdings',
        {
          ...common,
          entry: index + 1,
          cusip,
          cusipValid: true,
          issuerName: issuer ?? `ISSUER ${cusip}`,
          valueReported: shares * price,
          valueUsd: Math.round(shares * price),
          amount: shares,
          amountType: amountType ?? 'SH',
          putCall: putCall ?? null,
        },
        stamp,
      ),
    ),
  ];
}

/** A manager's filings for 2025Q3 and 2025Q4. */
export function bothQuarters(
  cik: string,
  before: readonly HoldingSpec[],
  now: readonly HoldingSpec[],
): Fact[] {
  return [...filed({ cik, end: Q3, holdings: before }), ...filed({ cik, end: Q4, holdings: now })];
}

/** Rows of a brought list for both quarters. */
export function brought(
  fund: string,
  end: IsoDate,
  rows: readonly { cusip: string; shares: number; price?: number; ticker?: string }[],
): Fact[] {
  return rows.map(({ cusip, shares, price = 100, ticker }) =>
    fact(
      'fundHoldings',
      {
        fund,
        quarterEnd: end,
        cusip,
        cusipValid: true,
        ticker: ticker ?? null,
        issuerName: `ISSUER ${cusip}`,
        shares,
        deltaShares: 0,
        roundedValueUsd: shares * price,
        grade: 'brought',
      },
      { knownAt: endOfDayInNewYork(thirteenFDeadline(end)), periodEnd: end },
    ),
  );
}

export const named = (cusip: string, ticker: string): Fact =>
  fact('securityNames', { cusip, cusipValid: true, ticker });

export const sector = (symbol: string, itsSector: string): Fact =>
  fact('constituents', {
    list: 'sp500',
    symbol,
    gicsSector: itsSector,
    sector: itsSector,
    firstSeen: day('2020-01-02'),
    lastSeen: day('2026-01-02'),
  });

export const vendorSplit = (symbol: string, date: string, split: number): Fact =>
  fact(
    'corporateActions',
    { symbol, date, split },
    { knownAt: newYorkInstant(day(date), 9, 30), periodEnd: day(date) },
  );

/** Daily closes as a vendor adjusts them for what it books as splits later. */
export function closes(symbol: string, from: string, to: string, close: (date: IsoDate) => number): Fact[] {
  return tradingDays(day(from), day(to)).map((date) =>
    fact(
      'prices',
      { symbol, date, frequency: 'daily', close: close(date), priceBasis: 'split-adjusted', volume: 1 },
      { knownAt: newYorkInstant(date, 16, 15), periodEnd: date },
    ),
  );
}

/** A store of its own for every test of a file, and panels of it. */
export function panelStore() {
  let temporary: TemporaryStore;
  beforeEach(async () => {
    temporary = await temporaryStore();
  });
  afterEach(() => temporary.remove());
  async function panelAt(asOf: string, end: IsoDate = Q4): Promise<ThirteenFPanel> {
    const view = await temporary.store.view(endOfDayInNewYork(day(asOf)));
    try {
      return await readThirteenFPanel(view, end);
    } finally {
      view.close();
    }
  }
  return {
    get temporary(): TemporaryStore {
      return temporary;
    },
    panelAt,
    async panelOf(facts: readonly Fact[], asOf = '2026-10-01', end = Q4): Promise<ThirteenFPanel> {
      await temporary.add(facts, 'edgar');
      return panelAt(asOf, end);
    },
  };
}

export const rowOf = (panel: ThirteenFPanel, cik: string, cusip: string): ThirteenFRow | undefined =>
  [...thirteenFRows(panel)].find((row) => row.cik?.endsWith(cik) && row.cusip === cusip);

export const holds = (cusip: string, shares: number, more: Partial<HoldingSpec> = {}): HoldingSpec => ({
  cusip,
  shares,
  ...more,
});
