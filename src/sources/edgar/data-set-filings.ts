import { type MemberBatch, normalizeCik, type SetAsideRow, type SourceFile } from '../../core/index.js';
import { readDate } from '../text/index.js';
import { faulty, misshapen, tsvRows } from './data-set-rows.js';
import { readAmendmentType, readFileNumber, readFlag, readNumber, readReportType } from './fields.js';
import type { DataSetMember } from './layout.js';
import { type FilingFacts, NO_FACTS } from './model.js';

type MutableFacts = { -readonly [Name in keyof FilingFacts]: FilingFacts[Name] };

/** Filings under way, by accession number. */
export interface Gathering {
  readonly facts: Map<string, MutableFacts>;
  /** Lines of SUBMISSION. */
  readonly lines: Map<string, number>;
}

/** Begins a filing for each row of SUBMISSION. @returns rows that give none */
export function gatherSubmissions(file: SourceFile, { facts, lines }: Gathering): SetAsideRow[] {
  const aside: SetAsideRow[] = [];
  for (const row of tsvRows(file)) {
    const { field, line } = row;
    if (field === null) {
      aside.push(misshapen(row));
      continue;
    }
    const accession = field('ACCESSION_NUMBER');
    const filedDate = readDate(field('FILING_DATE'));
    const periodOfReport = readDate(field('PERIODOFREPORT'));
    const cik = normalizeCik(field('CIK'));
    if (accession === '' || facts.has(accession)) {
      aside.push(faulty(line, 'ACCESSION_NUMBER', accession, 'an accession number, once'));
    } else if (filedDate === null)
      aside.push(faulty(line, 'FILING_DATE', field('FILING_DATE'), 'DD-MON-YYYY'));
    else if (periodOfReport === null)
      aside.push(faulty(line, 'PERIODOFREPORT', field('PERIODOFREPORT'), 'DD-MON-YYYY'));
    else if (cik === null) aside.push(faulty(line, 'CIK', field('CIK'), 'one to ten digits'));
    else {
      const formType = field('SUBMISSIONTYPE').toUpperCase() || null;
      facts.set(accession, {
        ...NO_FACTS,
        accessionNumber: accession,
        filedDate,
        periodOfReport,
        cik,
        formType,
      });
      lines.set(accession, line);
    }
  }
  return aside;
}

/** Adds a member's rows to the filings they belong to. */
export function gatherPart(
  name: DataSetMember,
  file: SourceFile,
  member: number,
  { facts }: Gathering,
): MemberBatch {
  const setAside: SetAsideRow[] = [];
  let rowsRead = 0;
  for (const row of tsvRows(file)) {
    rowsRead += 1;
    const { field, line } = row;
    const filing = field === null ? undefined : facts.get(field('ACCESSION_NUMBER'));
    if (field === null) setAside.push(misshapen(row));
    else if (filing === undefined) {
      setAside.push(
        faulty(line, 'ACCESSION_NUMBER', field('ACCESSION_NUMBER'), 'an accession number of SUBMISSION'),
      );
    } else addPart(name, filing, field);
  }
  return { member, facts: [], setAside, rowsRead };
}

function addPart(name: DataSetMember, filing: MutableFacts, field: (column: string) => string): void {
  if (name === 'COVERPAGE') {
    filing.managerName = field('FILINGMANAGER_NAME') || null;
    filing.reportType = readReportType(field('REPORTTYPE'));
    filing.amendmentType = readAmendmentType(field('AMENDMENTTYPE'));
    filing.amendmentNumber = readNumber(field('AMENDMENTNO'));
    filing.form13fFileNumber = readFileNumber(field('FORM13FFILENUMBER')) || null;
  } else if (name === 'SUMMARYPAGE') {
    filing.declaredEntries = readNumber(field('TABLEENTRYTOTAL'));
    filing.declaredValue = readNumber(field('TABLEVALUETOTAL'));
    filing.confidentialOmitted = readFlag(field('ISCONFIDENTIALOMITTED'));
  } else if (name === 'SIGNATURE') {
    filing.signatureDate = readDate(field('SIGNATUREDATE'));
  } else if (name === 'OTHERMANAGER') {
    filing.managersReportingFor = appended(filing.managersReportingFor, [
      padded(field('CIK')),
      field('NAME'),
    ]);
  } else if (name === 'OTHERMANAGER2') {
    const parts = [field('SEQUENCENUMBER'), padded(field('CIK')), field('NAME')];
    filing.includedManagers = appended(filing.includedManagers, parts);
  }
}

function padded(cik: string): string {
  return normalizeCik(cik) ?? cik;
}

function appended(list: string | null, parts: readonly string[]): string {
  const manager = parts.filter((part) => part !== '').join(' ');
  return list === null ? manager : `${list}; ${manager}`;
}
