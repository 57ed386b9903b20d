import type { Basis, ReportScreenRow } from '../../core/index.js';
import type { Context } from '../context.js';
import { STORE_EVIDENCE } from '../figures.js';
import type { Block, Evidence, Figure, Prose, Section, TableRowContent, Unit } from '../model.js';
import { prose, withoutUnit } from '../model.js';
import * as words from '../wording/index.js';

export function screenSection(context: Context): Section {
  const { input } = context;
  const blocks: Block[] = [];
  if (input.otherRecords.length === 0) {
    blocks.push({ kind: 'paragraph', content: noOtherHigh(context) });
  } else {
    blocks.push(otherRecordsTable(context));
  }
  if (input.screen.length > 0) blocks.push(...screenBlocks(context));
  return {
    anchor: 'screen',
    title: `The rest of the market in the same ${context.period.one}`,
    short: `The ${context.period.one}`,
    blocks,
  };
}

const countedOnce = (basis: Basis): string =>
  basis === 'cot' ? ' A contract that a consolidated code contains is not counted again.' : '';

/** What was looked at is said, since a report of one market looked at no other. */
function noOtherHigh({ book, input, period }: Context): Prose {
  if (input.screen.length === 0) return [`No other market and class was looked at in this ${period.one}.`];
  const looked = book.count('/screen', input.screen, '', () => true, { anchor: 'screen', sources: null });
  return prose`No other high in the same measure among the ${looked} ${marketNoun(input.record.basis)}s and classes that the screen of this report covers.${countedOnce(input.record.basis)}`;
}

function otherRecordsTable(context: Context): Block {
  const { otherRecords } = context.input;
  return {
    kind: 'table',
    caption: [
      `Other highs of the ${context.period.one} in the same measure. A nominal record leads in dollars or contracts, but not once volatility and size are taken out.${countedOnce(context.input.record.basis)}`,
    ],
    columns: [
      { label: 'Market' },
      { label: 'Sector' },
      { label: 'Class' },
      { label: 'Measure' },
      { label: 'Value', numeric: true },
      { label: `Rank / ${context.period.many} before`, numeric: true },
      { label: 'Kind' },
      { label: 'Adjusted p', numeric: true },
      { label: 'Verdict' },
    ],
    rows: otherRecords.map((_, index) => ({ cells: otherRecordCells(context, index) })),
  };
}

function otherRecordCells({ book, input }: Context, index: number): Prose[] {
  const record = input.otherRecords[index]!;
  const label = `${words.marketName(record)}, ${words.classShort(record.class, record.basis)}`;
  const evidence = book.rows(`rows-other-${index + 1}`, label, record.sources);
  const figure = (field: string, unit: Unit): Figure =>
    book.at(`/otherRecords/${index}/${field}`, unit, evidence, record.reasons[field.replace('/', '.')]);
  return [
    [words.marketName(record)],
    [words.sectorCell(record)],
    [words.classShort(record.class, record.basis)],
    [words.measureWords(record.measure, record.class, record.value)],
    [figure('value', words.rulerUnit(record.ruler))],
    prose`${figure('rank', 'rank')} / ${figure('n', 'count')}`,
    [words.kindWords(record.kind)],
    [figure('p/adjusted', 'probability')],
    [{ kind: 'badge', tone: record.verdict, text: record.verdict }],
  ];
}

type Placed = { readonly row: ReportScreenRow; readonly index: number };

/** The headline's own market first, the whole screen folded. */
function screenBlocks(context: Context): Block[] {
  const { screen, record } = context.input;
  const rows = screen.map((row, index) => ({ row, index }));
  const own = rows.filter(({ row }) => isSameMarket(row, record));
  const blocks: Block[] = [];
  if (own.length > 0) {
    blocks.push(
      screenTable(
        context,
        `${record.basis === 'cot' ? 'Positions and flows' : 'Flows'} in ${words.marketWords(record)}`,
        own,
        false,
      ),
    );
  }
  if (own.length < rows.length) {
    const all = screenTable(
      context,
      `Every ${marketNoun(record.basis)} and class of the ${context.period.one}`,
      rows,
      true,
    );
    blocks.push({
      kind: 'details',
      summary: `The screen: every ${marketNoun(record.basis)} and class`,
      blocks: [all],
    });
  }
  if (screen[0]?.nextRelease != null) {
    const next = context.book.at('/screen/0/nextRelease', 'instant', STORE_EVIDENCE);
    blocks.push({ kind: 'paragraph', content: prose`The next report is due at ${next}.` });
  }
  return blocks;
}

interface ScreenColumn {
  readonly label: (period: words.PeriodWords) => string;
  readonly field: keyof ReportScreenRow & string;
  readonly unit: Unit;
  /** True where only futures tell it. */
  readonly ofFutures?: boolean;
}

/** The rank stands beside the number of periods it is against. */
const SCREEN_COLUMNS: readonly ScreenColumn[] = [
  {
    label: () => 'Net position, contracts',
    field: 'netPositionContracts',
    unit: 'contracts',
    ofFutures: true,
  },
  { label: () => '1 year', field: 'percentile1y', unit: 'share', ofFutures: true },
  { label: () => '3 years', field: 'percentile3y', unit: 'share', ofFutures: true },
  { label: () => '5 years', field: 'percentile5y', unit: 'share', ofFutures: true },
  { label: () => 'Net flow', field: 'net', unit: 'USD' },
  { label: () => 'Net flow, contracts', field: 'contracts', unit: 'contracts', ofFutures: true },
  { label: ({ many }) => `Rank / ${many} before`, field: 'rank', unit: 'rank' },
  { label: ({ many }) => `Streak, ${many}`, field: 'streakWeeks', unit: 'count' },
  { label: () => 'Index in the week', field: 'indexReturn', unit: 'share', ofFutures: true },
];

const columnsOf = ({ input }: Context): readonly ScreenColumn[] =>
  SCREEN_COLUMNS.filter(({ ofFutures }) => ofFutures !== true || input.record.basis === 'cot');

/** Lines by class; those of several markets under the name of each. */
function screenTable(context: Context, caption: string, rows: readonly Placed[], named: boolean): Block {
  const { basis } = context.input.record;
  const percentiles = basis === 'cot' ? ' Percentiles are of the net position; the' : ' The';
  return {
    kind: 'table',
    dense: true,
    caption: [`${caption}.${percentiles} rank is of the net flow.`],
    columns: [
      { label: 'Class' },
      ...columnsOf(context).map(({ label }) => ({ label: label(context.period), numeric: true })),
    ],
    rows: rows.flatMap((place, position): TableRowContent[] => {
      const { row } = place;
      const line = screenLine(context, place);
      const before = rows[position - 1]?.row;
      if (!named || (before !== undefined && isSameMarket(before, row))) return [line];
      return [{ group: [groupName(context, row)], cells: [] }, line];
    }),
  };
}

function groupName({ input }: Context, row: ReportScreenRow): string {
  const { basis } = input.record;
  const sector = words.sectorCell(row);
  if (row.contract !== null) return `${words.marketName(row)} [${row.contract}], ${sector}`;
  if (row.symbol !== null) return `${row.symbol}, ${sector}`;
  return words.capitalised(words.marketName({ ...row, basis }));
}

function screenLine(context: Context, { row, index }: Placed): TableRowContent {
  const { record } = context.input;
  return {
    emphasis: isSameMarket(row, record) && row.class === record.class,
    cells: [[words.classShort(row.class, record.basis)], ...screenFigures(context, row, index)],
  };
}

function screenFigures(context: Context, row: ReportScreenRow, index: number): Prose[] {
  const evidence = screenEvidence(context, row, index);
  const figure = (field: keyof ReportScreenRow & string, unit: Unit): Figure => {
    const found = context.book.at(
      `/screen/${index}/${field}`,
      unit,
      evidence,
      'the data at hand do not tell',
    );
    return unit === 'contracts' ? withoutUnit(found) : found;
  };
  return columnsOf(context).map(({ field, unit }) =>
    field === 'rank' ? prose`${figure('rank', 'rank')} / ${figure('n', 'count')}` : [figure(field, unit)],
  );
}

type Market = Pick<ReportScreenRow, 'contract' | 'symbol' | 'sector'>;

const isSameMarket = (a: Market, b: Market): boolean =>
  a.contract === b.contract && a.symbol === b.symbol && a.sector === b.sector;

const MARKET_NOUNS: Readonly<Record<Basis, string>> = {
  cot: 'contract',
  '13f': 'sector',
  ledger: 'sector',
  tape: 'sector',
  etf: 'fund',
};

const marketNoun = (basis: Basis): string => MARKET_NOUNS[basis];

function screenEvidence({ book, input }: Context, row: ReportScreenRow, index: number): Evidence {
  return book.rows(
    `rows-screen-${index + 1}`,
    `${words.marketName(row)}, ${words.classShort(row.class, input.record.basis)}`,
    row.sources,
  );
}
