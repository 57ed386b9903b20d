import type { ManagerGroupRow, ShareBounds } from '../../core/index.js';
import type { Context } from '../context.js';
import { STORE_EVIDENCE, withReason } from '../figures.js';
import type { Block, Figure, Prose, Unit } from '../model.js';
import { prose, withoutUnit } from '../model.js';
import * as words from '../wording/index.js';

const GROUPINGS = [
  {
    kind: 'horizon',
    heading: 'Long or short horizon',
    caption: 'Managers by how fast they turn their holdings over (churn ratio of Gaspar, Massa and Matos).',
  },
  {
    kind: 'size',
    heading: 'Large or small',
    caption: 'Managers by the value they report.',
  },
] as const;

/** Managers of Form 13F by horizon and by size; nothing where the input has none. */
export function groupBlocks(context: Context): Block[] {
  const groups = context.input.buyers?.groups ?? [];
  return GROUPINGS.flatMap((grouping): Block[] => {
    const own = groups.map((row, index) => ({ row, index })).filter(({ row }) => row.kind === grouping.kind);
    if (own.length === 0) return [];
    const quarter = context.book.at(`/buyers/groups/${own[0]!.index}/periodEnd`, 'date', STORE_EVIDENCE);
    return [
      { kind: 'heading', text: grouping.heading },
      {
        kind: 'table',
        caption: prose`${grouping.caption} Form 13F to ${quarter}: long positions at quarter ends, so what was bought and sold in between is not seen.`,
        columns: [
          { label: 'Group' },
          { label: 'Managers', numeric: true },
          { label: 'Purchases', numeric: true },
          { label: 'Net', numeric: true },
          { label: 'Share of purchases', numeric: true },
          ...(grouping.kind === 'horizon' ? [{ label: 'Median churn', numeric: true }] : []),
        ],
        rows: own.map(({ row, index }) => ({ cells: groupCells(context, row, index) })),
      },
    ];
  });
}

function groupCells({ book }: Context, row: ManagerGroupRow, index: number): Prose[] {
  const figure = (field: keyof ManagerGroupRow & string, unit: Unit, reason: string): Figure =>
    book.at(`/buyers/groups/${index}/${field}`, unit, STORE_EVIDENCE, reason);
  return [
    [words.capitalised(words.groupWords(row.group))],
    [figure('managers', 'count', '')],
    [figure('grossBuy', 'USD', '')],
    [figure('net', 'USD', '')],
    [figure('grossBuyShare', 'share', 'nobody bought')],
    ...(row.kind === 'horizon' ? [[figure('medianChurn', 'index', 'too few quarters')]] : []),
  ];
}

/** Shares that no weekly source names, as intervals with their score; nothing where the input has none. */
export function boundsBlocks(context: Context): Block[] {
  const bounds = context.input.buyers?.bounds ?? [];
  if (bounds.length === 0) return [];
  return [
    { kind: 'heading', text: 'Pensions and sovereign funds' },
    {
      kind: 'table',
      caption: [
        'No public weekly source names them, so their share of institutions’ purchases is an interval from the quarters of Form 13F before. Once the quarter is known, the interval is scored (Gneiting and Raftery 2007; lower is better).',
      ],
      columns: [
        { label: 'Class' },
        { label: 'Quarter to' },
        { label: 'Share, from' },
        { label: 'to' },
        { label: 'Quarters behind it', numeric: true },
        { label: 'Shown by 13F' },
        { label: 'Score', numeric: true },
      ],
      rows: bounds.map((row, index) => ({ cells: boundsCells(context, row, index) })),
    },
  ];
}

function boundsCells({ book }: Context, row: ShareBounds, index: number): Prose[] {
  const figure = (
    field: keyof ShareBounds & string,
    unit: Unit,
    reason = 'the quarter is not known yet',
  ): Figure => book.at(`/buyers/bounds/${index}/${field}`, unit, STORE_EVIDENCE, reason);
  const why = row.reason ?? 'no reason given';
  return [
    [words.capitalised(words.classShort(row.class))],
    [figure('quarterEnd', 'date')],
    withReason(figure('low', 'share', why)),
    [figure('high', 'share', why)],
    [figure('quartersUsed', 'count')],
    [figure('actual', 'share')],
    [withoutUnit(figure('score', 'index'))],
  ];
}
