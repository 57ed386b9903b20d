import { describe, expect, it } from 'vitest';
import { addDays, dayNumber, type IsoDate } from '../../../src/core/index.js';
import type { AsOfView } from '../../../src/store/index.js';
import { earningsFactors, readFiledSurprises } from '../../../src/studies/drivers/factors/earnings.js';
import { factorPeriods } from '../../../src/studies/drivers/factors/period-factor.js';

const day = (date: string): number => dayNumber(date as IsoDate);

/** Income that grows by 10 a year, a little more or less, for `years` years from 2012 on; the last quarter is `last`. */
function listed(symbol: string, years: number, last: number) {
  return Array.from({ length: 4 * years }, (_, i) => ({
    symbol,
    quarter: 8048 + i,
    day: day('2012-05-01') + 91 * i,
    netIncome: i === 4 * years - 1 ? last : 100 + 10 * Math.floor(i / 4) + (i % 3),
  }));
}

/** The same company in XBRL: three quarters and the year of each fiscal year, which ends with January. */
function facts(symbol: string, years: number) {
  const row = (startDate: IsoDate, days: number, value: number) => ({
    ...{ cik: '1', symbol, startDate, endDate: addDays(startDate, days - 1), value },
    ...{ filedDate: addDays(startDate, days + 30), accessionNumber: `${startDate}-${days}`, knownAt: 0 },
  });
  return Array.from({ length: years }, (_, year) => {
    const start = addDays('2012-01-30' as IsoDate, 364 * year);
    const quarters = [0, 1, 2].map((q) =>
      row(addDays(start, 91 * q), 91, 100 + 10 * year + ((year + q) % 3)),
    );
    return [
      ...quarters,
      row(start, 273, 300 + 30 * year + 3),
      row(start, 364, 400 + 40 * year + 4 + (year % 2)),
    ];
  }).flat();
}

function viewOf(tables: {
  listed?: object[];
  facts?: object[];
  tickers?: object[];
  last?: number;
}): AsOfView {
  return {
    query: async (sql: string) => {
      if (sql.includes('FROM company_facts JOIN')) return tables.facts ?? [];
      if (sql.includes('SELECT DISTINCT symbol FROM constituents')) return tables.tickers ?? [];
      if (sql.includes('fiscal_year * 4')) return tables.listed ?? [];
      if (sql.includes('max(event_date)')) return [{ day: tables.last ?? null }];
      return [];
    },
  } as unknown as AsOfView;
}

describe('surprises of filed quarters', () => {
  it('are against the season before and the drift, in deviations of the differences before', async () => {
    const usual = await readFiledSurprises(viewOf({ listed: listed('A', 8, 100 + 70 + 1) }), null);
    const good = await readFiledSurprises(viewOf({ listed: listed('A', 8, 300) }), null);
    expect(Math.abs(usual.at(-1)!.surprise)).toBeLessThan(2);
    expect(good.at(-1)!.surprise).toBeGreaterThan(20);
    expect(good.slice(0, -1)).toEqual(usual.slice(0, -1));
    expect(good).toHaveLength(8 * 4 - 4 - 8);
  });

  it('take a company with XBRL facts there, fourth quarters included, once for all its share classes', async () => {
    const lists = [...listed('A', 8, 171), ...listed('AA', 8, 171), ...listed('B', 8, 171)];
    const view = viewOf({
      listed: lists,
      facts: facts('A', 8),
      tickers: [{ symbol: 'A' }, { symbol: 'AA' }],
    });
    const found = await readFiledSurprises(view, null);
    expect(new Set(found.map(({ symbol }) => symbol))).toEqual(new Set(['A', 'B']));
    const ofA = found.filter(({ symbol }) => symbol === 'A');
    expect(ofA).toHaveLength(8 * 4 - 4 - 8);
    const fourth = facts('A', 8).filter(
      ({ startDate, endDate }) => dayNumber(endDate) - dayNumber(startDate) === 363,
    );
    expect(ofA.map((one) => one.day)).toContain(dayNumber(fourth.at(-1)!.filedDate));
  });
});

describe('earnings as news of a week', () => {
  const ends = Array.from({ length: 500 }, (_, i) => addDays('2012-05-01' as IsoDate, 7 * i));
  const calendar = {
    name: 'cftc-week',
    periodEnds: ends,
    periodStarts: ends.map((end) => addDays(end, -6)),
    lookbackPeriods: { '1y': 52, '3y': 157, '5y': 261, '10y': 522 },
  } as const;
  const names = Array.from({ length: 12 }, (_, i) => listed(`N${i}`, 8, 300)).flat();
  const lastDay = day('2012-05-01') + 91 * 31;

  it('are the sum over the companies followed, held to five deviations; 0 without a filing, unknown after the last', async () => {
    const weeks = factorPeriods(calendar, 460);
    const [surprise] = await earningsFactors(viewOf({ listed: names, last: lastDay }), weeks, null);
    const week = weeks.ends.findIndex((end) => dayNumber(end) >= lastDay);
    expect(surprise!.values[week]).toBeCloseTo(5, 12);
    expect(surprise!.values[week - 1]).toBe(0);
    expect(surprise!.values[week + 1]).toBeNaN();
    expect(surprise!.reasonAt(week + 1)).toMatch(/newest filed quarter known is of 2020-01-21/);
    expect(surprise!.reasonAt(0)).toMatch(/0 companies have such a figure/);
  });

  it('of fewer than ten companies are not known', async () => {
    const weeks = factorPeriods(calendar, 400);
    const few = names.filter(({ symbol }) => symbol < 'N7' && symbol.length === 2);
    const [surprise] = await earningsFactors(viewOf({ listed: few, last: lastDay }), weeks, null);
    expect(surprise!.reasonAt(399)).toMatch(
      /^7 companies have such a figure in the year up to then, 10 needed/,
    );
  });
});
