import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CotFlowRow, ReportInput } from '../../src/core/index.js';
import { type Report, renderReport } from '../../src/report/index.js';
import { type FixtureOptions, reportInput } from './fixture.js';

interface JsonFigure {
  readonly id: string;
  readonly value: number | string | boolean | null;
  readonly unit: string;
  readonly text: string;
  readonly reason: string | null;
  readonly evidence: string | readonly { fileSha256: string; rowNumber: number }[];
}

interface Rendered {
  readonly input: ReportInput;
  readonly report: Report;
  readonly document: Document;
  readonly figures: ReadonlyMap<string, JsonFigure>;
  readonly row: Record<string, unknown>;
}

async function render(options: FixtureOptions): Promise<Rendered> {
  const input = reportInput(options);
  const report = await renderReport(input);
  const answer = JSON.parse(report.json) as { data: [Record<string, unknown> & { figures: JsonFigure[] }] };
  return {
    input,
    report,
    document: new JSDOM(report.html).window.document,
    figures: new Map(answer.data[0].figures.map((figure) => [figure.id, figure])),
    row: answer.data[0],
  };
}

/** A short series keeps the parsing of seven pages quick. */
const weeks = 280;

const VARIANTS: Readonly<Record<string, FixtureOptions>> = {
  'a record': { weeks, kind: 'record' },
  'a nominal record': {},
  'no record': { weeks, kind: 'none', measure: 'longBuy' },
  'no dollars': { weeks, withoutDollars: true },
  'managers as well': { weeks, managers: true },
  'sparse and rebuilt': { weeks, sparse: true, rebuilt: true },
  'nothing known of chance, no flows': { weeks, unknownProbabilities: true, bare: true },
  'a whole note': { weeks, note: true },
  'hostile names': { weeks, note: true, hostile: true, measure: 'grossBuy' },
};

const links = (document: Document): Element[] => [...document.querySelectorAll('a.fig')];

/** `text` and `anchor` of figures and links in the order of the Markdown, unescaped. */
function markdownFigures(markdown: string): readonly string[] {
  return [...markdown.matchAll(/(?<!\\)\[((?:[^[\]\\]|\\.)*)\]\(#([^)\s]+)(?: "(?:[^"\\]|\\.)*")?\)/g)]
    .filter((match) => !match[2]!.startsWith('file-'))
    .map(
      (match) =>
        `${match[1]!.replace(/\\(.)/g, '$1').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')} ${match[2]}`,
    );
}

function resolvePointer(row: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], row);
}

/** What an id stands for, worked out apart from the report's code. */
function valueOfId(row: Record<string, unknown>, id: string): unknown {
  const [, kind, rest] = /^(count:|sum:|lookback:)?(.*)$/.exec(id)!;
  if (kind === undefined) return resolvePointer(row, id);
  if (kind === 'lookback:') return { '1y': 52, '3y': 157, '5y': 261, '10y': 522 }[rest!];
  if (kind === 'count:') {
    const [pointer, condition] = rest!.split('?');
    const items = resolvePointer(row, pointer!) as Record<string, unknown>[];
    if (condition === undefined) return items.length;
    const [field, wanted] = condition.split('=');
    return items.filter((item) => String(item[field!]) === wanted).length;
  }
  const [pointer, field] = rest!.split('/*/');
  const values = (resolvePointer(row, pointer!) as Record<string, number | null>[]).map(
    (item) => item[field!],
  );
  return values.includes(null) ? null : values.reduce((total, value) => total! + value!, 0);
}

describe.each(Object.entries(VARIANTS))('report of %s', (_, options) => {
  let it_: Rendered;
  beforeAll(async () => {
    it_ = await render(options);
  });

  it('prints the same figures and links, in the same order, in HTML and Markdown', () => {
    const html = [...it_.document.querySelectorAll('main a:not([href^="#file-"])')].map(
      (a) => `${a.textContent} ${a.getAttribute('href')!.slice(1)}`,
    );
    expect(html.length).toBeGreaterThan(80);
    expect(markdownFigures(it_.report.markdown)).toEqual(html);
  });

  it('lists every printed figure in the JSON, with its value from the input', () => {
    const printed = new Set<string>();
    for (const link of links(it_.document)) {
      const figure = it_.figures.get(link.getAttribute('data-figure')!)!;
      expect(figure, link.outerHTML).toBeDefined();
      expect(figure.text.startsWith(link.textContent!), link.outerHTML).toBe(true);
      printed.add(figure.id);
    }
    expect([...it_.figures.keys()].sort()).toEqual([...printed].sort());
    for (const figure of it_.figures.values()) expect(valueOfId(it_.row, figure.id)).toBe(figure.value);
  });

  it('says of every figure its unit, and of one that is not known why', () => {
    for (const figure of it_.figures.values()) {
      expect(figure.unit).not.toBe('');
      if (figure.value === null) expect(figure.text).toBe('not known');
      if (figure.value === null) expect(figure.reason, figure.id).toBeTruthy();
    }
  });

  it('leads every figure and link to one existing place with its rows', () => {
    const ids = [...it_.document.querySelectorAll('[id]')].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of it_.document.querySelectorAll('a[href]')) {
      const href = link.getAttribute('href')!;
      expect(href.startsWith('#') && ids.includes(href.slice(1)), href).toBe(true);
    }
    for (const figure of it_.figures.values()) {
      if (typeof figure.evidence === 'string') expect(ids).toContain(figure.evidence.slice(1));
      else for (const ref of figure.evidence) expect(it_.report.html).toContain(ref.fileSha256);
    }
    const anchors = [...it_.report.markdown.matchAll(/<a id="([^"]+)"><\/a>/g)].map((match) => match[1]);
    for (const figure of markdownFigures(it_.report.markdown))
      expect(anchors).toContain(figure.split(' ').at(-1));
  });

  it('has no trace of a value that failed to print', () => {
    const visible = it_.document.body.textContent!;
    for (const text of [visible, it_.report.markdown]) {
      expect(text).not.toMatch(/\bNaN\b|undefined|\bnull\b|\[object|Infinity/);
    }
    expect(it_.report.html).not.toMatch(/NaN|undefined|\[object|Infinity/);
  });

  it('adds no number of its own to the words', () => {
    const known = JSON.stringify(it_.input) + it_.input.asOf.replace('T', ' ').replace('Z', ' UTC');
    // Look-backs and horizons by name, the size of intervals and the number of checks.
    const fixed = ['1', '0', '3', '5', '10', '13', '52', '260', '520', '90', '100', '1992', '2004', '2007'];
    const numbers = new Set(
      [...it_.document.querySelectorAll('main > header, main > section:not(#methods, #sources)')]
        .flatMap((part) => unlinkedText(part))
        .flatMap((text) => text.match(/\d[\d,.]*\d|\d/g) ?? []),
    );
    expect(numbers.size).toBeGreaterThan(5);
    for (const number of numbers)
      expect(fixed.includes(number) || known.includes(number.replaceAll(',', '')), number).toBe(true);
  });

  it('draws the labels of its charts from the input', () => {
    const texts = new Set([...it_.figures.values()].map((figure) => figure.text.replace('−', '')));
    const labels = [...it_.document.querySelectorAll('.legs text, .series text')]
      .map((text) => /(?:long|short) (?:buys|covers|sales) (.*)$|^net (.*)$/.exec(text.textContent!))
      .filter((match) => match !== null)
      .map((match) => (match[1] ?? match[2])!.replace('−', ''));
    if (options.bare !== true) expect(labels.length).toBeGreaterThan(5);
    const known = new Set([...texts, ...legTexts(it_.input)]);
    for (const label of labels) expect(known).toContain(label);
  });

  it('has no script, no handler, no outside address', () => {
    expect(it_.document.querySelectorAll('script, img, iframe, object, form')).toHaveLength(0);
    for (const element of it_.document.querySelectorAll('*')) {
      for (const name of element.getAttributeNames()) expect(name.startsWith('on')).toBe(false);
    }
    expect(it_.report.html).not.toMatch(/(?:src|href|url\()\s*=?\s*["']?(?:https?:)?\/\//);
    expect(it_.report.markdown).not.toMatch(/<(?!\/?(?:a|details|summary)\b)/);
  });

  it('holds the sections in order, each named in the contents', () => {
    const ids = [...it_.document.querySelectorAll('main > section')].map((section) => section.id);
    expect(ids).toEqual([
      'headline',
      ...(options.note === true ? ['claims'] : []),
      'record',
      'rulers',
      'significance',
      'checks',
      'who-bought',
      ...(options.bare === true ? [] : ['together']),
      'scales',
      'screen',
      ...(options.note === true ? ['why-now', 'what-next'] : []),
      'against',
      'unknown',
      'coverage',
      'methods',
      'sources',
    ]);
    const contents = [...it_.document.querySelectorAll('nav a')].map((a) => a.getAttribute('href'));
    expect(contents).toEqual(ids.map((id) => `#${id}`));
  });

  it('gives every chart a name, every table a caption and headings', () => {
    for (const svg of it_.document.querySelectorAll('.chart svg')) {
      expect(svg.getAttribute('role')).toBe('img');
      expect(svg.getAttribute('aria-label')!.length).toBeGreaterThan(20);
    }
    for (const table of it_.document.querySelectorAll('table')) {
      expect(table.querySelector('caption')!.textContent).not.toBe('');
      const width = table.querySelectorAll('thead th').length;
      for (const row of table.querySelectorAll('tbody tr')) {
        const cells = [...row.children] as HTMLTableCellElement[];
        expect(cells.reduce((total, cell) => total + cell.colSpan, 0)).toBe(width);
      }
    }
  });
});

/** Texts of an element outside its links and charts. */
function unlinkedText(element: Element): readonly string[] {
  return [...element.childNodes].flatMap((node) => {
    if (node.nodeType === 3) return [node.textContent ?? ''];
    const name = node.nodeName.toLowerCase();
    return name === 'a' || name === 'svg' || node.nodeType !== 1 ? [] : unlinkedText(node as Element);
  });
}

/** The legs of a flow in contracts, which only the chart spells out; its axis names the unit. */
function legTexts(input: ReportInput): readonly string[] {
  return input.flowsOfWeek
    .flatMap((row) => [(row as CotFlowRow).deltaLong!, (row as CotFlowRow).deltaShort!, row.contracts!])
    .map((count) => Math.abs(count).toLocaleString('en-US'));
}

describe('a report', () => {
  it('has equal bytes for equal input', async () => {
    const [first, second] = [await renderReport(reportInput()), await renderReport(reportInput())];
    expect(second).toEqual(first);
  });

  it('is an answer of the command line, with the input whole', async () => {
    const input = reportInput();
    const answer = JSON.parse((await renderReport(input)).json);
    const { version, asOf, store, command, query, notes, ...whole } = input;
    expect(answer).toMatchObject({
      command: 'report',
      version: input.version,
      asOf: input.asOf,
      store: input.store,
      query: input.query,
      notes: input.notes,
    });
    const { figures, ...data } = answer.data[0];
    expect(data).toEqual(JSON.parse(JSON.stringify(whole)));
    expect(figures.length).toBeGreaterThan(100);
  });

  it('refuses a number that is not finite', async () => {
    const input = reportInput();
    const broken = { ...input, record: { ...input.record, value: Number.NaN } };
    await expect(renderReport(broken)).rejects.toThrow(/NaN cannot be printed/);
  });

  it('marks the week and the high it broke in the chart', async () => {
    const { document } = await render({ weeks });
    const texts = [...document.querySelectorAll('.series.wide text')].map((text) => text.textContent);
    expect(texts).toContain('2026-04-14: $9.70 bn');
    expect(texts.some((text) => /^old high \d{4}-\d\d-\d\d: \$8\.93 bn$/.test(text!))).toBe(true);
  });
});
