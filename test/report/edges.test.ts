import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import type { IsoDate, ReportInput } from '../../src/core/index.js';
import { renderReport } from '../../src/report/index.js';
import { reportInput } from './fixture.js';

const WEEKS = 60;

async function page(input: ReportInput): Promise<Document> {
  const { html, markdown } = await renderReport(input);
  for (const text of [html, markdown]) expect(text).not.toMatch(/\bNaN\b|undefined|\[object|Infinity/);
  return new JSDOM(html).window.document;
}

const textOf = (document: Document, selector: string): string =>
  document.querySelector(selector)!.textContent!;

describe('a report of little', () => {
  it('says that a week has no value, and why', async () => {
    const input = reportInput({ kind: 'none', weeks: WEEKS });
    const reasons = { value: 'the week before is missing from the CFTC’s files' };
    const record = { ...input.record, value: null, rank: null, isRecord: null, margin: null, reasons };
    const document = await page({ ...input, record });
    expect(textOf(document, '.lead')).toContain('net flow in NASDAQ-100 Consolidated futures');
    expect(textOf(document, '.lead')).toContain(`is not known (${reasons.value}) for the week to 2026-04-14`);
    expect(textOf(document, '.lead')).toContain('not ranked (the period has no value to rank)');
  });

  it('stands without a series, flows, screen, files or looks', async () => {
    const input = reportInput({ bare: true });
    const looks = { ...input.looks!, m: 0, contracts: [], rulers: [], lookbacks: [] };
    const document = await page({ ...input, series: [], files: [], status: [], looks });
    expect(textOf(document, '#who-bought')).toContain('flows of the week are not known');
    expect(textOf(document, '#screen')).toContain('No other market and class was looked at');
    expect(document.querySelectorAll('.chart.series svg')).toHaveLength(2);
  });

  it('draws contracts where the series has no dollars, and nothing where it has no values', async () => {
    const inContracts = await page(reportInput({ withoutDollars: true, weeks: WEEKS }));
    expect(textOf(inContracts, '.series.wide')).toContain('Net flow a week, contracts');
    const input = reportInput({ weeks: WEEKS });
    const empty = input.series.map((point) => ({
      ...point,
      dollars: null,
      contracts: null,
      volScaled: null,
      pctOi: null,
    }));
    const document = await page({ ...input, series: empty });
    expect(textOf(document, '.series.wide')).toContain('no data');
    expect(document.querySelectorAll('.panels')).toHaveLength(0);
  });
});

describe('a report of a week that', () => {
  it('sold more than it bought has a minus sign and no buying', async () => {
    const input = reportInput({ kind: 'none', weeks: WEEKS });
    const record = { ...input.record, value: -3_200_000_000 };
    const document = await page({ ...input, record });
    expect(textOf(document, 'h1')).toContain("Asset managers' net selling in");
    expect(textOf(document, 'h1')).toContain('−$3.20 bn');
    expect(textOf(document, '#record figcaption')).toContain('net flow in');
    expect(textOf(document, '#headline')).not.toContain('buying');
  });

  it('ties an earlier one names it instead of claiming to be larger', async () => {
    const input = reportInput({ weeks: WEEKS });
    const tie = input.series[10]!.periodEnd;
    const record = {
      ...input.record,
      kind: 'none' as const,
      isRecord: false,
      ties: [tie],
      largestSince: tie,
      broke: null,
    };
    const document = await page({ ...input, record });
    expect(textOf(document, '.lead')).toContain(`1st in dollars, tied with the weeks to ${tie} among`);
    expect(textOf(document, '.lead')).not.toContain('larger than');
  });

  it('lies beyond what its weeks can tell has a return period above a bound, and else two digits of one', async () => {
    const open = await page(reportInput({ sparse: true, weeks: WEEKS }));
    expect(textOf(open, '#significance')).toContain(
      'more than 74 weeks, the lower end of its 90 % interval; 431 weeks of data give no upper one',
    );
    const closed = await page(reportInput({ weeks: WEEKS }));
    expect(textOf(closed, '#significance')).toContain('about 160 weeks; 90 % interval 74 weeks to 520 weeks');
  });

  it('stands against all history has no number of weeks to miss', async () => {
    const input = reportInput({ sparse: true, weeks: WEEKS });
    const record = { ...input.record, lookback: 'all' as const };
    const document = await page({ ...input, record });
    expect(textOf(document, '.lead')).toContain(
      '431 weeks with data before it (all history; 82.6 % of the weeks)',
    );
  });

  it('broke a high outside the series leads to the series as a whole', async () => {
    const input = reportInput({ weeks: WEEKS });
    const broke = { ...input.record.broke!, periodEnd: '2009-01-06' as IsoDate };
    const document = await page({ ...input, record: { ...input.record, broke } });
    const links = [...document.querySelectorAll('[data-figure="/record/broke/value"]')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual(links.map(() => '#series'));
  });
});

describe('the other side', () => {
  it('puts a small remainder down to rounding, a large one to the rows', async () => {
    const input = reportInput({ weeks: WEEKS });
    const off = (contracts: number): ReportInput => ({
      ...input,
      flowsOfWeek: input.flowsOfWeek.map((row, index) =>
        index === 0
          ? { ...row, net: row.net! + contracts * 518_233, contracts: row.contracts! + contracts }
          : row,
      ),
    });
    expect(textOf(await page(input), '#who-bought')).toContain('nets of all classes sum to $0.');
    expect(textOf(await page(off(-1)), '#who-bought')).toContain(
      '−$518,233, which is left over from the publisher’s rounding',
    );
    expect(textOf(await page(off(900)), '#who-bought')).toContain('so the rows do not balance');
  });

  it('lists buyers before sellers', async () => {
    const document = await page(reportInput({ weeks: WEEKS }));
    const classes = [...document.querySelectorAll('#who-bought tbody th')].map((cell) => cell.textContent);
    expect(classes[0]).toBe('Asset managers');
    expect(classes.at(-1)).toBe('Dealers');
  });
});

describe('the screen', () => {
  it('of one market does not speak for the others', async () => {
    const input = reportInput({ weeks: WEEKS });
    const screen = input.screen.filter((row) => row.contract === input.record.contract);
    const document = await page({ ...input, otherRecords: [], screen });
    expect(textOf(document, '#screen')).toContain(
      'No other high in the same measure among the 5 contracts and classes',
    );
    expect(document.querySelectorAll('#screen details')).toHaveLength(0);
  });
});

describe('who bought', () => {
  const input = reportInput({ weeks: WEEKS });

  it('shows both sides in one chart, buyers above sellers, each as long as the other', async () => {
    const document = await page(input);
    const chart = document.querySelector('.chart.sides.wide')!;
    const words = [...chart.querySelectorAll('text')].map((text) => text.textContent);
    expect(words.indexOf('Bought more than they sold')).toBeLessThan(
      words.indexOf('Sold more than they bought'),
    );
    for (const amount of ['$9.70 bn', '$5.75 bn', '$3.33 bn']) expect(words).toContain(amount);
    expect(words.join()).toContain('$392 m');
    const ends = new Map<string, number>();
    for (const bar of chart.querySelectorAll('rect')) {
      const [x, y, width] = ['x', 'y', 'width'].map((name) => Number(bar.getAttribute(name)));
      ends.set(String(y), Math.max(ends.get(String(y)) ?? 0, x! + width!));
    }
    const [bought, sold] = [...ends.values()];
    expect(ends.size).toBe(2);
    expect(sold).toBeCloseTo(bought!, 1);
  });

  it('draws no picture of one side alone', async () => {
    const rows = input.buyers!.rows.filter((row) => row.side === 'buyer');
    const document = await page({ ...input, buyers: { ...input.buyers!, rows } });
    expect(document.querySelectorAll('.chart.sides')).toHaveLength(0);
  });

  it('concludes only what both mappings say', async () => {
    expect(textOf(await page(input), '#who-bought')).toContain('The buyers on balance were institutions');
    const [first, second] = input.buyers!.conclusion.outcomes;
    const outcomes = [first!, { ...second!, speculator: 9e10, largestBuyer: 'speculator' as const }];
    const conclusion = { ...input.buyers!.conclusion, outcomes, verdict: 'not measurable' as const };
    const text = textOf(await page({ ...input, buyers: { ...input.buyers!, conclusion } }), '#who-bought');
    expect(text).toContain('Whether institutions bought is not measurable: it depends on what');
    expect(text).toContain('taken for institutions, institutions come first with a net of');
    expect(text).toContain('taken for speculators, speculators come first with a net of $90.0 bn');
    expect(text).not.toContain('buyers on balance were');
  });

  it('names every other kind of investor that bought as well', async () => {
    const outcomes = input.buyers!.conclusion.outcomes.map((outcome) => ({ ...outcome, retail: 1.44e9 }));
    const conclusion = { ...input.buyers!.conclusion, outcomes };
    const text = textOf(await page({ ...input, buyers: { ...input.buyers!, conclusion } }), '#who-bought');
    expect(text).toContain('ahead of retail $1.44 bn');
  });

  it('keeps the legs where nobody asked who bought', async () => {
    const { buyers: _, unison: __, ...rest } = input;
    const document = await page(rest);
    expect(document.querySelectorAll('#who-bought table')).toHaveLength(1);
    expect(textOf(document, '#who-bought thead')).toContain('Net');
    expect(document.querySelector('#together')).toBeNull();
  });
});

describe('together', () => {
  const input = reportInput({ weeks: WEEKS });
  const week = input.unison!.week!;
  const withWeek = (change: object): Promise<Document> =>
    page({ ...input, unison: { ...input.unison!, week: { ...week, ...change } } });

  it('says yes only where the joint tail is rare', async () => {
    expect(textOf(await page(input), '#together strong')).toMatch(/^No: /);
    expect(textOf(await withWeek({ jointTail: 2, jointTailP: 0.012 }), '#together strong')).toMatch(/^Yes: /);
    expect(textOf(await withWeek({ jointTail: 2, jointTailP: 0.04 }), '#together strong')).toMatch(/^No: /);
    expect(textOf(await withWeek({ agreementP: 0.001 }), '#together strong')).toMatch(/^No: /);
    const sold = await withWeek({ jointTail: 0, jointTailP: 1, jointTailSold: 2, jointTailSoldP: 0.012 });
    expect(textOf(sold, '#together strong')).toMatch(/^Yes: they sold together/);
    expect(textOf(sold, '#together figcaption')).toContain('own bottom decile at once');
  });

  it('marks the week among all weeks', async () => {
    const document = await page(input);
    const [agreement, tail] = [...document.querySelectorAll('.chart.distribution.wide svg')];
    expect(agreement!.textContent).toContain('this week 0.46');
    const same = input.unison!.history!.filter((point) => point.jointTail === 1).length;
    expect(tail!.textContent).toContain(`${same}, this week`);
    expect(textOf(document, '#together figcaption')).toBe(
      `In ${same} of ${input.unison!.history!.length} weeks, this one included, as many classes sat in their own top decile at once`,
    );
  });

  it('gives the reason where there is no figure', async () => {
    const nothing = { agreement: null, agreementP: null, jointTail: null, jointTailP: null };
    const document = await withWeek({ ...nothing, reason: '40 earlier periods, 52 needed' });
    expect(textOf(document, '#together')).toContain(
      'not known for this week: 40 earlier periods, 52 needed.',
    );
    expect(document.querySelectorAll('#together figure')).toHaveLength(0);
    const none = await page({ ...input, unison: { week: null } });
    expect(textOf(none, '#together')).toContain('is not known');
  });
});
