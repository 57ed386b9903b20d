import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { CLAIM_VERDICTS, type ReportInput } from '../../src/core/index.js';
import { renderReport } from '../../src/report/index.js';
import { reportInput } from './fixture.js';
import { claim } from './fixture-note.js';

const input = reportInput({ weeks: 60, note: true });

async function page(of: ReportInput): Promise<Document> {
  return new JSDOM((await renderReport(of)).html).window.document;
}

const textOf = (document: Document, selector: string): string =>
  document.querySelector(selector)!.textContent!.replace(/\s+/g, ' ');

describe('the note in a report', () => {
  it('stands right after the finding and counts its verdicts', async () => {
    const document = await page(input);
    const ids = [...document.querySelectorAll('main > section')].map(({ id }) => id);
    expect(ids.indexOf('claims')).toBe(ids.indexOf('headline') + 1);
    expect(textOf(document, '#claims .lead')).toBe(
      'Of 6 statements of the standard note: 1 supported, 1 weakly supported, 2 not distinguishable from chance, 1 contradicted, 1 not measurable.',
    );
  });

  it('marks each verdict by its word and a shape of its own', async () => {
    const rows = CLAIM_VERDICTS.map((verdict, i) => claim(String(i), `Sentence ${i}.`, verdict));
    const document = await page({ ...input, claims: { ...input.claims!, rows } });
    const badges = [...document.querySelectorAll('#claims .finding > .badge')];
    expect(badges.map((badge) => badge.textContent)).toEqual([...CLAIM_VERDICTS]);
    const shapes = badges.map((badge) => badge.querySelector('svg')!.innerHTML);
    expect(new Set(shapes).size).toBe(CLAIM_VERDICTS.length);
    expect(shapes.every((shape) => shape.length > 10)).toBe(true);
  });

  it('gives each statement its figure, interval and link to rows', async () => {
    const document = await page(input);
    const first = document.querySelector('#claim-1')!;
    expect(first.querySelector('.fig')!.textContent).toBe('$9.70 bn');
    expect(first.querySelector('.fig')!.getAttribute('href')).toBe('#rows-claim-1');
    expect(textOf(document, '#rows-claim-1')).toContain('701');
    expect(textOf(document, '#claim-4')).toContain('0.16 x own volatility (−0.15 to 0.47)');
    expect(document.querySelector('#claim-4 .fig')!.getAttribute('href')).toBe('#why-now');
    expect(textOf(document, '#claims')).toContain('“Buy now.” – advice is not a claim');
  });

  it('says a sentence of several statements once, above them', async () => {
    const document = await page(input);
    const headings = [...document.querySelectorAll('#claims h3')].map((heading) => heading.textContent);
    expect(headings.filter((text) => text === 'AI and earnings explain it.')).toHaveLength(1);
  });

  it('says why it could not be checked', async () => {
    const document = await page({
      ...input,
      claims: { note: 'n', rows: [], notes: [], reason: 'it holds none' },
    });
    expect(textOf(document, '#claims')).toContain('were not checked: it holds none');
    expect(textOf(document, '#unknown')).toContain('The note was not checked: It holds none.');
  });
});

describe('why now', () => {
  it('draws each part with its whisker, and says what is not known', async () => {
    const document = await page(input);
    expect(textOf(document, '#why-now .lead')).toContain(
      'Artificial intelligence goes with it; rates and policy speak against it',
    );
    const [parts, shares] = [...document.querySelectorAll('.chart.intervals.wide svg')];
    expect(parts!.textContent).toContain('0.90 (0.40 to 1.40)');
    expect(parts!.querySelectorAll('rect')).toHaveLength(6);
    expect(shares!.textContent).toContain('not known');
    expect(textOf(document, '#why-now')).toContain('Not known: no announcement of the week is known.');
  });

  it('has no picture without a regression, but the reason', async () => {
    const rows = input.drivers!.rows.map((row) =>
      row.kind === 'model' ? { ...row, r2: null, reason: '12 weeks, 156 needed' } : row,
    );
    const document = await page({ ...input, drivers: { ...input.drivers!, rows } });
    expect(document.querySelectorAll('#why-now figure')).toHaveLength(0);
    expect(textOf(document, '#why-now .lead')).toContain('could not be fitted: 12 weeks, 156 needed');
    const none = await page({ ...input, drivers: { rows: [], notes: [], reason: 'no weekly flows' } });
    expect(textOf(none, '#why-now')).toContain('not known: no weekly flows');
    expect(textOf(none, '#unknown')).toContain('What drove the flow: No weekly flows.');
  });
});

describe('what it may mean', () => {
  it('claims nothing on fewer than five events, and shows every one', async () => {
    const document = await page(input);
    expect(textOf(document, '#what-next .lead')).toContain('Nothing is claimed. 2 such weeks');
    expect(textOf(document, '#what-next')).toContain('2018-09-25');
    const labels = [...document.querySelectorAll('.chart.fan.wide text')].map((text) => text.textContent);
    for (const label of ['2018-09-25', 'such weeks', 'weeks alike']) expect(labels).toContain(label);
    expect(labels).not.toContain('2026-04-14');
    expect(textOf(document, '#unknown')).toContain('of 2 events 13 weeks over for 1');
  });

  it('shades where the mean of events would lie if nothing followed, and only where an interval is known', async () => {
    const shaded = await page(input);
    expect(shaded.querySelectorAll('.chart.fan.wide [aria-label="area"] path')).toHaveLength(1);
    expect(textOf(shaded, '#what-next')).toContain('shaded, where the mean of such weeks would lie');
    const rows = input.aftermath!.rows.map((row) =>
      row.kind === 'outcome' ? { ...row, low: null, high: null } : row,
    );
    const plain = await page({ ...input, aftermath: { ...input.aftermath!, rows } });
    expect(plain.querySelectorAll('.chart.fan.wide [aria-label="area"]')).toHaveLength(0);
    expect(textOf(plain, '#what-next')).not.toContain('shaded');
  });

  it('gives the band of a median beside the median, never as that of a difference', async () => {
    const median = {
      ...input.aftermath!.rows[1]!,
      outcome: 'weeks-to-drawdown-5',
      unit: 'weeks',
      horizonWeeks: 52,
      mean: null,
      median: 3,
      matchedMean: 9.4,
      difference: -6.4,
      low: 1.4,
      high: 25.9,
    } as NonNullable<ReportInput['aftermath']>['rows'][number];
    const rows = [...input.aftermath!.rows, median];
    const document = await page({ ...input, aftermath: { ...input.aftermath!, rows } });
    const line = [...document.querySelectorAll('#what-next tr')].find((row) =>
      row.textContent!.startsWith('Weeks to a drawdown of 5 %'),
    );
    expect([...line!.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual(
      expect.arrayContaining(['3 weeks', '1.4 weeks', '26 weeks', '9.4 weeks', '−6.4 weeks']),
    );
    const heads = [...line!.closest('table')!.querySelectorAll('th')].map((head) => head.textContent);
    expect(heads.indexOf('Low')).toBe(heads.indexOf('After such weeks') + 1);
  });

  it('prints how earlier forecasts did beside the new ones', async () => {
    const text = textOf(await page(input), '#what-next');
    expect(text).toContain('Closes higher on 2026-07-17.');
    expect(text).toContain('Of 3 forecasts made, 2 are due. Brier score 0.20, against 0.24');
  });

  it('names the effects that stand after all tests', async () => {
    const rows = input.aftermath!.rows.map((row, i) =>
      i === 1 ? { ...row, verdict: 'below' as const, p: 0.0001, adjustedP: 0.0056 } : row,
    ) as NonNullable<ReportInput['aftermath']>['rows'];
    const document = await page({ ...input, aftermath: { ...input.aftermath!, rows } });
    expect(textOf(document, '#what-next .lead')).toContain('return below over 13 weeks');
  });
});

describe('what speaks against it, and what is not known', () => {
  it('gathers falsifiers and fallen statements, each with a way to it', async () => {
    const document = await page(input);
    const text = textOf(document, '#against');
    expect(text).toContain('Rates and policy: the falsifier has happened. Wrong if yields rose.');
    expect(text).toContain('Contradicted: They moved together. (together)');
    expect(text).not.toContain('The trend is intact');
    expect(document.querySelector('#against a[href="#claim-3"]')).not.toBeNull();
  });

  it('says that studies are absent', async () => {
    const text = textOf(await page(reportInput({ weeks: 60 })), '#unknown');
    for (const study of ['The note was not checked', 'What drove the flow', 'What follows such weeks'])
      expect(text).toContain(`${study}: the study is not part of this report.`);
  });

  it('gives every figure that is not known a reason there', async () => {
    const report = await renderReport(input);
    const { figures } = JSON.parse(report.json).data[0] as {
      figures: { value: unknown; reason: string | null; id: string }[];
    };
    const text = textOf(new JSDOM(report.html).window.document, '#unknown').toLowerCase();
    const missing = figures.filter(({ value, id }) => value === null && !id.startsWith('/status'));
    expect(missing.length).toBeGreaterThan(5);
    for (const { reason } of missing) expect(text).toContain(reason!.toLowerCase().slice(0, 20));
  });
});
