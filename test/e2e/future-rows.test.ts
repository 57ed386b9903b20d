import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, lasting, tidemark } from '../support/command-line.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * No look-ahead, through the front door: files whose rows are known later are imported, and every answer as of earlier
 * keeps its bytes.
 */
describe('rows known later', () => {
  let folder: string;
  const AS_OF = '2025-10-01';
  const questions: string[][] = [
    ['flows', '--from', '2025-01-01'],
    ['flows', '--by', 'sector', '--every', 'quarter'],
    ['records', '--resamples', '200'],
    [
      'records',
      '--contract',
      '20974+',
      '--class',
      'asset-manager',
      '--resamples',
      '200',
      '--lookback',
      'all',
    ],
    ['status'],
  ];
  const ask = async (...question: string[]) =>
    lasting(await answerOf([...question, '--store', join(folder, 'store'), '--as-of', AS_OF]));
  /** Digests, so that a difference is told by the question's name and not by its megabytes. */
  const answers = async () => {
    const digests: Record<string, string> = {};
    for (const question of questions) digests[question.join(' ')] = digest(await ask(...question));
    await ask('report', '--resamples', '200', '--out', join(folder, 'report'));
    digests.report = digest(lasting(JSON.parse(readFileSync(join(folder, 'report', 'report.json'), 'utf8'))));
    return digests;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-future-'));
    expect(
      (await tidemark(['simulate', '--seed', '3', '--out', join(folder, 'market'), '--quiet'])).code,
    ).toBe(0);
    const early = ['cftc/FinFut24.txt', 'cftc/FinFut25.txt', 'prices', 'universe', 'macro'];
    const all = await tidemark([
      'import',
      ...early.map((name) => join(folder, 'market', name)),
      '--store',
      join(folder, 'store'),
    ]);
    expect(all.code, all.stderr).toBe(0);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('leave asOf, query, data and notes of earlier answers byte for byte', async () => {
    const before = await answers();
    const file = join(folder, 'market', 'cftc', 'FinFut25.txt');
    const lines = readFileSync(file, 'latin1').split('\r\n');
    const corrected = join(folder, 'FinFut25-corrected.txt');
    writeFileSync(corrected, swapClasses(lines).join('\r\n'), 'latin1');
    const future = [
      join(folder, 'market', 'cftc', 'FinFut26.txt'),
      corrected,
      join(folder, 'later-levels.csv'),
      join(folder, 'CPIAUCSL.csv'),
    ];
    writeFileSync(
      future[2]!,
      'date,symbol,open,high,low,close,volume\n2026-11-20,^NDX,1,1,1,1,0\n2026-11-20,^GSPC,1,1,1,1,0\n',
    );
    writeFileSync(future[3]!, 'observation_date,CPIAUCSL\n2026-09-01,999\n');
    const run = await tidemark(['import', ...future, '--store', join(folder, 'store'), '--format', 'json']);
    expect(run.code, run.stderr).toBe(0);
    const files = (JSON.parse(run.stdout) as { data: { rowsKept: number; rowsRevised: number }[] }).data;
    expect(files.every((one) => one.rowsKept + one.rowsRevised > 0)).toBe(true);
    expect(await answers()).toEqual(before);
    const now = await answerOf(['status', '--store', join(folder, 'store')]);
    expect(digest(lasting(now)), 'and the rows did go in').not.toBe(before.status);
  }, 120_000);
});

/** A correction as the publisher might send it: in every row dealers and asset managers change places. */
function swapClasses(lines: readonly string[]): string[] {
  return lines.map((line, i) => {
    if (i === 0 || line === '') return line;
    const fields = line.split(',');
    const at = fields.length > 87 ? fields.length - 87 : 0;
    for (const offset of [8, 9, 10]) {
      const [dealer, manager] = [at + offset, at + offset + 3];
      [fields[dealer], fields[manager]] = [fields[manager]!, fields[dealer]!];
    }
    return fields.join(',');
  });
}
