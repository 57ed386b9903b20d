import {
  type Fact,
  FormatError,
  type MemberBatch,
  normalizeCik,
  type SetAsideRow,
  type SourceFile,
} from '../../core/index.js';
import { LineCursor } from '../text/index.js';
import {
  readAmendmentType,
  readDate,
  readFileNumber,
  readFlag,
  readNumber,
  readReportType,
} from './fields.js';
import { readEntry } from './holding-row.js';
import type { DataSetMember } from './layout.js';
import {
  addToTally,
  emptyTally,
  holdingsBatch,
  type JudgedFiling,
  judgeFiling,
  summaryOf,
  type TableTally,
} from './map.js';
import { type FilingFacts, NO_FACTS, type RawEntry } from './model.js';

const BATCH_ROWS = 4096;

/** A member of a data set with its place among the files read together. */
export interface DataSetFile {
  readonly member: DataSetMember;
  readonly file: SourceFile;
}

interface TsvRow {
  readonly line: number;
  /** Fields by column name; null where the row has not as many fields as the header. */
  readonly field: ((column: string) => string) | null;
  readonly text: string;
}

type MutableFacts = { -readonly [Name in keyof FilingFacts]: FilingFacts[Name] };

interface Gathering {
  readonly facts: Map<string, MutableFacts>;
  readonly lines: Map<string, number>;
  readonly tallies: Map<string, TableTally>;
}

/**
 * A quarterly Form 13F data set of the SEC: one filing a row of SUBMISSION, its cover and summary from their members, its
 * entries from INFOTABLE in the order of the file. INFOTABLE is passed over twice, first for each filing's unit and
 * totals, so that it is never held in memory. Fields are split at tabs; the SEC quotes nothing. Acceptance times are not in
 * the set: a filing is known at the end of its filing day in New York.
 * @throws {FormatError} where SUBMISSION or INFOTABLE is missing
 */
export function* readDataSet(files: readonly DataSetFile[]): Generator<MemberBatch> {
  const gathering: Gathering = { facts: new Map(), lines: new Map(), tallies: new Map() };
  const submission = indexOf(files, 'SUBMISSION');
  const table = indexOf(files, 'INFOTABLE');
  const submissionAside = gatherSubmissions(files[submission]!.file, gathering);
  for (const [member, { member: name, file }] of files.entries()) {
    if (member !== submission && member !== table) yield gatherPart(name, file, member, gathering);
  }
  for (const { line, field } of tsvRows(files[table]!.file)) {
    const accession = field?.('ACCESSION_NUMBER') ?? '';
    if (!gathering.facts.has(accession) || field === null) continue;
    const tally = gathering.tallies.get(accession) ?? emptyTally();
    gathering.tallies.set(accession, tally);
    addToTally(tally, readEntry(tableEntry(field, tally.entries + 1, line)));
  }
  const judged = judgeAll(gathering, files[submission]!.file.sha256);
  yield {
    member: submission,
    facts: [...judged.values()].map(({ fact }) => fact),
    setAside: submissionAside,
    rowsRead: judged.size + submissionAside.length,
  };
  yield* tableBatches(files[table]!.file, table, judged);
}

function indexOf(files: readonly DataSetFile[], member: DataSetMember): number {
  const index = files.findIndex((file) => file.member === member);
  if (index >= 0) return index;
  const has = files.map((file) => file.file.name).join(', ');
  throw new FormatError(`${has}: a Form 13F data set without ${member}.tsv; import the SEC's zip whole`);
}

function judgeAll(gathering: Gathering, sha256: string): Map<string, JudgedFiling> {
  const judged = new Map<string, JudgedFiling>();
  for (const [accession, facts] of gathering.facts) {
    const notice = facts.formType?.startsWith('13F-NT') ?? false;
    const tally = gathering.tallies.get(accession) ?? emptyTally();
    const table = notice && tally.entries === 0 ? null : summaryOf(tally);
    const rowNumber = gathering.lines.get(accession)!;
    judged.set(accession, judgeFiling(facts, table, { sha256, rowNumber }));
  }
  return judged;
}

function gatherSubmissions(file: SourceFile, { facts, lines }: Gathering): SetAsideRow[] {
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
function gatherPart(
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

function* tableBatches(
  file: SourceFile,
  member: number,
  judged: ReadonlyMap<string, JudgedFiling>,
): Generator<MemberBatch> {
  const entries = new Map<string, number>();
  let facts: Fact[] = [];
  let setAside: SetAsideRow[] = [];
  let rowsRead = 0;
  for (const row of tsvRows(file)) {
    const { field, line } = row;
    const accession = field?.('ACCESSION_NUMBER') ?? '';
    const filing = judged.get(accession);
    rowsRead += 1;
    if (field === null) setAside.push(misshapen(row));
    else if (filing === undefined) {
      setAside.push(faulty(line, 'ACCESSION_NUMBER', accession, 'an accession number of SUBMISSION'));
    } else {
      const entry = (entries.get(accession) ?? 0) + 1;
      entries.set(accession, entry);
      const made = holdingsBatch([readEntry(tableEntry(field, entry, line))], filing);
      facts.push(...made.facts);
      setAside.push(...made.setAside);
    }
    if (rowsRead === BATCH_ROWS) {
      yield { member, facts, setAside, rowsRead };
      [facts, setAside, rowsRead] = [[], [], 0];
    }
  }
  if (rowsRead > 0) yield { member, facts, setAside, rowsRead };
}

const NO_FLAGS: readonly string[] = [];

function tableEntry(field: (column: string) => string, entry: number, line: number): RawEntry {
  return {
    entry,
    rowNumber: line,
    issuerName: field('NAMEOFISSUER') || null,
    titleOfClass: field('TITLEOFCLASS') || null,
    cusip: field('CUSIP') || null,
    figi: field('FIGI') || null,
    value: field('VALUE') || null,
    amount: field('SSHPRNAMT') || null,
    amountType: field('SSHPRNAMTTYPE') || null,
    putCall: field('PUTCALL') || null,
    discretion: field('INVESTMENTDISCRETION') || null,
    otherManagers: field('OTHERMANAGER') || null,
    votingSole: field('VOTING_AUTH_SOLE') || null,
    votingShared: field('VOTING_AUTH_SHARED') || null,
    votingNone: field('VOTING_AUTH_NONE') || null,
    flags: NO_FLAGS,
  };
}

/** Rows below the header, split at tabs. */
function* tsvRows(file: SourceFile): Generator<TsvRow> {
  const cursor = new LineCursor(file.bytes);
  const header = (cursor.next() ?? '').split('\t').map((name) => name.trim());
  const positions = new Map(header.map((name, index) => [name, index]));
  for (let text = cursor.next(); text !== null; text = cursor.next()) {
    if (text === '') continue;
    const fields = text.split('\t');
    const whole = fields.length === header.length;
    const field = (column: string): string => fields[positions.get(column) ?? -1]?.trim() ?? '';
    yield { line: cursor.line, text, field: whole ? field : null };
  }
}

function misshapen({ line, text }: TsvRow): SetAsideRow {
  return {
    rowNumber: line,
    column: null,
    found: text.slice(0, 200),
    expected: 'as many fields as the header',
    reason: 'the row is shorter or longer than the header',
  };
}

function faulty(rowNumber: number, column: string, found: string, expected: string): SetAsideRow {
  const reason = found === '' ? `${column} is missing` : `${column} is '${found}'`;
  return {
    rowNumber,
    column,
    found,
    expected,
    reason,
    ...(column === 'ACCESSION_NUMBER' ? { subject: found } : {}),
  };
}
