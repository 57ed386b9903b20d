import type { IsoDate } from '../core/index.js';

export interface SectorSpecification {
  readonly prefix: string;
  readonly name: string;
  readonly subIndustries: readonly [string, string];
  readonly annualGrowth: number;
}

export const SECTORS: readonly SectorSpecification[] = [
  {
    prefix: 'IT',
    name: 'Information Technology',
    subIndustries: ['Semiconductors', 'Application Software'],
    annualGrowth: 0.13,
  },
  {
    prefix: 'CS',
    name: 'Communication Services',
    subIndustries: ['Interactive Media & Services', 'Broadcasting'],
    annualGrowth: 0.09,
  },
  {
    prefix: 'CD',
    name: 'Consumer Discretionary',
    subIndustries: ['Broadline Retail', 'Restaurants'],
    annualGrowth: 0.08,
  },
  {
    prefix: 'CP',
    name: 'Consumer Staples',
    subIndustries: ['Household Products', 'Packaged Foods & Meats'],
    annualGrowth: 0.06,
  },
  {
    prefix: 'EN',
    name: 'Energy',
    subIndustries: ['Integrated Oil & Gas', 'Oil & Gas Storage & Transportation'],
    annualGrowth: 0.04,
  },
  {
    prefix: 'FN',
    name: 'Financials',
    subIndustries: ['Diversified Banks', 'Property & Casualty Insurance'],
    annualGrowth: 0.07,
  },
  {
    prefix: 'HC',
    name: 'Health Care',
    subIndustries: ['Pharmaceuticals', 'Health Care Equipment'],
    annualGrowth: 0.08,
  },
  {
    prefix: 'ID',
    name: 'Industrials',
    subIndustries: ['Aerospace & Defense', 'Building Products'],
    annualGrowth: 0.08,
  },
  {
    prefix: 'MT',
    name: 'Materials',
    subIndustries: ['Industrial Gases', 'Specialty Chemicals'],
    annualGrowth: 0.06,
  },
  {
    prefix: 'RE',
    name: 'Real Estate',
    subIndustries: ['Office REITs', 'Data Center REITs'],
    annualGrowth: 0.05,
  },
  {
    prefix: 'UT',
    name: 'Utilities',
    subIndustries: ['Electric Utilities', 'Multi-Utilities'],
    annualGrowth: 0.05,
  },
];

export const NAMES_PER_SECTOR = 4;

/** Names that joined the first four of their sector: technology is broad, and two are there for what befalls them. */
export const FURTHER_NAMES: readonly { readonly prefix: string; readonly numbers: readonly number[] }[] = [
  { prefix: 'IT', numbers: [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] },
  { prefix: 'ID', numbers: [5] },
  { prefix: 'MT', numbers: [5] },
];

export interface RatioEvent {
  readonly ratio: number;
  readonly kind: 'split' | 'spin-off';
}

/** Splits, and one spin-off that the vendor books as a split, by symbol: share of the history passed, ratio. */
export const EARLY_SPLITS: Readonly<Record<string, RatioEvent & { readonly at: number }>> = {
  IT1: { at: 0.55, ratio: 4, kind: 'split' },
  CD2: { at: 0.8, ratio: 10, kind: 'split' },
  ID3: { at: 0.7, ratio: 1.196, kind: 'spin-off' },
};

/** Days on which names of the quarters under Form 13F change: each is the day from which the change holds. */
export interface LateEvents {
  readonly split: IsoDate;
  readonly spinOff: IsoDate;
  readonly merger: IsoDate;
}

export const SPLIT_SYMBOL = 'IT6';
export const SPIN_OFF_SYMBOL = 'ID5';
export const MERGED_SYMBOL = 'MT5';

/** The split, and the spin-off booked as one, that fall into the quarters under Form 13F. */
export const LATE_SPLITS: Readonly<Record<string, RatioEvent & { readonly on: 'split' | 'spinOff' }>> = {
  [SPLIT_SYMBOL]: { on: 'split', ratio: 10, kind: 'split' },
  [SPIN_OFF_SYMBOL]: { on: 'spinOff', ratio: 1.314, kind: 'spin-off' },
};
