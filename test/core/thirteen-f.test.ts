import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type FilingVersion,
  type Instant,
  type IsoDate,
  quarterEnd,
  standingFilings,
  thirteenFDeadline,
} from '../../src/core/index.js';

const filing = (
  accessionNumber: string,
  knownAt: number,
  more: Partial<FilingVersion> = {},
): FilingVersion => ({
  accessionNumber,
  amendmentType: null,
  amendmentNumber: null,
  entriesRead: 10,
  knownAt: knownAt as Instant,
  ...more,
});
const restatement = (name: string, at: number) => filing(name, at, { amendmentType: 'RESTATEMENT' });
const addition = (name: string, at: number, amendmentNumber: number | null = null) =>
  filing(name, at, { amendmentType: 'NEW HOLDINGS', amendmentNumber });

describe('standingFilings', () => {
  test('new holdings add to the original, whatever the order of the rows', () =>
    expect(standingFilings([addition('b', 2), filing('a', 1), addition('c', 3)])).toEqual(['a', 'b', 'c']));

  test('a restatement replaces the original and what was added before it', () =>
    expect(
      standingFilings([filing('a', 1), addition('b', 2), restatement('c', 3), addition('d', 4)]),
    ).toEqual(['c', 'd']));

  test('an amendment of unknown type counts as a full table', () =>
    expect(standingFilings([filing('a', 1), filing('b', 2)])).toEqual(['b']));

  test('a notice, or a cover page alone, holds nothing and replaces nothing', () =>
    expect(standingFilings([filing('a', 1), filing('n', 2, { entriesRead: null })])).toEqual(['a']));

  test('at equal instants the amendment number decides', () =>
    expect(standingFilings([addition('c', 1, 2), addition('b', 1, 1), filing('z', 1)])).toEqual([
      'z',
      'b',
      'c',
    ]));

  test('the order of the rows changes nothing, and at most one full table stands, first', () => {
    const versions = fc.array(
      fc.record({ at: fc.integer({ min: 1, max: 9 }), make: fc.constantFrom(filing, restatement, addition) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(versions, (drawn) => {
        const filings = drawn.map(({ at, make }, index) => make(`f${index}`, at));
        const standing = standingFilings(filings);
        expect(standingFilings(filings.toReversed())).toEqual(standing);
        const additions = standing.map(
          (name) => filings.find((one) => one.accessionNumber === name)!.amendmentType === 'NEW HOLDINGS',
        );
        expect(additions.slice(1).every(Boolean)).toBe(true);
      }),
    );
  });
});

describe('thirteenFDeadline', () => {
  test.each([
    ['2024-12-31', '2025-02-14'],
    ['2025-12-31', '2026-02-17'],
    ['2025-03-31', '2025-05-15'],
    ['2025-06-30', '2025-08-14'],
    ['2025-09-30', '2025-11-14'],
    ['2020-09-30', '2020-11-16'],
  ])('the quarter to %s is due on %s', (end, due) => expect(thirteenFDeadline(end as IsoDate)).toBe(due));
});

test('quarterEnd knows the last days', () => {
  expect([1, 2, 3, 4].map((quarter) => quarterEnd(2024, quarter as 1))).toEqual([
    '2024-03-31',
    '2024-06-30',
    '2024-09-30',
    '2024-12-31',
  ]);
});
