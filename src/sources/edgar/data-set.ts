import {
  type Fact,
  FormatError,
  type MemberBatch,
  type SetAsideRow,
  type SourceFile,
} from '../../core/index.js';
import { type Gathering, gatherPart, gatherSubmissions } from './data-set-filings.js';
import { faulty, misshapen, type TsvRow, tsvRows } from './data-set-rows.js';
import { readEntry } from './holding-row.js';
import type { DataSetMember } from './layout.js';
import {
  addToTally,
  emptyTally,
  holdingsBatch,
  type JudgedFiling,
  judgeFiling,
  summaryOf,
  type TableSummary,
  type TableTally,
} from './map.js';
import type { RawEntry } from './model.js';

const BATCH_ROWS = 4096;

/** A member of a data set with its place among the files read together. */
export interface DataSetFile {
  readonly member: DataSetMember;
  readonly file: SourceFile;
}

/** A data set whose filings are known but for their tables. */
export interface OpenedDataSet {
  /** Index of INFOTABLE among the files. */
  readonly table: number;
  readonly filings: Gathering['facts'];
  /** What of the members beside SUBMISSION and INFOTABLE was read. */
  readonly parts: readonly MemberBatch[];
  /** Decides each filing's unit and compares its totals. @param summaries of the tables, by accession number */
  judge(summaries: ReadonlyMap<string, TableSummary>): Map<string, JudgedFiling>;
  /** The batch of SUBMISSION. */
  submissions(judged: ReadonlyMap<string, JudgedFiling>): MemberBatch;
}

/**
 * A quarterly Form 13F data set of the SEC: one filing a row of SUBMISSION, its cover and summary from their members, its
 * entries from INFOTABLE in the order of the file. INFOTABLE is passed over twice, first for each filing's unit and
 * totals, so that it is never held in memory. Fields are split at tabs; the SEC quotes nothing. Acceptance times are not in
 * the set: a filing is known at the end of its filing day in New York.
 * @throws {FormatError} where SUBMISSION or INFOTABLE is missing
 */
export function* readDataSet(files: readonly DataSetFile[]): Generator<MemberBatch> {
  const opened = openDataSet(files);
  const { file } = files[opened.table]!;
  yield* opened.parts;
  const judged = opened.judge(summariesOf(tsvRows(file), opened.filings));
  yield opened.submissions(judged);
  yield* tableBatches(tsvRows(file), opened.table, judged);
}

/** @throws {FormatError} where SUBMISSION or INFOTABLE is missing */
export function openDataSet(files: readonly DataSetFile[]): OpenedDataSet {
  const gathering: Gathering = { facts: new Map(), lines: new Map() };
  const submission = indexOf(files, 'SUBMISSION');
  const table = indexOf(files, 'INFOTABLE');
  const { file } = files[submission]!;
  const setAside = gatherSubmissions(file, gathering);
  const parts: MemberBatch[] = [];
  for (const [member, part] of files.entries()) {
    if (member !== submission && member !== table) {
      parts.push(gatherPart(part.member, part.file, member, gathering));
    }
  }
  return {
    table,
    filings: gathering.facts,
    parts,
    judge: (summaries) => judgeAll(gathering, summaries, file.sha256),
    submissions: (judged) => ({
      member: submission,
      facts: [...judged.values()].map(({ fact }) => fact),
      setAside,
      rowsRead: judged.size + setAside.length,
    }),
  };
}

function indexOf(files: readonly DataSetFile[], member: DataSetMember): number {
  const index = files.findIndex((file) => file.member === member);
  if (index >= 0) return index;
  const has = files.map((file) => file.file.name).join(', ');
  throw new FormatError(`${has}: a Form 13F data set without ${member}.tsv; import the SEC's zip whole`);
}

const NO_TABLE = summaryOf(emptyTally());

function judgeAll(
  { facts: filings, lines }: Gathering,
  summaries: ReadonlyMap<string, TableSummary>,
  sha256: string,
): Map<string, JudgedFiling> {
  const judged = new Map<string, JudgedFiling>();
  for (const [accession, facts] of filings) {
    const notice = facts.formType?.startsWith('13F-NT') ?? false;
    const summary = summaries.get(accession) ?? (notice ? null : NO_TABLE);
    judged.set(accession, judgeFiling(facts, summary, { sha256, rowNumber: lines.get(accession)! }));
  }
  return judged;
}

/** Sums and medians of the tables that some rows make up. */
export function summariesOf(
  rows: Iterable<TsvRow>,
  filings: ReadonlyMap<string, unknown>,
): Map<string, TableSummary> {
  const tallies = new Map<string, TableTally>();
  for (const { line, field } of rows) {
    const accession = field?.('ACCESSION_NUMBER') ?? '';
    if (!filings.has(accession) || field === null) continue;
    const tally = tallies.get(accession) ?? emptyTally();
    tallies.set(accession, tally);
    addToTally(tally, readEntry(tableEntry(field, tally.entries + 1, line)));
  }
  return new Map([...tallies].map(([accession, tally]) => [accession, summaryOf(tally)]));
}

/** Rows of INFOTABLE to holdings. */
export function* tableBatches(
  rows: Iterable<TsvRow>,
  member: number,
  judged: ReadonlyMap<string, JudgedFiling>,
): Generator<MemberBatch> {
  const entries = new Map<string, number>();
  let facts: Fact[] = [];
  let setAside: SetAsideRow[] = [];
  let rowsRead = 0;
  for (const row of rows) {
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
