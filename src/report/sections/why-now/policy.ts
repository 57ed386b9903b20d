import type { PolicyRow } from '../../../core/index.js';
import type { Context } from '../../context.js';
import { withReason } from '../../figures.js';
import { type Block, type Figure, prose, type Unit } from '../../model.js';
import { at, rowsOf } from './rows.js';

const STATE_WORDS: Readonly<Record<NonNullable<PolicyRow['state']>, string>> = {
  easing: 'easing',
  tightening: 'tightening',
  plateau: 'on a plateau after a rise',
  hold: 'on hold after a cut',
};

export function policyBlocks(context: Context): Block[] {
  const [policy] = rowsOf(context, 'policy');
  if (policy === undefined) return [];
  const { row } = policy;
  const evidence = context.book.rows('rows-policy', 'Monetary policy', row.sources);
  const figure = (field: string, unit: Unit): Figure => at(context, policy, field, unit, evidence);
  const beta =
    row.durationBeta === null
      ? withReason(figure('durationBeta', 'index'))
      : prose`${figure('durationBeta', 'index')} % a percentage point (${figure('durationLow', 'index')} to ${figure('durationHigh', 'index')})`;
  const facts = [
    {
      label: 'Monetary policy',
      content: [
        row.state === null ? `not known (${row.reason ?? 'no reason given'})` : STATE_WORDS[row.state],
      ],
    },
    {
      label: 'Last move of the target range',
      content: prose`${figure('lastMoveBasisPoints', 'basis points')} on ${figure('lastMove', 'date')}, ${figure('weeksSinceMove', 'weeks')} before`,
    },
    { label: 'The sector’s return over the market’s, on the ten-year yield, 104 weeks', content: beta },
    {
      label: 'The same on days of Fed decisions',
      content: prose`${figure('fomcDayBeta', 'index')} on ${figure('fomcDays', 'days')}`,
    },
  ];
  return [
    { kind: 'heading', text: 'Where policy stands' },
    { kind: 'facts', items: facts },
  ];
}
