/** The five trader classes of the CFTC's Traders in Financial Futures report, in the report's order. */
export const COT_CLASSES = [
  'dealer',
  'asset-manager',
  'leveraged-fund',
  'other-reportable',
  'non-reportable',
] as const;
export type CotClass = (typeof COT_CLASSES)[number];

/** Classes of the manager register behind basis 13f. */
export const MANAGER_CLASSES = [
  'hedge-fund',
  'asset-manager',
  'pension',
  'sovereign-wealth',
  'bank',
  'insurance',
  'endowment',
  'family-office',
  'market-maker',
  'other',
] as const;
export type ManagerClass = (typeof MANAGER_CLASSES)[number];

/** Classes in words, for prose and charts. */
const WORDS_OF_CLASSES: Readonly<Record<string, string>> = {
  dealer: 'dealers',
  'asset-manager': 'asset managers',
  'leveraged-fund': 'leveraged funds',
  'other-reportable': 'other reportables',
  'non-reportable': 'non-reportables (small traders)',
  'hedge-fund': 'hedge funds',
  pension: 'pensions',
  'sovereign-wealth': 'sovereign funds',
  bank: 'banks',
  insurance: 'insurers',
  endowment: 'endowments',
  'family-office': 'family offices',
  'market-maker': 'market makers',
  other: 'other managers',
  'whole-market': 'the whole market',
} satisfies Record<CotClass | ManagerClass | 'whole-market', string>;

/** Any class in the plural: 'sovereign funds'; one that a user named is read as it stands, 'fund-investors' as 'fund investors'. */
export const investorWords = (investorClass: string): string =>
  WORDS_OF_CLASSES[investorClass] ?? investorClass.replaceAll('-', ' ');

/** What an execution does to the account's book: a purchase opens a long or covers a short, a sale the reverse. */
export const EXECUTION_SIDES = ['buy', 'sell', 'sell-short', 'buy-to-cover'] as const;
export type ExecutionSide = (typeof EXECUTION_SIDES)[number];

/** Classes of brought executions that are no institutions; every other class is one. */
const NOT_INSTITUTIONS: ReadonlySet<string> = new Set([
  'retail',
  'non-reportable',
  'fund-investors',
  'market-maker',
]);

/** The class that sums all institutions of a ledger; no account is of it. See docs/decisions/0082. */
export const INSTITUTIONS = 'institutions';

/** True for classes that count as institutions in the sums of basis ledger. */
export function isInstitution(investorClass: string): boolean {
  return !NOT_INSTITUTIONS.has(investorClass);
}
