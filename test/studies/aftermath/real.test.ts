import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showAftermath } from '../../../src/app/index.js';
import {
  type AftermathAnswerRow,
  type Effects,
  type IsoDate,
  parseInstant,
  silentLog,
  silentProgress,
} from '../../../src/core/index.js';
import { importPaths } from '../../../src/ingest/index.js';
import { READERS } from '../../../src/sources/index.js';
import { openStore } from '../../../src/store/index.js';

const data = join(fileURLToPath(new URL('../../../', import.meta.url)), '../shared/data');
const FILES = [
  'cftc/finfut-2026.txt.gz',
  'cftc/nasdaq-100-consolidated-weekly-2010-2026.csv',
  'prices/etf-daily-adjusted-2010-2026.csv.gz',
];

describe.skipIf(!existsSync(data))('records of asset managers since 2010 (needs ../shared/data)', () => {
  const now = parseInstant('2026-08-31');
  const effects: Effects = { clock: { now: () => now }, progress: silentProgress, log: silentLog };
  let folder: string;

  const ask = async (asOf: string): Promise<readonly AftermathAnswerRow[]> => {
    const context = { storeDirectory: join(folder, 'store'), asOf: parseInstant(asOf), effects };
    const answer = await showAftermath(context, {
      basis: 'cot',
      report: 'futures-only',
      week: '2026-04-14' as IsoDate,
      measure: 'net',
      rule: 'records',
      resamples: 199,
      seed: 1,
    });
    return answer.data;
  };
  const episodes = (rows: readonly AftermathAnswerRow[]) =>
    rows.flatMap((row) => (row.kind === 'episode' ? [row] : []));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-aftermath-'));
    const store = await openStore(join(folder, 'store'), { clock: effects.clock, create: true });
    const paths = FILES.map((name) => join(data, name));
    await importPaths(paths, { store, effects, readers: READERS, command: 'test' });
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('lists every episode, and of the newest what was known by then', async () => {
    const then = episodes(await ask('2026-04-20'));
    expect(then.map(({ periodEnd }) => periodEnd)).toEqual([
      '2014-09-23',
      '2015-02-17',
      '2016-05-31',
      '2017-03-21',
      '2017-12-19',
      '2018-03-20',
      '2018-06-19',
      '2018-09-25',
      '2026-04-14',
    ]);
    const newest = then.at(-1)!;
    expect(newest).toMatchObject({ firstClose: '2026-04-17', knownAt: '2026-04-17T19:30:00Z' });
    expect(newest.value).toBeCloseTo(9_696_952_080, -2);
    expect(newest.figures.return).toEqual({ 1: null, 4: null, 13: null, 26: null, 52: null });
    // QQQ closed at 648.85 on 2026-04-17.
    const later = episodes(await ask('2026-08-31')).at(-1)!;
    expect(later.figures.return!['1']).toBeCloseTo(0.0228, 3);
    expect(later.figures.return!['26']).toBeNull();
  });

  it('finds no effect, and says what eight events could have shown', async () => {
    const rows = await ask('2026-04-20');
    const outcomes = rows.flatMap((row) => (row.kind === 'outcome' ? [row] : []));
    expect(outcomes.some(({ verdict }) => verdict === 'above' || verdict === 'below')).toBe(false);
    const quarter = outcomes.find((row) => row.outcome === 'return' && row.horizonWeeks === 13)!;
    expect(quarter).toMatchObject({ n: 8, verdict: 'no effect seen' });
    expect(quarter.detectable!).toBeGreaterThan(0.05);
  });
});
