/**
 * What a column of the report holds, and so what its field must look like: `count` whole contracts or traders >= 0;
 * `change` whole contracts, signed; `traders` a count; `percent` a decimal. Changes, traders and percents may be missing.
 */
export type ColumnKind =
  | 'name'
  | 'asOf'
  | 'reportDate'
  | 'code'
  | 'text'
  | 'count'
  | 'change'
  | 'percent'
  | 'traders'
  | 'units'
  | 'codeAgain'
  | 'report';

export interface TffColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

const LAYOUT: readonly (readonly [ColumnKind, string])[] = [
  ['name', 'Market_and_Exchange_Names'],
  ['asOf', 'As_of_Date_In_Form_YYMMDD'],
  ['reportDate', 'Report_Date_as_YYYY-MM-DD'],
  ['code', 'CFTC_Contract_Market_Code'],
  ['text', 'CFTC_Market_Code CFTC_Region_Code CFTC_Commodity_Code'],
  [
    'count',
    `Open_Interest_All
    Dealer_Positions_Long_All Dealer_Positions_Short_All Dealer_Positions_Spread_All
    Asset_Mgr_Positions_Long_All Asset_Mgr_Positions_Short_All Asset_Mgr_Positions_Spread_All
    Lev_Money_Positions_Long_All Lev_Money_Positions_Short_All Lev_Money_Positions_Spread_All
    Other_Rept_Positions_Long_All Other_Rept_Positions_Short_All Other_Rept_Positions_Spread_All
    Tot_Rept_Positions_Long_All Tot_Rept_Positions_Short_All
    NonRept_Positions_Long_All NonRept_Positions_Short_All`,
  ],
  [
    'change',
    `Change_in_Open_Interest_All
    Change_in_Dealer_Long_All Change_in_Dealer_Short_All Change_in_Dealer_Spread_All
    Change_in_Asset_Mgr_Long_All Change_in_Asset_Mgr_Short_All Change_in_Asset_Mgr_Spread_All
    Change_in_Lev_Money_Long_All Change_in_Lev_Money_Short_All Change_in_Lev_Money_Spread_All
    Change_in_Other_Rept_Long_All Change_in_Other_Rept_Short_All Change_in_Other_Rept_Spread_All
    Change_in_Tot_Rept_Long_All Change_in_Tot_Rept_Short_All
    Change_in_NonRept_Long_All Change_in_NonRept_Short_All`,
  ],
  [
    'percent',
    `Pct_of_Open_Interest_All
    Pct_of_OI_Dealer_Long_All Pct_of_OI_Dealer_Short_All Pct_of_OI_Dealer_Spread_All
    Pct_of_OI_Asset_Mgr_Long_All Pct_of_OI_Asset_Mgr_Short_All Pct_of_OI_Asset_Mgr_Spread_All
    Pct_of_OI_Lev_Money_Long_All Pct_of_OI_Lev_Money_Short_All Pct_of_OI_Lev_Money_Spread_All
    Pct_of_OI_Other_Rept_Long_All Pct_of_OI_Other_Rept_Short_All Pct_of_OI_Other_Rept_Spread_All
    Pct_of_OI_Tot_Rept_Long_All Pct_of_OI_Tot_Rept_Short_All
    Pct_of_OI_NonRept_Long_All Pct_of_OI_NonRept_Short_All`,
  ],
  [
    'traders',
    `Traders_Tot_All
    Traders_Dealer_Long_All Traders_Dealer_Short_All Traders_Dealer_Spread_All
    Traders_Asset_Mgr_Long_All Traders_Asset_Mgr_Short_All Traders_Asset_Mgr_Spread_All
    Traders_Lev_Money_Long_All Traders_Lev_Money_Short_All Traders_Lev_Money_Spread_All
    Traders_Other_Rept_Long_All Traders_Other_Rept_Short_All Traders_Other_Rept_Spread_All
    Traders_Tot_Rept_Long_All Traders_Tot_Rept_Short_All`,
  ],
  [
    'percent',
    `Conc_Gross_LE_4_TDR_Long_All Conc_Gross_LE_4_TDR_Short_All
    Conc_Gross_LE_8_TDR_Long_All Conc_Gross_LE_8_TDR_Short_All
    Conc_Net_LE_4_TDR_Long_All Conc_Net_LE_4_TDR_Short_All
    Conc_Net_LE_8_TDR_Long_All Conc_Net_LE_8_TDR_Short_All`,
  ],
  ['units', 'Contract_Units'],
  ['codeAgain', 'CFTC_Contract_Market_Code_Quotes'],
  ['text', 'CFTC_Market_Code_Quotes CFTC_Commodity_Code_Quotes CFTC_SubGroup_Code'],
  ['report', 'FutOnly_or_Combined'],
];

/**
 * The 87 columns of the CFTC's Traders in Financial Futures text file, in order. The XLS has 84 of them: it leaves out the
 * three `_Quotes` columns. Positions are contracts, percents are of open interest.
 */
export const TFF_COLUMNS: readonly TffColumn[] = LAYOUT.flatMap(([kind, names]) =>
  names.split(/\s+/).map((name) => ({ name, kind })),
);

/** The report date's header names a form, MM_DD_YYYY or YYYY-MM-DD, that the values need not have. */
const REPORT_DATE_HEADER = /^Report_Date_as_/i;

/** The column of the report that a header stands for, or null where it is none. */
export function tffColumn(header: string): TffColumn | null {
  if (REPORT_DATE_HEADER.test(header)) return { name: header, kind: 'reportDate' };
  return COLUMN_BY_NAME.get(header.toLowerCase()) ?? null;
}

const COLUMN_BY_NAME: ReadonlyMap<string, TffColumn> = new Map(
  TFF_COLUMNS.map((column) => [column.name.toLowerCase(), column]),
);

const PUBLISHED_CLASSES = [
  ['Dealer', 'dealer'],
  ['Asset_Mgr', 'assetManager'],
  ['Lev_Money', 'leveragedFund'],
  ['Other_Rept', 'otherReportable'],
  ['NonRept', 'nonReportable'],
] as const;

type ClassName = (typeof PUBLISHED_CLASSES)[number][1];
type ReportingClass = Exclude<ClassName, 'nonReportable'>;
/** The fourteen positions of a row: five longs, five shorts, four spreads. */
export type PositionName = `${ClassName}${'Long' | 'Short'}` | `${ReportingClass}Spread`;

export interface PositionColumn {
  readonly name: PositionName;
  readonly side: 'Long' | 'Short' | 'Spread';
  /** Published name of the position, and of its change on the week. */
  readonly position: string;
  readonly change: string;
}

export const POSITION_COLUMNS: readonly PositionColumn[] = PUBLISHED_CLASSES.flatMap(([published, ours]) =>
  (ours === 'nonReportable' ? (['Long', 'Short'] as const) : (['Long', 'Short', 'Spread'] as const)).map(
    (side) => ({
      name: `${ours}${side}` as PositionName,
      side,
      position: `${published}_Positions_${side}_All`,
      change: `Change_in_${published}_${side}_All`,
    }),
  ),
);

export const OPEN_INTEREST = 'Open_Interest_All';
export const CHANGE_IN_OPEN_INTEREST = 'Change_in_Open_Interest_All';

/** Columns without which a file cannot be read. */
export const REQUIRED_COLUMNS: readonly string[] = [
  'Market_and_Exchange_Names',
  'Report_Date_as_YYYY-MM-DD',
  'CFTC_Contract_Market_Code',
  OPEN_INTEREST,
  ...POSITION_COLUMNS.map((column) => column.position),
  CHANGE_IN_OPEN_INTEREST,
  ...POSITION_COLUMNS.map((column) => column.change),
  'Contract_Units',
  'FutOnly_or_Combined',
];
