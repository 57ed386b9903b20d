import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FlowRow, LooksLedger, RecordRow, ReportBuyers, ReportUnison } from '../../src/core/index.js';
import { answerOf, tidemark } from '../support/command-line.js';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-agrees-'));
  expect((await tidemark(['simulate', '--out', join(folder, 'market'), '--quiet'])).code).toBe(0);
  const run = await tidemark(['import', join(folder, 'market'), '--store', join(folder, 'store'), '--quiet']);
  expect(run.code, run.stderr).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Reported {
  readonly record: RecordRow;
  readonly flowsOfWeek: readonly FlowRow[];
  readonly buyers: ReportBuyers;
  readonly unison?: ReportUnison;
  readonly screen: readonly { readonly sector: string | null }[];
  readonly looks: LooksLedger | null;
}

const store = (): string[] => ['--resamples', '200', '--store', join(folder, 'store')];

async function reported(name: string, ...question: string[]): Promise<Reported> {
  const out = join(folder, name);
  await answerOf(['report', ...question, ...store(), '--out', out]);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as { data: [Reported] };
  return report.data[0];
}

const QUESTIONS: readonly (readonly [string, readonly string[]])[] = [
  [
    'cot',
    ['--contract', '20974+', '--class', 'asset-manager', '--week', '2026-10-13', '--as-of', '2026-11-07'],
  ],
  ['ledger', ['--basis', 'ledger', '--sector', 'technology', '--class', 'pension', '--week', '2026-10-16']],
  ['13f', ['--basis', '13f', '--sector', 'technology', '--class', 'asset-manager']],
];

test.each(QUESTIONS)(
  'the report and the records command give one answer on basis %s',
  async (name, question) => {
    const records = await answerOf<RecordRow>(['records', ...question, ...store()]);
    const { record, flowsOfWeek, buyers } = await reported(name, ...question);
    const { sources, ...same } = JSON.parse(JSON.stringify(record)) as RecordRow;
    expect(records.data[0]).toMatchObject(same);
    expect(sources.length).toBeGreaterThan(0);
    expect(record.checks.find((check) => check.name === 'agreement')!.verdict).not.toBe('unknown');
    const own = buyers.rows.find((row) => row.class === record.class)!;
    expect(own.net).toBeCloseTo(record.value!, 2);
    expect(flowsOfWeek.find((row) => row.class === record.class)!.net).toBeCloseTo(record.value!, 2);
    const html = readFileSync(join(folder, name, 'report.html'), 'utf8');
    expect(html).toContain(name === '13f' ? 'quarter of' : 'week of');
    expect(html).not.toMatch(/undefined|NaN/);
  },
  120_000,
);

test('a report of managers says quarter, and that nothing was adjusted where no quarter could be tested', async () => {
  const { looks, screen, unison } = await reported('13f-all', '--basis', '13f');
  expect(looks).toBeNull();
  expect(new Set(screen.map(({ sector }) => sector)).size).toBeGreaterThan(5);
  expect(unison!.week).toBeNull();
  expect(unison!.herding!.length).toBeGreaterThan(5);
  const text = readFileSync(join(folder, '13f-all', 'report.md'), 'utf8');
  expect(text).toContain('so nothing is adjusted');
  expect(text).toContain('26 earlier quarters');
  // The note, its drivers and what follows are of weeks, on any basis.
  const ofNote = /^(The note|Why now|What it may mean|What speaks against|What is not known)/;
  const own = text.split(/^## /m).filter((section) => !ofNote.test(section));
  expect(own.length).toBeGreaterThan(8);
  expect(own.join('')).not.toMatch(/this week|weeks? (of|to|before|with data)|each week/i);
}, 120_000);

test('a report of futures tells of managers what was known by then', async () => {
  const week = ['--contract', '13874+', '--class', 'asset-manager', '--week', '2026-07-07'];
  const early = await reported('early', ...week, '--as-of', '2026-07-15');
  const late = await reported('late', ...week, '--as-of', '2026-11-07');
  const quarters = ({ buyers, unison }: Reported) =>
    new Set([...buyers.groups!, ...unison!.herding!].map(({ periodEnd }) => periodEnd));
  expect(quarters(early)).toEqual(new Set(['2026-03-31']));
  expect(quarters(late)).toEqual(new Set(['2026-06-30']));
  const own = ({ buyers }: Reported) => buyers.bounds!.find((row) => row.quarterEnd === '2026-09-30')!;
  expect(own(early).actual).toBeNull();
  expect(own(early).quartersUsed).toBeLessThan(own(late).quartersUsed);
}, 120_000);

test('a basis that no report can be written of, and contracts of a basis without, are refused', async () => {
  const out = ['--out', join(folder, 'none'), '--quiet'];
  const contracts = await tidemark(['report', '--basis', '13f', '--contract', '20974+', ...store(), ...out]);
  expect(contracts).toMatchObject({ code: 2 });
  expect(contracts.stderr).toContain('basis 13f has no contracts');
  const basis = await tidemark(['report', '--basis', 'dreams', ...store(), ...out]);
  expect(basis).toMatchObject({ code: 2 });
  expect(basis.stderr).toContain("basis 'dreams' is unknown here");
}, 60_000);
