import type { GridCell, Lookback, Measure, Ruler } from '../../core/index.js';
import { LOOKBACKS, MEASURES, RULERS } from '../../core/index.js';
import { type Context, chartMark, otherRulerCells, seriesData } from '../context.js';
import { SERIES_EVIDENCE } from '../figures.js';
import { formatValue, ordinal } from '../format.js';
import type { Block, Prose, Section, TableRowContent, Unit } from '../model.js';
import { prose } from '../model.js';
import * as words from '../wording.js';
import { rulersAgree, rulersOf } from './headline.js';

interface Place {
  readonly cell: GridCell;
  readonly index: number;
}

export function rulersSection(context: Context): Section {
  const { record } = context.input;
  const blocks: Block[] = [
    {
      kind: 'paragraph',
      content: prose`A record under ${{ kind: 'strong', content: [rulersAgree(context), ' of ', rulersOf(context)] }} rulers. ${ruleWords(context)}`,
    },
  ];
  const panels = panelsChart(context);
  if (panels !== null) blocks.push(panels);
  blocks.push(gridTable(context));
  const reasons = nullReasons(record.rulers.table);
  if (reasons.length > 0) {
    blocks.push(
      { kind: 'heading', text: 'Rulers that are not known and leave the count' },
      { kind: 'list', items: reasons },
    );
  }
  return { anchor: 'rulers', title: 'The same week on every ruler', short: 'Rulers', blocks };
}

function ruleWords(context: Context): string {
  const { kind } = context.input.record;
  const rule =
    'The word record is earned only if the same leg and look-back also leads in volatility-scaled terms and in at least one of share of open interest, share of daily volume or basis points of market value.';
  if (kind === 'record') return `${rule} This week meets that.`;
  if (kind === 'nominal record') return `${rule} This week does not, so it is a nominal record.`;
  return rule;
}

const PANELS = [
  { field: 'dollars', ruler: 'dollars' },
  { field: 'volScaled', ruler: 'volScaled' },
  { field: 'pctOi', ruler: 'pctOi' },
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
    return [{ title, unit, data, current: chartMark(data, record.periodEnd, formatValue(known, unit)) }];
  });
  if (panels.length < 2) return null;
  return {
    kind: 'chart',
    title: panelsTitle(context),
    description: `The weekly ${words.measureWords(record.measure, record.class)} on each ruler, with this week marked.`,
    chart: { kind: 'panels', panels },
  };
}

function panelsTitle(context: Context): Prose {
  const { record } = context.input;
  const others = otherRulerCells(record).filter(({ cell }) =>
    PANELS.some((panel) => panel.ruler === cell.ruler),
  );
  if (record.rank === null || others.length === 0) return ['The same week on the rulers that are known'];
  const ranks = others.flatMap(({ cell, index }) => [
    ', ',
    ...prose`${context.book.at(`/record/rulers/table/${index}/rank`, 'rank', SERIES_EVIDENCE)} in ${words.rulerWords(cell.ruler)}`,
  ]);
  const own = context.book.at('/record/rank', 'rank', SERIES_EVIDENCE);
  return prose`The same week ranks ${own} in ${words.rulerWords(record.ruler)}${ranks}, over ${words.lookbackWords(record.lookback)}`;
}

function gridTable(context: Context): Block {
  const { table } = context.input.record.rulers;
  const places = table.map((cell, index) => ({ cell, index }));
  const lookbacks = LOOKBACKS.filter((lookback) => table.some((cell) => cell.lookback === lookback));
  const rows = RULERS.flatMap((ruler) =>
    MEASURES.flatMap((measure) => {
      const own = places.filter(({ cell }) => cell.ruler === ruler && cell.measure === measure);
      return own.length === 0 ? [] : [gridRow(context, ruler, measure, lookbacks, own)];
    }),
  );
  return {
    kind: 'table',
    caption: [
      'Rank of the week against the weeks before it, for every ruler, leg and look-back. Highs are in bold and say so.',
    ],
    columns: [
      { label: 'Ruler' },
      { label: 'Leg' },
      { label: 'Value', numeric: true },
      ...lookbacks.map((lookback) => ({
        label: words.capitalised(words.lookbackWords(lookback)),
        numeric: true,
      })),
    ],
    rows,
  };
}

function gridRow(
  context: Context,
  ruler: Ruler,
  measure: Measure,
  lookbacks: readonly Lookback[],
  own: readonly Place[],
): TableRowContent {
  const { record } = context.input;
  const first = own.find(({ cell }) => cell.value !== null) ?? own[0]!;
  const value = context.book.at(
    `/record/rulers/table/${first.index}/value`,
    words.rulerUnit(ruler),
    SERIES_EVIDENCE,
    first.cell.reason ?? undefined,
  );
  return {
    emphasis: ruler === record.ruler && measure === record.measure,
    cells: [
      [words.rulerLabel(ruler)],
      [words.legLabel(measure)],
      [value],
      ...lookbacks.map((lookback) =>
        gridCell(
          context,
          own.find(({ cell }) => cell.lookback === lookback),
        ),
      ),
    ],
  };
}

function gridCell({ book }: Context, place: Place | undefined): Prose {
  if (place === undefined || place.cell.rank === null || place.cell.n === null) return ['–'];
  const at = `/record/rulers/table/${place.index}`;
  const rank = book.at(`${at}/rank`, 'rank', SERIES_EVIDENCE);
  const n = book.at(`${at}/n`, 'count', SERIES_EVIDENCE);
  if (place.cell.isRecord !== true) return prose`${rank} / ${n}`;
  return [{ kind: 'strong', content: ['high ', rank] }, ' / ', n];
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
      return `${words.rulerWords(ruler)} (${legs.join(', ')}; ${spans.map(words.lookbackWords).join(', ')})`;
    })
    .join(', ');
}
