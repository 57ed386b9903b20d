import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../src/core/index.js';
import { cboeReader } from '../../../src/sources/cboe/index.js';
import { fuzzReader, readAll, rowsOf, sourceFile } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

const HEADER = 'DATE,OPEN,HIGH,LOW,CLOSE\n';
const ROWS = '02/05/2018,18.44,38.80,16.80,37.32\n2018-02-06,37.32,50.30,22.42,29.98\n';

describe('the volatility index', () => {
  it('is recognised by closes that no other index had', () => {
    const reading = readAll(cboeReader, HEADER + ROWS);
    expect(reading.detection.evidence).toContain('37.32 on 2018-02-05');
    expect(rowsOf(reading, 'levels')).toEqual([
      { symbol: '^VIX', date: '2018-02-05', close: 37.32 },
      { symbol: '^VIX', date: '2018-02-06', close: 29.98 },
    ]);
    expect(formatInstant(reading.facts[0]!.knownAt)).toBe('2018-02-05T21:30:00Z');
    for (const text of [
      HEADER + ROWS.replace('37.32\n', '31.32\n'),
      `${HEADER}2018-02-06,37.32,50.30,22.42,29.98\n`,
      `date,open,high,low,close\n${ROWS}`,
    ])
      expect(cboeReader.detect(sourceFile(text), {})).toBeNull();
  });

  it('is set aside where there is no day or level', () => {
    const reading = readAll(
      cboeReader,
      `${HEADER}${ROWS}1989-12-29,1,1,1,1\n2018-2-6,1,1,1,1\n2018-02-07,1,1,1,0\n`,
    );
    expect(reading.setAside.map(({ column }) => column)).toEqual(['date', 'date', 'close']);
  });

  it('survives damage with every row accounted for', () => fuzzReader(cboeReader, HEADER + ROWS, 80));
});

describe.skipIf(!hasSharedData)("Cboe's file (needs ../shared/data)", () => {
  it('has 9,235 closes', () => {
    const reading = readAll(cboeReader, sharedBytes('macro/vix-daily-1990-2026.csv'));
    expect([reading.rowsRead, reading.facts.length, reading.setAside]).toEqual([9235, 9235, []]);
  });
});
