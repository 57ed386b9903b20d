import { writeFile } from 'node:fs/promises';
import { type Answer, InvalidRequest } from '../core/index.js';
import type { CommonOptions, Format } from './options.js';
import { type Column, csvOf, markdownOf, tableOf } from './table.js';

/** Rows of one kind of an answer, with a heading of their own. */
export interface Section {
  readonly title: string;
  readonly rows: number;
  table(): string;
  markdown(): string;
}

export function sectionOf<Row>(
  title: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): Section {
  return {
    title,
    rows: rows.length,
    table: () => tableOf(rows, columns),
    markdown: () => markdownOf(rows, columns),
  };
}

/** How a command's rows look to a person: one table, or one for every kind of row. */
type View<Row> =
  | {
      readonly columns: readonly Column<Row>[];
      /** Text after the table, for answers that a table cannot hold. */
      details?(answer: Answer<Row>): string;
    }
  | { sections(answer: Answer<Row>): readonly Section[] };

function viewTable<Row>(answer: Answer<Row>, view: View<Row>): string {
  if ('columns' in view) return tableOf(answer.data, view.columns) + (view.details?.(answer) ?? '');
  const filled = view.sections(answer).filter(({ rows }) => rows > 0);
  return filled.map(({ title, table }) => `${title}\n${table()}`).join('\n');
}

function viewMarkdown<Row>(answer: Answer<Row>, view: View<Row>): string {
  if ('columns' in view) return markdownOf(answer.data, view.columns);
  const filled = view.sections(answer).filter(({ rows }) => rows > 0);
  return filled.map(({ title, markdown }) => `**${title}**\n\n${markdown()}`).join('\n');
}

export function chosenFormat(options: CommonOptions): Format {
  return options.format ?? (process.stdout.isTTY && options.out === undefined ? 'table' : 'json');
}

async function render<Row extends object>(
  answer: Answer<Row>,
  view: View<Row>,
  format: Format,
): Promise<string | Uint8Array> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(answer, null, 1)}\n`;
    case 'ndjson':
      return answer.data.map((row) => `${JSON.stringify(row)}\n`).join('');
    case 'csv':
      return csvOf(answer.data);
    case 'md':
      return `${viewMarkdown(answer, view)}\n${answer.notes.map((note) => `> ${note}\n`).join('')}`;
    case 'table':
      return viewTable(answer, view);
    case 'parquet': {
      const { parquetOf } = await import('../app/index.js');
      return parquetOf(answer.data);
    }
  }
}

/** Data to stdout or --out; notes, which are words, to stderr where the format has no place for them. */
export async function printAnswer<Row extends object>(
  answer: Answer<Row>,
  view: View<Row>,
  options: CommonOptions,
): Promise<void> {
  const format = chosenFormat(options);
  if (format === 'parquet' && options.out === undefined && process.stdout.isTTY)
    throw new InvalidRequest("format 'parquet' is binary; add --out FILE or pipe it");
  const content = await render(answer, view, format);
  if (options.out === undefined) {
    await new Promise<void>((resolve, reject) =>
      process.stdout.write(content, (error) => (error ? reject(error) : resolve())),
    );
  } else await writeFile(options.out, content);
  if (!options.quiet && format !== 'json' && format !== 'md')
    for (const note of answer.notes) process.stderr.write(`note: ${note}\n`);
}
