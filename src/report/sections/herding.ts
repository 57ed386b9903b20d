import type { HerdingRow } from '../../core/index.js';
import type { Context } from '../context.js';
import { STORE_EVIDENCE } from '../figures.js';
import type { Block, Figure, Prose, Unit } from '../model.js';
import * as words from '../wording/index.js';

const isOfTape = ({ basis }: HerdingRow): boolean => basis === 'tape';

const NAMES_OF_THE_TAPE =
  'Rows of the week are of the tape: names bought on balance at the initiative of buyers less names sold; it tells no investors, so that nobody can herd. ';

/** Managers of Form 13F or accounts of a ledger: buyers against sellers, name by name; of the tape names alone. Nothing where there are none. */
export function herdingBlocks(context: Context): Block[] {
  const rows = context.input.unison?.herding ?? [];
  if (rows.length === 0) return [];
  return [
    { kind: 'heading', text: rows.every(isOfTape) ? 'Name by name' : 'Managers and accounts, name by name' },
    {
      kind: 'table',
      caption: [
        ...(rows.some(isOfTape) ? [NAMES_OF_THE_TAPE] : []),
        'Overdispersion is the test: 0 where each decides for itself. LSV (Lakonishok, Shleifer and Vishny 1992) understates herding and its bias moves with the number of managers, so it is shown for comparison with the literature and never compared across names. Following is the correlation of the share of buyers with the period before (Sias 2004).',
      ],
      columns: [
        { label: 'Sector' },
        { label: 'Class' },
        { label: 'Period to' },
        { label: 'Managers', numeric: true },
        { label: 'Securities', numeric: true },
        { label: 'Buyers less sellers', numeric: true },
        { label: 'Over-dispersion', numeric: true },
        { label: 'its p', numeric: true },
        { label: 'LSV', numeric: true },
        { label: 'Following', numeric: true },
      ],
      rows: rows.map((row, index) => ({ cells: herdingCells(context, row, index) })),
    },
  ];
}

function herdingCells({ book }: Context, row: HerdingRow, index: number): Prose[] {
  const figure = (field: keyof HerdingRow & string, unit: Unit): Figure =>
    book.at(
      `/unison/herding/${index}/${field}`,
      unit,
      STORE_EVIDENCE,
      row.reasons[field] ?? 'too few managers or securities',
    );
  return [
    [row.sector === null ? 'All' : words.capitalised(words.sectorWords(row.sector))],
    [row.class === null ? 'all' : words.classShort(row.class, row.basis)],
    [figure('periodEnd', 'date')],
    [figure('managers', 'count')],
    [figure('securities', 'count')],
    [figure('netBuyerShare', 'share')],
    [figure('overdispersion', 'index')],
    [figure('overdispersionP', 'probability')],
    [figure('lsv', 'share')],
    [figure('following', 'index')],
  ];
}
