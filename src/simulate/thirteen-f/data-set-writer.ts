import type { IsoDate } from '../../core/index.js';
import type { SimulatedFiling, TableRow } from './filings.js';
import { dayInDataSet, type HoldingsQuarter } from './quarters.js';

/** Columns of the members as the SEC documents its Form 13F data sets (readme of 2024). */
export const DATA_SET_HEADERS = {
  'SUBMISSION.tsv': 'ACCESSION_NUMBER FILING_DATE SUBMISSIONTYPE CIK PERIODOFREPORT',
  'COVERPAGE.tsv':
    'ACCESSION_NUMBER REPORTCALENDARORQUARTER ISAMENDMENT AMENDMENTNO AMENDMENTTYPE CONFDENIEDEXPIRED DATEDENIEDEXPIRED DATEREPORTED REASONFORNONCONFIDENTIALITY FILINGMANAGER_NAME FILINGMANAGER_STREET1 FILINGMANAGER_STREET2 FILINGMANAGER_CITY FILINGMANAGER_STATEORCOUNTRY FILINGMANAGER_ZIPCODE REPORTTYPE FORM13FFILENUMBER CRDNUMBER SECFILENUMBER PROVIDEINFOFORINSTRUCTION5 ADDITIONALINFORMATION',
  'OTHERMANAGER.tsv': 'ACCESSION_NUMBER OTHERMANAGER_SK CIK FORM13FFILENUMBER CRDNUMBER SECFILENUMBER NAME',
  'OTHERMANAGER2.tsv': 'ACCESSION_NUMBER SEQUENCENUMBER CIK FORM13FFILENUMBER CRDNUMBER SECFILENUMBER NAME',
  'SIGNATURE.tsv': 'ACCESSION_NUMBER NAME TITLE PHONE SIGNATURE CITY STATEORCOUNTRY SIGNATUREDATE',
  'SUMMARYPAGE.tsv':
    'ACCESSION_NUMBER OTHERINCLUDEDMANAGERSCOUNT TABLEENTRYTOTAL TABLEVALUETOTAL ISCONFIDENTIALOMITTED',
  'INFOTABLE.tsv':
    'ACCESSION_NUMBER INFOTABLE_SK NAMEOFISSUER TITLEOFCLASS CUSIP FIGI VALUE SSHPRNAMT SSHPRNAMTTYPE PUTCALL INVESTMENTDISCRETION OTHERMANAGER VOTING_AUTH_SOLE VOTING_AUTH_SHARED VOTING_AUTH_NONE',
} as const;

export type DataSetFile = keyof typeof DATA_SET_HEADERS;

/** The header line of a member, tabs between its columns. */
export function headerOf(file: DataSetFile): string {
  return DATA_SET_HEADERS[file].replaceAll(' ', '\t');
}

const tsv = (...fields: readonly (string | number)[]): string => fields.join('\t');

interface WrittenFiling extends SimulatedFiling {
  readonly periodEnd: IsoDate;
}

/** The seven members of a quarterly data set, in the order of the archive: filings made within its window. */
export function dataSetMembers(
  window: HoldingsQuarter,
  quarters: readonly HoldingsQuarter[],
  all: readonly SimulatedFiling[],
): [DataSetFile, string][] {
  const filings: WrittenFiling[] = all
    .filter(({ filed }) => filed >= window.windowStart && filed <= window.windowEnd)
    .map((filing) => ({ ...filing, periodEnd: quarters[filing.quarter]!.end }))
    .sort((a, b) => (a.accession < b.accession ? -1 : 1));
  const member = (file: DataSetFile, rows: readonly string[]): [DataSetFile, string] => [
    file,
    `${[headerOf(file), ...rows].join('\n')}\n`,
  ];
  let key = 0;
  return [
    member('SUBMISSION.tsv', filings.map(submissionRow)),
    member('COVERPAGE.tsv', filings.map(coverRow)),
    member('OTHERMANAGER.tsv', filings.flatMap(noticeRows)),
    member('SIGNATURE.tsv', filings.map(signatureRow)),
    member('SUMMARYPAGE.tsv', filings.filter(hasTable).map(summaryRow)),
    member('OTHERMANAGER2.tsv', filings.flatMap(includedRows)),
    member(
      'INFOTABLE.tsv',
      filings.flatMap((filing) => filing.rows.map((row) => tableRow(filing, row, ++key))),
    ),
  ];
}

const hasTable = ({ form }: SimulatedFiling): boolean => form !== '13F-NT';

function submissionRow({ accession, filed, form, manager, periodEnd }: WrittenFiling): string {
  return tsv(accession, dayInDataSet(filed), form, manager.cik, dayInDataSet(periodEnd));
}

const FILE_NUMBER_BASE = 90_000;

/** An invented file number in the Commission's form. */
function fileNumber(cik: string): string {
  return `028-${FILE_NUMBER_BASE + (Number(cik) % 10_000)}`;
}

function coverRow({ accession, amendment, form, manager, periodEnd }: WrittenFiling): string {
  return tsv(
    accession,
    dayInDataSet(periodEnd),
    amendment === null ? 'N' : 'Y',
    amendment === null ? '' : 1,
    amendment ?? '',
    ...['', '', '', ''],
    manager.name,
    ...['1 Simulated Street', '', 'Springfield', 'IL', '62701'],
    form === '13F-NT' ? '13F NOTICE' : '13F HOLDINGS REPORT',
    fileNumber(manager.cik),
    ...['', '', 'N', ''],
  );
}

/** Who reports the holdings of a notice. */
function noticeRows({ accession, reportedBy }: SimulatedFiling): string[] {
  if (reportedBy === null) return [];
  return [tsv(accession, 1, reportedBy.cik, fileNumber(reportedBy.cik), '', '', reportedBy.name)];
}

/** Whose holdings are in the table besides the filer's own. */
function includedRows({ accession, includes }: SimulatedFiling): string[] {
  return includes.map(({ cik, name }, i) => tsv(accession, i + 1, cik, fileNumber(cik), '', '', name));
}

function signatureRow({ accession, filed }: SimulatedFiling): string {
  const person = ['A. Simulated', 'Chief Compliance Officer', '555-0100', '/s/ A. Simulated'];
  return tsv(accession, ...person, 'Springfield', 'IL', dayInDataSet(filed));
}

const inUnit = (dollars: number, unit: number): number => Math.round(dollars / unit);

function summaryRow({
  accession,
  rows,
  unit,
  totalError,
  confidentialOmitted,
  includes,
}: SimulatedFiling): string {
  const total = rows.reduce((sum, { value }) => sum + inUnit(value, unit), 0) + totalError;
  return tsv(accession, includes.length, rows.length, total, confidentialOmitted ? 'Y' : 'N');
}

function tableRow({ accession, unit }: SimulatedFiling, row: TableRow, key: number): string {
  const voting = row.putCall === '' && row.amountType === 'SH' ? row.amount : 0;
  return tsv(
    accession,
    key,
    row.issuerName,
    row.titleOfClass,
    row.cusip,
    '',
    inUnit(row.value, unit),
    row.amount,
    row.amountType,
    row.putCall,
    row.discretion,
    row.otherManager,
    ...[voting, 0, 0],
  );
}
