import {
  endOfDayInNewYork,
  type Fact,
  type IsoDate,
  KNOWN_AT_IMPORT,
  type ReadBatch,
  type SetAsideRow,
  thirteenFDeadline,
} from '../../core/index.js';
import {
  type FilingOfRow,
  holdingFact,
  type ReadEntry,
  readEntry,
  setAside,
  setAsideEntry,
  type UnreadEntry,
  valuePair,
} from './holding-row.js';
import type { FilingFacts, RawFiling } from './model.js';
import { reconcile, type TableTotals } from './reconcile.js';
import {
  addToSample,
  decideValueUnitOfCover,
  decideValueUnitOfSummary,
  emptySample,
  summarise,
  type UnitSample,
  type UnitSummary,
  type ValueUnitDecision,
} from './value-unit.js';

const BATCH_ROWS = 4096;

export interface FileIdentity {
  /** Of the contents; stands in for the accession number where they do not name one. */
  readonly sha256: string;
  /** Row of the cover page. */
  readonly rowNumber: number;
}

/** One filing to the rows of `filings` and `holdings`: the cover counts as one data row, every entry of the table as one. */
export function* filingBatches({ facts, table }: RawFiling, file: FileIdentity): Generator<ReadBatch> {
  const entries = (table ?? []).map(readEntry);
  const tally = emptyTally();
  for (const entry of entries) addToTally(tally, entry);
  const judged = judgeFiling(facts, table === null ? null : summaryOf(tally), file);
  yield { facts: [judged.fact], setAside: [], rowsRead: 1 };
  for (let start = 0; start < entries.length; start += BATCH_ROWS) {
    yield holdingsBatch(entries.slice(start, start + BATCH_ROWS), judged);
  }
}

/** What the whole table must be read for, kept small: sums for the cover's totals and ratios for the unit. */
export interface TableTally {
  entries: number;
  value: number;
  unreadable: number;
  wholeThousands: boolean;
  readonly sample: UnitSample;
}

export function emptyTally(): TableTally {
  return { entries: 0, value: 0, unreadable: 0, wholeThousands: true, sample: emptySample() };
}

export function addToTally(tally: TableTally, entry: ReadEntry | UnreadEntry): void {
  tally.entries += 1;
  if (entry.value === null) tally.unreadable += 1;
  else {
    tally.value += entry.value;
    tally.wholeThousands &&= entry.value % 1000 === 0;
  }
  if (entry.ok) addToSample(tally.sample, valuePair(entry));
}

/** A table as far as its filing needs it: sums, and medians for the unit. */
export interface TableSummary extends TableTotals {
  readonly unit: UnitSummary;
}

export function summaryOf({ sample, ...totals }: TableTally): TableSummary {
  return { ...totals, unit: summarise(sample) };
}

/** A filing with its unit decided and its totals compared; `filing` is what its rows need of it. */
export interface JudgedFiling {
  readonly fact: Fact<'filings'>;
  readonly filing: FilingOfRow;
  readonly evidence: string;
}

/** @param table null where the file holds no table */
export function judgeFiling(
  facts: FilingFacts,
  table: TableSummary | null,
  file: FileIdentity,
): JudgedFiling {
  const filedDate = facts.filedDate ?? facts.signatureDate;
  const decision =
    table === null
      ? decideValueUnitOfCover(facts.declaredValue, facts.declaredEntries, filedDate)
      : decideValueUnitOfSummary(table.unit, filedDate);
  const filing: FilingOfRow = {
    accessionNumber: facts.accessionNumber ?? `file-${file.sha256.slice(0, 16)}`,
    cik: facts.cik,
    periodOfReport: facts.periodOfReport,
    unit: decision.unit,
    stamp: stampOf(facts),
  };
  const fact = filingFact(facts, filing, decision, table, file.rowNumber);
  return { fact, filing, evidence: decision.evidence };
}

export function holdingsBatch(
  entries: readonly (ReadEntry | UnreadEntry)[],
  { filing, evidence }: JudgedFiling,
): ReadBatch {
  const facts: Fact[] = [];
  const aside: SetAsideRow[] = [];
  for (const entry of entries) {
    const made = entry.ok && filing.unit !== 'neither' ? holdingFact(entry, filing) : entry;
    if ('table' in made) facts.push(made);
    else if (made.ok) aside.push(unitlessRow(made, filing, evidence));
    else aside.push(setAsideEntry(made, filing));
  }
  return { facts, setAside: aside, rowsRead: entries.length };
}

function unitlessRow(entry: ReadEntry, filing: FilingOfRow, evidence: string): SetAsideRow {
  return setAside(entry.raw, filing, {
    column: 'value',
    found: entry.raw.value ?? '',
    expected: 'dollars or thousands of dollars',
    reason: `the filing's values are in no unit: ${evidence}`,
  });
}

function filingFact(
  facts: FilingFacts,
  { accessionNumber, stamp }: FilingOfRow,
  decision: ValueUnitDecision,
  table: TableSummary | null,
  rowNumber: number,
): Fact<'filings'> {
  const { signatureDate: _, ...columns } = facts;
  const check = table === null ? null : reconcile(table, facts.declaredEntries, facts.declaredValue);
  return {
    table: 'filings',
    row: {
      ...columns,
      accessionNumber,
      entriesRead: table?.entries ?? null,
      valueRead: table?.value ?? null,
      medianValuePerShare: decision.medianValuePerShare,
      valueUnit: isNotice(facts) ? null : decision.unit,
      valueUnitEvidence: isNotice(facts) ? null : decision.evidence,
      reconciled: check?.reconciled ?? null,
      entriesDifference: check?.entriesDifference ?? null,
      valueDifference: check?.valueDifference ?? null,
      reconciliation: check?.text ?? (isNotice(facts) ? null : 'no table at hand'),
    },
    rowNumber,
    ...stamp,
  };
}

function isNotice(facts: FilingFacts): boolean {
  return facts.reportType === 'notice' || (facts.formType?.startsWith('13F-NT') ?? false);
}

/**
 * Known at acceptance; with a filing date alone, at its end in New York; of an original report without either, at the
 * later of its deadline and its signature. An amendment without a date may be years late: known when imported.
 */
export function stampOf(facts: FilingFacts): FilingOfRow['stamp'] {
  const period = facts.periodOfReport;
  const span = { periodStart: period === null ? null : quarterStart(period), periodEnd: period };
  if (facts.acceptedAt !== null) return { ...span, knownAt: facts.acceptedAt, knownAtKind: 'published' };
  const day = facts.filedDate ?? undatedReport(facts);
  if (day === null) return { ...span, knownAt: KNOWN_AT_IMPORT, knownAtKind: 'import' };
  return { ...span, knownAt: endOfDayInNewYork(day), knownAtKind: 'rule' };
}

function undatedReport({
  periodOfReport,
  signatureDate,
  formType,
  amendmentType,
}: FilingFacts): IsoDate | null {
  const amends = amendmentType !== null || (formType?.endsWith('/A') ?? false);
  if (periodOfReport === null || signatureDate === null || amends) return null;
  const deadline = thirteenFDeadline(periodOfReport);
  return signatureDate > deadline ? signatureDate : deadline;
}

/** First day of the quarter that ends with the period. */
function quarterStart(periodEnd: IsoDate): IsoDate {
  const [year, month] = periodEnd.split('-').map(Number) as [number, number];
  const first = String(Math.floor((month - 1) / 3) * 3 + 1).padStart(2, '0');
  return `${year}-${first}-01` as IsoDate;
}
