import { FormatError } from '../../core/index.js';
import {
  CHANGE_IN_OPEN_INTEREST,
  OPEN_INTEREST,
  POSITION_COLUMNS,
  REQUIRED_COLUMNS,
  TFF_COLUMNS,
  type TffColumn,
  tffColumn,
} from './layout.js';

/** Where each column of one file stands. Indexes count from 0; -1 where the file lacks an optional column. */
export interface FileLayout {
  /** One entry a field; columns that are none of the report's are named and not looked at. */
  readonly columns: readonly (TffColumn | { readonly name: string; readonly kind: 'unknown' })[];
  readonly name: number;
  readonly asOf: number;
  readonly reportDate: number;
  readonly code: number;
  readonly codeAgain: number;
  readonly units: number;
  readonly report: number;
  readonly openInterest: number;
  readonly changeOpenInterest: number;
  /** In the order of POSITION_COLUMNS. */
  readonly positions: readonly number[];
  readonly changes: readonly number[];
  /** To be added to an Excel serial number to make it count from 1899-12-30. */
  readonly serialOffset: number;
}

/** True for the header of a CFTC report of the trader's commitments, of whatever edition. */
export function looksLikeHeader(fields: readonly string[]): boolean {
  const words = new Set(fields.map((field) => field.toLowerCase().replaceAll(' ', '_')));
  return words.has('market_and_exchange_names') && words.has('cftc_contract_market_code');
}

/**
 * Finds the columns by the names of a header.
 * @throws {FormatError} naming the first column that is missing, or that stands there twice
 */
export function layoutOfHeader(
  header: readonly string[],
  fileName: string,
  options: { serialOffset?: number } = {},
): FileLayout {
  const columns = header.map((field) => tffColumn(field) ?? { name: field, kind: 'unknown' as const });
  const index = new Map<string, number>();
  columns.forEach((column, position) => {
    if (column.kind === 'unknown') return;
    if (index.has(keyOf(column)))
      throw badHeader(fileName, `has column ${column.name} twice`, column.name, 'twice');
    index.set(keyOf(column), position);
  });
  for (const name of REQUIRED_COLUMNS) {
    if (!index.has(keyOf(tffColumn(name)!)))
      throw badHeader(fileName, `lacks column ${name}`, name, 'nowhere');
  }
  const at = (name: string) => index.get(keyOf(tffColumn(name)!)) ?? -1;
  return {
    columns,
    name: at('Market_and_Exchange_Names'),
    asOf: at('As_of_Date_In_Form_YYMMDD'),
    reportDate: at('Report_Date_as_YYYY-MM-DD'),
    code: at('CFTC_Contract_Market_Code'),
    codeAgain: at('CFTC_Contract_Market_Code_Quotes'),
    units: at('Contract_Units'),
    report: at('FutOnly_or_Combined'),
    openInterest: at(OPEN_INTEREST),
    changeOpenInterest: at(CHANGE_IN_OPEN_INTEREST),
    positions: POSITION_COLUMNS.map((column) => at(column.position)),
    changes: POSITION_COLUMNS.map((column) => at(column.change)),
    serialOffset: options.serialOffset ?? 0,
  };
}

/** The layout of the weekly file, which has the 87 columns and no header. */
export function layoutWithoutHeader(): FileLayout {
  return layoutOfHeader(
    TFF_COLUMNS.map((column) => column.name),
    '',
  );
}

/** The report date is one column under two names. */
function keyOf(column: TffColumn): string {
  return column.kind === 'reportDate' ? 'reportDate' : column.name;
}

function badHeader(fileName: string, fault: string, column: string, found: string): FormatError {
  return new FormatError(
    `${fileName}: the header ${fault}; of the CFTC's reports only Traders in Financial Futures is read`,
    { place: { file: fileName, line: 1, column, found, expected: 'once in the header' } },
  );
}
