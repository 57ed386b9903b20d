import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Fact, SetAsideRow, SourceFile, TableName, TableRow } from '../../../src/core/index.js';
import { edgarReader } from '../../../src/sources/edgar/index.js';

export const sharedData = join(fileURLToPath(new URL('../../..', import.meta.url)), '../shared/data');
export const hasSharedData = existsSync(join(sharedData, 'sec13f'));

export function fileOf(name: string, content: string | Uint8Array): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A file of ../shared/data/sec13f, unpacked. */
export function sharedFile(path: string): SourceFile {
  const bytes = readFileSync(join(sharedData, 'sec13f', path));
  return fileOf(path, path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

export interface Read {
  readonly kind: string;
  readonly facts: readonly Fact[];
  readonly setAside: readonly SetAsideRow[];
  readonly rowsRead: number;
  rows<Name extends TableName>(table: Name): TableRow<Name>[];
}

export function collect(
  kind: string,
  batches: Iterable<{ facts: readonly Fact[]; setAside: readonly SetAsideRow[]; rowsRead: number }>,
): Read {
  const facts: Fact[] = [];
  const setAside: SetAsideRow[] = [];
  let rowsRead = 0;
  for (const batch of batches) {
    facts.push(...batch.facts);
    setAside.push(...batch.setAside);
    rowsRead += batch.rowsRead;
  }
  return {
    kind,
    facts,
    setAside,
    rowsRead,
    rows: <Name extends TableName>(table: Name) =>
      facts.filter((fact) => fact.table === table).map((fact) => fact.row as unknown as TableRow<Name>),
  };
}

/** @throws Error if the file is not recognised */
export function readFile(file: SourceFile): Read {
  const detection = edgarReader.detect(file, {});
  if (detection === null) throw new Error(`${file.name} is not recognised`);
  return collect(detection.kind, edgarReader.read(file, detection, {}));
}

export interface EntryFields {
  readonly issuer?: string;
  readonly cusip?: string;
  readonly value?: string;
  readonly amount?: string;
  readonly type?: string;
  readonly putCall?: string;
}

/** An entry of an information table in XML, with a prefix or none. */
export function entryXml(fields: EntryFields = {}, prefix = ''): string {
  const {
    issuer = 'APPLE INC',
    cusip = '037833100',
    value = '15000',
    amount = '100',
    type = 'SH',
    putCall,
  } = fields;
  const tag = (name: string, text: string) => `<${prefix}${name}>${text}</${prefix}${name}>`;
  return tag(
    'infoTable',
    tag('nameOfIssuer', issuer) +
      tag('titleOfClass', 'COM') +
      tag('cusip', cusip) +
      tag('value', value) +
      tag('shrsOrPrnAmt', tag('sshPrnamt', amount) + tag('sshPrnamtType', type)) +
      (putCall === undefined ? '' : tag('putCall', putCall)) +
      tag('investmentDiscretion', 'SOLE') +
      tag('votingAuthority', tag('Sole', amount) + tag('Shared', '0') + tag('None', '0')),
  );
}

export function tableXml(entries: readonly string[], prefix = ''): string {
  const space = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
  return `<${prefix}informationTable ${space}="http://www.sec.gov/edgar/document/thirteenf/informationtable">${entries.join('\n')}</${prefix}informationTable>`;
}

export interface CoverFields {
  readonly form?: string;
  readonly report?: string;
  readonly entries?: number;
  readonly value?: number;
  readonly amendment?: string;
}

export function coverXml({
  form = '13F-HR',
  report = '13F HOLDINGS REPORT',
  entries = 1,
  value = 15000,
  amendment = '',
}: CoverFields = {}): string {
  return `<?xml version="1.0"?>
<edgarSubmission xmlns="http://www.sec.gov/edgar/thirteenffiler"><headerData><submissionType>${form}</submissionType>
<filerInfo><filer><credentials><cik>0001234567</cik></credentials></filer><periodOfReport>12-31-2024</periodOfReport></filerInfo></headerData>
<formData><coverPage><reportCalendarOrQuarter>12-31-2024</reportCalendarOrQuarter>${amendment}
<filingManager><name>SOME CAPITAL LP</name></filingManager><reportType>${report}</reportType></coverPage>
<signatureBlock><name>X</name><signatureDate>02-10-2025</signatureDate></signatureBlock>
<summaryPage><otherIncludedManagersCount>0</otherIncludedManagersCount><tableEntryTotal>${entries}</tableEntryTotal><tableValueTotal>${value}</tableValueTotal></summaryPage></formData></edgarSubmission>`;
}

/** A complete submission as EDGAR's archive keeps it. */
export function submissionText(
  documents: readonly { type: string; body: string }[],
  form = '13F-HR',
): string {
  const parts = documents.map(
    ({ type, body }, index) =>
      `<DOCUMENT>\n<TYPE>${type}\n<SEQUENCE>${index + 1}\n<FILENAME>d${index}.xml\n<TEXT>\n${body.startsWith('<') ? `<XML>\n${body}\n</XML>` : body}\n</TEXT>\n</DOCUMENT>\n`,
  );
  return `<SEC-DOCUMENT>0001234567-25-000001.txt : 20250210
<SEC-HEADER>0001234567-25-000001.hdr.sgml : 20250210
<ACCEPTANCE-DATETIME>20250210163015
ACCESSION NUMBER:		0001234567-25-000001
CONFORMED SUBMISSION TYPE:	${form}
CONFORMED PERIOD OF REPORT:	20241231
FILED AS OF DATE:		20250210
FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			SOME CAPITAL LP
		CENTRAL INDEX KEY:			0001234567
</SEC-HEADER>
${parts.join('')}</SEC-DOCUMENT>
`;
}
