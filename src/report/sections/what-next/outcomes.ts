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

const MEDIAN_COLUMNS = [
  { label: 'n', field: 'n' },
  { label: 'After such weeks', field: 'median' },
  { label: 'Low', field: 'low' },
  { label: 'High', field: 'high' },
  { label: 'After weeks like them', field: 'matchedMean' },
  { label: 'Difference', field: 'difference' },
] as const;

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
        ...OUTCOME_COLUMNS.map(({ field }) => [at(context, one, field, outcomeUnit(one.row, field))]),
        [one.row.verdict ?? 'no claim'],
      ],
    })),
  };
}

/** Weeks to a drawdown are medians, and their interval is that of the median. */
function mediansTable(context: Context, rows: readonly Placed<OutcomeRow>[]): TableBlock {
  return {
    kind: 'table',
    dense: true,
    caption: [
      'Median time to a drawdown, with the 95 % band of that median; weeks that are still under way count as watched so far.',
    ],
    columns: [{ label: 'Drawdown' }, ...MEDIAN_COLUMNS.map(({ label }) => ({ label, numeric: true }))],
    rows: rows.map((one) => ({
      cells: [
        [OUTCOME_WORDS[one.row.outcome]],
        ...MEDIAN_COLUMNS.map(({ field }) => [at(context, one, field, outcomeUnit(one.row, field))]),
      ],
    })),
  };
}

/** The main horizon in sight, the others folded. */
export function outcomesTables(context: Context): Block[] {
  const every = outcomeRowsOf(context);
  const isMedian = ({ row }: Placed<OutcomeRow>): boolean => /^weeks-to/.test(row.outcome);
  const isMain = ({ row }: Placed<OutcomeRow>): boolean => row.horizonWeeks === MAIN_HORIZON;
  const rows = every.filter((row) => !isMedian(row));
  const [main, others] = [rows.filter(isMain), rows.filter((row) => !isMain(row))];
  const medians = every.filter(isMedian);
  if (rows.length === 0) return [];
  const m = at(context, rows[0]!, 'm', 'count');
  const caption = prose`What followed such weeks against weeks matched on the 13-week return and volatility before; p adjusted by Holm over ${m} tests. ‘Could be seen’ is the difference that n events show with 80 % power.`;
  return [
    outcomesTable(context, main, caption),
    ...(medians.length === 0 ? [] : [mediansTable(context, medians)]),
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
