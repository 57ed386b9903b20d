import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CotFlowRow, RecordRow, StatusRow } from '../../src/core/index.js';
import { answerOf, HAS_SHARED_DATA, SHARED_DATA, tidemark } from '../support/command-line.js';

interface DerivedRow {
  readonly [column: string]: string;
}

function readDerived(): DerivedRow[] {
  const text = readFileSync(
    join(SHARED_DATA, 'cftc', 'nasdaq-100-consolidated-weekly-2010-2026.csv'),
    'utf8',
  );
  const [header, ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return lines.map((fields) => Object.fromEntries(header!.map((name, i) => [name, fields[i]!])));
}

describe.skipIf(!HAS_SHARED_DATA)('the CFTC, price and macro files (needs ../shared/data)', () => {
  let store: string;
  const ask = <Row>(...args: string[]) => answerOf<Row>([...args, '--store', store]);
  const week = (date: string, ...more: string[]) =>
    ask<RecordRow>(
      'records',
      ...[
        '--basis',
        'cot',
        '--contract',
        '20974+',
        '--class',
        'asset-manager',
        '--week',
        date,
        '--measure',
        'net',
      ],
      ...['--resamples', '500', ...more],
    );

  beforeAll(async () => {
    store = mkdtempSync(join(tmpdir(), 'tidemark-real-'));
    const folders = ['cftc', 'macro', 'universe', 'prices'].map((name) => join(SHARED_DATA, name));
    const run = await tidemark(['import', ...folders, '--store', store, '--quiet']);
    expect(run.code, run.stderr).toBe(0);
  }, 180_000);
  afterAll(() => rmSync(store, { recursive: true, force: true }));

  test('the week to 2026-04-14 is a nominal record', async () => {
    const { data, notes } = await week('2026-04-14');
    const [row] = data;
    expect(data).toHaveLength(1);
    expect(row!.value! / 1e9).toBeCloseTo(9.7, 2);
    expect(row).toMatchObject({
      rank: 1,
      n: 522,
      isRecord: true,
      kind: 'nominal record',
      sectorIsProxy: true,
    });
    const rank = (ruler: string) =>
      row!.rulers.table.find(
        (cell) => cell.ruler === ruler && cell.measure === 'net' && cell.lookback === '10y',
      )!.rank;
    expect({ volScaled: rank('volScaled'), pctOi: rank('pctOi'), contracts: rank('contracts') }).toEqual({
      volScaled: 2,
      pctOi: 14,
      contracts: 17,
    });
    expect(row!.checks.find((check) => check.name === 'scale')!.verdict).toBe('fail');
    expect(row!.verdict).not.toBe('signal');
    expect(notes.join(' ')).toContain('proxy for technology');
  });

  test('the change of the contract unit on 2023-05-02 is no record of any kind', async () => {
    const [row] = (await week('2023-05-02')).data;
    expect(Math.round(row!.value! / 1e6)).toBe(551);
    expect(row).toMatchObject({ isRecord: false, kind: 'none' });
    expect(row!.rulers.agree).toBe(0);
  });

  test('a week is not known before its release', async () => {
    const args = [
      '--contract',
      '20974+',
      '--class',
      'asset-manager',
      '--week',
      '2026-04-14',
      '--store',
      store,
    ];
    const early = await tidemark(['records', ...args, '--as-of', '2026-04-16']);
    expect(early.code).toBe(4);
    expect(early.stderr).toMatch(
      /^tidemark: the week of 2026-04-14 is not known as of 2026-04-17T03:59:59Z.*--as-of.*\n$/,
    );
    expect(early.stdout).toBe('');
    const [row] = (await week('2026-04-14', '--as-of', '2026-04-17')).data;
    expect(row!.knownAt).toBe('2026-04-17T19:30:00Z');
  });

  test('every week of the consolidated series equals the derived dollars', async () => {
    const derived = readDerived();
    const classes = { 'asset-manager': 'asset_mgr', 'leveraged-fund': 'lev_money', dealer: 'dealer' };
    for (const [name, prefix] of Object.entries(classes)) {
      const { data } = await ask<CotFlowRow>('flows', '--contract', '20974+', '--class', name);
      expect(data).toHaveLength(derived.length);
      const differing = data.filter((row, i) => {
        const expected = derived[i]![`${prefix}_net_change_usd`]!;
        const dates = row.periodEnd === derived[i]!.report_date;
        return !dates || (expected === '' ? row.net !== null : Math.abs(row.net! - Number(expected)) > 1);
      });
      expect(differing.map((row) => [row.periodEnd, row.net])).toEqual([]);
      expect(data.filter((row) => row.grade === 'rebuilt')).toEqual([]);
      expect(data.filter((row) => row.grade === 'brought').length).toBeGreaterThan(80);
    }
  });

  test('the nets of the five classes sum to zero', async () => {
    const { data } = await ask<CotFlowRow>('flows', '--contract', '13874A', '--by', 'contract');
    expect(data.length).toBeGreaterThan(600);
    const off = data.filter((row) => row.net !== null && Math.abs(row.net) > 0.05 * row.grossBuy!);
    expect(off).toEqual([]);
  });

  test('status names every source, its gaps and what is missing', async () => {
    const { data, notes } = await ask<StatusRow>('status');
    expect(data.map((row) => row.source)).toEqual(
      expect.arrayContaining(['cftc', 'positions', 'prices', 'fred', 'universe']),
    );
    const cftc = data.find((row) => row.source === 'cftc')!;
    expect(cftc.gaps.map((gap) => [gap.from, gap.to])).toEqual([
      ['2016-03-22', '2016-12-27'],
      ['2020-12-01', '2020-12-29'],
      ['2023-11-07', '2023-12-26'],
      ['2024-07-30', '2024-12-31'],
      ['2025-05-06', '2025-12-30'],
    ]);
    expect(notes.find((note) => note.startsWith('bpsCap'))).toContain('no');
  });

  test('rows set aside are counted with the table of their file, and listed with their place', async () => {
    const { data } = await ask<StatusRow>('status', '--source', 'prices');
    const aside = Object.fromEntries(data.map((row) => [row.kind, row.setAsideRows]));
    expect(aside).toMatchObject({ corporateActions: 0 });
    expect(aside.prices).toBeGreaterThan(0);
    const listed = await ask<{ fileName: string; line: number; column: string; reason: string }>(
      ...['status', '--set-aside', '--source', 'prices'],
    );
    expect(listed.data).toHaveLength(aside.prices!);
    for (const row of listed.data) {
      expect(row.fileName).toMatch(/\.csv\.gz$/);
      expect(row.line).toBeGreaterThan(1);
      expect(row.reason.length).toBeGreaterThan(10);
    }
  });

  test('importing again changes nothing', async () => {
    const before = await ask<StatusRow>('status');
    const again = await tidemark([
      'import',
      join(SHARED_DATA, 'cftc'),
      '--store',
      store,
      '--format',
      'json',
      '--quiet',
    ]);
    expect(again.code).toBe(0);
    const after = await ask<StatusRow>('status');
    expect(after.store).toEqual(before.store);
    expect(after.data).toEqual(before.data);
  });
});
