import { describe, expect, it } from 'vitest';
import { endOfDayInNewYork, type IsoDate } from '../../../src/core/index.js';
import { fredReader } from '../../../src/sources/fred/index.js';
import { readAll, rowsOf } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

describe.skipIf(!hasSharedData)('real FRED files (needs ../shared/data)', () => {
  it.each([
    ['cpiaucsl-date-header-blank-missing.csv', 'CPIAUCSL', 672, 1],
    ['dfedtaru-observation-date.csv', 'DFEDTARU', 6204, 0],
    ['dgs10-date-header-dot-missing.csv', 'DGS10', 15_945, 681],
    ['nfci-date-header-2023-vintage.csv', 'NFCI', 2718, 0],
    ['sp500-observation-date.csv', 'SP500', 2609, 95],
  ])('reads the download %s', (name, series, rows, missing) => {
    const reading = readAll(fredReader, sharedBytes(`macro/raw/${name}`));
    expect([reading.detection.kind, reading.rowsRead, reading.setAside.length]).toEqual([
      'fred-wide',
      rows,
      0,
    ]);
    const values = rowsOf(reading, 'macro');
    expect(new Set(values.map((row) => row.seriesId))).toEqual(new Set([series]));
    expect(values.filter((row) => row.value === null)).toHaveLength(missing);
  });

  it('reads 85,472 values of 25 series, no value twice, none before its date is over', () => {
    const reading = readAll(fredReader, sharedBytes('macro/fred-series-2000-2026.csv.gz'));
    expect([reading.detection.kind, reading.rowsRead, reading.setAside.length]).toEqual([
      'fred-long',
      85_472,
      0,
    ]);
    const rows = rowsOf(reading, 'macro');
    expect(new Set(rows.map((row) => row.seriesId)).size).toBe(25);
    expect(new Set(rows.map((row) => `${row.seriesId} ${row.date}`)).size).toBe(rows.length);
    const early = reading.facts.filter(
      ({ row, periodEnd, knownAt }) =>
        !(row as { seriesId: string }).seriesId.match(/^(DFEDTAR|MORTGAGE)/) &&
        knownAt <= endOfDayInNewYork(periodEnd!),
    );
    expect(early).toEqual([]);
  });

  it('reads 2,374 values of editions, and no rule knows a value that an edition of the day lacks', () => {
    const reading = readAll(fredReader, sharedBytes('macro/fred-vintages-sample.csv'));
    expect([reading.detection.kind, reading.rowsRead, reading.setAside.length]).toEqual([
      'fred-vintages',
      2374,
      0,
    ]);
    const last = new Map<string, IsoDate>();
    for (const { seriesId, vintageDate, date } of rowsOf(reading, 'macro'))
      last.set(`${seriesId} ${vintageDate}`, date!);
    for (const [edition, date] of last) {
      const [series, vintage] = edition.split(' ') as [string, IsoDate];
      const next = series === 'NFCI' ? nextWeek(date) : nextMonth(date);
      const [fact] = readAll(fredReader, `DATE,${series}\n${next},1\n`).facts;
      expect(fact!.knownAt, `${series} of ${next} against the edition of ${vintage}`).toBeGreaterThan(
        endOfDayInNewYork(vintage),
      );
    }
    expect(last.size).toBe(9);
  });
});

function nextWeek(date: IsoDate): string {
  return new Date(Date.parse(date) + 7 * 86_400_000).toISOString().slice(0, 10);
}

function nextMonth(date: IsoDate): string {
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 1)).toISOString().slice(0, 10);
}
