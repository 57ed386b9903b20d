import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../src/core/index.js';
import { factorsReader } from '../../../src/sources/factors/index.js';
import { fuzzReader, readAll, rowsOf, sourceFile } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

const preamble = (edition: string) =>
  `This file was created by using the ${edition} CRSP database.\r\nThe Tbill return, over the month, compounds.\r\n\r\n`;
const MOMENTUM = `${preamble('202601')}Missing data are indicated by -99.99 or -999.\r\n\r\n,Mom\r\n20260129,  -0.62\r\n20260130, -99.99\r\n\r\nCopyright 2026 Eugene F. Fama and Kenneth R. French\r\n`;

describe('daily factors', () => {
  it('are read between preamble and footer, all known with their edition', () => {
    const reading = readAll(factorsReader, MOMENTUM);
    expect(reading.detection).toMatchObject({
      kind: 'french-factors-daily',
      evidence: 'edition 2026-01 of daily factors Mom',
    });
    expect(rowsOf(reading, 'factorReturns')).toEqual([
      {
        edition: '2026-01',
        factorSet: 'momentum',
        frequency: 'daily',
        date: '2026-01-29',
        factor: 'Mom',
        returnPercent: -0.62,
      },
      {
        edition: '2026-01',
        factorSet: 'momentum',
        frequency: 'daily',
        date: '2026-01-30',
        factor: 'Mom',
        returnPercent: null,
      },
    ]);
    expect(reading.facts.map(({ knownAt }) => formatInstant(knownAt))).toEqual([
      '2026-04-01T03:59:59Z',
      '2026-04-01T03:59:59Z',
    ]);
  });

  it('are set aside where they are none, or later than the edition', () => {
    const reading = readAll(
      factorsReader,
      `${preamble('202601')},Mkt-RF,SMB,HML,RF\n20260130,1,1,1\n20260202,1,1,1,1\n20260131,1,x,1,1\n2026,1,1,1,1\n20260130,1,1,1,0.02\n`.replace(
        '20260130,1,1,1\n',
        '20260129,1,1,1,0\n20260130,1,1,1\n',
      ),
    );
    expect(reading.setAside.map(({ rowNumber, column }) => [rowNumber, column])).toEqual([
      [6, null],
      [7, 'date'],
      [8, 'SMB'],
      [9, 'date'],
    ]);
    expect(new Set(rowsOf(reading, 'factorReturns').map(({ factorSet }) => factorSet))).toEqual(
      new Set(['ff3']),
    );
  });

  it('of other frequencies and files without an edition are left alone', () => {
    for (const text of [
      `${preamble('202601')},Mkt-RF,SMB\n202601,1,1\n`,
      `${preamble('202601')}nothing\n`,
      ',Mom\n20260130,1\n',
    ])
      expect(factorsReader.detect(sourceFile(text), {})).toBeNull();
  });

  it('survive damage with every row accounted for', () => fuzzReader(factorsReader, MOMENTUM, 80));
});

describe('industries', () => {
  const TEXT =
    ' 1 NoDur  Consumer Nondurables -- Food\n          0100-0999\n          2000-2399 Textiles\n\n12 Other  Other -- Mines\n';

  it('are ranges of codes, or what no other takes', () => {
    const reading = readAll(factorsReader, TEXT);
    expect(
      rowsOf(reading, 'industryRanges').map(({ industryCode, sicFrom, sicTo, rangeName }) => [
        industryCode,
        sicFrom,
        sicTo,
        rangeName,
      ]),
    ).toEqual([
      ['NoDur', 100, 999, null],
      ['NoDur', 2000, 2399, 'Textiles'],
      ['Other', null, null, null],
    ]);
    expect(reading.facts[0]).toMatchObject({ knownAt: 0, periodEnd: null });
  });

  it('leave lines aside that are neither', () => {
    const reading = readAll(factorsReader, `${TEXT}          2399-2000\nelse\n`);
    expect(reading.setAside.map(({ rowNumber }) => rowNumber)).toEqual([6, 7]);
  });

  it('survive damage with every row accounted for', () => fuzzReader(factorsReader, TEXT, 60));
});

describe.skipIf(!hasSharedData)("files of Kenneth French's library (needs ../shared/data)", () => {
  const five = () => readAll(factorsReader, sharedBytes('factors/ff5-daily-2005-2026-01.csv'));

  it('have the days of two crashes', () => {
    const reading = five();
    expect([reading.rowsRead, reading.setAside]).toEqual([5303, []]);
    const market = new Map(
      rowsOf(reading, 'factorReturns').flatMap(({ date, factor, returnPercent }) =>
        factor === 'Mkt-RF' ? [[date!, returnPercent]] : [],
      ),
    );
    expect([market.get('2020-03-16' as never), market.get('2008-10-13' as never)]).toEqual([-12.01, 11.36]);
  });

  it('revise the past from edition to edition', () => {
    const key = (row: { date: string | null; factor: string | null }) => `${row.date} ${row.factor}`;
    const before = new Map(rowsOf(five(), 'factorReturns').map((row) => [key(row), row.returnPercent]));
    const later = rowsOf(
      readAll(factorsReader, sharedBytes('factors/ff5-daily-2026-01-to-04.csv')),
      'factorReturns',
    );
    expect(new Set(later.map(({ edition }) => edition))).toEqual(new Set(['2026-04']));
    const both = later.filter((row) => before.has(key(row)));
    expect(both.length).toBe(120);
    expect(both.filter((row) => before.get(key(row)) !== row.returnPercent).length).toBe(67);
  });

  it('have twelve and forty-nine industries', () => {
    const of = (name: string) =>
      rowsOf(readAll(factorsReader, sharedBytes(`factors/${name}.txt`)), 'industryRanges');
    const twelve = of('siccodes12');
    expect([twelve.length, new Set(twelve.map(({ industryNumber }) => industryNumber)).size]).toEqual([
      50, 12,
    ]);
    const all = of('siccodes49');
    expect(all.find(({ sicFrom, sicTo }) => sicFrom! <= 3674 && sicTo! >= 3674)!.industryCode).toBe('Chips');
    expect(all[0]!.scheme).toBe('ff49');
  });
});
