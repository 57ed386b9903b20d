import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SECTOR_LABELS, SECTORS, sectorOfGics } from '../../src/core/index.js';

const shared = join(import.meta.dirname, '../../../shared/data');

describe('sectors of GICS names', () => {
  it('are the eleven, each with its label', () => {
    expect(new Set(SECTORS).size).toBe(11);
    expect(Object.keys(SECTOR_LABELS).sort()).toEqual([...SECTORS].sort());
    for (const sector of SECTORS) expect(sectorOfGics(SECTOR_LABELS[sector])).toBe(sector);
  });

  it.each([
    ['Telecommunications Services', 'communication-services'],
    ['Telecommunication Services', 'communication-services'],
    [' information  technology ', 'technology'],
    ['HEALTH CARE', 'health-care'],
  ])("'%s' is %s", (name, sector) => {
    expect(sectorOfGics(name)).toBe(sector);
  });

  it.each([
    'Semiconductors',
    'Software',
    'Technology',
    'Banks',
    'Energy Equipment & Services',
    'REITs',
    '',
    'n/a',
  ])("'%s' is no sector", (name) => {
    expect(sectorOfGics(name)).toBeNull();
  });
});

describe.skipIf(!existsSync(shared))('published lists (needs ../shared/data)', () => {
  it('have no unknown sector name but their two known defects', () => {
    const names = new Set<string>();
    for (const [file, heading] of [
      ['universe/sp500-sector-history-2012-2026.csv', 'gics_sector'],
      ['universe/sp500-constituents-2026-08.csv', 'GICS Sector'],
    ] as const) {
      const [header, ...rows] = readFileSync(join(shared, file), 'utf8').trim().split(/\r?\n/);
      const index = splitCsv(header!).indexOf(heading);
      expect([file, index >= 0]).toEqual([file, true]);
      for (const row of rows) names.add(splitCsv(row)[index]!);
    }
    expect(names.size).toBeGreaterThanOrEqual(11);
    expect([...names].filter((name) => sectorOfGics(name) === null).sort()).toEqual(['', 'Industries']);
  });
});

function splitCsv(line: string): string[] {
  return [...line.matchAll(/("([^"]|"")*"|[^,]*)(,|$)/g)].map((match) => match[1]!.replace(/^"|"$/g, ''));
}
