import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addDays,
  type DriversAnswerRow,
  type Effects,
  type Instant,
  type IsoDate,
  newYorkDate,
  parseInstant,
  silentLog,
  silentProgress,
  tradingDays,
} from '../../../src/core/index.js';
import { importPaths } from '../../../src/ingest/index.js';
import { simulateMarket, writeMarket } from '../../../src/simulate/index.js';
import { READERS } from '../../../src/sources/index.js';
import { openStore, type Store } from '../../../src/store/index.js';
import { readDriverFactors, studyDrivers } from '../../../src/studies/drivers/index.js';
import { locateWeek, readCotWorld } from '../../../src/studies/records/index.js';

const market = simulateMarket({ seed: 21, planted: false, driver: 'ten-year-yield' });
const end = parseInstant(market.truth.reports.lastKnownAt);
const effects: Effects = { clock: { now: () => end }, progress: silentProgress, log: silentLog };
const FILES = /^(cftc|universe|macro)\/|index-daily/;
let folder: string;
let store: Store;

async function imported(paths: string[]): Promise<void> {
  const report = await importPaths(paths, { store, effects, readers: READERS, command: 'test' });
  expect(report.files.filter(({ status }) => status !== 'imported' && status !== 'unchanged')).toEqual([]);
}

async function ask(contract: string, asOf: Instant): Promise<DriversAnswerRow[]> {
  const view = await store.view(asOf);
  try {
    const world = await readCotWorld(view, { report: 'futures-only' });
    const { period, asked } = locateWeek(world.contracts, { contracts: [contract] }, view);
    const factors = await readDriverFactors(view, world.contracts[0]!.calendar, period);
    const flow = world.flow(asked[0]!, 'asset-manager');
    return await studyDrivers(view, flow, world.flows, factors, { resamples: 99, seed: 1 });
  } finally {
    view.close();
  }
}

function only<Kind extends DriversAnswerRow['kind']>(rows: readonly DriversAnswerRow[], kind: Kind) {
  return rows.filter((row): row is Extract<DriversAnswerRow, { kind: Kind }> => row.kind === kind);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-drivers-'));
  await writeMarket(market, {
    async write(path, bytes) {
      if (!FILES.test(path)) return;
      const file = join(folder, 'market', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    },
  });
  store = await openStore(join(folder, 'store'), { clock: effects.clock, create: true });
  await imported([join(folder, 'market')]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a market whose asset managers buy when the ten-year yield falls', () => {
  it('finds the driver, and says why the others cannot be measured', async () => {
    const rows = await ask('20974+', end);
    const [model] = only(rows, 'model');
    expect(model!.n).toBeGreaterThan(500);
    expect(model!.outOfSampleR2).toBeGreaterThan(0.05);
    expect(model!.fitted! + model!.residual!).toBeCloseTo(model!.actual!, 12);
    const ten = only(rows, 'coefficient').find(({ factor }) => factor === 'ten-year-yield-change')!;
    expect(ten.t).toBeLessThan(-5);
    const drivers = new Map(only(rows, 'driver').map((row) => [row.driver, row]));
    const macro = drivers.get('macro')!;
    expect(macro.r2ShareLow).toBeGreaterThan(0.02);
    expect(Math.sign(macro.contributionLow!)).toBe(Math.sign(macro.contributionHigh!));
    for (const name of ['ai', 'earnings', 'rotation'] as const) {
      const row = drivers.get(name)!;
      expect(row.contribution).toBeNull();
      expect(row.verdict).toBeNull();
      expect(row.reason).toMatch(/members of the basket|known by then|cyclical sectors/);
    }
  });

  it('takes weekly changes between the report dates, and parts of factors add up to those of their driver', async () => {
    const rows = await ask('13874+', end);
    const { periodStart, periodEnd } = rows[0]!;
    const yields = market.macro.find(({ id }) => id === 'DGS10')!;
    const on = (date: IsoDate): number => {
      const last = yields.dates.findLastIndex((day, i) => day <= date && yields.values[i] !== null);
      return Number(yields.values[last]!.toFixed(2));
    };
    const ten = only(rows, 'factor').find(({ factor }) => factor === 'ten-year-yield-change')!;
    expect(ten.value).toBeCloseTo(on(periodEnd) - on(addDays(periodStart, -1)), 10);
    const parts = only(rows, 'coefficient').filter(({ driver }) => driver === 'macro');
    const macro = only(rows, 'driver').find(({ driver }) => driver === 'macro')!;
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.reduce((sum, { contribution }) => sum + contribution!, 0)).toBeCloseTo(
      macro.contribution!,
      12,
    );
    for (const row of only(rows, 'factor')) if (row.value === null) expect(row.reason).toBeTruthy();
  });
});

describe('what becomes known later', () => {
  const past = parseInstant('2025-06-13T21:00:00Z');
  /** Rows of days after the moment asked about, and vintages of earlier days that came out after it. */
  const later = fc.record({
    yields: fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 10, max: 900 })), {
      minLength: 1,
      maxLength: 20,
    }),
    vintages: fc.array(fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 10, max: 900 })), {
      minLength: 1,
      maxLength: 20,
    }),
    series: fc.constantFrom('DGS2', 'DGS10', 'DFEDTARU', 'DFEDTARL', 'SP500'),
    incomes: fc.array(fc.integer({ min: 100, max: 900 }), { minLength: 12, maxLength: 12 }),
  });

  /** Twelve names that file for quarters long past, but only after the moment asked about, and prices of days after it. */
  function companies(
    day: IsoDate,
    incomes: readonly number[],
    round: number,
  ): { filed: string; prices: string } {
    const filed = incomes.flatMap((income, i) =>
      [2022, 2023, 2024].flatMap((year) =>
        [1, 2, 3].map(
          (quarter) =>
            `IT${i + 1},Q${quarter} ${year},,${addDays(day, 3 + round + i)},,,9000000000,${1_000_000 * (income + 7 * year + quarter)},400000000`,
        ),
      ),
    );
    const sessions = tradingDays(addDays(day, 1), addDays(day, 9 + round));
    const prices = ['XLK', 'NVDA', 'GOOGL', 'IBM'].flatMap((symbol, i) =>
      sessions.map((date, at) => `${date},${symbol},${100 + i + at},1000`),
    );
    return {
      filed: `ticker,period,announcement_date,filing_date,eps_estimate,eps_actual,revenue,net_income,shares_outstanding\n${filed.join('\n')}\n`,
      prices: `date,symbol,close,volume\n${prices.join('\n')}\n`,
    };
  }

  it('never changes the answer of before', async () => {
    const before = JSON.stringify(await ask('20974+', past));
    const day = newYorkDate(past);
    let file = 0;
    await fc.assert(
      fc.asyncProperty(later, async ({ yields, vintages, series, incomes }) => {
        const dated = new Map(yields.map(([ahead, value]) => [addDays(day, ahead), value / 100]));
        const lines = [...dated].map(([date, value]) => `${series},${date},${value}`);
        const known = new Map(vintages.map(([back, value]) => [addDays(day, -back), value / 100]));
        const revised = [...known].map(([date, value]) => `${series},${addDays(day, 1)},${date},${value}`);
        const { filed, prices } = companies(day, incomes, ++file);
        const names = [
          `later-${file}.csv`,
          `vintages-${file}.csv`,
          `filed-${file}.csv`,
          `prices-${file}.csv`,
        ];
        const paths = names.map((name) => join(folder, name));
        await writeFile(paths[2]!, filed);
        await writeFile(paths[3]!, prices);
        await writeFile(paths[0]!, `series_id,date,value\n${lines.join('\n')}\n`);
        await writeFile(paths[1]!, `series_id,vintage_date,date,value\n${revised.join('\n')}\n`);
        await imported(paths);
        expect(JSON.stringify(await ask('20974+', past))).toBe(before);
      }),
      { numRuns: 4, seed: 7 },
    );
  });
});
