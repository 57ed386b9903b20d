import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { COT_CLASSES, MANAGER_CLASSES, ROLES } from '../../src/core/index.js';
import { renderReport } from '../../src/report/index.js';
import * as words from '../../src/report/wording/index.js';
import { type FixtureOptions, reportInput } from './fixture.js';

const pages = new Map<string, Promise<Document>>();

/** The page of a short series, read once for all tests; nothing is said in its table of weeks. */
function page(options: FixtureOptions): Promise<Document> {
  const key = JSON.stringify(options);
  const known = pages.get(key) ?? readPage(options);
  pages.set(key, known);
  return known;
}

async function readPage(options: FixtureOptions): Promise<Document> {
  const { html } = await renderReport(reportInput({ weeks: 280, ...options }));
  return new JSDOM(html.replace(/<section id="sources"[\s\S]*<\/section>/, '')).window.document;
}

async function textOf(options: FixtureOptions, selector = 'main'): Promise<string> {
  return [...(await page(options)).querySelectorAll(selector)].map((part) => part.textContent).join('\n');
}

describe('one leg', () => {
  it('is never called net buying, nor plain buying', async () => {
    const said = 'header, #headline, #record, #rulers, #significance';
    const text = await textOf({ measure: 'longBuy' }, said);
    expect(text).toContain("Asset managers' long buys in NASDAQ-100 Consolidated futures");
    expect(text).not.toMatch(/net buying|notional buying|\bbuying\b|\bbought\b/i);
    expect(await textOf({ measure: 'longBuy' })).not.toMatch(/net buying/i);
  });

  it('is told apart from net in every report', async () => {
    expect(await textOf({}, 'header, #headline')).not.toMatch(/notional buying/i);
    expect(await textOf({}, 'header, #headline')).toContain('net buying');
  });
});

describe('notional buying', () => {
  it('is printed with the investors it covers and what they leave out', async () => {
    const text = await textOf({ measure: 'grossBuy' }, '#headline');
    expect(text).toContain("Asset managers' notional buying");
    expect(text).toMatch(/long buys plus short covers of asset managers alone.*does not cover the rest/);
  });

  it('is turnover for the whole market', async () => {
    const text = await textOf({ measure: 'grossBuy', class: 'all' }, 'header, #headline, #record');
    expect(text).toContain("The whole market's turnover");
    expect(text).not.toMatch(/notional buying/i);
  });

  it('has a name for every measure and class that says no more than it is', () => {
    for (const investorClass of [...COT_CLASSES, 'all', 'pension']) {
      expect(words.measureWords('longBuy', investorClass, 1)).toBe('long buys');
      expect(words.measureWords('grossBuy', investorClass, 1)).not.toMatch(/\bnet\b/);
      expect(words.measureWords('net', investorClass, -1)).toBe('net selling');
      expect(words.measureWords('net', investorClass, 1)).toBe('net buying');
    }
  });
});

describe('the NASDAQ-100', () => {
  it('is a proxy for technology wherever it is the subject', async () => {
    const report = await page({});
    const subjects = [
      report.querySelector('h1')!,
      report.querySelector('.lead')!,
      report.querySelector('figcaption')!,
    ];
    for (const part of subjects)
      expect(part.textContent).toContain('NASDAQ-100 Consolidated futures (a proxy for technology)');
    for (const caption of report.querySelectorAll('caption, figcaption')) {
      const text = caption.textContent!;
      if (text.includes('NASDAQ-100')) expect(text).toContain('(a proxy for technology)');
    }
    for (const row of report.querySelectorAll('#screen tr')) {
      if (row.textContent!.includes('NASDAQ-100')) expect(row.textContent).toContain('technology (proxy)');
    }
  });

  it('is one even where the row forgets to say so', () => {
    const forgetful = {
      contract: '209742',
      contractName: 'NASDAQ MINI',
      sector: 'technology',
      sectorIsProxy: false,
    };
    expect(words.marketWords(forgetful)).toBe('NASDAQ MINI futures (a proxy for technology)');
    expect(words.sectorCell(forgetful)).toBe('technology (proxy)');
  });
});

describe('a record', () => {
  /** The parts that speak of this week alone; the rule and its count are named in their own words. */
  const own = 'header, .lead, #record h2, #record figcaption, #record p';

  it('that is nominal is never called a record alone', async () => {
    const text = await textOf({ kind: 'nominal record' }, own);
    expect(text).toContain('a nominal record');
    expect(text.replace(/nominal record/gi, '')).not.toMatch(/\brecords?\b/i);
  });

  it('is called one where it is one, and nothing where it is none', async () => {
    expect(await textOf({ kind: 'record' }, own)).toMatch(/, a record: 1st in volatility-scaled terms/);
    const none = await textOf({ kind: 'none' }, own);
    expect(none.replace(/no record/gi, '')).not.toMatch(/\brecords?\b/i);
  });

  it('never goes without rank and number of weeks', async () => {
    for (const kind of ['record', 'nominal record', 'none'] as const) {
      const lead = await textOf({ kind }, '.lead');
      expect(lead).toMatch(
        /\d+(st|nd|rd|th) in dollars, (larger than each of|against) the 522 weeks before it/,
      );
    }
  });

  it('on short coverage says on how many weeks', async () => {
    expect(await textOf({ sparse: true }, '.lead')).toContain('on 431 weeks of 522 weeks with data');
    expect(await textOf({}, '.lead')).not.toContain('with data');
  });
});

describe('probabilities', () => {
  it('stand weakest first, and the headline quotes the weakest', async () => {
    for (const kind of ['record', 'nominal record'] as const) {
      const report = await page({ kind });
      const table = report.querySelector('#significance table')!;
      const printed = [...table.querySelectorAll('tbody td.n')].map((cell) => Number(cell.textContent));
      expect(printed).toHaveLength(4);
      expect(printed).toEqual([...printed].sort((a, b) => b - a));
      expect(report.querySelector('.lead')!.textContent).toContain(`p\u00a0=\u00a0${printed[0]}`);
    }
  });

  it('that are not known are said so, with the reason', async () => {
    const text = await textOf({ unknownProbabilities: true }, '.lead, #significance');
    expect(text).toContain('No probability is known (fewer than 52 weeks)');
    expect(text).toContain('not known (fewer than 25 excesses)');
  });
});

describe('words of every report', () => {
  const LOUD =
    /unprecedented|massive|huge|surg|soar|histor(?!y)|skyrocket|explos|staggering|biggest|greatest|all-time|huge/i;

  it.each(['record', 'nominal record', 'none'] as const)(
    'are no louder than the figures: %s',
    async (kind) => {
      expect(await textOf({ kind })).not.toMatch(LOUD);
    },
  );

  it('say of the legs that they are lower bounds, wherever they show', async () => {
    for (const selector of ['#headline', '#who-bought']) {
      expect(await textOf({}, selector)).toContain(
        'lower bounds of what was traded, since only week ends are seen',
      );
    }
  });

  it('put a superlative only beside a rank or a number of weeks', async () => {
    const report = await page({});
    for (const part of report.querySelectorAll('p, figcaption, dd')) {
      const text = part.textContent!;
      if (/\b(largest|highest|nothing as large)\b/i.test(text)) expect(text).toMatch(/\d/);
    }
  });

  it('spell counts with separators, and leave years, dates and codes alone', () => {
    expect(words.sentence('adjusted over 12392 looks, p is under 0.05')).toBe(
      'Adjusted over 12,392 looks, p is under 0.05.',
    );
    const left = 'contract 124603 was last priced on 2016-12-27, not in 2017';
    expect(words.sentence(left)).toBe(`${words.capitalised(left)}.`);
    expect(words.sentence('a record in volScaled and pctOi')).toBe(
      'A record in volatility-scaled terms and share of open interest.',
    );
  });

  it('name bases and figures of checks in words', () => {
    expect(words.sentence('13f, etf have the same sign')).toBe('13F filings, fund flows have the same sign.');
    expect(words.fieldWords('13f net')).toBe('13F filings: net');
    expect(words.fieldWords('withoutLargest')).toBe('without largest');
    expect(words.fieldWords('triple-witching rank')).toBe('triple witching rank');
  });

  it('has words for every kind of manager and investor', () => {
    for (const name of MANAGER_CLASSES) expect(words.classWords(name)).not.toMatch(/-/);
    for (const role of ROLES) expect(words.roleWords(role)).toMatch(/^[a-z ]+$/);
  });
});
