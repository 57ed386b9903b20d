import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SIC_SECTORS } from '../../src/core/data/sic-sectors.js';
import { SECTOR_LABELS, SECTORS, type Sector, sectorOfGics, sectorOfSic } from '../../src/core/index.js';

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

describe('sectors of SIC codes', () => {
  it('come from ascending ranges that do not overlap', () => {
    let before = 0;
    for (const [first, last, sector] of SIC_SECTORS) {
      expect(first).toBeGreaterThan(before);
      expect(last).toBeGreaterThanOrEqual(first);
      expect(SECTORS).toContain(sector);
      before = last;
    }
    expect(before).toBeLessThan(10_000);
    expect(new Set(SIC_SECTORS.map(([, , sector]) => sector))).toEqual(new Set(SECTORS));
  });

  // Codes that the SEC assigns, and the GICS sector of the company.
  it.each<[number, string, Sector]>([
    [3571, 'Apple', 'technology'],
    [7372, 'Microsoft', 'technology'],
    [3674, 'NVIDIA', 'technology'],
    [3576, 'Cisco', 'technology'],
    [2834, 'Eli Lilly', 'health-care'],
    [3845, 'Medtronic', 'health-care'],
    [3841, 'Becton Dickinson', 'health-care'],
    [6324, 'UnitedHealth', 'health-care'],
    [8062, 'HCA', 'health-care'],
    [5122, 'McKesson', 'health-care'],
    [6021, 'JPMorgan Chase', 'financials'],
    [6211, 'Goldman Sachs', 'financials'],
    [6331, 'Berkshire Hathaway', 'financials'],
    [5961, 'Amazon', 'consumer-discretionary'],
    [3711, 'Tesla', 'consumer-discretionary'],
    [5812, "McDonald's", 'consumer-discretionary'],
    [5211, 'Home Depot', 'consumer-discretionary'],
    [1531, 'D.R. Horton', 'consumer-discretionary'],
    [7011, 'Marriott', 'consumer-discretionary'],
    [4813, 'Verizon', 'communication-services'],
    [4841, 'Comcast', 'communication-services'],
    [7841, 'Netflix', 'communication-services'],
    [7311, 'Omnicom', 'communication-services'],
    [3531, 'Caterpillar', 'industrials'],
    [3721, 'Boeing', 'industrials'],
    [4011, 'Union Pacific', 'industrials'],
    [4512, 'Delta Air Lines', 'industrials'],
    [3760, 'Lockheed Martin', 'industrials'],
    [4953, 'Waste Management', 'industrials'],
    [5331, 'Walmart', 'consumer-staples'],
    [2080, 'Coca-Cola', 'consumer-staples'],
    [2840, 'Procter & Gamble', 'consumer-staples'],
    [2111, 'Altria', 'consumer-staples'],
    [5411, 'Kroger', 'consumer-staples'],
    [2911, 'Exxon Mobil', 'energy'],
    [1389, 'Halliburton', 'energy'],
    [1311, 'ConocoPhillips', 'energy'],
    [4922, 'Williams', 'energy'],
    [3533, 'Baker Hughes', 'energy'],
    [4911, 'NextEra', 'utilities'],
    [4931, 'Exelon', 'utilities'],
    [4924, 'Atmos', 'utilities'],
    [4941, 'American Water', 'utilities'],
    [6798, 'Prologis', 'real-estate'],
    [6500, 'CBRE', 'real-estate'],
    [2810, 'Air Products', 'materials'],
    [1040, 'Newmont', 'materials'],
    [3312, 'Nucor', 'materials'],
    [2851, 'Sherwin-Williams', 'materials'],
    [1400, 'Vulcan Materials', 'materials'],
  ])('%i (%s) is %s', (code, _, sector) => {
    expect(sectorOfSic(code)).toBe(sector);
    expect(sectorOfSic(` ${String(code).padStart(4, '0')} `)).toBe(sector);
  });

  it.each([0, 50, 6770, 8888, 9995, 12_345, '', 'abc', '28 34', '-2834', '2834.5', Number.NaN])(
    '%s has none',
    (code) => {
      expect(sectorOfSic(code)).toBeNull();
    },
  );

  it('takes codes below 1000 with or without the leading zero', () => {
    expect(sectorOfSic('0200')).toBe('consumer-staples');
    expect(sectorOfSic(200)).toBe('consumer-staples');
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
