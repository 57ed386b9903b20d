/** Where each published file of a simulated market is written, relative to its folder. */
export const FILE_NAMES = {
  truth: 'truth.json',
  indexLevels: 'prices/index-daily.csv',
  stockPrices: 'prices/stocks-daily.csv',
  fundPrices: 'prices/fund-daily.csv',
  survey: 'sentiment/aaii-weekly.csv',
  corporateActions: 'prices/corporate-actions.csv',
  constituents: 'universe/constituents.csv',
  sectorHistory: 'universe/sector-history.csv',
  membership: 'universe/membership-intervals.csv',
  cusips: 'thirteen-f/cusip-ticker.csv',
  managerClasses: 'thirteen-f/manager-classes.json',
  executions: 'ledger/executions.csv',
} as const;

/** Member name of the CFTC's archives, whatever the year. */
export const CFTC_MEMBER = 'FinFutYY.txt';

/** The year published as an archive, as the CFTC does: the third before the last. */
export function zippedYear(endYear: number): number {
  return endYear - 3;
}

export function cftcFileName(year: number, endYear: number): string {
  return year === zippedYear(endYear)
    ? `cftc/fut_fin_txt_${year}.zip`
    : `cftc/FinFut${String(year).slice(2)}.txt`;
}

export function fredFileName(seriesIds: readonly string[]): string {
  return `macro/${seriesIds.join('-')}.csv`;
}
