import type { GridCell, Lookback, Measure, Ruler } from '../../core/index.js';
import { LOOKBACKS, MEASURES, RULERS } from '../../core/index.js';
import { type Context, chartMark, otherRulerCells, seriesData } from '../context.js';
import { SERIES_EVIDENCE } from '../figures.js';
import { formatValue, ordinal } from '../format.js';
import type { Block, Evidence, Figure, Prose, Section, TableRowContent, Unit } from '../model.js';
import { prose, withoutUnit } from '../model.js';
import * as words from '../wording/index.js';

const GRID_EVIDENCE: Evidence = { anchor: 'grid', sources: null };

interface Place {
  readonly cell: GridCell;
  readonly index: number;
}

export function rulersSection(context: Context): Section {
  const { record } = context.input;
  const agree = context.book.at('/record/rulers/agree', 'count', GRID_EVIDENCE);
  const of = context.book.at('/record/rulers/of', 'count', GRID_EVIDENCE);
  const blocks: Block[] = [
    {
      kind: 'paragraph',
      content: prose`A record under ${{ kind: 'strong', content: [agree, ' of ', of] }} rulers, where a ruler is a scale with its leg and look-back, and those not known leave the count. ${ruleWords(context)}`,
    },
  ];
  const panels = panelsChart(context);
  if (panels !== null) blocks.push(panels);
  blocks.push({ kind: 'heading', text: 'The definition grid', anchor: 'grid' }, gridTable(context));
  const reasons = nullReasons(record.rulers.table);
  if (reasons.length > 0) {
    blocks.push({ kind: 'heading', text: 'Not known, and so not counted' }, { kind: 'list', items: reasons });
  }
  return {
    anchor: 'rulers',
    title: `The same ${context.period.one} on every ruler`,
    short: 'Rulers',
    blocks,
  };
}

function ruleWords(context: Context): string {
  const { kind } = context.input.record;
  const rule =
    'The word record is earned only if the same leg and look-back also leads in volatility-scaled terms and in at least one of share of open interest, share of daily volume or basis points of market value.';
  if (kind === 'record') return `${rule} This ${context.period.one} meets that.`;
  if (kind === 'nominal record')
    return `${rule} This ${context.period.one} does not, so it is a nominal record.`;
  return rule;
}

const PANELS = [
  { field: 'dollars', ruler: 'dollars' },
  { field: 'volScaled', ruler: 'volScaled' },
  { field: 'pctOi', ruler: 'pctOi' },
  { field: 'pctAdv', ruler: 'pctAdv' },
  { field: 'contracts', ruler: 'contracts' },
] as const;

function panelsChart(context: Context): Block | null {
  const { record, series } = context.input;
  const panels = PANELS.flatMap(({ field, ruler }) => {
    const data = seriesData(series, field);
    const unit: Unit = words.rulerUnit(ruler);
    const cell = record.rulers.table.find(
      (c) => c.ruler === ruler && c.measure === record.measure && c.lookback === record.lookback,
    );
    const known = data.find((point) => point.periodEnd === record.periodEnd)?.value ?? null;
    if (known === null) return [];
    const rank = cell?.rank === null || cell?.rank === undefined ? '' : ` · ${ordinal(cell.rank)}`;
    const title = `${words.capitalised(words.rulerWords(ruler))}: ${formatValue(known, unit)}${rank}`;
    return [{ title, unit, data, current: chartMark(data, record.periodEnd, unit, '') }];
  });
  if (panels.length < 2) return null;
  return {
    kind: 'chart',
    title: panelsTitle(context),
    description: `${context.period.each} ${words.measureWords(record.measure, record.class)} on each ruler, with this ${context.period.one} marked.`,
    chart: { kind: 'panels', panels },
  };
}

function panelsTitle(context: Context): Prose {
  const { record } = context.input;
  const others = otherRulerCells(record).filter(({ cell }) =>
    PANELS.some((panel) => panel.ruler === cell.ruler),
  );
  if (record.rank === null || others.length === 0) {
    return [`The same ${context.period.one} on the rulers that are known`];
  }
  const ranks = others.flatMap(({ cell, index }) => [
    ', ',
    ...prose`${context.book.at(`/record/rulers/table/${index}/rank`, 'rank', SERIES_EVIDENCE)} in ${words.rulerWords(cell.ruler)}`,
  ]);
  const own = context.book.at('/record/rank', 'rank', SERIES_EVIDENCE);
  return prose`The same ${context.period.one} ranks ${own} in ${words.rulerWords(record.ruler)}${ranks}, over ${words.lookbackWords(record.lookback)}`;
}

function gridTable(context: Context): Block {
  const { table } = context.input.record.rulers;
  const places = table.map((cell, index) => ({ cell, index }));
  const columns = LOOKBACKS.filter((lookback) => table.some((cell) => cell.lookback === lookback)).map(
    (lookback): GridColumn => ({ lookback, common: commonWeeks(places, lookback) }),
  );
  const rows = RULERS.flatMap((ruler) => {
    const own = places.filter(({ cell }) => cell.ruler === ruler);
    if (own.every(({ cell }) => cell.value === null)) return [unknownRow(ruler, columns.length)];
    return MEASURES.flatMap((measure) => {
      const cells = own.filter(({ cell }) => cell.measure === measure);
      return cells.length === 0 ? [] : [gridRow(context, ruler, measure, columns, cells)];
    });
  });
  return {
    kind: 'table',
    dense: true,
    caption: [
      `Rank of the ${context.period.one} against the ${context.period.many} before it, as many as the heading or else the stroke says, by scale, leg and look-back. Highs are in bold and say so.`,
    ],
    columns: [
      { label: 'Scale' },
      { label: 'Leg' },
      { label: 'Value', numeric: true },
      ...columns.map(({ lookback, common }) => ({
        label: words.capitalised(words.lookbackWords(lookback)),
        ...(common === null ? {} : { detail: prose`against ${gridFigure(context, common, 'n', 'count')}` }),
        numeric: true,
      })),
    ],
    rows,
  };
}

/** A look-back's column, and a cell with the number of weeks that most of its cells have. */
interface GridColumn {
  readonly lookback: Lookback;
  readonly common: Place | null;
}

function commonWeeks(places: readonly Place[], lookback: Lookback): Place | null {
  const ranked = places.filter(({ cell }) => cell.lookback === lookback && cell.rank !== null);
  const withSame = (place: Place): number => ranked.filter(({ cell }) => cell.n === place.cell.n).length;
  return [...ranked].sort((a, b) => withSame(b) - withSame(a))[0] ?? null;
}

function gridFigure({ book }: Context, place: Place, field: string, unit: Unit): Figure {
  const reason = place.cell.reason ?? undefined;
  return book.at(`/record/rulers/table/${place.index}/${field}`, unit, SERIES_EVIDENCE, reason);
}

function unknownRow(ruler: Ruler, columns: number): TableRowContent {
  const cells = Array.from({ length: columns }, (): Prose => ['–']);
  return { cells: [[words.rulerLabel(ruler)], ['all legs'], ['not known'], ...cells] };
}

function gridRow(
  context: Context,
  ruler: Ruler,
  measure: Measure,
  columns: readonly GridColumn[],
  own: readonly Place[],
): TableRowContent {
  const { record } = context.input;
  const first = own.find(({ cell }) => cell.value !== null) ?? own[0]!;
  return {
    emphasis: ruler === record.ruler && measure === record.measure,
    cells: [
      [words.rulerLabel(ruler)],
      [words.legLabel(measure)],
      [withoutUnit(gridFigure(context, first, 'value', words.rulerUnit(ruler)))],
      ...columns.map((column) =>
        gridCell(
          context,
          own.find(({ cell }) => cell.lookback === column.lookback),
          column.common?.cell.n ?? null,
        ),
      ),
    ],
  };
}

function gridCell(context: Context, place: Place | undefined, weeksInHeading: number | null): Prose {
  if (place === undefined || place.cell.rank === null) return ['–'];
  const rank = gridFigure(context, place, 'rank', 'rank');
  const against =
    place.cell.n === weeksInHeading ? [] : prose` / ${gridFigure(context, place, 'n', 'count')}`;
  if (place.cell.isRecord !== true) return [rank, ...against];
  return [{ kind: 'strong', content: [rank, ', high'] }, ...against];
}

/** Every reason once, with the rulers, legs and look-backs it holds for. */
function nullReasons(table: readonly GridCell[]): readonly Prose[] {
  const byReason = new Map<string, GridCell[]>();
  for (const cell of table) {
    if (cell.rank !== null) continue;
    const reason = cell.reason ?? 'no reason given';
    byReason.set(reason, [...(byReason.get(reason) ?? []), cell]);
  }
  return [...byReason].map(([reason, cells]) => [
    { kind: 'strong', content: [whereNull(cells, table)] },
    `: ${reason}`,
  ]);
}

function whereNull(cells: readonly GridCell[], table: readonly GridCell[]): string {
  const rulers = RULERS.filter((ruler) => cells.some((cell) => cell.ruler === ruler));
  return rulers
    .map((ruler) => {
      const own = cells.filter((cell) => cell.ruler === ruler);
      const all = table.filter((cell) => cell.ruler === ruler);
      if (own.length === all.length) return words.rulerWords(ruler);
      const legs = MEASURES.filter((m) => own.some((c) => c.measure === m));
      const spans = LOOKBACKS.filter((l) => own.some((c) => c.lookback === l));
      return `${words.rulerWords(ruler)} (${legs.map(words.legLabel).join(', ')}; ${spans.map(words.lookbackWords).join(', ')})`;
    })
    .join(', ');
}
