import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, ClaimRow, ClaimsAnswerRow } from '../../../src/core/index.js';
import { answerOf, HAS_SHARED_DATA, REPOSITORY, SHARED_DATA, tidemark } from '../../support/command-line.js';

const NOTE = join(REPOSITORY, 'examples', 'note.txt');
const WEEK = ['--week', '2026-04-14', '--as-of', '2026-04-20'];
const PLACE = ['--contract', '20974+', '--class', 'asset-manager'];
const DRAWS = ['--resamples', '500', '--seed', '3'];

describe.skipIf(!HAS_SHARED_DATA)('the example note in the week to 2026-04-14 (needs ../shared/data)', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tidemark-test-'));
  const store = join(directory, 'store');
  const check = (file: string, ...more: string[]) => ['claims', 'check', file, '--store', store, ...more];

  beforeAll(async () => {
    const folders = ['cftc', 'prices', 'macro'].map((name) => join(SHARED_DATA, name));
    const run = await tidemark(['import', ...folders, '--store', store, '--quiet']);
    expect(run.code).toBe(0);
    answer = await answerOf<ClaimsAnswerRow>(check(NOTE, ...WEEK, ...PLACE, ...DRAWS));
  }, 300_000);
  let answer: Answer<ClaimsAnswerRow>;
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('each statement has the verdict that its figures bear', () => {
    expect(answer).toMatchObject({
      command: 'claims check',
      query: { week: '2026-04-14', class: 'asset-manager' },
    });
    const rows = answer.data as ClaimRow[];
    const verdicts = Object.fromEntries(rows.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      s1: 'weakly supported',
      s2: 'not distinguishable from chance',
      s3a: 'supported',
      s3b: 'weakly supported',
      s3c: 'supported',
      s4a: 'contradicted',
      s4b: 'not measurable',
      s5d: 'supported',
      s9c: 'supported',
    });
    const record = rows[0]!;
    expect(record.effect).toBeCloseTo(9_696_952_080, -6);
    expect(record.evidence[0]!.sources.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.asOf).toBe(answer.asOf);
      expect(row.wouldChange).not.toBe('');
      if (row.verdict === 'not measurable') expect(row.explanation).not.toBe('');
      else expect(row.effect).not.toBeNull();
    }
  });

  test('the command of the evidence gives the figure again', async () => {
    const [rank] = (answer.data[0] as ClaimRow).evidence.filter(({ label }) => label.startsWith('rank'));
    const words = rank!.command.split(' ').slice(1);
    const again = await answerOf<{ rank: number }>([...words, '--store', store]);
    expect(again.data[0]!.rank).toBe(rank!.value);
  }, 300_000);

  test('nobody in particular bought: not measurable', async () => {
    const note = join(directory, 'note.txt');
    writeFileSync(note, "Tech's notional buying was the largest in ten years. Institutions led.\n");
    const { data } = await answerOf<ClaimRow>(check(note, ...WEEK, '--contract', '20974+'));
    expect(data.map(({ verdict }) => verdict)).toEqual(['not measurable', 'supported']);
    expect(data[0]!.explanation).toMatch(/^In the whole market purchases equal sales/);
  }, 300_000);

  test('wrong calls and files end with their exit codes', async () => {
    const bad = join(directory, 'bad.yaml');
    writeFileSync(bad, 'version: 1\nclaims:\n  - text: A.\n    measure: recrd\n');
    const codes = async (args: string[]) => (await tidemark([...args, '--quiet'])).code;
    expect(await codes(check(bad))).toBe(3);
    expect(await codes(check(join(directory, 'absent.txt')))).toBe(3);
    expect(await codes(check(NOTE, '--class', 'nobody'))).toBe(2);
    expect(await codes(check(NOTE, '--contract', '209ZZZ'))).toBe(2);
    const led = join(directory, 'led.txt');
    writeFileSync(led, 'Institutions led the buying of tech.\n');
    expect(await codes(check(led, ...PLACE, '--week', '1999-01-05'))).toBe(4);
  }, 300_000);
});
