import { endOfDayInNewYork, type Fact, type IsoDate, isIsoDate, type TableRow } from '../../core/index.js';
import type { RowProblem } from '../text/index.js';
import type { CompanyFactsFile, ConceptFacts, FiledFact } from './facts.js';

type Row = TableRow<'companyFacts'>;

/** A fact that was read, its place in the file still to be told of it. */
export interface ReadFact {
  readonly rowNumber: number;
  readonly startDate: IsoDate | null;
  readonly endDate: IsoDate;
  readonly value: number;
  readonly accessionNumber: string;
  readonly filedDate: IsoDate;
  readonly fact: FiledFact;
}

const ACCESSION = /^\d{10}-\d{2}-\d{6}$/;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads one fact, or says what is wrong with it. */
export function readFact(
  fact: unknown,
  { concept }: ConceptFacts,
  rowNumber: number,
): ReadFact | { readonly problem: RowProblem } {
  const filed = (typeof fact === 'object' && fact !== null ? fact : {}) as FiledFact;
  const problem = (column: string, expected: string, more: Partial<RowProblem> = {}) => ({
    problem: {
      column,
      found: JSON.stringify(filed[column]) ?? '',
      expected,
      reason: `${column} cannot be read`,
      subject: concept,
      ...more,
    },
  });
  const { end, start, val, accn, filed: filedOn } = filed;
  if (typeof filedOn !== 'string' || !isIsoDate(filedOn)) return problem('filed', 'a day as YYYY-MM-DD');
  const known = { knownAt: endOfDayInNewYork(filedOn) };
  if (typeof end !== 'string' || !isIsoDate(end)) return problem('end', 'a day as YYYY-MM-DD', known);
  const about = { ...known, periodEnd: end };
  if (start !== undefined && start !== null && (typeof start !== 'string' || !isIsoDate(start)))
    return problem('start', 'a day as YYYY-MM-DD, or none', about);
  const startDate = typeof start === 'string' ? (start as IsoDate) : null;
  if (startDate !== null && startDate > end) return problem('start', `a day to ${end}`, about);
  if (typeof val !== 'number' || !Number.isFinite(val)) return problem('val', 'a number', about);
  if (typeof accn !== 'string' || !ACCESSION.test(accn))
    return problem('accn', 'an accession number such as 0001045810-25-000023', about);
  return {
    rowNumber,
    startDate,
    endDate: end,
    value: val,
    accessionNumber: accn,
    filedDate: filedOn,
    fact: filed,
  };
}

/**
 * Facts of one concept and unit, each told from what was filed of its period before: the first statement of the period, a
 * repetition, or a restatement. Of filings of one day the accession number decides.
 */
export function statedFacts(
  company: CompanyFactsFile,
  { taxonomy, concept, unit }: ConceptFacts,
  read: readonly ReadFact[],
): Fact<'companyFacts'>[] {
  const lastOf = new Map<string, ReadFact>();
  const statements = new Map<ReadFact, string>();
  for (const one of read.toSorted(byFiling)) {
    const period = `${one.startDate} ${one.endDate}`;
    const last = lastOf.get(period);
    if (last === undefined) statements.set(one, 'first');
    else if (last.value !== one.value) statements.set(one, 'restated');
    // The same figure twice in a filing is one statement.
    else
      statements.set(one, last.accessionNumber === one.accessionNumber ? statements.get(last)! : 'repeated');
    lastOf.set(period, one);
  }
  const about = { cik: company.cik, taxonomy, concept, unit };
  return read.map((one) => ({
    table: 'companyFacts',
    row: { ...about, ...rowOf(one), statement: statements.get(one)!, splitBasis: 'as-filed' },
    periodStart: one.startDate ?? one.endDate,
    periodEnd: one.endDate,
    knownAt: endOfDayInNewYork(one.filedDate),
    knownAtKind: 'rule',
    rowNumber: one.rowNumber,
  }));
}

function byFiling(a: ReadFact, b: ReadFact): number {
  const left = `${a.filedDate} ${a.accessionNumber}`;
  const right = `${b.filedDate} ${b.accessionNumber}`;
  return left < right ? -1 : left > right ? 1 : a.rowNumber - b.rowNumber;
}

type FiledColumns = Omit<Row, 'cik' | 'taxonomy' | 'concept' | 'unit' | 'statement' | 'splitBasis'>;

function rowOf({ fact, startDate, endDate, value, accessionNumber, filedDate }: ReadFact): FiledColumns {
  const { fy, fp, form } = fact;
  return {
    startDate,
    endDate,
    value,
    accessionNumber,
    fiscalYear: typeof fy === 'number' && Number.isSafeInteger(fy) ? fy : null,
    fiscalPeriod: textOf(fp),
    form: textOf(form),
    filedDate,
  };
}
