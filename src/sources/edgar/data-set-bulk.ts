import {
  type BulkAnswers,
  type BulkGroup,
  type BulkRow,
  dayNumber,
  type GroupedBulkPlan,
  type LargeText,
  readCusip,
} from '../../core/index.js';
import { LineCursor } from '../text/index.js';
import { type DataSetFile, openDataSet, summariesOf, tableBatches } from './data-set.js';
import { fieldOf, headerPositions, type TsvRow } from './data-set-rows.js';
import { figuresSql, groupSql, labelSql, SUMMARIES, valuesSql } from './data-set-sql.js';
import type { JudgedFiling, TableSummary } from './map.js';
import type { RatioSummary } from './value-unit.js';

/**
 * How the store's engine reads INFOTABLE. Filings with a row that is not plainly in order come back whole.
 * @returns null where INFOTABLE is small enough to be read row by row
 * @throws {FormatError} where SUBMISSION or INFOTABLE is missing
 */
export function planDataSet(files: readonly DataSetFile[]): GroupedBulkPlan | null {
  const table = files.findIndex(({ member }) => member === 'INFOTABLE');
  const file = files[table]?.file;
  if (file?.large === undefined || file.large.newLine === null) return null;
  const header = new LineCursor(file.bytes).next() ?? '';
  const positions = headerPositions(header);
  const column = (name: string): string => {
    const position = positions.get(name);
    return position === undefined ? 'NULL::VARCHAR' : `"c${position}"`;
  };
  const opened = openDataSet(files);
  const summaries = new Map<string, TableSummary>();
  let judged: ReadonlyMap<string, JudgedFiling> = new Map();
  return {
    member: table,
    columns: header.split('\t').length,
    table: 'holdings',
    parent: { table: 'filings', column: 'accessionNumber' },
    group: groupSql(column),
    label: labelSql(column),
    oddGroups: oddGroups(file.large, positions),
    figures: figuresSql(column),
    summaries: SUMMARIES,
    values: valuesSql(column),
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
      const rest = [...tsvRowsOf(rows, positions)];
      const more = summariesOf(rest, opened.filings);
      for (const [accession, summary] of more) summaries.set(accession, summary);
      if (more.size > 0) judged = opened.judge(summaries);
      yield* opened.parts;
      yield opened.submissions(judged);
      yield* tableBatches(rest, table, judged);
    },
  };
}

/** Accession numbers of rows that are not plain, cut and trimmed as the engine does. */
function oddGroups({ odd }: LargeText, positions: ReadonlyMap<string, number>): Set<string> {
  const at = positions.get('ACCESSION_NUMBER') ?? -1;
  return new Set(
    odd.map(({ text }) => {
      const field = Buffer.from(text, 'latin1').toString('utf8').replace(/\r$/, '').split('\t')[at] ?? '';
      return field.replace(/^ +| +$/g, '');
    }),
  );
}

function* tsvRowsOf(rows: readonly BulkRow[], positions: ReadonlyMap<string, number>): Generator<TsvRow> {
  for (const { rowNumber, fields } of rows) {
    yield { line: rowNumber, text: '', field: fieldOf(fields, positions) };
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
  const ratios = (kind: string): RatioSummary => {
    const low = figures[`${kind}_low`] ?? null;
    const high = figures[`${kind}_high`] ?? null;
    const count = figures[`${kind}_rows`] ?? 0;
    if (low === null || high === null) return { rows: count, median: null };
    return { rows: count, median: count % 2 === 1 ? low : (low + high) / 2 };
  };
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
