import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DriversAnswerRow,
  type Effects,
  type FactorRow,
  type IsoDate,
  parseInstant,
  silentLog,
  silentProgress,
} from '../../../src/core/index.js';
import { importPaths } from '../../../src/ingest/index.js';
import { READERS } from '../../../src/sources/index.js';
import { openStore, type Store } from '../../../src/store/index.js';
import { readDriverFactors, studyDrivers } from '../../../src/studies/drivers/index.js';
import { locateWeek, readCotWorld } from '../../../src/studies/records/index.js';

const data = join(fileURLToPath(new URL('../../../', import.meta.url)), '../shared/data');
const FILES = [
  'cftc/finfut-2026.txt.gz',
  'cftc/nasdaq-100-consolidated-weekly-2010-2026.csv',
  'prices/index-daily-2005-2026.csv.gz',
  'prices/largecap-daily-tail-2026.csv.gz',
  'prices/etf-daily-adjusted-2010-2026.csv.gz',
  'macro/fred-series-2000-2026.csv.gz',
  'macro/fomc-meetings-2010-2026.csv',
  'earnings/earnings-events-2009-2026.csv.gz',
  'filings',
  'universe/sp500-constituents-2026-08.csv',
];

describe.skipIf(!existsSync(data))('the week to 2026-04-14 (needs ../shared/data)', () => {
  const now = parseInstant('2026-08-31');
  const effects: Effects = { clock: { now: () => now }, progress: silentProgress, log: silentLog };
  let folder: string;
  let store: Store;
  let rows: DriversAnswerRow[];

  async function ask(asOf: string): Promise<DriversAnswerRow[]> {
    const view = await store.view(parseInstant(asOf));
    try {
      const world = await readCotWorld(view, { report: 'futures-only' });
      const week = '2026-04-14' as IsoDate;
      const { period, asked } = locateWeek(world.contracts, { contracts: ['20974+'], week }, view);
      const factors = await readDriverFactors(view, world.contracts[0]!.calendar, period);
      const flow = world.flow(asked[0]!, 'asset-manager');
      return await studyDrivers(view, flow, world.flows, factors, { resamples: 99, seed: 1 });
    } finally {
      view.close();
    }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-drivers-'));
    store = await openStore(join(folder, 'store'), { clock: effects.clock, create: true });
    const paths = FILES.map((name) => join(data, name));
    await importPaths(paths, { store, effects, readers: READERS, command: 'test' });
    rows = await ask('2026-08-31');
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const factor = (name: string): FactorRow =>
    rows.find((row): row is FactorRow => row.kind === 'factor' && row.factor === name)!;
  const driver = (name: string) =>
    rows.flatMap((row) => (row.kind === 'driver' && row.driver === name ? [row] : []))[0]!;

  it('has the factors that the files give by hand', () => {
    // ^GSPC 6616.85 to 6967.38; DGS2 3.81 to 3.76; DGS10 4.33 to 4.26; no move of the target.
    expect(factor('market-return').value).toBeCloseTo(100 * (6967.38 / 6616.85 - 1), 2);
    expect(factor('two-year-yield-change').value).toBeCloseTo(-0.05, 10);
    expect(factor('ten-year-yield-change').value).toBeCloseTo(-0.07, 10);
    expect(factor('policy-path-change').value).toBeCloseTo(-0.05, 10);
    expect(factor('ten-year-yield-change').sources).toHaveLength(2);
    expect(factor('ai-basket-excess-return').value).toBeCloseTo(4.449, 2);
  });

  it('shows no driver, and leaves most of the week unexplained', () => {
    const [model] = rows.flatMap((row) => (row.kind === 'model' ? [row] : []));
    expect(model!.actual).toBeCloseTo(4.61, 1);
    expect(model!.residual).toBeGreaterThan(2.5);
    expect(model!.unexplainedShare).toBeGreaterThan(0.7);
    for (const name of ['ai', 'earnings', 'macro', 'rotation'])
      expect(['not shown', null]).toContain(driver(name).verdict);
    const [policy] = rows.flatMap((row) => (row.kind === 'policy' ? [row] : []));
    expect(policy).toMatchObject({ state: 'easing', lastMove: '2025-12-10', lastMoveBasisPoints: -25 });
  });

  it('says why a part is missing and puts nothing in its place', () => {
    for (const [name, why] of [
      ['ai-term-rate-change', /reports of \d+ companies/],
      ['guidance-tone', /phrases in \d+ documents/],
      ['net-beats', /announcement with an estimate known is of 2025/],
      ['matched-amount', /no level|no dollars|cyclical sectors/],
    ] as const) {
      expect(factor(name)).toMatchObject({ value: null, isRegressor: false });
      expect(factor(name).reason).toMatch(why);
    }
    expect(driver('rotation')).toMatchObject({ contribution: null, verdict: null });
    expect(driver('ai').reason).toMatch(/known with the flow in \d+ weeks before, 156 needed/);
  });

  it('does not know on the day of release what was filed later', async () => {
    const then = await ask('2026-04-17');
    const surprise = then.find(
      (row): row is FactorRow => row.kind === 'factor' && row.factor === 'earnings-surprise',
    )!;
    expect(surprise.value).toBeNull();
    expect(surprise.reason).toMatch(/newest filed quarter known is of 2026-03-27/);
    const ten = then.find(
      (row): row is FactorRow => row.kind === 'factor' && row.factor === 'ten-year-yield-change',
    )!;
    expect(ten.value).toBeCloseTo(-0.07, 10);
  });
});
