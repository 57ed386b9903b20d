import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../src/report/index.js';
import { type FixtureOptions, reportInput } from '../report/fixture.js';
import { browserExpected, launchBrowser } from '../support/browser.js';

/** What the page is opened as, and what it complained about while it was open. */
interface Opened {
  readonly page: Page;
  readonly errors: readonly string[];
  readonly requests: readonly string[];
}

/** Text of the page against what lies behind it, as the browser computed both; run in the page. */
const CONTRASTS = `(() => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const channels = (colour) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = channels(getComputedStyle(e).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const found = [];
  const bars = [...document.querySelectorAll('.chart:is(.legs, .sides).wide [aria-label="rect"] rect')].map((bar) => bar.getBoundingClientRect && [bar.getBoundingClientRect(), channels(getComputedStyle(bar).fill)]);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest('.skip')) continue;
    const style = getComputedStyle(element);
    const isSvg = element.closest('svg') !== null;
    const box = element.getBoundingClientRect();
    const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const bar = isSvg ? bars.find(([b]) => b.left < middle[0] && middle[0] < b.right && b.top < middle[1] && middle[1] < b.bottom) : undefined;
    const back = bar ? bar[1] : behind(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const value = ratio(channels(isSvg ? style.fill : style.color), back);
    found.push({ text: walker.currentNode.data.trim().slice(0, 40), value, wanted: large ? 3 : 4.5 });
  }
  return found;
})()`;

describe.skipIf(!browserExpected)('the report in a browser (needs Linux x64 or an installed browser)', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-report-'));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(
    options: FixtureOptions,
    view: { width: number; colorScheme?: 'light' | 'dark' },
  ): Promise<Opened> {
    const file = join(folder, `${JSON.stringify(options).replace(/\W+/g, '-')}.html`);
    writeFileSync(file, (await renderReport(reportInput(options))).html);
    const { width, colorScheme = 'light' } = view;
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      offline: true,
    });
    const page = await context.newPage();
    const errors: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, errors, requests: requests.filter((url) => !url.startsWith('data:')) };
  }

  const VARIANTS: Readonly<Record<string, FixtureOptions>> = {
    'a nominal record': {},
    'hostile names': { hostile: true },
    'no dollars': { withoutDollars: true, sparse: true },
    'managers as well': { managers: true },
  };

  describe.each(Object.entries(VARIANTS))('%s', (_, options) => {
    it.each([1280, 390])('is quiet, needs nothing else and fits %d pixels', async (width) => {
      const { page, errors, requests } = await open(options, { width });
      expect(requests).toHaveLength(1);
      expect(requests[0]).toMatch(/^file:/);
      expect(errors).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true; })');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.context().close();
    });
  });

  it('shows every column of every table at 1280 pixels without scrolling', async () => {
    for (const options of [{ kind: 'record' }, { managers: true, sparse: true }] as const) {
      const { page } = await open(options, { width: 1280 });
      await page.evaluate('document.querySelectorAll("details").forEach((d) => { d.open = true; })');
      const cut = await page.evaluate(`[...document.querySelectorAll('.scroll')]
        .filter((frame) => frame.scrollWidth > frame.clientWidth + 1)
        .map((frame) => frame.getAttribute('aria-label'))`);
      expect(cut).toEqual([]);
      await page.context().close();
    }
  });

  it.each([
    [1280, 'wide', 'narrow'],
    [390, 'narrow', 'wide'],
  ])('shows at %d pixels the charts made for it, none of them empty or cut', async (width, shown, hidden) => {
    const { page } = await open({}, { width });
    expect(await page.locator(`.chart.${hidden}:visible`).count()).toBe(0);
    const charts = page.locator(`.chart.${shown}:visible svg`);
    expect(await charts.count()).toBe(9);
    for (const chart of await charts.all()) {
      const box = (await chart.boundingBox())!;
      expect(box.width).toBeGreaterThan(width === 390 ? 300 : 400);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(await chart.locator('path, rect, line').count()).toBeGreaterThan(4);
      expect(await chart.locator('text').count()).toBeGreaterThan(3);
    }
    await page.context().close();
  });

  it.each([1280, 390])('keeps the labels of the charts inside them at %d pixels', async (width) => {
    for (const options of [{}, { kind: 'none' }, { withoutDollars: true }] as const) {
      const { page } = await open(options, { width });
      const outside = await page.evaluate(`[...document.querySelectorAll('.chart svg')]
        .filter((svg) => svg.checkVisibility())
        .flatMap((svg) => [...svg.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect(), svg.getBoundingClientRect()]))
        .filter(([, text, svg]) => text.left < svg.left - 4 || text.right > svg.right + 12)
        .map(([words]) => words)`);
      expect(outside).toEqual([]);
      await page.context().close();
    }
  });

  it.each(['light', 'dark'] as const)('has text that can be read in the %s scheme', async (colorScheme) => {
    const { page } = await open({ kind: 'none' }, { width: 1280, colorScheme });
    const found = (await page.evaluate(CONTRASTS)) as { text: string; value: number; wanted: number }[];
    expect(found.length).toBeGreaterThan(300);
    expect(found.filter(({ value, wanted }) => value < wanted)).toEqual([]);
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(17, 22, 28)' : 'rgb(255, 255, 255)');
    await page.context().close();
  });

  it('opens the folded rows that a figure leads to', async () => {
    const { page } = await open({}, { width: 1280 });
    expect(await page.locator('#series ~ details table').isVisible()).toBe(false);
    await page.locator('#record a[href^="#week-"]').first().click();
    expect(await page.locator('tr:target').isVisible()).toBe(true);
    await page.context().close();
  });

  it('prints light, whole and on paper', async () => {
    const { page } = await open({}, { width: 1280, colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('.chart.wide:visible').count()).toBe(5);
    const folded = await page.evaluate(
      `getComputedStyle(document.querySelector('details:not([open]) > summary'), '::after').content`,
    );
    expect(folded).toContain('open it before printing');
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.context().close();
  });

  it('can be read from the keyboard: the first stop skips to the report', async () => {
    const { page } = await open({}, { width: 1280 });
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the report');
    const headings = (await page.evaluate(
      `[...document.querySelectorAll('h1, h2, h3')].map((h) => Number(h.tagName[1]))`,
    )) as number[];
    headings.forEach((level, index) => {
      expect(level - (headings[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
    await page.context().close();
  });
});
