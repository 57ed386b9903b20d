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

export type InvestorClass = CotClass | ManagerClass | 'fund-investors' | (string & {});

/** The class in words, for prose and charts. */
export const CLASS_LABELS: Readonly<Record<CotClass, string>> = {
  dealer: 'dealers',
  'asset-manager': 'asset managers',
  'leveraged-fund': 'leveraged funds',
  'other-reportable': 'other reportables',
  'non-reportable': 'non-reportables (small traders)',
};
