import type { AftermathAnswerRow, Outcome, OutcomeRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import { type Evidence, type Figure, joinProse, type Prose, prose, type Unit } from '../../model.js';
import { fromStudy, type Placed } from '../study-rows.js';

export const AFTERMATH_EVIDENCE: Evidence = { anchor: 'what-next', sources: null };

/** The horizon that tables lead with: a quarter of a year. */
export const MAIN_HORIZON = 13;

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  return: 'Return',
  'excess-return': 'Excess return',
  'maximum-drawdown': 'Largest drawdown',
  'volatility-ratio': 'Volatility after over before',
  'floor-days-above': 'Price floor: closes above the price of the event week',
  'floor-depth-below': 'Price floor: deepest close below it',
  'floor-rebounds': 'Price floor: touches that rebounded',
  'downside-quantile-5': 'Worst twentieth of days',
  'profit-taking': 'Net flow of those that bought before',
  'drawdown-beyond-5': 'Drawdowns beyond 5 %',
  'drawdown-beyond-10': 'Drawdowns beyond 10 %',
  'weeks-to-drawdown-5': 'Weeks to a drawdown of 5 %',
  'weeks-to-drawdown-10': 'Weeks to a drawdown of 10 %',
  'time-in-range': 'Time inside the range of before',
};

export const rowsOf = <Kind extends AftermathAnswerRow['kind']>(context: Context, kind: Kind) =>
  fromStudy<AftermathAnswerRow, Kind>(context.input.aftermath, kind);

export const outcomeRowsOf = (context: Context): readonly Placed<OutcomeRow>[] => rowsOf(context, 'outcome');

export function at(
  context: Context,
  { index, row }: Placed<object>,
  field: string,
  unit: Unit,
  evidence: Evidence = AFTERMATH_EVIDENCE,
): Figure {
  const reason =
    (row as { reason?: string | null }).reason ?? 'its horizon is not over, or no price is known';
  return context.book.at(`/aftermath/rows/${index}/${field}`, unit, evidence, reason);
}

/** Horizons that are not over for every event, as 'n of N'. */
export function unfinished(context: Context): readonly Prose[] {
  const [rule] = rowsOf(context, 'rule');
  if (rule === undefined) return [];
  const returns = outcomeRowsOf(context).filter(({ row }) => row.outcome === 'return' && row.n < rule.row.n);
  const parts = returns.map(
    (one) =>
      prose`${at(context, one, 'horizonWeeks', 'count')} weeks over for ${at(context, one, 'n', 'count')}`,
  );
  if (parts.length === 0) return [];
  return [
    prose`Weeks that have not happened, or whose price is not known: of ${at(context, rule, 'n', 'count')} events ${joinProse(parts, ', ')}.`,
  ];
}
