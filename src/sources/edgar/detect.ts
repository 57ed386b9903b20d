import type { Detection, SourceFile } from '../../core/index.js';
import { beginningOf, looksBinary, sniffHeader, submissionType } from '../text/index.js';
import { looksLikeAsciiForm } from './ascii-cover.js';
import {
  DATA_SET_COLUMNS,
  DATA_SET_MEMBERS,
  type DataSetMember,
  OPTIONAL_DATA_SET_COLUMNS,
} from './layout.js';
import { TableWatch } from './table-watch.js';
import { rootElement } from './xml.js';

export const KINDS = {
  submission: 'sec-13f-submission',
  table: 'sec-13f-table-xml',
  cover: 'sec-13f-cover-xml',
  body: 'sec-13f-text-body',
  dataSet: 'sec-13f-data-set',
  companyIndex: 'sec-company-index',
  companyTickers: 'sec-company-tickers',
  cusipTicker: 'cusip-ticker-list',
  fundHoldings: 'fund-holdings-list',
  fundManagers: 'fund-managers-list',
} as const;

const HEAD_BYTES = 16_384;

export const FUND_HOLDINGS_COLUMNS = [
  'Quarter',
  'Fund',
  'CUSIP',
  'Ticker',
  'Company',
  'Shares',
  'Delta_Shares',
  'Value',
  'Delta',
] as const;
export const CUSIP_TICKER_COLUMNS = ['cusip', 'ticker'] as const;
export const FUND_MANAGERS_COLUMNS = ['CIK', 'Fund', 'Manager', 'Denomination', 'CIKs'] as const;

/** Recognises what EDGAR publishes about Form 13F, and the lists made from it, by content. */
export function detectEdgar(file: SourceFile): Detection | null {
  if (looksBinary(file.bytes)) return null;
  const head = beginningOf(file.bytes, HEAD_BYTES);
  return (
    detectSubmission(head) ??
    detectXml(head) ??
    detectLine(head) ??
    detectHeader(file.bytes) ??
    detectBody(head)
  );
}

function detectSubmission(head: string): Detection | null {
  const type = submissionType(head);
  if (type === null || !type.startsWith('13F')) return null;
  return { kind: KINDS.submission, evidence: `an EDGAR submission of type ${type}` };
}

function detectXml(head: string): Detection | null {
  const root = rootElement(head);
  if (root === 'informationTable') {
    return { kind: KINDS.table, evidence: 'an XML document informationTable' };
  }
  if (root === 'edgarSubmission' && /thirteenf/i.test(head)) {
    return { kind: KINDS.cover, evidence: 'an XML document edgarSubmission of Form 13F' };
  }
  return null;
}

function detectLine(head: string): Detection | null {
  if (/^Description:\s+.*EDGAR Dissemination Feed by Company Name/i.test(head)) {
    return { kind: KINDS.companyIndex, evidence: 'its description line' };
  }
  if (/^\s*\{\s*"0"\s*:\s*\{\s*"cik_str"\s*:/.test(head)) {
    return { kind: KINDS.companyTickers, evidence: 'objects with cik_str' };
  }
  return null;
}

function detectHeader(bytes: Uint8Array): Detection | null {
  const tabbed = sniffHeader(bytes, { separator: '\t' });
  const member = tabbed === null ? null : dataSetMember(tabbed);
  if (member !== null) {
    return {
      kind: `${KINDS.dataSet}:${member}`,
      evidence: `the columns of ${member}.tsv of the SEC's Form 13F data sets`,
      group: KINDS.dataSet,
      ...(member === 'INFOTABLE' ? { watchRows: (newLine) => new TableWatch(tabbed!, newLine) } : {}),
    };
  }
  const header = sniffHeader(bytes);
  if (header === null) return null;
  const is = (columns: readonly string[]) =>
    header.length === columns.length && columns.every((name, index) => header[index] === name);
  if (is(FUND_HOLDINGS_COLUMNS)) return { kind: KINDS.fundHoldings, evidence: 'its nine columns' };
  if (is(FUND_MANAGERS_COLUMNS)) return { kind: KINDS.fundManagers, evidence: 'its five columns' };
  if (is(CUSIP_TICKER_COLUMNS)) return { kind: KINDS.cusipTicker, evidence: 'the columns cusip and ticker' };
  return null;
}

/** Which member of a data set has these columns; others may stand between and after them. */
function dataSetMember(header: readonly string[]): DataSetMember | null {
  const present = new Set(header);
  const matching = DATA_SET_MEMBERS.filter((member) =>
    DATA_SET_COLUMNS[member].every((column) => present.has(column) || OPTIONAL_DATA_SET_COLUMNS.has(column)),
  );
  return matching[0] ?? null;
}

function detectBody(head: string): Detection | null {
  if (/^\s*(<SEC-DOCUMENT>|<SUBMISSION>|-----BEGIN PRIVACY)/i.test(head) || !looksLikeAsciiForm(head))
    return null;
  return /form\s+13F\s+cover\s+page/i.test(head)
    ? { kind: KINDS.body, evidence: 'the cover page of Form 13F in plain text' }
    : null;
}
