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

/** The class in words, for prose and charts. */
export const CLASS_LABELS: Readonly<Record<CotClass, string>> = {
  dealer: 'dealers',
  'asset-manager': 'asset managers',
  'leveraged-fund': 'leveraged funds',
  'other-reportable': 'other reportables',
  'non-reportable': 'non-reportables (small traders)',
};

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
