import { Buffer, isUtf8 } from 'node:buffer';
import {
  type BulkAnswers,
  type BulkGroup,
  dayNumber,
  type GroupedBulkPlan,
  type GroupRun,
  type OddRow,
  type RestRow,
  readCusip,
} from '../../core/index.js';
import { LineCursor } from '../text/index.js';
import { type DataSetFile, openDataSet, summariesOf, tableBatches } from './data-set.js';
import { fieldOf, headerPositions, type TsvRow } from './data-set-rows.js';
import { type ColumnSql, FILING_VALUES, valuesSql, WHOLE_NUMBERS } from './data-set-sql.js';
import type { JudgedFiling, TableSummary } from './map.js';
import type { RatioSummary } from './value-unit.js';

/**
 * How the store's engine reads INFOTABLE. Filings with a row that is not plainly in order come back whole.
 * @returns null where INFOTABLE is small enough to be read row by row, and where it is too odd for the engine
 * @throws {FormatError} where SUBMISSION or INFOTABLE is missing
 */
export function planDataSet(files: readonly DataSetFile[]): GroupedBulkPlan | null {
  const table = files.findIndex(({ member }) => member === 'INFOTABLE');
  const file = files[table]?.file;
  if (file?.large === undefined || file.large.newLine === null) return null;
  const { runs, odd, padded } = file.large.seen;
  if (runs === null) return null;
  const header = (new LineCursor(file.bytes).next() ?? '').split('\t');
  const positions = headerPositions(header.join('\t'));
  const { text, figure } = columnsSql(positions, padded);
  const opened = openDataSet(files);
  const summaries = new Map<string, TableSummary>();
  let judged: ReadonlyMap<string, JudgedFiling> = new Map();
  return {
    member: table,
    columns: header.map((name, index) =>
      WHOLE_NUMBERS.has(name.trim()) && positions.get(name.trim()) === index ? 'integer' : 'text',
    ),
    table: 'holdings',
    parent: { table: 'filings', column: 'accessionNumber' },
    groups: wholeGroups(runs, oddKeys(odd, positions)),
    group: text('ACCESSION_NUMBER'),
    label: text('CUSIP'),
    groupValues: FILING_VALUES,
    values: valuesSql(text, figure),
    judge(groups) {
      for (const group of groups) {
        const summary = opened.filings.has(group.key) ? summaryOfGroup(group) : null;
        if (summary !== null) summaries.set(group.key, summary);
      }
      judged = opened.judge(summaries);
      return answersOf(
        groups.filter(({ key }) => summaries.has(key)),
        judged,
      );
    },
    judgeLabels,
    *readRest(rows) {
      const rest = [...tsvRowsOf(rows, header.length, positions)];
      const more = summariesOf(rest, opened.filings);
      for (const [accession, summary] of more) summaries.set(accession, summary);
      if (more.size > 0) judged = opened.judge(summaries);
      yield* opened.parts;
      yield opened.submissions(judged);
      yield* tableBatches(rest, table, judged);
    },
  };
}

function columnsSql(
  positions: ReadonlyMap<string, number>,
  padded: ReadonlySet<number>,
): { readonly text: ColumnSql; readonly figure: ColumnSql } {
  const figure = (name: string): string => {
    const position = positions.get(name);
    return position === undefined ? 'NULL' : `"c${position}"`;
  };
  return {
    figure,
    text(name) {
      const column = figure(name);
      return padded.has(positions.get(name) ?? -1) ? `nullif(trim(${column}), '')` : column;
    },
  };
}

/** Accession numbers of rows that are not plain, whichever way they are decoded in the end. */
function oddKeys(odd: readonly OddRow[], positions: ReadonlyMap<string, number>): Set<string> {
  const at = positions.get('ACCESSION_NUMBER') ?? -1;
  return new Set(
    odd.flatMap(({ text }) => {
      const key = text.replace(/\r$/, '').split('\t')[at] ?? '';
      return [key.trim(), fromLatin1(key).trim()];
    }),
  );
}

const fromLatin1 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

/** Filings whose rows are all plain and stand together. */
function wholeGroups(runs: readonly GroupRun[], odd: ReadonlySet<string>): GroupRun[] {
  const counts = new Map<string, number>();
  for (const { key } of runs) counts.set(key, (counts.get(key) ?? 0) + 1);
  return runs.filter(({ key }) => counts.get(key) === 1 && !odd.has(key));
}

/** Rows as `tsvRows` gives them: one that is no UTF-8 makes latin1 of all. */
function* tsvRowsOf(
  rows: readonly RestRow[],
  width: number,
  positions: ReadonlyMap<string, number>,
): Generator<TsvRow> {
  const isText = rows.every(({ text }) => isUtf8(Buffer.from(text, 'latin1')));
  for (const row of rows) {
    const text = isText ? fromLatin1(row.text) : row.text;
    const fields = text.split('\t');
    yield { line: row.line, text, field: fields.length === width ? fieldOf(fields, positions) : null };
  }
}

const GROUP_COLUMNS = {
  cik: 'text',
  period: 'double',
  start: 'double',
  known_at: 'double',
  factor: 'double',
} as const;

/** Answers for filings of SUBMISSION whose unit leaves their rows to be stored. */
function answersOf(groups: readonly BulkGroup[], judged: ReadonlyMap<string, JudgedFiling>): BulkAnswers {
  const rows = new Map<string, (string | number | null)[]>();
  for (const { key } of groups) {
    const filing = judged.get(key);
    if (filing !== undefined && filing.filing.unit !== 'neither') rows.set(key, answerOf(filing));
  }
  return { columns: GROUP_COLUMNS, rows };
}

function answerOf({ filing }: JudgedFiling): (string | number | null)[] {
  const { cik, unit, stamp } = filing;
  const { periodStart, periodEnd, knownAt } = stamp;
  const factor = unit === 'dollars' ? 1 : unit === 'thousands' ? 1000 : null;
  return [
    cik,
    periodEnd === null ? null : dayNumber(periodEnd),
    periodStart === null ? null : dayNumber(periodStart),
    knownAt,
    factor,
  ];
}

/** Null beyond 2^53, where the order in which doubles are added up shows. */
function summaryOfGroup({ rows, figures }: BulkGroup): TableSummary | null {
  const { value, wholeThousands } = figures;
  if (value === null || value === undefined || value > Number.MAX_SAFE_INTEGER) return null;
  const ratios = (kind: string): RatioSummary => ({
    rows: figures[`${kind}_rows`] ?? 0,
    median: figures[`${kind}_median`] ?? null,
  });
  return {
    entries: rows,
    value,
    unreadable: 0,
    wholeThousands: wholeThousands === 1,
    unit: {
      shares: ratios('shares'),
      options: ratios('options'),
      principal: ratios('principal'),
      total: figures.total ?? 0,
    },
  };
}

function judgeLabels(labels: readonly string[]): BulkAnswers {
  return {
    columns: { cusip: 'text', valid: 'boolean', restored: 'boolean' },
    rows: new Map(
      labels.map((label) => {
        const { cusip, valid, zerosRestored } = readCusip(label);
        return [label, [cusip, valid, zerosRestored]];
      }),
    ),
  };
}
