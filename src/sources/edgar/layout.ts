import type { IsoDate } from '../../core/index.js';

/** Largest XML document that is read; the largest information table of a real filer is about 30 MB. */
export const MAX_XML_BYTES = 256 * 1024 * 1024;
/** Deepest nesting of elements; the SEC's schemas need seven. */
export const MAX_XML_DEPTH = 32;
/** Longest text of one element; the schema allows 4,000 characters of additional information. */
export const MAX_XML_TEXT = 65_536;
/** `maxOccurs` of infoTable in the SEC's schema. */
export const MAX_TABLE_ENTRIES = 250_000;

/**
 * From this day filings state `value` in whole dollars, before it in thousands, whatever their period (SEC Release
 * 34-95148). The SEC's XML has no flag for the unit and filers err both ways, so this is a prior and not the answer.
 */
export const WHOLE_DOLLARS_FROM = '2023-01-03' as IsoDate;

/** Local names in an information table (eis_13FDocument.xsd). */
export const TABLE_ELEMENTS = {
  root: 'informationTable',
  entry: 'infoTable',
  fields: {
    nameOfIssuer: 'issuerName',
    titleOfClass: 'titleOfClass',
    cusip: 'cusip',
    figi: 'figi',
    value: 'value',
    sshPrnamt: 'amount',
    sshPrnamtType: 'amountType',
    putCall: 'putCall',
    investmentDiscretion: 'discretion',
    otherManager: 'otherManagers',
    Sole: 'votingSole',
    Shared: 'votingShared',
    None: 'votingNone',
  },
} as const;

/** Members of the SEC's quarterly Form 13F data sets with their columns in the published order. */
export const DATA_SET_COLUMNS = {
  SUBMISSION: ['ACCESSION_NUMBER', 'FILING_DATE', 'SUBMISSIONTYPE', 'CIK', 'PERIODOFREPORT'],
  COVERPAGE: [
    'ACCESSION_NUMBER',
    'REPORTCALENDARORQUARTER',
    'ISAMENDMENT',
    'AMENDMENTNO',
    'AMENDMENTTYPE',
    'CONFDENIEDEXPIRED',
    'DATEDENIEDEXPIRED',
    'DATEREPORTED',
    'REASONFORNONCONFIDENTIALITY',
    'FILINGMANAGER_NAME',
    'FILINGMANAGER_STREET1',
    'FILINGMANAGER_STREET2',
    'FILINGMANAGER_CITY',
    'FILINGMANAGER_STATEORCOUNTRY',
    'FILINGMANAGER_ZIPCODE',
    'REPORTTYPE',
    'FORM13FFILENUMBER',
    'CRDNUMBER',
    'SECFILENUMBER',
    'PROVIDEINFOFORINSTRUCTION5',
    'ADDITIONALINFORMATION',
  ],
  OTHERMANAGER: [
    'ACCESSION_NUMBER',
    'OTHERMANAGER_SK',
    'CIK',
    'FORM13FFILENUMBER',
    'CRDNUMBER',
    'SECFILENUMBER',
    'NAME',
  ],
  OTHERMANAGER2: [
    'ACCESSION_NUMBER',
    'SEQUENCENUMBER',
    'CIK',
    'FORM13FFILENUMBER',
    'CRDNUMBER',
    'SECFILENUMBER',
    'NAME',
  ],
  SIGNATURE: [
    'ACCESSION_NUMBER',
    'NAME',
    'TITLE',
    'PHONE',
    'SIGNATURE',
    'CITY',
    'STATEORCOUNTRY',
    'SIGNATUREDATE',
  ],
  SUMMARYPAGE: [
    'ACCESSION_NUMBER',
    'OTHERINCLUDEDMANAGERSCOUNT',
    'TABLEENTRYTOTAL',
    'TABLEVALUETOTAL',
    'ISCONFIDENTIALOMITTED',
  ],
  INFOTABLE: [
    'ACCESSION_NUMBER',
    'INFOTABLE_SK',
    'NAMEOFISSUER',
    'TITLEOFCLASS',
    'CUSIP',
    'FIGI',
    'VALUE',
    'SSHPRNAMT',
    'SSHPRNAMTTYPE',
    'PUTCALL',
    'INVESTMENTDISCRETION',
    'OTHERMANAGER',
    'VOTING_AUTH_SOLE',
    'VOTING_AUTH_SHARED',
    'VOTING_AUTH_NONE',
  ],
} as const;

export type DataSetMember = keyof typeof DATA_SET_COLUMNS;

export const DATA_SET_MEMBERS = Object.keys(DATA_SET_COLUMNS) as DataSetMember[];

/** Columns that were added over the years; a data set without them is as good. */
export const OPTIONAL_DATA_SET_COLUMNS: ReadonlySet<string> = new Set(['FIGI', 'CRDNUMBER', 'SECFILENUMBER']);
