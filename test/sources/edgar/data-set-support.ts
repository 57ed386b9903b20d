import { DATA_SET_COLUMNS, type DataSetMember } from '../../../src/sources/edgar/layout.js';
import { fileOf } from './edgar-support.js';

export type TsvRows = Partial<Record<DataSetMember, readonly Readonly<Record<string, string>>[]>>;

/** Text of a member with the published columns; rows name their fields. */
export function memberText(member: DataSetMember, rows: readonly Readonly<Record<string, string>>[]): string {
  const columns = DATA_SET_COLUMNS[member];
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join('\t'));
  return `${[columns.join('\t'), ...lines].join('\n')}\n`;
}

/** Files of a data set, one a member. */
export function dataSetFiles(rows: TsvRows) {
  return (Object.keys(rows) as DataSetMember[]).map((member) =>
    fileOf(`2024q1_form13f.zip/${member}.tsv`, memberText(member, rows[member]!)),
  );
}

export const ACCESSIONS = ['0000000001-24-000001', '0000000002-24-000001', '0000000003-24-000001'] as const;

const entry = (accession: string, key: number, fields: Readonly<Record<string, string>> = {}) => ({
  ACCESSION_NUMBER: accession,
  INFOTABLE_SK: String(key),
  NAMEOFISSUER: 'APPLE INC',
  TITLEOFCLASS: 'COM',
  CUSIP: '037833100',
  VALUE: '1850000',
  SSHPRNAMT: '10000',
  SSHPRNAMTTYPE: 'SH',
  INVESTMENTDISCRETION: 'SOLE',
  VOTING_AUTH_SOLE: '10000',
  VOTING_AUTH_SHARED: '0',
  VOTING_AUTH_NONE: '0',
  ...fields,
});

/** Three filings: dollars that reconcile, thousands against the rule, and a notice. */
export const SAMPLE: Required<Pick<TsvRows, 'SUBMISSION' | 'COVERPAGE' | 'SUMMARYPAGE' | 'INFOTABLE'>> &
  TsvRows = {
  SUBMISSION: [
    {
      ACCESSION_NUMBER: ACCESSIONS[0],
      FILING_DATE: '14-FEB-2024',
      SUBMISSIONTYPE: '13F-HR',
      CIK: '0000000011',
      PERIODOFREPORT: '31-DEC-2023',
    },
    {
      ACCESSION_NUMBER: ACCESSIONS[1],
      FILING_DATE: '12-FEB-2024',
      SUBMISSIONTYPE: '13F-HR/A',
      CIK: '22',
      PERIODOFREPORT: '31-DEC-2023',
    },
    {
      ACCESSION_NUMBER: ACCESSIONS[2],
      FILING_DATE: '13-FEB-2024',
      SUBMISSIONTYPE: '13F-NT',
      CIK: '33',
      PERIODOFREPORT: '31-DEC-2023',
    },
  ],
  COVERPAGE: [
    {
      ACCESSION_NUMBER: ACCESSIONS[0],
      FILINGMANAGER_NAME: 'FIRST LP',
      REPORTTYPE: '13F HOLDINGS REPORT',
      FORM13FFILENUMBER: '028-00001',
    },
    {
      ACCESSION_NUMBER: ACCESSIONS[1],
      FILINGMANAGER_NAME: 'SECOND "QUOTED" LP',
      REPORTTYPE: '13F COMBINATION REPORT',
      ISAMENDMENT: 'Y',
      AMENDMENTNO: '1',
      AMENDMENTTYPE: 'RESTATEMENT',
    },
    { ACCESSION_NUMBER: ACCESSIONS[2], FILINGMANAGER_NAME: 'THIRD LP', REPORTTYPE: '13F NOTICE' },
  ],
  SUMMARYPAGE: [
    {
      ACCESSION_NUMBER: ACCESSIONS[0],
      OTHERINCLUDEDMANAGERSCOUNT: '0',
      TABLEENTRYTOTAL: '4',
      TABLEVALUETOTAL: '5550006',
      ISCONFIDENTIALOMITTED: 'N',
    },
    {
      ACCESSION_NUMBER: ACCESSIONS[1],
      OTHERINCLUDEDMANAGERSCOUNT: '1',
      TABLEENTRYTOTAL: '3',
      TABLEVALUETOTAL: '3700',
      ISCONFIDENTIALOMITTED: 'Y',
    },
  ],
  OTHERMANAGER: [{ ACCESSION_NUMBER: ACCESSIONS[1], OTHERMANAGER_SK: '1', CIK: '44', NAME: 'FOURTH LP' }],
  OTHERMANAGER2: [
    { ACCESSION_NUMBER: ACCESSIONS[1], SEQUENCENUMBER: '1', CIK: '55', NAME: 'FIFTH LP' },
    { ACCESSION_NUMBER: ACCESSIONS[1], SEQUENCENUMBER: '2', NAME: 'SIXTH LP' },
  ],
  SIGNATURE: [{ ACCESSION_NUMBER: ACCESSIONS[0], NAME: 'X', SIGNATUREDATE: '14-FEB-2024' }],
  INFOTABLE: [
    entry(ACCESSIONS[0], 1),
    entry(ACCESSIONS[0], 2, { NAMEOFISSUER: '"UNCLOSED QUOTE INC', CUSIP: '594918104', PUTCALL: 'Put' }),
    // Rows of two filings stand mixed: nothing promises that they do not.
    entry(ACCESSIONS[1], 3, { VALUE: '1850', CUSIP: '37833100' }),
    entry(ACCESSIONS[0], 4, { VALUE: '1850001', CUSIP: '88579y101', OTHERMANAGER: ',14' }),
    entry(ACCESSIONS[1], 5, { VALUE: '1850', CUSIP: '78462f103' }),
    entry(ACCESSIONS[0], 6, { SSHPRNAMTTYPE: 'PRN', VALUE: '5', SSHPRNAMT: '5' }),
    entry(ACCESSIONS[1], 7, { SSHPRNAMT: 'many', VALUE: '0' }),
    entry('0000000009-24-000009', 8),
  ],
};
