import type { StatusRow } from '../../core/index.js';
import type { Context } from '../context.js';
import { STORE_EVIDENCE, withReason } from '../figures.js';
import { formatMoment } from '../format.js';
import type { Block, Prose, Section } from '../model.js';
import { joinProse, prose, withoutUnit } from '../model.js';
import * as words from '../wording/index.js';

export function coverageSection(context: Context): Section {
  const { input } = context;
  const blocks: Block[] = [
    {
      kind: 'paragraph',
      content: [
        `Everything in this report was known to the public by ${formatMoment(input.asOf)}; nothing published later enters it.`,
      ],
    },
    statusTable(context),
  ];
  const gaps = input.status.flatMap((row, index) => gapItems(context, row, index));
  if (input.notes.length > 0)
    blocks.push(
      { kind: 'heading', text: 'What the answer rests on' },
      { kind: 'list', items: input.notes.map((note) => [note]) },
    );
  if (gaps.length > 0) blocks.push({ kind: 'heading', text: 'Gaps' }, { kind: 'list', items: gaps });
  return { anchor: 'coverage', title: 'Data: what it covers and how old it is', short: 'Data', blocks };
}

function statusTable({ input, book }: Context): Block {
  return {
    kind: 'table',
    caption: [
      'What the store holds of each source. Rows set aside could not be read or did not reconcile; they are kept and counted.',
    ],
    columns: [
      { label: 'Source' },
      { label: 'Kind' },
      { label: 'Files', numeric: true },
      { label: 'Rows', numeric: true },
      { label: 'First period' },
      { label: 'Last period' },
      { label: 'Last known' },
      { label: 'Age', numeric: true },
      { label: 'Rows set aside', numeric: true },
    ],
    rows: input.status.map((row, index) => {
      const at = `/status/${index}`;
      const none = 'the source has no periods';
      return {
        cells: [
          [row.source],
          [words.fieldWords(row.kind)],
          [withoutUnit(book.at(`${at}/files`, 'files', STORE_EVIDENCE))],
          [withoutUnit(book.at(`${at}/rows`, 'rows', STORE_EVIDENCE))],
          [book.at(`${at}/firstPeriod`, 'date', STORE_EVIDENCE, none)],
          [book.at(`${at}/lastPeriod`, 'date', STORE_EVIDENCE, none)],
          [book.at(`${at}/lastKnown`, 'instant', STORE_EVIDENCE, none)],
          [book.at(`${at}/ageDays`, 'days', STORE_EVIDENCE, none)],
          [withoutUnit(book.at(`${at}/setAsideRows`, 'rows', STORE_EVIDENCE))],
        ],
      };
    }),
  };
}

function gapItems({ book }: Context, row: StatusRow, index: number): Prose[] {
  if (row.gaps.length === 0) return [];
  const gaps = row.gaps.map((_, gap) => {
    const at = `/status/${index}/gaps/${gap}`;
    const from = book.at(`${at}/from`, 'date', STORE_EVIDENCE);
    const to = book.at(`${at}/to`, 'date', STORE_EVIDENCE);
    return prose`${from} to ${to} (${withReason(book.at(`${at}/periods`, 'count', STORE_EVIDENCE))} periods)`;
  });
  return [
    prose`${{ kind: 'strong', content: [`${row.source}, ${words.fieldWords(row.kind)}`] }}: ${joinProse(gaps, '; ')}`,
  ];
}
