import type { ReportInput } from '../../core/index.js';
import { type Canvas, drawChart, loadCanvas } from '../charts/index.js';
import type {
  Block,
  ChartBlock,
  Finding,
  Inline,
  Prose,
  ReportContent,
  Section,
  TableBlock,
  Tone,
} from '../model.js';
import { plainText } from '../model.js';
import { escapeHtml } from './escape.js';
import { STYLE } from './style.js';

/** Name of the meta element that holds, as JSON, how the report is made again. */
export const REPORT_HEAD_NAME = 'tidemark-report';

/** What the report says of itself to programs. */
function renderHead({ version, asOf, store, query }: ReportInput): string {
  const json = JSON.stringify({ version, asOf, store, query });
  return `<meta name="${REPORT_HEAD_NAME}" content="${escapeHtml(json)}">`;
}

/** The report as one HTML file that needs nothing else. */
export async function renderHtml(input: ReportInput, content: ReportContent): Promise<string> {
  const canvas = await loadCanvas();
  const sections = content.sections.map((section) => renderSection(section, canvas)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${renderHead(input)}
<title>${escapeHtml(content.documentTitle)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<div class="page">
<nav aria-label="Contents"><ol>${content.sections.map(navItem).join('')}</ol></nav>
<main id="main">
<header>
<p class="kicker">${renderProse(content.kicker)}</p>
<h1>${renderProse(content.title)}</h1>
<p class="verdict">${badge(content.verdict.tone, `Verdict: ${content.verdict.text}`)}</p>
</header>
${sections}
</main>
</div>
</body>
</html>
`;
}

function navItem(section: Section): string {
  return `<li><a href="#${section.anchor}">${escapeHtml(section.short)}</a></li>`;
}

function renderSection(section: Section, canvas: Canvas): string {
  const blocks = section.blocks.map((block) => renderBlock(block, canvas)).join('\n');
  return `<section id="${section.anchor}" aria-labelledby="${section.anchor}-title">
<h2 id="${section.anchor}-title">${escapeHtml(section.title)}</h2>
${blocks}
</section>`;
}

function renderBlock(block: Block, canvas: Canvas): string {
  switch (block.kind) {
    case 'heading':
      return `<h3${idAttribute(block.anchor)}>${escapeHtml(block.text)}</h3>`;
    case 'paragraph':
      return `<p${block.lead === true ? ' class="lead"' : ''}>${renderProse(block.content)}</p>`;
    case 'note':
      return `<p class="note" role="note">${renderProse(block.content)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${renderProse(item)}</li>`).join('')}</ul>`;
    case 'facts':
      return `<dl class="facts">${block.items.map(({ label, content }) => factItem(label, content)).join('')}</dl>`;
    case 'findings':
      return `<ul class="findings${block.wide === true ? ' wide' : ''}">${block.items.map(renderFinding).join('')}</ul>`;
    case 'table':
      return renderTable(block);
    case 'chart':
      return renderChart(block, canvas);
    case 'details': {
      const inside = block.blocks.map((inner) => renderBlock(inner, canvas)).join('\n');
      return `<details><summary>${escapeHtml(block.summary)}</summary>\n${inside}\n</details>`;
    }
  }
}

function factItem(label: string, content: Prose): string {
  return `<div><dt>${escapeHtml(label)}</dt><dd>${renderProse(content)}</dd></div>`;
}

function renderFinding(finding: Finding): string {
  const figures = finding.figures.map(({ label, content }) => factItem(label, content)).join('');
  return `<li${idAttribute(finding.anchor)}><div class="finding">${badge(finding.tone, finding.verdict)}<div><h3>${escapeHtml(finding.name)}</h3>${finding.question === '' ? '' : `<p class="question">${escapeHtml(finding.question)}</p>`}<p>${escapeHtml(finding.explanation)}</p>${figures === '' ? '' : `<dl class="figures">${figures}</dl>`}${finding.remark === undefined ? '' : `<p class="question">${escapeHtml(finding.remark)}</p>`}</div></div></li>`;
}

function renderTable(table: TableBlock): string {
  const head = table.columns
    .map(
      (column) =>
        `<th scope="col"${column.numeric === true ? ' class="n"' : ''}>${escapeHtml(column.label)}${column.detail === undefined ? '' : `<br><span class="detail">${renderProse(column.detail)}</span>`}</th>`,
    )
    .join('');
  const rows = table.rows.map((row) => {
    if (row.group !== undefined) {
      return `</tbody><tbody><tr class="group"><th scope="rowgroup" colspan="${table.columns.length}"><span>${renderProse(row.group)}</span></th></tr>`;
    }
    const cells = row.cells.map((cell, index) => {
      const numeric = table.columns[index]?.numeric === true ? ' class="n"' : '';
      const text = renderProse(cell);
      return index === 0 ? `<th scope="row"${numeric}>${text}</th>` : `<td${numeric}>${text}</td>`;
    });
    return `<tr${idAttribute(row.anchor)}${row.emphasis === true ? ' class="own"' : ''}>${cells.join('')}</tr>`;
  });
  const caption = renderProse(table.caption);
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(plainText(table.caption))}"><table${table.dense === true ? ' class="dense"' : ''}><caption><span>${caption}</span></caption><thead><tr>${head}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

function renderChart(block: ChartBlock, canvas: Canvas): string {
  const drawings = (['wide', 'narrow'] as const).map(
    (width) =>
      `<div class="chart ${width} ${block.chart.kind}">${drawChart(canvas, block, width).join('')}</div>`,
  );
  return `<figure><figcaption>${renderProse(block.title)}</figcaption>${drawings.join('')}</figure>`;
}

export function renderProse(content: Prose): string {
  return content.map(renderInline).join('');
}

function renderInline(part: Inline): string {
  if (typeof part === 'string') return keepTogether(escapeHtml(part));
  switch (part.kind) {
    case 'figure':
      return `<a class="fig" href="#${part.evidence.anchor}" data-figure="${escapeHtml(part.id)}"${part.reason === null ? '' : ` title="${escapeHtml(part.reason)}"`}>${escapeHtml(part.text)}</a>`;
    case 'strong':
      return `<strong>${renderProse(part.content)}</strong>`;
    case 'code':
      return `<code>${escapeHtml(part.text)}</code>`;
    case 'badge':
      return badge(part.tone, part.text);
    case 'link':
      return `<a href="#${part.anchor}">${escapeHtml(part.text)}</a>`;
  }
}

/** Names such as NASDAQ-100 are not broken at their hyphen. */
function keepTogether(html: string): string {
  return html.replace(/\b[A-Za-z]+-\d+\b/g, '<span class="nw">$&</span>');
}

function idAttribute(anchor: string | undefined): string {
  return anchor === undefined ? '' : ` id="${escapeHtml(anchor)}"`;
}

/** Verdicts by shape, word and colour: none of them alone carries the meaning. */
const SHAPES: Readonly<Record<Tone, string>> = {
  pass: '<path d="M3 8.5 6.5 12 13 4.5" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  fail: '<path d="M4 4l8 8M12 4l-8 8" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  unknown:
    '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 2.4"/>',
  signal: '<circle cx="8" cy="8" r="6" fill="currentColor"/>',
  mixed:
    '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/>',
  chance:
    '<path d="M2 6c2-3 4-3 6 0s4 3 6 0M2 11c2-3 4-3 6 0s4 3 6 0" fill="none" stroke="currentColor" stroke-width="1.8"/>',
  anomaly: '<path d="M8 2 14.5 13.5H1.5z" fill="currentColor"/>',
  insufficient:
    '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 2.4"/>',
  plain: '',
};

function badge(tone: Tone, text: string): string {
  const shape = `<svg class="glyph" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">${SHAPES[tone]}</svg>`;
  return `<span class="badge ${tone}">${shape}${escapeHtml(text)}</span>`;
}
