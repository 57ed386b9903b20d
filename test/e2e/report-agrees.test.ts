import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordRow } from '../../src/core/index.js';
import { answerOf, tidemark } from '../support/command-line.js';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-agrees-'));
  expect((await tidemark(['simulate', '--out', join(folder, 'market'), '--quiet'])).code).toBe(0);
  const run = await tidemark(['import', join(folder, 'market'), '--store', join(folder, 'store'), '--quiet']);
  expect(run.code, run.stderr).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the report and the records command give one answer, the other bases of the store included', async () => {
  const question = ['--contract', '20974+', '--class', 'asset-manager', '--week', '2026-10-13'];
  const common = ['--resamples', '200', '--as-of', '2026-11-07', '--store', join(folder, 'store')];
  const records = await answerOf<RecordRow>(['records', ...question, ...common]);
  await answerOf(['report', ...question, ...common, '--out', join(folder, 'report')]);
  const report = JSON.parse(readFileSync(join(folder, 'report', 'report.json'), 'utf8')) as {
    data: [{ record: RecordRow }];
  };
  const { record } = report.data[0];
  expect(records.data[0]).toMatchObject(JSON.parse(JSON.stringify(record)) as RecordRow);
  expect(record.checks.find((check) => check.name === 'agreement')!.verdict).not.toBe('unknown');
}, 120_000);
