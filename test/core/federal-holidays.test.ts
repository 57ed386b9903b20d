import { describe, expect, it } from 'vitest';
import { addDays, type IsoDate, isFederalHoliday } from '../../src/core/index.js';

const holidaysOf = (year: number): string[] => {
  const days: string[] = [];
  for (let date = `${year}-01-01` as IsoDate; date <= `${year}-12-31`; date = addDays(date, 1)) {
    if (isFederalHoliday(date)) days.push(date.slice(5));
  }
  return days;
};

describe('federal holidays as the Office of Personnel Management lists them', () => {
  it.each([
    [2010, '01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25 12-24 12-31'],
    [2020, '01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25'],
    [2021, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31'],
    [2022, '01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26'],
    [2023, '01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25'],
    [2026, '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25'],
  ])('%i', (year, expected) => {
    expect(holidaysOf(year).join(' ')).toBe(expected);
  });
});
