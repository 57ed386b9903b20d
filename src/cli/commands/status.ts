import type { Command } from 'commander';
import type { FilingStatusRow, SetAsideStatusRow, StatusAnswer } from '../../app/index.js';
import type { StatusRow } from '../../core/index.js';
import { addCommonOptions, type CommonOptions, makeContext } from '../options.js';
import { printAnswer, sectionOf } from '../output.js';
import { type Column, count } from '../table.js';

const SOURCE_COLUMNS: readonly Column<StatusRow>[] = [
  { header: 'source', value: (row) => row.source, align: 'left' },
  { header: 'what', value: (row) => row.kind, align: 'left' },
  { header: 'files', value: (row) => count(row.files) },
  { header: 'rows', value: (row) => count(row.rows) },
  { header: 'first', value: (row) => row.firstPeriod },
  { header: 'last', value: (row) => row.lastPeriod },
  { header: 'last known', value: (row) => row.lastKnown },
  { header: 'age days', value: (row) => count(row.ageDays) },
  { header: 'set aside', value: (row) => count(row.setAsideRows) },
  {
    header: 'gaps',
    value: (row) =>
      row.gaps.length === 0 ? '' : row.gaps.map((gap) => `${gap.from}..${gap.to} (${gap.periods})`).join(' '),
    align: 'left',
  },
];

function closesLine(values: FilingStatusRow['againstCloses']): string | null {
  if (values === null) return null;
  return `median of value/shares over close ${Number(values.medianOverClose.toPrecision(4))}, ${values.rows} rows`;
}

const FILING_COLUMNS: readonly Column<FilingStatusRow>[] = [
  { header: 'period', value: (row) => row.periodOfReport },
  { header: 'filed', value: (row) => row.filedDate },
  { header: 'filing', value: (row) => row.accessionNumber, align: 'left' },
  { header: 'manager', value: (row) => row.managerName, align: 'left' },
  { header: 'remarks', value: (row) => row.remarks.join(', '), align: 'left' },
  { header: 'unit', value: (row) => row.valueUnit, align: 'left' },
  { header: 'evidence', value: (row) => row.evidence, align: 'left' },
  { header: 'against closes', value: (row) => closesLine(row.againstCloses), align: 'left' },
  { header: 'totals', value: (row) => row.reconciliation, align: 'left' },
  { header: 'set aside', value: (row) => count(row.setAsideRows) },
];

const SET_ASIDE_COLUMNS: readonly Column<SetAsideStatusRow>[] = [
  { header: 'source', value: (row) => row.source, align: 'left' },
  { header: 'file', value: (row) => row.fileName, align: 'left' },
  { header: 'line', value: (row) => count(row.line) },
  { header: 'column', value: (row) => row.column, align: 'left' },
  { header: 'found', value: (row) => row.found, align: 'left' },
  { header: 'reason', value: (row) => row.reason, align: 'left' },
];

interface StatusOptions extends CommonOptions {
  readonly source?: string;
  readonly setAside?: boolean;
}

async function printSetAside(options: StatusOptions): Promise<void> {
  const { showSetAside, sourceNamed } = await import('../../app/index.js');
  const answer = await showSetAside(makeContext(options), { source: sourceNamed(options.source) });
  const sections = () => [sectionOf('Rows set aside', answer.data, SET_ASIDE_COLUMNS)];
  await printAnswer(answer, { sections }, options);
}

const remarked = ({ filings }: StatusAnswer): readonly FilingStatusRow[] => filings?.remarked ?? [];

export function registerStatus(program: Command): void {
  const command = program
    .command('status')
    .description('what the store holds: rows, periods, age, gaps, set-aside rows, what can be computed')
    .option('--source <source>', 'one source only, such as cftc; 13f also tells of its filings')
    .option('--set-aside', 'list the rows that were set aside instead, with file, line, column and reason')
    .addHelpText(
      'after',
      '\nExample:\n  tidemark status --source cftc\n  tidemark status --source 13f\n  tidemark status --set-aside --source prices\n',
    );
  addCommonOptions(command, 'write the answer to this file').action(async (options: StatusOptions) => {
    if (options.setAside === true) return printSetAside(options);
    const { showStatus } = await import('../../app/index.js');
    const answer = await showStatus(
      makeContext(options),
      options.source === undefined ? {} : { source: options.source },
    );
    await printAnswer(
      answer,
      {
        sections: () => [
          sectionOf('Sources', answer.data, SOURCE_COLUMNS),
          sectionOf('Form 13F filings with a remark', remarked(answer), FILING_COLUMNS),
        ],
      },
      options,
    );
  });
}
