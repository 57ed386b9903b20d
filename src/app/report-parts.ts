import {
  type FileRef,
  formatInstant,
  type Measure,
  type RecordRow,
  type ReportInput,
  type ReportScreenRow,
  type Ruler,
  type SeriesPoint,
  type SourceRef,
} from '../core/index.js';
import type { FlowSeries } from '../flows/index.js';
import type { AsOfView } from '../store/index.js';
import type { FlowBasis } from './bases.js';
import type { ManagerQuestion } from './quarters.js';
import type { RecordsAnswerQuestion } from './records.js';

/** What a report is asked for: one record on one basis, and all that stands around it. */
export interface ReportAsked extends Omit<RecordsAnswerQuestion, 'bases'>, ManagerQuestion {
  readonly basis: FlowBasis;
  /** The file of the user's classes of managers, for the command that makes the report again. */
  readonly managersFile?: string;
  /** A note in plain words or a file of claims, whose statements are checked; the standard note if left out. */
  readonly note?: { readonly name: string; readonly text: string };
}

/** A report whose headline is known, and the rest of it while it is gathered. */
export interface ReportInHand {
  readonly record: RecordRow;
  readonly input: Promise<ReportInput>;
}

/** Work that goes on while other work is waited for; where it fails, whoever waits for it is told. */
export function begun<Value>(work: Promise<Value>): Promise<Value> {
  work.catch(() => undefined);
  return work;
}

/** Draws of the tests of unison: as many as `tidemark unison` takes unless told otherwise. */
export const UNISON_DRAWS = 999;

const KIND_ORDER = { record: 0, 'nominal record': 1, none: 2 } as const;

/**
 * The row that a reader of the period should see first: a record before a nominal one, then the rarest.
 * @param isPart true of rows that another row contains; they lead only where nothing else does
 */
export function headlineOf(rows: readonly RecordRow[], isPart: (row: RecordRow) => boolean): RecordRow {
  const candidates = rows.filter((row) => !isPart(row) && row.value !== null);
  const pool = candidates.length > 0 ? candidates : rows;
  const rarity = (row: RecordRow): number => row.p.adjusted ?? row.p.dependent ?? row.p.exchangeable ?? 1;
  return [...pool].sort(
    (a, b) =>
      KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
      rarity(a) - rarity(b) ||
      (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY),
  )[0]!;
}

/** Of each file the first row alone: thousands of filings or executions stand behind one sum. */
export function firstOfFiles(sources: readonly SourceRef[]): SourceRef[] {
  const first = new Map<string, SourceRef>();
  for (const ref of sources) {
    const key = `${ref.fileSha256} ${ref.fileName}`;
    const held = first.get(key);
    if (held === undefined || held.rowNumber > ref.rowNumber) first.set(key, ref);
  }
  return [...first.values()];
}

const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** The headline series from its first period with data up to the one asked about. */
export function seriesPoints(
  flow: FlowSeries,
  measure: Measure,
  period: number,
  flagsOf: (period: number) => readonly string[] = () => [],
): SeriesPoint[] {
  const of = (ruler: Ruler): Float64Array => flow.ruler(measure, ruler).values;
  const rulers = ['dollars', 'contracts', 'volScaled', 'pctOi', 'pctAdv'] as const;
  const [dollars, contracts, volScaled, pctOi, pctAdv] = rulers.map(of) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const periods = flow.calendar.periodEnds.slice(0, period + 1);
  const first = Math.max(
    0,
    periods.findIndex((_, i) => flow.has(i)),
  );
  return periods.slice(first).map((periodEnd, offset) => {
    const i = first + offset;
    return {
      periodEnd,
      dollars: known(dollars[i]),
      contracts: known(contracts[i]),
      volScaled: known(volScaled[i]),
      pctOi: known(pctOi[i]),
      pctAdv: known(pctAdv[i]),
      flags: flagsOf(i),
      sources: firstOfFiles(flow.sources(i)),
    };
  });
}

/** A line of the screen of a basis that tells neither positions nor an index. */
export function plainScreenRow(row: RecordRow): ReportScreenRow {
  const net = row.rulers.table.find(
    (cell) => cell.ruler === 'dollars' && cell.measure === 'net' && cell.lookback === row.lookback,
  );
  return {
    contract: null,
    contractName: null,
    symbol: row.symbol,
    sector: row.sector,
    sectorIsProxy: row.sectorIsProxy,
    class: row.class,
    periodEnd: row.periodEnd,
    netPositionContracts: null,
    percentile1y: null,
    percentile3y: null,
    percentile5y: null,
    net: net?.value ?? null,
    contracts: null,
    rank: row.rank,
    n: row.n,
    streakWeeks: row.streak.weeks,
    indexReturn: null,
    nextRelease: null,
    sources: firstOfFiles(row.sources),
  };
}

export function filesOf(view: AsOfView): FileRef[] {
  return view.imports.map((record) => ({
    fileName: record.fileName,
    fileSha256: record.fileSha256,
    source: record.source,
    kind: record.kind,
    storedAt: formatInstant(record.storedAt),
    rowsRead: record.rowsRead,
    rowsSetAside: record.rowsSetAside,
  }));
}

/** The command that makes the report again. */
export function commandOf(record: RecordRow, question: ReportAsked, asOf: string): string {
  const { basis, exclude, managersFile } = question;
  const place =
    record.contract !== null
      ? `--contract ${record.contract}`
      : record.sector !== null
        ? `--sector ${record.sector}`
        : '';
  return [
    'tidemark report',
    basis === 'cot' ? '' : `--basis ${basis}`,
    place,
    `--class ${record.class} --week ${record.periodEnd}`,
    `--measure ${question.measure} --lookback ${question.lookback}`,
    exclude === undefined ? '' : `--exclude ${exclude.join(',')}`,
    managersFile === undefined ? '' : `--managers '${managersFile}'`,
    question.note === undefined ? '' : `--note '${question.note.name}'`,
    `--resamples ${question.resamples} --seed ${question.seed} --as-of ${asOf}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
