import type {
  Block,
  Inline,
  Prose,
  ReportContent,
  Section,
  TableBlock,
  TableColumn,
  TableRowContent,
} from './model.js';

/** The report as Markdown (GitHub flavour); anchors are kept, so figures link to their rows here too. */
export function renderMarkdown(content: ReportContent): string {
  const sections = content.sections.map(renderSection).join('\n\n');
  return `${renderProse(content.kicker)}

# ${renderProse(content.title)}

**Verdict: ${escapeMarkdown(content.verdict.text)}**

${sections}
`;
}

const anchorTag = (anchor: string | undefined): string =>
  anchor === undefined ? '' : `<a id="${anchor}"></a>`;

function renderSection(section: Section): string {
  const heading = `${anchorTag(section.anchor)}\n\n## ${escapeMarkdown(section.title)}`;
  return [heading, ...section.blocks.map(renderBlock)].join('\n\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${block.anchor === undefined ? '' : `${anchorTag(block.anchor)}\n\n`}### ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return renderProse(block.content);
    case 'note':
      return `> ${renderProse(block.content)}`;
    case 'list':
      return block.items.map((item) => `- ${renderProse(item)}`).join('\n');
    case 'facts':
      return block.items
        .map(({ label, content }) => `- ${escapeMarkdown(label)}: ${renderProse(content)}`)
        .join('\n');
    case 'findings':
      return block.items.map(renderFinding).join('\n');
    case 'table':
      return renderTable(block);
    case 'chart':
      return `**${renderProse(block.title)}**\n\n_Chart in the HTML report: ${escapeMarkdown(block.description)}_`;
    case 'details':
      return `<details>\n<summary>${escapeMarkdown(block.summary)}</summary>\n\n${block.blocks.map(renderBlock).join('\n\n')}\n\n</details>`;
  }
}

function renderFinding(finding: Extract<Block, { kind: 'findings' }>['items'][number]): string {
  const figures = finding.figures.map(
    ({ label, content }) => `  - ${escapeMarkdown(label)}: ${renderProse(content)}`,
  );
  const head = `- ${anchorTag(finding.anchor)}**${escapeMarkdown(finding.verdict)}** – ${escapeMarkdown(withStop(finding.name))} ${escapeMarkdown(finding.question)} ${escapeMarkdown(finding.explanation)}`;
  const remark = finding.remark === undefined ? [] : [`  - ${escapeMarkdown(finding.remark)}`];
  return [head, ...figures, ...remark].join('\n');
}

const withStop = (name: string): string => (/[.!?]$/.test(name) ? name : `${name}.`);

function renderTable(table: TableBlock): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `_${renderProse(table.caption)}_`,
    '',
    line(table.columns.map(renderHeading)),
    line(table.columns.map((column) => (column.numeric === true ? '---:' : ':---'))),
    ...table.rows.map((row) => line(rowCells(row, table.columns.length))),
  ].join('\n');
}

function rowCells(row: TableRowContent, columns: number): readonly string[] {
  if (row.group !== undefined) {
    return Array.from({ length: columns }, (_, index) =>
      index === 0 ? `**${renderProse(row.group!)}**` : '',
    );
  }
  return row.cells.map((cell, index) => (index === 0 ? anchorTag(row.anchor) : '') + renderProse(cell));
}

function renderHeading(column: TableColumn): string {
  return escapeMarkdown(column.label) + (column.detail === undefined ? '' : ` ${renderProse(column.detail)}`);
}

function renderProse(content: Prose): string {
  return content.map(renderInline).join('');
}

function renderInline(part: Inline): string {
  if (typeof part === 'string') return escapeMarkdown(part);
  switch (part.kind) {
    case 'figure':
      return `[${escapeMarkdown(part.text)}](#${part.evidence.anchor}${linkTitle(part.reason)})`;
    case 'strong':
      return `**${renderProse(part.content)}**`;
    case 'code':
      return codeSpan(part.text);
    case 'badge':
      return `**${escapeMarkdown(part.text)}**`;
    case 'link':
      return `[${escapeMarkdown(part.text)}](#${part.anchor})`;
  }
}

/** Why a figure is not known, as the title of its link. */
function linkTitle(reason: string | null): string {
  return reason === null ? '' : ` "${escapeMarkdown(reason).replaceAll('"', "'")}"`;
}

/** A code span whose fence is longer than any run of backticks in it (CommonMark 6.1). */
function codeSpan(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const padding = runs.length > 0 ? ' ' : '';
  return `${fence}${padding}${text.replace(/\s+/g, ' ').replaceAll('|', '\\|')}${padding}${fence}`;
}

/** Text that Markdown and the HTML inside it print as it is; line breaks become spaces. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
