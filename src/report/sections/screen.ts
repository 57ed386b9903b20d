import type { ScreenRow } from '../../core/index.js';
import type { Context } from '../context.js';
import { SERIES_EVIDENCE } from '../figures.js';
import type { Block, Section, TableRowContent, Unit } from '../model.js';
import { prose } from '../model.js';
import * as words from '../wording.js';

export function screenSection(context: Context): Section {
  const { input } = context;
  const blocks: Block[] = [];
  if (input.otherRecords.length === 0) {
    blocks.push({
      kind: 'paragraph',
      content: ['No other contract and class set a high in the same measure in this week.'],
    });
  } else {
    blocks.push(otherRecordsTable(context));
  }
  if (input.screen.length > 0) blocks.push(...screenTables(context));
  return { anchor: 'screen', title: 'The rest of the market in the same week', short: 'The week', blocks };
}

function otherRecordsTable(context: Context): Block {
  const { otherRecords } = context.input;
  return {
    kind: 'table',
    caption: [
      'Other highs of the week in the same measure. A nominal record leads in dollars or contracts alone.',
    ],
    columns: [
      { label: 'Market' },
      { label: 'Sector' },
      { label: 'Class' },
      { label: 'Measure' },
      { label: 'Value', numeric: true },
      { label: 'Rank / weeks before', numeric: true },
      { label: 'Kind' },
      { label: 'Adjusted p', numeric: true },
      { label: 'Verdict' },
    ],
    rows: otherRecords.map((record, index) => {
      const evidence = context.book.rows(
        `rows-other-${index + 1}`,
        `${words.marketName(record)}, ${words.classShort(record.class)}`,
        record.sources,
      );
      const at = `/otherRecords/${index}`;
      const unit = words.rulerUnit(record.ruler);
      const adjusted = context.book.at(`${at}/p/adjusted`, 'probability', evidence, record.reasons.adjusted);
      return {
        cells: [
          [words.marketName(record)],
          [words.sectorCell(record)],
          [words.classShort(record.class)],
          [words.measureWords(record.measure, record.class, record.value)],
          [context.book.at(`${at}/value`, unit, evidence, record.reasons.value)],
          prose`${context.book.at(`${at}/rank`, 'rank', evidence, record.reasons.rank)} / ${context.book.at(`${at}/n`, 'count', evidence)}`,
          [words.kindWords(record.kind)],
          [adjusted],
          [{ kind: 'badge', tone: words.verdictTone(record.verdict), text: record.verdict }],
        ],
      };
    }),
  };
}

/** The headline's own market first, the rest folded. */
function screenTables(context: Context): Block[] {
  const { screen, record } = context.input;
  const rows = screen.map((row, index) => ({ row, index }));
  const own = rows.filter(({ row }) => row.contract === record.contract);
  const blocks: Block[] = [];
  if (own.length > 0) {
    blocks.push(
      screenTable(context, `Positions and flows in ${words.marketWords(record)}, all classes`, own),
    );
  }
  if (own.length < rows.length) {
    blocks.push({
      kind: 'details',
      summary: 'The screen: every contract and class',
      blocks: [screenTable(context, 'Every contract and class of the week', rows)],
    });
  }
  return blocks;
}

type Placed = { readonly row: ScreenRow; readonly index: number };

function screenTable(context: Context, caption: string, rows: readonly Placed[]): Block {
  return {
    kind: 'table',
    caption: [
      `${caption}. Percentiles are of the net position over 1, 3 and 5 years; the rank is of the net flow.`,
    ],
    columns: [
      { label: 'Contract' },
      { label: 'Sector' },
      { label: 'Class' },
      { label: 'Net position', numeric: true },
      { label: '1 y', numeric: true },
      { label: '3 y', numeric: true },
      { label: '5 y', numeric: true },
      { label: 'Net flow', numeric: true },
      { label: 'Net flow, contracts', numeric: true },
      { label: 'Rank / weeks before', numeric: true },
      { label: 'Streak', numeric: true },
      { label: 'Index in the week', numeric: true },
      { label: 'Next release' },
    ],
    rows: rows.map((placed) => screenRow(context, placed)),
  };
}

function screenRow(context: Context, { row, index }: Placed): TableRowContent {
  const { record } = context.input;
  const evidence =
    row.contract === record.contract && row.class === record.class
      ? SERIES_EVIDENCE
      : context.book.rows(
          `rows-screen-${index + 1}`,
          `${words.marketName(row)}, ${words.classShort(row.class)}`,
          row.sources,
        );
  const figure = (field: string, unit: Unit) =>
    context.book.at(`/screen/${index}/${field}`, unit, evidence, 'the data at hand do not tell');
  return {
    emphasis: row.contract === record.contract && row.class === record.class,
    cells: [
      [`${words.marketName(row)} [${row.contract}]`],
      [words.sectorCell(row)],
      [words.classShort(row.class)],
      [figure('netPositionContracts', 'contracts')],
      [figure('percentile1y', 'share')],
      [figure('percentile3y', 'share')],
      [figure('percentile5y', 'share')],
      [figure('net', 'USD')],
      [figure('contracts', 'contracts')],
      prose`${figure('rank', 'rank')} / ${figure('n', 'count')}`,
      [figure('streakWeeks', 'weeks')],
      [figure('indexReturn', 'share')],
      [figure('nextRelease', 'instant')],
    ],
  };
}
