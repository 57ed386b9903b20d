import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CotClass,
  type Effects,
  type Lookback,
  parseInstant,
  type RecordRow,
  silentLog,
  silentProgress,
} from '../../src/core/index.js';
import { importPaths } from '../../src/ingest/index.js';
import { type PlantTruth, simulateMarket, writeMarket } from '../../src/simulate/index.js';
import { READERS } from '../../src/sources/index.js';
import { type AsOfView, openStore } from '../../src/store/index.js';
import { studyRecords } from '../../src/studies/records/index.js';

/** Enough to adjust over some ten thousand looks; where significance is not asked about, the fewest. */
const RESAMPLES = { record: 1000, decoy: 99 } as const;

const market = simulateMarket({ seed: 11 });
const asOf = parseInstant(market.truth.reports.lastKnownAt);
const effects: Effects = { clock: { now: () => asOf }, progress: silentProgress, log: silentLog };
let folder: string;
let view: AsOfView;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-simulated-'));
  await writeMarket(market, {
    async write(path, bytes) {
      const file = join(folder, 'market', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    },
  });
  const store = await openStore(join(folder, 'store'), { clock: effects.clock, create: true });
  const paths = ['cftc', 'prices', 'universe', 'macro'].map((name) => join(folder, 'market', name));
  const report = await importPaths(paths, { store, effects, readers: READERS, command: 'test' });
  expect(report.files.filter(({ status }) => status !== 'imported')).toEqual([]);
  view = await store.view(asOf);
});

afterAll(async () => {
  view.close();
  await rm(folder, { recursive: true, force: true });
});

interface Asked extends Pick<PlantTruth, 'periodEnd' | 'contract'> {
  readonly class: string;
  readonly isDecoy: boolean;
}

async function study(plant: Asked, lookback: Lookback): Promise<RecordRow> {
  const { rows } = await studyRecords(
    view,
    {
      week: plant.periodEnd,
      lookback,
      measure: 'net',
      report: 'futures-only',
      contracts: [plant.contract],
      classes: [plant.class as CotClass],
      resamples: plant.isDecoy ? RESAMPLES.decoy : RESAMPLES.record,
      seed: 1,
      threads: 1,
    },
    silentProgress,
  );
  return rows[0]!;
}

const rankOn = (row: RecordRow, ruler: string, lookback: string): number | null =>
  row.rulers.table.find(
    (cell) => cell.ruler === ruler && cell.lookback === lookback && cell.measure === 'net',
  )!.rank;

describe.each(
  market.truth.plants.flatMap((plant) => plant.expected.map((expected) => ({ plant, expected }))),
)('the study of the planted $plant.kind over $expected.lookback', ({ plant, expected }) => {
  let row: RecordRow;
  beforeAll(async () => {
    row = await study(plant, expected.lookback);
  });

  it('finds its dollars to the cent, and its ranks', () => {
    expect(row.value).toBe(plant.classes[0]!.netUsd);
    const lookbacks = [
      ['5y', 'fiveYears'],
      ['10y', 'tenYears'],
      ['all', 'all'],
    ] as const;
    for (const [lookback, name] of lookbacks) {
      for (const ruler of ['contracts', 'dollars', 'pctOi', 'volScaled'] as const) {
        if (ruler === 'volScaled' && name === 'all') continue;
        expect([lookback, ruler, rankOn(row, ruler, lookback)]).toEqual([
          lookback,
          ruler,
          plant.ranks[name][ruler],
        ]);
      }
    }
  });

  it('says what a correct reader must say', () => {
    expect(row.isRecord).toBe(expected.isRecord);
    expect(row.kind).toBe(expected.kind);
    const verdictOf = (name: string) => row.checks.find((check) => check.name === name)!.verdict;
    if (expected.calendarCheck !== null) expect(verdictOf('calendar')).toBe(expected.calendarCheck);
    if (plant.kind === 'record') {
      expect(row.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
      expect(['persistence', 'significance', 'data', 'scale'].map(verdictOf)).toEqual([
        'pass',
        'pass',
        'pass',
        'pass',
      ]);
      expect(row.verdict).toBe('signal');
    } else expect(row.verdict).not.toBe('signal');
  });
});

it('the study of the week with the misprinted row rebuilds its flow, and does not trust it', async () => {
  const { subject, date } = market.truth.misprints[0]!;
  const asked = { contract: subject, class: 'asset-manager', periodEnd: date, isDecoy: true };
  const row = await study(asked, '10y');
  const week = market.weeks.findIndex(({ periodEnd }) => periodEnd === date);
  const { history, closes } = market.futures.contracts.sp400;
  const change = (side: Int32Array) => side[week]! - side[week - 1]!;
  const contracts = change(history.long[1]!) - change(history.short[1]!);
  expect(row.value).toBeCloseTo(contracts * history.multiplier[week]! * closes![week]!, 2);
  expect(row.checks.find(({ name }) => name === 'data')!.verdict).toBe('fail');
  expect(row.verdict).toBe('anomaly');
});
