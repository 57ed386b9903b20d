import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppContext, importFiles, showBuyers, showFlows, showUnison } from '../../../src/app/index.js';
import {
  endOfDayInNewYork,
  type IsoDate,
  type ManagerGroupRow,
  silentLog,
  silentProgress,
} from '../../../src/core/index.js';
import { SHARED_DATA } from '../../support/command-line.js';
import { FIXED_CLOCK } from '../../support/positions.js';

const FOLDER = join(SHARED_DATA, 'sec13f');
const FILES = ['fund-holdings-2025q1-2025q4.csv.gz', 'fund-managers-cik.csv', 'cusip-ticker.csv.gz'];
const Q4 = '2025-12-31' as IsoDate;

describe.skipIf(!existsSync(FOLDER))('the brought list of 2025Q4 (needs ../shared/data)', () => {
  let directory = '';
  let context: AppContext;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tidemark-test-'));
    context = {
      storeDirectory: directory,
      asOf: endOfDayInNewYork('2026-10-01' as IsoDate),
      effects: { clock: FIXED_CLOCK, progress: silentProgress, log: silentLog },
    };
    const universe = join(SHARED_DATA, 'universe', 'sp500-sector-history-2012-2026.csv');
    const paths = [...FILES.map((file) => join(FOLDER, file)), ...(existsSync(universe) ? [universe] : [])];
    await importFiles(context, { paths, strict: false });
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('has no pension and no sovereign fund: no such class, bounds null with that reason', async () => {
    const { data } = await showBuyers(context, {
      basis: '13f',
      report: 'futures-only',
      bounds: true,
      week: '2025-11-11' as IsoDate,
    });
    const classes = data.flatMap((row) => (row.kind === 'class' ? [row] : []));
    expect(classes.map((row) => row.class)).toContain('hedge-fund');
    expect(classes.some((row) => row.class === 'pension' || row.class === 'sovereign-wealth')).toBe(false);
    const net = classes.reduce((sum, row) => sum + row.net!, 0);
    expect(Math.abs(net)).toBeLessThan(0.01);
    const bounds = data.filter((row) => row.kind === 'bounds');
    expect(bounds.map((row) => [row.class, row.low, row.high, row.actual])).toEqual([
      ['pension', null, null, null],
      ['sovereign-wealth', null, null, null],
    ]);
    for (const { reason } of bounds)
      expect(reason).toBe('no manager of this class is in the Form 13F holdings of the store');
    const churn = data
      .filter((row): row is ManagerGroupRow => row.kind === 'horizon')
      .map((row) => [row.group, row.medianChurn!] as const);
    const of = new Map(churn);
    expect(of.get('transient')!).toBeGreaterThan(2 * of.get('quasi-index')!);
  });

  test('a split is no buying: NFLX is not among the top buys', async () => {
    const { data } = await showFlows(context, {
      basis: '13f',
      by: ['symbol'],
      from: Q4,
      to: Q4,
      report: 'futures-only',
    });
    const top = data.toSorted((a, b) => (b.net ?? 0) - (a.net ?? 0)).slice(0, 20);
    expect(data.length).toBeGreaterThan(5000);
    expect(top.map((row) => row.symbol)).not.toContain('NFLX');
  });

  test('managers bought alike more than chance makes them', async () => {
    const { data } = await showUnison(context, {
      basis: '13f',
      report: 'futures-only',
      resamples: 99,
      seed: 1,
    });
    const whole = data.find((row) => row.kind === 'herding' && row.sector === null && row.class === null);
    expect(whole).toMatchObject({ periodEnd: Q4, overdispersionP: 0.01 });
  });
});
