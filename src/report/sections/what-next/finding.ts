import type { AftermathAnswerRow, EventRuleRow, OutcomeRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import { type Figure, type Prose, prose } from '../../model.js';
import * as words from '../../wording/index.js';
import type { Placed } from '../study-rows.js';
import { AFTERMATH_EVIDENCE, at, OUTCOME_WORDS, outcomeRowsOf } from './rows.js';

/** What stands after many tests, or that nothing does; without five events, that nothing can. */
export function finding(context: Context, rule: Placed<EventRuleRow>): Prose {
  const n = at(context, rule, 'n', 'count');
  const many = rule.row.n === 1 ? 'such week' : 'such weeks';
  const outcomes = outcomeRowsOf(context);
  const tested = outcomes.filter(({ row }) => row.verdict !== null);
  if (tested.length === 0) {
    const reason = rule.row.reason ?? 'no outcome could be tested';
    return prose`${{ kind: 'strong', content: ['Nothing is claimed.'] }} ${n} ${many}: ${reason}.`;
  }
  const speaks = tested.filter(({ row }) => row.verdict !== 'no effect seen');
  const count = (condition: string, passes: (row: AftermathAnswerRow) => boolean): Figure =>
    context.book.count(
      '/aftermath/rows',
      context.input.aftermath!.rows,
      condition,
      passes,
      AFTERMATH_EVIDENCE,
    );
  const none = count('verdict=no effect seen', (row) => 'verdict' in row && row.verdict === 'no effect seen');
  const lead: Prose = [
    {
      kind: 'strong',
      content: [
        speaks.length === 0
          ? 'Nothing that followed such weeks is told apart from what follows other weeks.'
          : `After such weeks, against weeks like them: ${words.listWords(speaks.map(effectWords))}.`,
      ],
    },
  ];
  return prose`${lead} ${n} ${many}; in ${none} outcomes and horizons no effect is seen after adjustment for all of them, which is not to say that there is none.`;
}

const effectWords = ({ row }: Placed<OutcomeRow>): string =>
  `${words.uncapitalised(OUTCOME_WORDS[row.outcome])} ${row.verdict} over ${row.horizonWeeks} weeks`;

export function ruleWords(context: Context, rule: Placed<EventRuleRow>): Prose {
  const { row } = rule;
  const span =
    row.firstWeek === null
      ? prose``
      : prose` among those from ${at(context, rule, 'firstWeek', 'date')} to ${at(context, rule, 'lastWeek', 'date')}`;
  const prices =
    row.priceSeries === 'none'
      ? ''
      : ` Prices: ${row.priceSeries}, from the first close after the figures were public.`;
  return prose`Such weeks, by a rule fixed before any outcome was read: ${row.rule}. It found ${at(context, rule, 'found', 'weeks')}${span}; ${at(context, rule, 'n', 'count')} remain when only the first in ${at(context, rule, 'declusterWeeks', 'weeks')} counts.${prices}`;
}
