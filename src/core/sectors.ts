import { SIC_SECTORS } from './data/sic-sectors.js';

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

const BY_NAME: ReadonlyMap<string, Sector> = new Map([
  ...SECTORS.map((sector) => [SECTOR_LABELS[sector].toLowerCase(), sector] as const),
  ['telecommunications services', 'communication-services'],
  ['telecommunication services', 'communication-services'],
]);

/** The sector of a GICS sector name, in any case; null for anything else, such as a sub-industry. */
export function sectorOfGics(name: string): Sector | null {
  return BY_NAME.get(name.trim().toLowerCase().replace(/\s+/g, ' ')) ?? null;
}

/**
 * The sector of a code of the Standard Industrial Classification, by the ranges of data/sic-sectors.ts; null for a code
 * that is in none of them, such as 6770 (blank cheques), 8888 (foreign governments) or 9995 (no operations).
 * @param code four digits, as number or text; text may have leading zeros and blanks around it
 */
export function sectorOfSic(code: number | string): Sector | null {
  if (!/^\s*\d{1,4}\s*$/.test(String(code))) return null;
  const number = Number(code);
  return SIC_SECTORS.find(([first, last]) => first <= number && number <= last)?.[2] ?? null;
}
