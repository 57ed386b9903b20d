import type { Context } from '../../context.js';
import { withReason } from '../../figures.js';
import { type Block, prose } from '../../model.js';
import { at, rowsOf } from './rows.js';

export function loopBlocks(context: Context): Block[] {
  const rows = rowsOf(context, 'loop');
  if (rows.length === 0) return [];
  const facts = rows.map((one) => ({
    label: one.row.ordering,
    content:
      one.row.gain === null
        ? withReason(at(context, one, 'gain', 'index'))
        : prose`gain ${at(context, one, 'gain', 'index')} (${at(context, one, 'low', 'index')} to ${at(context, one, 'high', 'index')}), ${at(context, one, 'gainWithoutLoop', 'index')} without the loop; ${one.row.verdict ?? 'no verdict'}`,
  }));
  const loops = rows.filter(({ row }) => row.verdict === 'loop').length;
  const said =
    loops === 0
      ? `That prices, mood and money feed each other is not ${rows.every(({ row }) => row.verdict === null) ? 'known' : 'shown'}.`
      : loops === rows.length
        ? 'Prices, mood and money feed each other, in every order of the decomposition.'
        : 'That prices, mood and money feed each other depends on the order of the decomposition, so it is not shown.';
  return [
    { kind: 'heading', text: 'Do prices, mood and money feed each other?' },
    { kind: 'paragraph', content: [said] },
    { kind: 'facts', items: facts },
  ];
}
