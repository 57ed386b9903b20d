import type { ScreenRow } from '../../core/index.js';
import type { Context } from '../context.js';
import { STORE_EVIDENCE } from '../figures.js';
import type { Block, Evidence, Figure, Prose, Section, TableRowContent, Unit } from '../model.js';
import { prose, withoutUnit } from '../model.js';
import * as words from '../wording.js';

export function screenSection(context: Context): Section {
  const { input } = context;
  const blocks: Block[] = [];
  if (input.otherRecords.length === 0) {
    blocks.push({ kind: 'paragraph', content: noOtherHigh(context) });
  } else {
    blocks.push(otherRecordsTable(context));
  }
  if (input.screen.length > 0) blocks.push(...screenBlocks(context));
  return { anchor: 'screen', title: 'The rest of the market in the same week', short: 'The week', blocks };
}

const COUNTED_ONCE = 'A contract that a consolidated code contains is not counted again.';

/** What was looked at is said, since a report of one market looked at no other. */
function noOtherHigh({ book, input }: Context): Prose {
  if (input.screen.length === 0) return ['No other contract and class was looked at in this week.'];
  const looked = book.count('/screen', input.screen, '', () => true, { anchor: 'screen', sources: null });
  return prose`No other high in the same measure among the ${looked} contracts and classes that the screen of this report covers. ${COUNTED_ONCE}`;
}

function otherRecordsTable(context: Context): Block {
  const { otherRecords } = context.input;
  return {
    kind: 'table',
    caption: [
      'Other highs of the week in the same measure. A nominal record leads in dollars or contracts, but not once volatility and size are taken out. ' +
        COUNTED_ONCE,
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
    rows: otherRecords.map((_, index) => ({ cells: otherRecordCells(context, index) })),
  };
}

function otherRecordCells({ book, input }: Context, index: number): Prose[] {
  const record = input.otherRecords[index]!;
  const label = `${words.marketName(record)}, ${words.classShort(record.class)}`;
  const evidence = book.rows(`rows-other-${index + 1}`, label, record.sources);
  const figure = (field: string, unit: Unit): Figure =>
    book.at(`/otherRecords/${index}/${field}`, unit, evidence, record.reasons[field.replace('/', '.')]);
  return [
    [words.marketName(record)],
    [words.sectorCell(record)],
    [words.classShort(record.class)],
    [words.measureWords(record.measure, record.class, record.value)],
    [figure('value', words.rulerUnit(record.ruler))],
    prose`${figure('rank', 'rank')} / ${figure('n', 'count')}`,
    [words.kindWords(record.kind)],
    [figure('p/adjusted', 'probability')],
    [{ kind: 'badge', tone: record.verdict, text: record.verdict }],
  ];
}

type Placed = { readonly row: ScreenRow; readonly index: number };

/** The headline's own market first, the whole screen folded. */
function screenBlocks(context: Context): Block[] {
  const { screen, record } = context.input;
  const rows = screen.map((row, index) => ({ row, index }));
  const own = rows.filter(({ row }) => row.contract === record.contract);
  const next = context.book.at('/screen/0/nextRelease', 'instant', STORE_EVIDENCE);
  const blocks: Block[] = [];
  if (own.length > 0) {
    blocks.push(screenTable(context, `Positions and flows in ${words.marketWords(record)}`, own, false));
  }
  if (own.length < rows.length) {
    const all = screenTable(context, 'Every contract and class of the week', rows, true);
    blocks.push({ kind: 'details', summary: 'The screen: every contract and class', blocks: [all] });
  }
  blocks.push({ kind: 'paragraph', content: prose`The next report is due at ${next}.` });
  return blocks;
}

/** Lines by class; those of several contracts under the name of each. */
function screenTable(context: Context, caption: string, rows: readonly Placed[], named: boolean): Block {
  return {
    kind: 'table',
    dense: true,
    caption: [`${caption}. Percentiles are of the net position; the rank is of the net flow.`],
    columns: [
      { label: 'Class' },
      { label: 'Net position, contracts', numeric: true },
      { label: '1 year', numeric: true },
      { label: '3 years', numeric: true },
      { label: '5 years', numeric: true },
      { label: 'Net flow', numeric: true },
      { label: 'Net flow, contracts', numeric: true },
      { label: 'Rank / weeks before', numeric: true },
      { label: 'Streak, weeks', numeric: true },
      { label: 'Index in the week', numeric: true },
    ],
    rows: rows.flatMap((place, position): TableRowContent[] => {
      const { row } = place;
      const line = screenLine(context, place);
      if (!named || rows[position - 1]?.row.contract === row.contract) return [line];
      const group = [`${words.marketName(row)} [${row.contract}], ${words.sectorCell(row)}`];
      return [{ group, cells: [] }, line];
    }),
  };
}

function screenLine(context: Context, { row, index }: Placed): TableRowContent {
  const { record } = context.input;
  return {
    emphasis: row.contract === record.contract && row.class === record.class,
    cells: [[words.classShort(row.class)], ...screenFigures(context, row, index)],
  };
}

function screenFigures(context: Context, row: ScreenRow, index: number): Prose[] {
  const evidence = screenEvidence(context, row, index);
  const figure = (field: keyof ScreenRow & string, unit: Unit): Figure => {
    const found = context.book.at(
      `/screen/${index}/${field}`,
      unit,
      evidence,
      'the data at hand do not tell',
    );
    return unit === 'contracts' || unit === 'weeks' ? withoutUnit(found) : found;
  };
  return [
    [figure('netPositionContracts', 'contracts')],
    [figure('percentile1y', 'share')],
    [figure('percentile3y', 'share')],
    [figure('percentile5y', 'share')],
    [figure('net', 'USD')],
    [figure('contracts', 'contracts')],
    prose`${figure('rank', 'rank')} / ${figure('n', 'count')}`,
    [figure('streakWeeks', 'weeks')],
    [figure('indexReturn', 'share')],
  ];
}

function screenEvidence({ book }: Context, row: ScreenRow, index: number): Evidence {
  return book.rows(
    `rows-screen-${index + 1}`,
    `${words.marketName(row)}, ${words.classShort(row.class)}`,
    row.sources,
  );
}
