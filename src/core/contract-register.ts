import type { Sector } from './sectors.js';
import type { IsoDate } from './units.js';

/** Where a level of the contract's index may be found, in order of preference. */
export interface PriceSeries {
  readonly table: 'levels' | 'macro';
  readonly symbol: string;
}

/** A futures contract on an index of US shares in the Traders in Financial Futures report. */
export interface ContractEntry {
  /** CFTC contract market code. */
  readonly code: string;
  readonly name: string;
  /** The index the contract is settled on. */
  readonly index: string;
  /** The sector the index covers or stands in for; null for the broad market. */
  readonly sector: Sector | null;
  /** True where the index only stands in for the sector; always printed so. */
  readonly sectorIsProxy: boolean;
  /** Code of the CFTC's consolidated series that already contains this contract; null = none. */
  readonly consolidatedInto: string | null;
  /** Empty where no public level series of the index is known. */
  readonly priceSeries: readonly PriceSeries[];
  /** First report date with the code; null = from the start of the report (2010-07-20). */
  readonly validFrom: IsoDate | null;
  /** Last report date of a code that was given up; null = still reported. */
  readonly validTo: IsoDate | null;
  readonly note: string | null;
}

type IndexFacts = Pick<ContractEntry, 'index' | 'sector' | 'sectorIsProxy' | 'priceSeries'>;

interface Lifetime {
  readonly into?: string;
  readonly from?: string;
  readonly to?: string;
  readonly note?: string;
}

const levels = (symbol: string): PriceSeries => ({ table: 'levels', symbol });
const macro = (symbol: string): PriceSeries => ({ table: 'macro', symbol });

const broad = (index: string, priceSeries: readonly PriceSeries[]): IndexFacts => ({
  index,
  sector: null,
  sectorIsProxy: false,
  priceSeries,
});

const sectorIndex = (index: string, sector: Sector, symbol?: string): IndexFacts => ({
  index,
  sector,
  sectorIsProxy: false,
  priceSeries: symbol === undefined ? [] : [levels(symbol)],
});

const SP_500 = broad('S&P 500', [levels('^GSPC'), levels('S&P 500'), macro('SP500')]);
const DJIA = broad('DJIA', [levels('^DJI'), macro('DJIA')]);
const RUSSELL_2000 = broad('Russell 2000', [levels('^RUT')]);
const RUSSELL_1000_VALUE = broad('Russell 1000 Value', [levels('^RLV')]);
const NASDAQ_100: IndexFacts = {
  index: 'NASDAQ-100',
  sector: 'technology',
  sectorIsProxy: true,
  priceSeries: [levels('NASDAQ-100'), levels('^NDX'), macro('NASDAQ100')],
};

function entry(code: string, name: string, facts: IndexFacts, lifetime: Lifetime = {}): ContractEntry {
  return {
    code,
    name,
    ...facts,
    consolidatedInto: lifetime.into ?? null,
    validFrom: (lifetime.from ?? null) as IsoDate | null,
    validTo: (lifetime.to ?? null) as IsoDate | null,
    note: lifetime.note ?? null,
  };
}

/**
 * Every US-equity-index price contract seen in the report from 2010-07-20 to 2026-08-04. Left out on purpose: VIX
 * futures (1170E1) settle on implied volatility; dividend futures (43874A, 43874Q, 239750) on dividends paid; total
 * return futures (13874N, 13874W) on an index with dividends and interest, whose notional is no purchase of shares;
 * Nikkei (240741, 240743) and MSCI (244041, 244042, 244741, 244742, 24477G, 24477M) indexes hold no or not only US
 * shares.
 */
export const CONTRACT_REGISTER: readonly ContractEntry[] = [
  entry('20974+', 'NASDAQ-100 Consolidated', NASDAQ_100),
  entry('209741', 'NASDAQ-100', NASDAQ_100, { into: '20974+', to: '2015-06-16', note: 'contract closed' }),
  entry('209742', 'NASDAQ-100 E-mini', NASDAQ_100, { into: '20974+' }),
  entry('209747', 'NASDAQ-100 Micro E-mini', NASDAQ_100, { into: '20974+', from: '2020-08-04' }),
  entry('13874+', 'S&P 500 Consolidated', SP_500),
  entry('138741', 'S&P 500', SP_500, { into: '13874+', to: '2021-09-14', note: 'contract closed' }),
  entry('13874A', 'S&P 500 E-mini', SP_500, { into: '13874+' }),
  entry('13874U', 'S&P 500 Micro E-mini', SP_500, { into: '13874+', from: '2020-07-28' }),
  entry('12460+', 'DJIA Consolidated', DJIA),
  entry('124601', 'DJIA x $10', DJIA, { into: '12460+', to: '2014-12-16', note: 'contract closed' }),
  entry('124603', 'DJIA x $5', DJIA, { into: '12460+' }),
  entry('124608', 'DJIA Micro E-mini', DJIA, { into: '12460+', from: '2022-07-26' }),
  entry('239742', 'Russell 2000 E-mini', RUSSELL_2000, {
    from: '2017-08-15',
    note: 'at ICE as 23977A before',
  }),
  entry('23977A', 'Russell 2000 mini (ICE)', RUSSELL_2000, {
    to: '2018-06-05',
    note: 'moved to CME as 239742; both were reported from 2017-08-15 to 2018-06-05',
  }),
  entry('239747', 'Russell 2000 Micro E-mini', RUSSELL_2000, { from: '2021-11-30' }),
  entry('239744', 'Russell 1000 Value E-mini', RUSSELL_1000_VALUE, { from: '2018-02-20' }),
  entry('23977C', 'Russell 1000 Value mini (ICE)', RUSSELL_1000_VALUE, {
    from: '2017-01-03',
    to: '2017-02-07',
    note: 'two reports only',
  }),
  entry('239745', 'Russell 1000 Growth E-mini', broad('Russell 1000 Growth', [levels('^RLG')]), {
    from: '2025-03-11',
  }),
  entry('33874A', 'S&P 400 E-mini', broad('S&P 400', [levels('^MID')])),
  entry(
    '13874I',
    'Technology Select Sector E-mini',
    sectorIndex('Technology Select Sector', 'technology', '^IXT'),
    {
      from: '2017-12-12',
    },
  ),
  entry(
    '13874E',
    'Health Care Select Sector E-mini',
    sectorIndex('Health Care Select Sector', 'health-care', '^IXV'),
    {
      from: '2017-06-13',
    },
  ),
  entry(
    '13874C',
    'Financial Select Sector E-mini',
    sectorIndex('Financial Select Sector', 'financials', '^IXM'),
    {
      from: '2017-05-30',
    },
  ),
  entry(
    '138747',
    'Consumer Discretionary Select Sector E-mini',
    sectorIndex('Consumer Discretionary Select Sector', 'consumer-discretionary', '^IXY'),
    { from: '2018-06-12' },
  ),
  entry(
    '13874P',
    'Communication Services Select Sector E-mini',
    sectorIndex('Communication Services Select Sector', 'communication-services'),
    {
      from: '2024-02-27',
    },
  ),
  entry(
    '13874F',
    'Industrial Select Sector E-mini',
    sectorIndex('Industrial Select Sector', 'industrials', '^IXI'),
    {
      from: '2018-08-21',
    },
  ),
  entry(
    '138748',
    'Consumer Staples Select Sector E-mini',
    sectorIndex('Consumer Staples Select Sector', 'consumer-staples', '^IXR'),
    { from: '2017-09-12' },
  ),
  entry('138749', 'Energy Select Sector E-mini', sectorIndex('Energy Select Sector', 'energy', '^IXE'), {
    from: '2017-12-05',
  }),
  entry(
    '13874J',
    'Utilities Select Sector E-mini',
    sectorIndex('Utilities Select Sector', 'utilities', '^IXU'),
    {
      from: '2017-06-13',
    },
  ),
  entry(
    '13874R',
    'Real Estate Select Sector E-mini',
    sectorIndex('Real Estate Select Sector', 'real-estate', '^IXRE'),
    {
      from: '2024-01-16',
    },
  ),
  entry(
    '124606',
    'Dow Jones US Real Estate',
    {
      index: 'Dow Jones US Real Estate',
      sector: 'real-estate',
      sectorIsProxy: true,
      priceSeries: [levels('^DJUSRE')],
    },
    { from: '2018-01-16', note: 'sector of the Dow Jones classification, which counts mortgage trusts in' },
  ),
  entry(
    '13874H',
    'Materials Select Sector E-mini',
    sectorIndex('Materials Select Sector', 'materials', '^IXB'),
    {
      from: '2018-10-30',
    },
  ),
];

const byCode = new Map(CONTRACT_REGISTER.map((contract) => [contract.code, contract]));

/** The register's entry of a contract market code, or null. */
export function contractEntry(code: string): ContractEntry | null {
  return byCode.get(code) ?? null;
}
