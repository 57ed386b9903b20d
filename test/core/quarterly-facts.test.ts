import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  endOfDayInNewYork,
  type IsoDate,
  type PeriodFact,
  quarterlyValues,
} from '../../src/core/index.js';

let accession = 0;

function fact(startDate: string, endDate: string, value: number, filed: string): PeriodFact {
  accession += 1;
  return {
    startDate: startDate as IsoDate,
    endDate: endDate as IsoDate,
    value,
    filedDate: filed as IsoDate,
    accessionNumber: `0000000000-24-${String(accession).padStart(6, '0')}`,
    knownAt: endOfDayInNewYork(filed as IsoDate),
  };
}

const YEAR = [
  fact('2024-01-01', '2024-03-31', 10, '2024-04-25'),
  fact('2024-01-01', '2024-06-30', 30, '2024-07-25'),
  fact('2024-01-01', '2024-09-30', 60, '2024-10-25'),
  fact('2024-01-01', '2024-12-31', 100, '2025-02-10'),
];
const NEXT = [fact('2024-07-01', '2024-09-30', 30, '2025-10-25')];

describe('values of quarters', () => {
  it('are reported, or what a longer period has over the one before', () => {
    const quarters = quarterlyValues(YEAR, 'USD');
    expect(
      quarters.map(({ startDate, endDate, value, origin }) => [startDate, endDate, value, origin]),
    ).toEqual([
      ['2024-01-01', '2024-03-31', 10, 'reported'],
      ['2024-04-01', '2024-06-30', 20, 'year-to-date'],
      ['2024-07-01', '2024-09-30', 30, 'year-to-date'],
      ['2024-10-01', '2024-12-31', 40, 'year-to-date'],
    ]);
    expect(quarters[3]).toMatchObject({
      filedDate: '2025-02-10',
      accessionNumbers: [YEAR[3]!.accessionNumber, YEAR[2]!.accessionNumber],
    });
  });

  it('prefer what a filing reports itself, and take it from when it was filed', () => {
    const third = quarterlyValues([...YEAR, ...NEXT], 'USD')[2]!;
    expect(third).toMatchObject({ origin: 'reported', filedDate: '2025-10-25', value: 30 });
  });

  it('are null for amounts per share, with the reason', () => {
    const [first, second] = quarterlyValues(YEAR, 'USD/shares');
    expect(first).toMatchObject({ value: 10, reason: null });
    expect(second).toMatchObject({
      value: null,
      reason: 'amounts in USD/shares do not add up over quarters',
    });
  });

  it('are not made of a restated year and nine months as first filed', () => {
    const restatedYear = fact('2024-01-01', '2024-12-31', 90, '2026-02-10');
    expect(quarterlyValues([...YEAR, restatedYear], 'USD')[3]).toMatchObject({
      value: 40,
      version: 'first-filed',
      filedDate: '2025-02-10',
    });
    const restatedNine = fact('2024-01-01', '2024-09-30', 55, '2025-10-25');
    expect(quarterlyValues([...YEAR, restatedYear, restatedNine], 'USD')[3]).toMatchObject({
      value: 35,
      version: 'latest',
      filedDate: '2026-02-10',
    });
  });

  it('keep their time when a value is filed again unchanged', () => {
    const again = fact('2024-01-01', '2024-12-31', 100, '2026-02-10');
    expect(quarterlyValues([...YEAR, again], 'USD')).toEqual(quarterlyValues(YEAR, 'USD'));
  });

  it('leave out years, odd periods, and year-to-date values without the one before', () => {
    const lone = [
      fact('2023-01-01', '2023-12-31', 7, '2024-02-01'),
      fact('2023-01-01', '2023-02-15', 1, '2023-04-01'),
      fact('2022-01-01', '2023-12-31', 9, '2024-02-01'),
    ];
    expect(quarterlyValues(lone, 'USD')).toEqual([]);
  });

  it('hang neither on the order of the facts nor on facts of other periods, and are known with the last used', () => {
    const someFact = fc
      .record({
        quarter: fc.nat(7),
        length: fc.integer({ min: 1, max: 4 }),
        value: fc.integer({ min: -9, max: 9 }),
        lag: fc.integer({ min: 20, max: 900 }),
      })
      .map(({ quarter, length, value, lag }) => {
        const startDate = addDays('2022-01-01' as IsoDate, Math.floor(quarter / 4) * 364);
        const endDate = addDays(startDate, length * 91 - 1);
        return { ...fact(startDate, endDate, value, addDays(endDate, lag)) };
      });
    fc.assert(
      fc.property(fc.array(someFact, { maxLength: 14 }), fc.nat(), (facts, turn) => {
        const quarters = quarterlyValues(facts, 'USD');
        const turned = [
          ...facts.slice(turn % (facts.length + 1)),
          ...facts.slice(0, turn % (facts.length + 1)),
        ];
        const values = (some: typeof quarters) =>
          some.map(({ endDate, value, knownAt }) => [endDate, value, knownAt]);
        const days = facts.map(({ filedDate }) => filedDate);
        // Filings of one day state a period in no order of their own.
        if (new Set(days).size === days.length)
          expect(values(quarterlyValues(turned, 'USD'))).toEqual(values(quarters));
        for (const { accessionNumbers, knownAt } of quarters) {
          const used = facts.filter((one) => accessionNumbers.includes(one.accessionNumber));
          expect(Math.max(...used.map((one) => one.knownAt))).toBe(knownAt);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
