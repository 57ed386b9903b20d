import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatInstant } from '../../../src/core/index.js';
import { csvFile, readPositions } from './read-positions.js';

const FILE = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../../../shared/data/cftc/nasdaq-100-consolidated-weekly-2010-2026.csv',
);

describe.skipIf(!existsSync(FILE))('the consolidated NASDAQ-100 series (needs ../shared/data)', () => {
  const read = () => readPositions(csvFile(readFileSync(FILE)))!;

  test('is read whole by the built-in mapping', () => {
    const { evidence, positions, levels, setAside, rowsRead } = read();
    expect(evidence).toContain('nasdaq-100-consolidated');
    expect(setAside).toEqual([]);
    expect([rowsRead, positions.length, levels.length]).toEqual([841, 841, 841]);
    expect([positions[0]!.row.reportDate, positions.at(-1)!.row.reportDate]).toEqual([
      '2010-07-20',
      '2026-08-25',
    ]);
    expect(new Set(levels.map((fact) => fact.row.date)).size).toBe(841);
  });

  test('a row says what it is and when it was known', () => {
    const { positions, levels } = read();
    const index = positions.findIndex((fact) => fact.row.reportDate === '2023-05-02');
    const { row, ...times } = positions[index]!;
    expect(row).toMatchObject({
      contractCode: '20974+',
      report: 'futures-only',
      grade: 'brought',
      contractName: 'NASDAQ-100 Consolidated - CHICAGO MERCANTILE EXCHANGE',
      contractUnits: '(NASDAQ 100 INDEX X $20)',
      multiplier: 20,
      openInterest: 255_954,
      assetManagerLong: 82_084,
      assetManagerShort: 38_832,
      nonReportableShort: 51_042,
      dealerSpread: null,
      changeAssetManagerLong: null,
    });
    expect(times).toMatchObject({
      periodStart: '2023-04-26',
      periodEnd: '2023-05-02',
      knownAtKind: 'calendar',
    });
    expect(formatInstant(times.knownAt)).toBe('2023-05-05T19:30:00Z');
    const level = levels[index]!;
    expect(level.row).toEqual({ symbol: 'NASDAQ-100', date: '2023-05-02', close: 13113.66 });
    expect(level).toMatchObject({ knownAtKind: 'rule', rowNumber: positions[index]!.rowNumber });
    expect(formatInstant(level.knownAt)).toBe('2023-05-02T20:15:00Z');
  });

  test('blank open interest is null, and a close beside a day without session is that of the session before', () => {
    const { positions, levels } = read();
    const at = (date: string) => positions.findIndex((fact) => fact.row.reportDate === date);
    expect(positions[at('2020-12-01')]!.row.openInterest).toBeNull();
    expect(levels[at('2012-10-30')]!.row).toEqual({
      symbol: 'NASDAQ-100',
      date: '2012-10-26',
      close: 2665.83,
    });
  });
});
