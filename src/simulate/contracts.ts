import type { IsoDate } from '../core/index.js';
import type { IndexSymbol } from './indexes.js';

/** A stretch of time in which a contract's name or unit is as given; from null = the beginning. */
interface DatedName {
  readonly from: IsoDate | null;
  readonly name: string;
}

/** What one contract of the report is and how large its market is. */
export interface ContractSpecification {
  readonly code: string;
  readonly names: readonly DatedName[];
  /** CFTC_Market_Code: the exchange. */
  readonly exchange: 'CME' | 'CBT';
  /** CFTC_Commodity_Code. */
  readonly commodity: string;
  /** US dollars an index point, and how the Contract_Units column words it. */
  readonly multiplier: number;
  readonly units: string;
  /** The unit after a planted change; null = it never changes. */
  readonly laterUnit: { readonly multiplier: number; readonly units: string } | null;
  readonly indexSymbol: IndexSymbol | null;
  /** Contracts outstanding at the start, and the growth of that number a year. */
  readonly openInterest: number;
  readonly annualGrowth: number;
  /** Typical number of reportable traders; under 20 the market is left out of the report. */
  readonly traders: number;
  /** First report; null = from the start. */
  readonly listedOn: IsoDate | null;
}

const CHICAGO = 'CHICAGO MERCANTILE EXCHANGE';
const RENAMING = '2022-02-08' as IsoDate;

const always = (name: string): DatedName[] => [{ from: null, name }];
const renamed = (name: string, later: string): DatedName[] => [
  { from: null, name },
  { from: RENAMING, name: later },
];

const EQUITY_INDEX = {
  exchange: 'CME',
  laterUnit: null,
  annualGrowth: 0.02,
  listedOn: null,
} as const;

/** Contracts with a position process of their own, in the order of the published files. */
export const CONTRACTS = {
  djia: {
    ...EQUITY_INDEX,
    code: '12460+',
    names: always('DJIA Consolidated - CHICAGO BOARD OF TRADE'),
    exchange: 'CBT',
    commodity: '124',
    multiplier: 10,
    units: '($10 X DJIA INDEX)',
    laterUnit: { multiplier: 5, units: '($5 X DJIA INDEX)' },
    indexSymbol: '^DJI',
    openInterest: 42_000,
    traders: 90,
  },
  sp500: {
    ...EQUITY_INDEX,
    code: '13874+',
    names: always(`S&P 500 Consolidated - ${CHICAGO}`),
    commodity: '138',
    multiplier: 50,
    units: '(S&P 500 INDEX X $50.00)',
    indexSymbol: '^GSPC',
    openInterest: 2_100_000,
    traders: 540,
  },
  technologySector: {
    ...EQUITY_INDEX,
    code: '13874I',
    names: always(`E-MINI S&P TECHNOLOGY INDEX - ${CHICAGO}`),
    commodity: '138',
    multiplier: 100,
    units: '($100 x S&P Select Sector Technology Index price)',
    indexSymbol: null,
    openInterest: 13_500,
    traders: 21,
    listedOn: '2017-12-12' as IsoDate,
  },
  nasdaq100: {
    ...EQUITY_INDEX,
    code: '20974+',
    names: always(`NASDAQ-100 Consolidated - ${CHICAGO}`),
    commodity: '209',
    multiplier: 20,
    units: '(NASDAQ 100 INDEX X $20)',
    indexSymbol: '^NDX',
    openInterest: 240_000,
    traders: 290,
  },
  russell2000: {
    ...EQUITY_INDEX,
    code: '239742',
    names: renamed(`E-MINI RUSSELL 2000 INDEX - ${CHICAGO}`, `RUSSELL E-MINI - ${CHICAGO}`),
    commodity: '239',
    multiplier: 50,
    units: '(RUSSEL 2000 INDEX X $50)',
    indexSymbol: '^RUT',
    openInterest: 450_000,
    traders: 240,
  },
  sp400: {
    ...EQUITY_INDEX,
    code: '33874A',
    names: always(`E-MINI S&P 400 STOCK INDEX - ${CHICAGO}`),
    commodity: '138',
    multiplier: 100,
    units: '(S&P 400 INDEX X $100)',
    indexSymbol: '^MID',
    openInterest: 48_000,
    traders: 80,
  },
} as const satisfies Record<string, ContractSpecification>;

export type ContractName = keyof typeof CONTRACTS;

/** The E-mini inside the consolidated NASDAQ-100 series: the same positions again, which must not be added to it. */
export const NASDAQ_MINI: ContractSpecification & { readonly shareOfConsolidated: number } = {
  ...EQUITY_INDEX,
  code: '209742',
  names: renamed(`NASDAQ-100 STOCK INDEX (MINI) - ${CHICAGO}`, `NASDAQ MINI - ${CHICAGO}`),
  commodity: '209',
  multiplier: 20,
  units: '(NASDAQ 100 STOCK INDEX X $20)',
  indexSymbol: '^NDX',
  openInterest: 0,
  traders: 270,
  shareOfConsolidated: 0.93,
};

/** The name a contract is reported under on a date. */
export function contractNameOn(contract: ContractSpecification, date: IsoDate): string {
  return contract.names.findLast(({ from }) => from === null || from <= date)!.name;
}
