import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Foretelling,
  forecastId,
  forecastScore,
  readForecasts,
  recordForecasts,
  scoreForecasts,
} from '../../src/app/forecasts.js';
import { dayNumber, type Instant, type IsoDate, parseInstant } from '../../src/core/index.js';
import type { AsOfView } from '../../src/store/index.js';

const date = (text: string) => text as IsoDate;

const foretelling = (
  probability: number | null,
  change: Partial<Foretelling['foretold']> = {},
): Foretelling => ({
  place: {
    basis: 'cot',
    contract: '20974+',
    sector: 'technology',
    class: 'asset-manager',
    measure: 'net',
    priceSeries: 'QQQ close',
  },
  rule: 'records',
  periodEnd: date('2026-04-14'),
  foretold: {
    outcome: 'return',
    form: 'probability',
    horizonWeeks: 4,
    table: 'levels',
    symbol: 'X',
    priceBasis: null,
    firstClose: date('2026-04-17'),
    dueDate: date('2026-05-15'),
    probability,
    low: null,
    high: null,
    level: null,
    statement: 'X closes higher',
    ...change,
  },
});

const interval = (low: number, high: number): Foretelling =>
  foretelling(null, { form: 'interval', low, high, level: 0.8, statement: 'X returns between these' });

const APRIL = { now: parseInstant('2026-04-20'), asOf: parseInstant('2026-04-20') };

/** Closes of X on every weekday from 100, by 1 a day. */
function view(until: string): AsOfView {
  const days: number[] = [];
  for (let day = dayNumber(date('2026-01-05')); day <= dayNumber(date(until)); day++)
    if ((day + 3) % 7 < 5) days.push(day);
  return {
    columns: async () => ({
      basis: new Int32Array(days.length).fill(1),
      day: Int32Array.from(days),
      close: Float64Array.from(days, (_, i) => 100 + i),
      volume: new Float64Array(days.length).fill(Number.NaN),
    }),
  } as unknown as AsOfView;
}

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-forecasts-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('the ledger of forecasts', () => {
  test('the first word stands: asked again with another number, nothing is added or changed', async () => {
    const first = await recordForecasts(directory, [foretelling(0.6)], APRIL);
    expect(first).toEqual({ added: 1, standing: 0, over: 0 });
    const later = { now: (APRIL.now + 86_400_000) as Instant, asOf: APRIL.asOf };
    expect(await recordForecasts(directory, [foretelling(0.9)], later)).toEqual({
      added: 0,
      standing: 1,
      over: 0,
    });
    const [entry] = await readForecasts(directory, later.now);
    expect(entry!.foretold.probability).toBe(0.6);
    expect(parseInstant(entry!.madeAt)).toBe(APRIL.now);
  });

  test('what another rule, week, horizon or form foretells is another forecast', () => {
    const ids = [
      foretelling(0.6),
      { ...foretelling(0.6), rule: 'z520' },
      { ...foretelling(0.6), periodEnd: date('2026-04-21') },
      foretelling(0.6, { horizonWeeks: 13 }),
      interval(-0.1, 0.1),
    ].map(forecastId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('nobody foretells the past', async () => {
    const now = parseInstant('2026-05-15');
    expect(await recordForecasts(directory, [foretelling(0.6)], { now, asOf: APRIL.asOf })).toEqual({
      added: 0,
      standing: 0,
      over: 1,
    });
    expect(await readdir(join(directory, 'forecasts'))).toEqual([]);
  });

  test('a forecast written later is not seen as of an earlier instant', async () => {
    await recordForecasts(directory, [foretelling(0.6)], APRIL);
    expect(await readForecasts(directory, (APRIL.now - 1) as Instant)).toEqual([]);
    expect(await readForecasts(directory, APRIL.now)).toHaveLength(1);
  });

  test('a number changed in the file is found', async () => {
    await recordForecasts(directory, [foretelling(0.6)], APRIL);
    const [name] = await readdir(join(directory, 'forecasts'));
    const path = join(directory, 'forecasts', name!);
    await writeFile(path, (await readFile(path, 'utf8')).replace('0.6', '0.9'));
    await expect(readForecasts(directory, APRIL.now)).rejects.toThrow(/damaged or was changed/);
  });

  test('scores: open until the due close is known, then Brier and coverage', async () => {
    const wide = interval(-0.5, 0.5);
    const narrow = foretelling(null, {
      form: 'interval',
      horizonWeeks: 3,
      dueDate: date('2026-05-08'),
      low: -0.2,
      high: -0.1,
      level: 0.8,
    });
    await recordForecasts(directory, [foretelling(0.6), wide, narrow], APRIL);
    const entries = await readForecasts(directory, APRIL.now);
    const open = forecastScore(await scoreForecasts(view('2026-05-07'), entries));
    expect(open).toMatchObject({ made: 3, due: 0, brier: null, coverage: null });
    const rows = await scoreForecasts(view('2026-05-15'), entries);
    const [chance] = rows.filter(({ probability }) => probability !== null);
    // From 2026-01-05: 74 weekdays to 2026-04-17, 94 to 2026-05-15.
    expect(chance!.actual).toBeCloseTo(194 / 174 - 1, 12);
    expect(chance!.brier).toBeCloseTo(0.16, 12);
    expect(forecastScore(rows)).toMatchObject({
      made: 3,
      due: 3,
      coverage: 0.5,
      level: 0.8,
      brierOfBaseRate: 0,
    });
  });
});
