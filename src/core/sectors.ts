/** The eleven sectors of the Global Industry Classification Standard (2018 structure). */
export const SECTORS = [
  'technology',
  'health-care',
  'financials',
  'consumer-discretionary',
  'communication-services',
  'industrials',
  'consumer-staples',
  'energy',
  'utilities',
  'real-estate',
  'materials',
] as const;
export type Sector = (typeof SECTORS)[number];

export const SECTOR_LABELS: Readonly<Record<Sector, string>> = {
  technology: 'Information Technology',
  'health-care': 'Health Care',
  financials: 'Financials',
  'consumer-discretionary': 'Consumer Discretionary',
  'communication-services': 'Communication Services',
  industrials: 'Industrials',
  'consumer-staples': 'Consumer Staples',
  energy: 'Energy',
  utilities: 'Utilities',
  'real-estate': 'Real Estate',
  materials: 'Materials',
};

/** The Select Sector SPDR funds: each holds the S&P 500 names of one sector. */
export const FUND_OF_SECTOR: Readonly<Record<Sector, string>> = {
  technology: 'XLK',
  'health-care': 'XLV',
  financials: 'XLF',
  'consumer-discretionary': 'XLY',
  'communication-services': 'XLC',
  industrials: 'XLI',
  'consumer-staples': 'XLP',
  energy: 'XLE',
  utilities: 'XLU',
  'real-estate': 'XLRE',
  materials: 'XLB',
};

const BY_NAME: ReadonlyMap<string, Sector> = new Map([
  ...SECTORS.map((sector) => [SECTOR_LABELS[sector].toLowerCase(), sector] as const),
  ['telecommunications services', 'communication-services'],
  ['telecommunication services', 'communication-services'],
]);

/** The sector of a GICS sector name, in any case; null for anything else, such as a sub-industry. */
export function sectorOfGics(name: string): Sector | null {
  return BY_NAME.get(name.trim().toLowerCase().replace(/\s+/g, ' ')) ?? null;
}
