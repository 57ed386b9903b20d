import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CotFlowRow, RecordRow } from '../../src/core/index.js';
import { answerOf, HAS_SHARED_DATA, REPOSITORY, SHARED_DATA, tidemark } from '../support/command-line.js';

/** A week of test/reference/flows/futures_weeks.py. */
interface ReferenceWeek {
  readonly class: string;
  readonly week: string;
  readonly rank: number;
  readonly n: number;
  readonly [figure: string]: string | number | null;
}

const FIGURES = ['longBuy', 'longSell', 'shortSell', 'shortCover', 'net', 'contracts', 'pctOi'] as const;
const SCALES = ['z52', 'z260', 'z520', 'zRobust', 'volScaled'] as const;

const reference: readonly ReferenceWeek[] = JSON.parse(
  readFileSync(join(REPOSITORY, 'test/reference/flows/futures-weeks.json'), 'utf8'),
);

describe.skipIf(!HAS_SHARED_DATA)(
  'weeks of NASDAQ-100 futures, computed by others (needs ../shared/data)',
  () => {
    let store: string;
    const ask = <Row>(...args: string[]) => answerOf<Row>([...args, '--store', store]);

    beforeAll(async () => {
      store = mkdtempSync(join(tmpdir(), 'tidemark-weeks-'));
      const file = join(SHARED_DATA, 'cftc', 'nasdaq-100-consolidated-weekly-2010-2026.csv');
      const run = await tidemark(['import', file, '--store', store, '--quiet']);
      expect(run.code, run.stderr).toBe(0);
    });
    afterAll(() => rmSync(store, { recursive: true, force: true }));

    test('legs and scales agree to a billionth', async () => {
      const { data } = await ask<CotFlowRow>('flows', '--contract', '20974+');
      const rows = new Map(data.map((row) => [`${row.class} ${row.periodEnd}`, row]));
      expect(reference.length).toBeGreaterThan(50);
      for (const theirs of reference) {
        const ours = rows.get(`${theirs.class} ${theirs.week}`)!;
        for (const figure of [...FIGURES, ...SCALES]) {
          const [value, expected] = [ours[figure], theirs[figure] as number | null];
          const where = `${figure} of ${theirs.class} in the week to ${theirs.week}`;
          if (expected === null) expect(value, where).toBeNull();
          else
            expect(Math.abs(value! - expected), where).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
        }
      }
    });

    test.each(['2026-04-14', '2018-09-25', '2026-08-25'])('ranks of the week to %s agree', async (week) => {
      const { data } = await ask<RecordRow>(
        ...['records', '--contract', '20974+', '--week', week, '--measure', 'net', '--resamples', '100'],
      );
      const theirs = reference.filter((entry) => entry.week === week);
      expect(theirs).toHaveLength(5);
      for (const { class: name, rank, n } of theirs)
        expect(data.find((row) => row.class === name)).toMatchObject({ rank, n });
    });
  },
);
