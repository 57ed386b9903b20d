import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FlowBasis, RecordAnswerRow } from '../../src/app/index.js';
import { importFiles, showRecords } from '../../src/app/index.js';
import { parseInstant, silentLog, silentProgress } from '../../src/core/index.js';
import { simulateMarket, writeMarket } from '../../src/simulate/index.js';

/** Enough for an adjusted p under 1 in the planted week. */
const RESAMPLES = 299;

const market = simulateMarket({ seed: 5 });
const { lastKnownAt } = market.truth.reports;
const plant = market.truth.plants[0]!;

describe('adjusted p and the calendars of a view', () => {
  let folder: string;
  const contextOf = (store: string) => ({
    storeDirectory: join(folder, store),
    asOf: parseInstant(lastKnownAt),
    effects: {
      clock: { now: () => parseInstant(lastKnownAt) },
      progress: silentProgress,
      log: silentLog,
    },
  });
  const rowsOf = async (store: string, ...bases: FlowBasis[]) => {
    const { data } = await showRecords(contextOf(store), {
      bases,
      week: plant.periodEnd,
      sector: 'technology',
      lookback: '10y',
      measure: 'net',
      report: 'futures-only',
      resamples: RESAMPLES,
      seed: 1,
    });
    return (basis: FlowBasis): readonly RecordAnswerRow[] => data.filter((row) => row.basis === basis);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-calendars-'));
    await writeMarket(market, {
      async write(path, bytes) {
        const file = join(folder, 'market', path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, bytes);
      },
    });
    const importInto = async (store: string, names: readonly string[]) => {
      const paths = names.map((name) => join(folder, 'market', name));
      const { data } = await importFiles(contextOf(store), { paths, strict: false });
      expect(data.filter(({ status }) => status !== 'imported')).toEqual([]);
    };
    await importInto('futures', ['cftc', 'prices/index-daily.csv']);
    await importInto('both', ['cftc', 'prices/index-daily.csv', 'universe', 'ledger']);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('one row has one p, asked about alone or with others, and counts what was not asked about', async () => {
    const futures = (await rowsOf('futures', 'cot'))('cot');
    const cot = (await rowsOf('both', 'cot'))('cot');
    const ledger = (await rowsOf('both', 'ledger'))('ledger');
    const together = await rowsOf('both', 'ledger', 'cot');
    expect(together('cot')).toEqual(cot);
    expect(together('ledger')).toEqual(ledger);
    const adjusted = futures.map(({ p }) => p.adjusted);
    expect(Math.min(...adjusted.map((p) => p ?? 1))).toBeLessThan(0.5);
    expect(cot.map(({ p }) => p.adjusted)).toEqual(adjusted.map((p) => p && Math.min(1, 2 * p)));
  }, 60_000);
});
