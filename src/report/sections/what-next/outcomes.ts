import type { OutcomeRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import { type Block, type Prose, prose, type TableBlock, type Unit } from '../../model.js';
import { unitOfWords } from '../claim-units.js';
import type { Placed } from '../study-rows.js';
import { at, MAIN_HORIZON, OUTCOME_WORDS, outcomeRowsOf } from './rows.js';

const OUTCOME_COLUMNS = [
  { label: 'n', field: 'n' },
  { label: 'After such weeks', field: 'mean' },
  { label: 'After weeks like them', field: 'matchedMean' },
  { label: 'Difference', field: 'difference' },
  { label: 'Low', field: 'low' },
  { label: 'High', field: 'high' },
  { label: 'p, adjusted', field: 'adjustedP' },
  { label: 'Could be seen', field: 'detectable' },
] as const;

function outcomeUnit({ unit }: OutcomeRow, field: string): Unit {
  if (field === 'n') return 'count';
  if (field === 'adjustedP') return 'probability';
  return /log return/.test(unit) ? 'share' : unitOfWords(unit);
}

function outcomesTable(context: Context, rows: readonly Placed<OutcomeRow>[], caption: Prose): TableBlock {
  return {
    kind: 'table',
    dense: true,
    caption,
    columns: [
      { label: 'What followed' },
      { label: 'Weeks', numeric: true },
      ...OUTCOME_COLUMNS.map(({ label }) => ({ label, numeric: true })),
      { label: 'Verdict' },
    ],
    rows: rows.map((one) => ({
      cells: [
        [OUTCOME_WORDS[one.row.outcome]],
        [at(context, one, 'horizonWeeks', 'count')],
        ...OUTCOME_COLUMNS.map(({ field }): Prose => {
          const shown =
            field === 'mean' && one.row.mean === null && one.row.median !== null ? 'median' : field;
          return [at(context, one, shown, outcomeUnit(one.row, field))];
        }),
        [one.row.verdict ?? 'no claim'],
      ],
    })),
  };
}

/** The main horizon in sight, the others folded. */
export function outcomesTables(context: Context): Block[] {
  const rows = outcomeRowsOf(context);
  const isMain = ({ row }: Placed<OutcomeRow>): boolean =>
    row.horizonWeeks === MAIN_HORIZON || /^weeks-to/.test(row.outcome);
  const [main, others] = [rows.filter(isMain), rows.filter((row) => !isMain(row))];
  if (rows.length === 0) return [];
  const m = at(context, rows[0]!, 'm', 'count');
  const caption = prose`What followed such weeks against weeks matched on the 13-week return and volatility before; p adjusted by Holm over ${m} tests. ‘Could be seen’ is the difference that n events show with 80 % power.`;
  return [
    outcomesTable(context, main, caption),
    ...(others.length === 0
      ? []
      : [
          {
            kind: 'details',
            summary: 'The other horizons',
            blocks: [outcomesTable(context, others, ['The same over other horizons.'])],
          } as const,
        ]),
  ];
}
