import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerifyRow } from '../../src/app/index.js';
import { jsonDifferences, textDifferences } from '../../src/app/verify/differences.js';
import { type Answer, seededRandom } from '../../src/core/index.js';
import { tidemark } from '../support/command-line.js';

let folder: string;
let html: string;
let json: string;

const report = (name = 'report'): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-verify-'));
  const store = ['--store', join(folder, 'store'), '--quiet'];
  expect((await tidemark(['simulate', '--out', join(folder, 'market'), '--quiet'])).code).toBe(0);
  expect((await tidemark(['import', join(folder, 'market', 'cftc'), ...store])).code).toBe(0);
  const week = ['--contract', '20974+', '--class', 'asset-manager', '--week', '2026-10-13'];
  const asked = ['report', ...week, '--as-of', '2026-10-20', '--resamples', '200', ...store];
  const written = await tidemark([...asked, '--out', report()]);
  expect(written.code, written.stderr).toBe(0);
  html = readFileSync(join(report(), 'report.html'), 'utf8');
  json = readFileSync(join(report(), 'report.json'), 'utf8');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function verify(path: string, ...options: string[]) {
  const run = await tidemark(['verify', path, '--format', 'json', ...options]);
  return { ...run, answer: JSON.parse(run.stdout) as Answer<VerifyRow> };
}

/** A copy of the report with one of its files changed. */
function tampered(name: string, file: string, change: (text: string) => string): string {
  cpSync(report(), report(name), { recursive: true });
  const path = join(report(name), file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
  return report(name);
}

describe('verify', () => {
  it('finds a report to be what its own rows give, and what the store gives', async () => {
    for (const options of [[], ['--store', join(folder, 'store')]]) {
      const { code, answer, stderr } = await verify(report(), ...options);
      expect(code, stderr).toBe(0);
      const forms = answer.data.filter((row) => row.kind === 'verified');
      expect(forms.map(({ file }) => file)).toEqual(['report.json', 'report.html', 'report.md']);
      expect(forms.every(({ differences }) => differences === 0)).toBe(true);
      expect(forms[0]!.figures).toBeGreaterThan(300);
    }
  }, 120_000);

  it('needs neither the store nor the market that the rows came from', async () => {
    const alone = mkdtempSync(join(tmpdir(), 'tidemark-alone-'));
    cpSync(report(), alone, { recursive: true });
    const { code } = await verify(join(alone, 'report.html'));
    rmSync(alone, { recursive: true });
    expect(code).toBe(0);
  }, 60_000);

  it('names a changed figure of the page, with what it should be', async () => {
    const changed = tampered('page', 'report.html', (text) =>
      text.replace(/(data-figure="\/record\/value"[^>]*>)[^<]*/, '$1$99.9 bn'),
    );
    const { code, answer, stderr } = await verify(join(changed, 'report.html'));
    expect(code).toBe(3);
    expect(stderr).toContain('is not what its rows give');
    const found = answer.data.filter((row) => row.kind === 'difference');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ file: 'report.html', printed: '$99.9 bn' });
    expect(found[0]!.at).toContain('/record/value');
    expect(html).toContain(found[0]!.recomputed!);
  }, 60_000);

  it('names a changed row of the extract, and recomputes nothing from it', async () => {
    cpSync(report(), report('rows'), { recursive: true });
    const parts = readdirSync(join(report('rows'), 'extract'), { recursive: true, encoding: 'utf8' });
    const part = join(report('rows'), 'extract', parts.find((name) => name.endsWith('.parquet'))!);
    const bytes = readFileSync(part);
    bytes[bytes.length >> 1]! ^= 1;
    rmSync(part);
    writeFileSync(part, bytes);
    const { code, answer } = await verify(report('rows'));
    expect(code).toBe(3);
    expect(answer.data).toMatchObject([{ kind: 'difference', at: 'sha256' }]);
  }, 60_000);

  it('tells source files that are the same, changed and missing', async () => {
    const market = join(folder, 'market', 'cftc');
    const first = readdirSync(market).find((name) => name.endsWith('.txt'))!;
    const here = mkdtempSync(join(tmpdir(), 'tidemark-files-'));
    cpSync(market, here, { recursive: true });
    writeFileSync(join(here, first), 'changed');
    const { code, answer } = await verify(report(), '--files', here);
    rmSync(here, { recursive: true });
    const status = (name: string) =>
      answer.data.find((row) => row.kind === 'source-file' && row.file.endsWith(name));
    expect(status(first)).toMatchObject({ status: 'changed' });
    expect(
      answer.data.filter((row) => row.kind === 'source-file' && row.status === 'same').length,
    ).toBeGreaterThan(5);
    expect(code).toBe(3);
  }, 60_000);

  it('says of what is no report that it is none', async () => {
    const none = join(folder, 'none.html');
    writeFileSync(none, '<html></html>');
    const run = await tidemark(['verify', none]);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('is no report of Tidemark');
    expect((await tidemark(['verify', join(folder, 'missing')])).code).toBe(2);
  });
});

describe('any figure', () => {
  const random = seededRandom(20261122);
  const pick = (count: number): number => Math.floor(random.next() * count);

  it('that is changed on the page is found, and nothing else', () => {
    const places = [...html.matchAll(/data-figure="[^"]*"[^>]*>([^<]+)</g)];
    expect(places.length).toBeGreaterThan(300);
    for (let i = 0; i < 200; i++) {
      const place = places[pick(places.length)]!;
      const end = place.index + place[0].length - 1;
      const text = `${html.slice(0, end - place[1]!.length)}${place[1]}1${html.slice(end)}`;
      expect(textDifferences('report.html', text, html, true)).toHaveLength(1);
    }
  });

  it('or any other byte of the page is found', () => {
    for (let i = 0; i < 200; i++) {
      const at = pick(html.length);
      const other = html[at] === 'x' ? 'y' : 'x';
      const text = html.slice(0, at) + other + html.slice(at + 1);
      expect(textDifferences('report.html', text, html, true).length, `byte ${at}`).toBeGreaterThan(0);
    }
  });

  it('that is changed in the JSON is found by its place', () => {
    const numbers: string[] = [];
    const walk = (value: unknown, at: string): void => {
      if (typeof value === 'number') numbers.push(at);
      else if (typeof value === 'object' && value !== null)
        for (const [name, inner] of Object.entries(value)) walk(inner, `${at}/${name}`);
    };
    const data = (JSON.parse(json) as { data: unknown[] }).data[0];
    walk(data, '');
    expect(numbers.length).toBeGreaterThan(1000);
    for (let i = 0; i < 100; i++) {
      const at = numbers[pick(numbers.length)]!;
      const copy = JSON.parse(json) as { data: [Record<string, unknown>] };
      const steps = at.split('/').slice(1);
      let holder: Record<string, unknown> = copy.data[0];
      for (const name of steps.slice(0, -1)) holder = holder[name] as Record<string, unknown>;
      holder[steps.at(-1)!] = (holder[steps.at(-1)!] as number) + 1;
      const found = jsonDifferences('report.json', JSON.stringify(copy), json);
      expect(found, at).toHaveLength(1);
    }
  });
});
