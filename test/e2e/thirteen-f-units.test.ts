import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StatusAnswer } from '../../src/app/index.js';
import { answerOf, HAS_SHARED_DATA, SHARED_DATA, tidemark } from '../support/command-line.js';

describe.skipIf(!HAS_SHARED_DATA)('units of Form 13F (needs ../shared/data)', () => {
  let store: string;
  let status: StatusAnswer;

  beforeAll(async () => {
    store = mkdtempSync(join(tmpdir(), 'tidemark-13f-'));
    const folder = join(SHARED_DATA, 'sec13f');
    const covers = ['abacus-2020q4-primary-doc.xml', 'metlife-2021q4-primary-doc.xml'];
    const paths = ['submissions', 'cusip-ticker.csv.gz', ...covers].map((name) => join(folder, name));
    paths.push(join(SHARED_DATA, 'prices'));
    await answerOf(['import', ...paths, '--store', store]);
    status = (await answerOf(['status', '--source', '13f', '--store', store])) as StatusAnswer;
  }, 60_000);
  afterAll(() => rmSync(store, { recursive: true, force: true }));

  const filing = (manager: RegExp) =>
    status.filings!.remarked.filter(({ managerName }) => manager.test(managerName ?? ''));

  test('thousands after the change to dollars', () => {
    expect(filing(/Bull Street/)).toMatchObject([
      {
        valueUnit: 'thousands',
        remarks: ['unit-against-rule', 'unit-not-of-period'],
        evidence: expect.stringMatching(/median value\/shares 0\.1053 of 90 rows, .*AGAINST the rule/),
      },
    ]);
  });

  test('dollars for a quarter that was due in thousands, filed late', () => {
    expect(filing(/METLIFE/)).toContainEqual(
      expect.objectContaining({
        accessionNumber: '0001140361-23-013281',
        valueUnit: 'dollars',
        remarks: expect.arrayContaining(['unit-not-of-period']),
        evidence: expect.stringContaining('median value/shares 49.32'),
      }),
    );
  });

  test('closes of the quarter end say the same, row by row', () => {
    const [bullStreet] = filing(/Bull Street/);
    expect(bullStreet!.againstCloses!.rows).toBe(68);
    expect(bullStreet!.againstCloses!.medianOverClose).toBeCloseTo(0.001, 5);
    // Its five other funds have no close here; this one was filed 9 % under it.
    const metLife = filing(/METLIFE/).find(({ againstCloses }) => againstCloses !== null);
    expect(metLife!.againstCloses).toMatchObject({ rows: 1, medianOverClose: expect.closeTo(0.906, 3) });
    expect(filing(/Berkshire/)).toMatchObject([{ againstCloses: null }]);
  });

  test('dollars before the change, told by the cover alone', () => {
    expect(filing(/Abacus/i)).toMatchObject([
      { valueUnit: 'dollars', remarks: expect.arrayContaining(['unit-not-of-period']) },
    ]);
  });

  test('a person reads the evidence in the table, and the rest is counted', async () => {
    const run = await tidemark(['status', '--source', '13f', '--store', store, '--format', 'table']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('median value/shares 0.1053 of 90 rows');
    expect(run.stdout).toContain('median of value/shares over close 0.001, 68 rows');
    expect(run.stderr).toMatch(/note: Form 13F: 8 filings, values in \d dollars, \d thousands/);
    expect(status.filings!.filings).toBe(8);
    expect(status.query).toEqual({ source: 'edgar' });
  });

  test('another source tells nothing of filings', async () => {
    const answer = (await answerOf(['status', '--source', 'cftc', '--store', store])) as StatusAnswer;
    expect(answer.filings).toBeNull();
    expect(answer.data).toEqual([]);
  });
});
