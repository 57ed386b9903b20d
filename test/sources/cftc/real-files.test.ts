import { describe, expect, test } from 'vitest';
import { addDays, dayNumber, type Fact, formatInstant, type IsoDate } from '../../../src/core/index.js';
import { hasShared, type ReadResult, readAll, sharedFile, sourceFile } from './read-files.js';

/** [file, kind, data rows, first and last report date, number of report dates] as PROVENANCE-positions.md states them. */
const FILES = [
  ['finfut-2010.txt.gz', 'cftc-tff-text', 836, '2010-07-20', '2010-12-28', 24],
  ['finfut-2011.txt.gz', 'cftc-tff-text', 1_879, '2011-01-04', '2011-12-27', 52],
  ['finfut-2012.txt.gz', 'cftc-tff-text', 1_900, '2012-01-03', '2012-12-31', 53],
  ['finfut-2013.txt.gz', 'cftc-tff-text', 1_889, '2013-01-08', '2013-12-31', 52],
  ['finfut-2014.txt.gz', 'cftc-tff-text', 1_860, '2014-01-07', '2014-12-30', 52],
  ['finfut-2015.txt.gz', 'cftc-tff-text', 1_848, '2015-01-06', '2015-12-29', 52],
  ['finfut-2016.txt.gz', 'cftc-tff-text', 396, '2016-01-05', '2016-03-15', 11],
  ['finfut-2017.txt.gz', 'cftc-tff-text', 2_110, '2017-01-03', '2017-12-26', 52],
  ['finfut-2018.txt.gz', 'cftc-tff-text', 2_538, '2018-01-02', '2018-12-31', 53],
  ['finfut-2019.txt.gz', 'cftc-tff-text', 2_518, '2019-01-08', '2019-12-31', 52],
  ['finfut-2020.txt.gz', 'cftc-tff-text', 2_106, '2020-01-07', '2020-11-24', 47],
  ['finfut-2021.txt.gz', 'cftc-tff-text', 2_603, '2021-01-05', '2021-12-28', 52],
  ['finfut-2022.txt.gz', 'cftc-tff-text', 2_719, '2022-01-04', '2022-12-27', 52],
  ['fut-fin-txt-2023.zip', 'cftc-tff-text', 2_191, '2023-01-03', '2023-10-10', 41],
  ['finfut-2023-10-17-to-10-31.csv.gz', 'cftc-tff-csv84', 163, '2023-10-17', '2023-10-31', 3],
  ['finfut-2024.txt.gz', 'cftc-tff-text', 1_766, '2024-01-02', '2024-07-23', 30],
  ['fincom-2024.txt.gz', 'cftc-tff-text', 2_975, '2024-01-02', '2024-12-10', 50],
  ['finfut-2025.txt.gz', 'cftc-tff-text', 1_095, '2025-01-07', '2025-04-29', 17],
  ['fut-fin-xls-2025-to-03-11.zip', 'cftc-tff-xls', 655, '2025-01-07', '2025-03-11', 10],
  ['finfut-2026.txt.gz', 'cftc-tff-text', 2_681, '2026-01-06', '2026-08-04', 31],
] as const;

describe.skipIf(!hasShared)('the published files (needs ../shared/data)', () => {
  const results = new Map<string, ReadResult>();
  const read = (name: string): ReadResult => {
    const result = results.get(name) ?? readAll(sharedFile(name));
    results.set(name, result);
    return result;
  };

  test.each(FILES)('%s is read whole', (name, kind, rows, first, last, dates) => {
    const result = read(name);
    expect(result.setAside).toEqual([]);
    expect(result).toMatchObject({ kind, rowsRead: rows });
    expect(result.facts).toHaveLength(rows);
    const reportDates = [...new Set(result.facts.map((fact) => fact.row.reportDate))].sort();
    expect([reportDates[0], reportDates.at(-1), reportDates.length]).toEqual([first, last, dates]);
    const report = name.startsWith('fincom') ? 'combined' : 'futures-only';
    expect(new Set(result.facts.map((fact) => fact.row.report))).toEqual(new Set([report]));
  });

  test('the stated points are met', () => {
    expect(find('209742', '2026-04-14').row).toMatchObject({
      openInterest: 260_197,
      assetManagerLong: 106_090,
      assetManagerShort: 29_785,
      changeAssetManagerLong: 11_473,
      changeAssetManagerShort: -7_251,
      multiplier: 20,
    });
    expect(find('209742', '2024-01-02').row.openInterest).toBe(272_832);
    expect(find('209742', '2024-01-02', 'combined').row.openInterest).toBe(308_131);
    expect(find('13874A', '2023-05-02').row.openInterest).toBe(2_276_183);
  });

  test('the unit change of 2023-05-02 is stored as published', () => {
    expect(find('20974+', '2023-04-25').row).toMatchObject({ multiplier: 100, assetManagerLong: 15_845 });
    expect(find('20974+', '2023-05-02').row).toMatchObject({
      multiplier: 20,
      contractUnits: '(NASDAQ 100 INDEX X $20)',
      changeAssetManagerLong: 66_239,
    });
    expect(find('13874+', '2023-05-02').row).toMatchObject({
      multiplier: 50,
      changeAssetManagerLong: 820_460,
    });
    expect(find('12460+', '2023-04-25').row.multiplier).toBe(10);
    expect(find('12460+', '2023-05-02').row.multiplier).toBe(5);
    expect(find('23977A', '2016-03-15').row.multiplier).toBe(100);
    expect(find('23977A', '2017-01-03').row.multiplier).toBe(50);
  });

  test('every change on the week is the difference of the two weeks, where both are there', () => {
    let compared = 0;
    for (const [key, now] of futuresOnly()) {
      const [code, date] = key.split(' ') as [string, IsoDate];
      const before = [-7, -6, -8]
        .map((days) => futuresOnly().get(`${code} ${addDays(date, days)}`))
        .find(Boolean);
      if (before === undefined || now.row.changeOpenInterest === null || code.endsWith('+')) continue;
      for (const [name, value] of Object.entries(now.row)) {
        if (!name.startsWith('change')) continue;
        const column = `${name[6]!.toLowerCase()}${name.slice(7)}` as keyof typeof now.row;
        const difference = (now.row[column] as number) - (before.row[column] as number);
        if (value !== difference) expect(`${key} ${name} ${value}`).toBe(`${key} ${name} ${difference}`);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(400_000);
  });

  test('the Excel file equals the text file of the same weeks', () => {
    const asText = new Map(read('finfut-2025.txt.gz').facts.map((fact) => [keyOf(fact), withoutRow(fact)]));
    for (const fact of read('fut-fin-xls-2025-to-03-11.zip').facts)
      expect(withoutRow(fact)).toEqual(asText.get(keyOf(fact)));
  });

  test.each(['finfut-2010.txt.gz', 'finfut-2026.txt.gz', 'fincom-2024.txt.gz'])(
    '%s without its header is the weekly file',
    (name) => {
      const { bytes } = sharedFile(name);
      const headerless = readAll(sourceFile(bytes.subarray(bytes.indexOf(10) + 1), name));
      expect(headerless.kind).toBe('cftc-tff-week');
      expect(headerless.setAside).toEqual([]);
      expect(headerless.facts.map((fact) => ({ ...fact, rowNumber: fact.rowNumber + 1 }))).toEqual(
        read(name).facts,
      );
    },
  );

  test('weeks follow one another, and each is known on its release day', () => {
    const weeks = new Map([...futuresOnly().values()].map((fact) => [fact.periodEnd!, fact]));
    const ends = [...weeks.keys()].sort();
    for (const [index, end] of ends.entries()) {
      const { periodStart, knownAt } = weeks.get(end)!;
      const before = ends[index - 1];
      if (before !== undefined && dayNumber(end) - dayNumber(before) <= 8)
        expect(`${end} ${periodStart}`).toBe(`${end} ${addDays(before, 1)}`);
      expect(formatInstant(knownAt) > end).toBe(true);
    }
    expect(formatInstant(weeks.get('2026-04-14' as IsoDate)!.knownAt)).toBe('2026-04-17T19:30:00Z');
    expect(formatInstant(weeks.get('2025-01-07' as IsoDate)!.knownAt)).toBe('2025-01-13T20:30:00Z');
  });

  let index: Map<string, Fact<'positions'>> | null = null;
  function futuresOnly(): Map<string, Fact<'positions'>> {
    index ??= new Map(
      FILES.filter(([name]) => !name.startsWith('fincom') && !name.includes('xls')).flatMap(([name]) =>
        read(name).facts.map((fact) => [keyOf(fact), fact] as const),
      ),
    );
    return index;
  }

  function find(code: string, date: string, report = 'futures-only'): Fact<'positions'> {
    const facts = report === 'combined' ? read('fincom-2024.txt.gz').facts : [...futuresOnly().values()];
    return facts.find((fact) => fact.row.contractCode === code && fact.row.reportDate === date)!;
  }
});

function keyOf(fact: Fact<'positions'>): string {
  return `${fact.row.contractCode} ${fact.row.reportDate}`;
}

function withoutRow({ rowNumber: _, ...fact }: Fact<'positions'>) {
  return fact;
}
