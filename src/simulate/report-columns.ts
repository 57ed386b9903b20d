/**
 * The 87 columns of the Traders in Financial Futures text file, in the order of the CFTC's explanatory notes
 * (https://www.cftc.gov/MarketReports/CommitmentsofTraders/HistoricalViewable/CFTC_TFF_Variables). Written down here
 * apart from the program's reader, so that a column in the wrong place cannot cancel itself out.
 */
const REPORTABLE = ['Dealer', 'Asset_Mgr', 'Lev_Money', 'Other_Rept'] as const;
const THREE_SIDES = ['Long', 'Short', 'Spread'] as const;
const TWO_SIDES = ['Long', 'Short'] as const;

/** Class and side names as the columns after open interest carry them. */
const bySide = (prefix: string, infix: string): string[] => [
  ...REPORTABLE.flatMap((name) => THREE_SIDES.map((side) => `${prefix}${name}${infix}_${side}_All`)),
  ...TWO_SIDES.map((side) => `${prefix}Tot_Rept${infix}_${side}_All`),
];
const nonReportable = (prefix: string, infix: string): string[] =>
  TWO_SIDES.map((side) => `${prefix}NonRept${infix}_${side}_All`);

export type DateHeader = 'Report_Date_as_MM_DD_YYYY' | 'Report_Date_as_YYYY-MM-DD';

export function reportColumns(dateHeader: DateHeader): string[] {
  return [
    'Market_and_Exchange_Names',
    'As_of_Date_In_Form_YYMMDD',
    dateHeader,
    'CFTC_Contract_Market_Code',
    'CFTC_Market_Code',
    'CFTC_Region_Code',
    'CFTC_Commodity_Code',
    'Open_Interest_All',
    ...bySide('', '_Positions'),
    ...nonReportable('', '_Positions'),
    'Change_in_Open_Interest_All',
    ...bySide('Change_in_', ''),
    ...nonReportable('Change_in_', ''),
    'Pct_of_Open_Interest_All',
    ...bySide('Pct_of_OI_', ''),
    ...nonReportable('Pct_of_OI_', ''),
    'Traders_Tot_All',
    ...bySide('Traders_', ''),
    ...['Gross', 'Net'].flatMap((kind) =>
      ['4', '8'].flatMap((largest) => TWO_SIDES.map((side) => `Conc_${kind}_LE_${largest}_TDR_${side}_All`)),
    ),
    'Contract_Units',
    'CFTC_Contract_Market_Code_Quotes',
    'CFTC_Market_Code_Quotes',
    'CFTC_Commodity_Code_Quotes',
    'CFTC_SubGroup_Code',
    'FutOnly_or_Combined',
  ];
}
