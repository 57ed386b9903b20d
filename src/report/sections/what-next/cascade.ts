import type { Context } from '../../context.js';
import type { Block, Prose, TableBlock } from '../../model.js';
import * as words from '../../wording/index.js';
import { AFTERMATH_EVIDENCE, rowsOf } from './rows.js';

export function cascadeBlocks(context: Context): Block[] {
  const rows = rowsOf(context, 'cascade');
  if (rows.length === 0) return [];
  const known = rows.filter(({ row }) => row.verdict !== null);
  const leads = known.filter(({ row }) => row.verdict === 'leads');
  const name = (investorClass: string): string => words.classShort(investorClass);
  const said =
    known.length === 0
      ? `Not known: ${rows[0]!.row.reason ?? 'no reason given'}.`
      : leads.length === 0
        ? 'No class is shown to buy before another.'
        : `${words.capitalised(words.listWords(leads.map(({ row }) => `${name(row.leader)} before ${words.uncapitalised(name(row.follower))}`)))}: the order of buying is shown.`;
  const columns = [
    { label: 'Lead, weeks', field: 'leadWeeks', unit: 'count' },
    { label: 'Correlation', field: 'correlation', unit: 'index' },
    { label: 'Granger p', field: 'grangerP', unit: 'probability' },
    { label: 'adjusted', field: 'grangerAdjustedP', unit: 'probability' },
    { label: 'Weeks', field: 'n', unit: 'count' },
  ] as const;
  const table: TableBlock = {
    kind: 'table',
    caption: [
      'One class before another: the largest cross-correlation beyond its block-bootstrap band, and Granger’s test in a vector autoregression, Holm over all pairs.',
    ],
    columns: [
      { label: 'First' },
      { label: 'Then' },
      ...columns.map(({ label }) => ({ label, numeric: true })),
      { label: 'Verdict' },
    ],
    rows: known.map((one) => ({
      cells: [
        [name(one.row.leader)],
        [name(one.row.follower)],
        ...columns.map(
          ({ field, unit }): Prose => [
            context.book.at(
              `/aftermath/rows/${one.index}/${field}`,
              unit,
              AFTERMATH_EVIDENCE,
              one.row.reason ?? 'no correlation is beyond its band',
            ),
          ],
        ),
        [one.row.verdict!],
      ],
    })),
  };
  return [
    { kind: 'heading', text: 'Does one class buy first, and others follow?' },
    { kind: 'paragraph', content: [said] },
    ...(known.length === 0
      ? []
      : [{ kind: 'details', summary: 'Every pair of classes', blocks: [table] } as const]),
  ];
}
