import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHECKED_ACTIONS } from '../../src/core/data/checked-splits.js';
import {
  addDays,
  basisSpans,
  buildSecurityRegister,
  type IsoDate,
  isShareIssue,
  receivedShares,
  type SecurityLists,
  splitFactor,
  tickerSymbol,
  type VendorSplit,
} from '../../src/core/index.js';
import { hasSharedData, sharedBytes } from '../sources/text/shared-data.js';

const day = (text: string) => text as IsoDate;
const vendor = (symbol: string, date: string, split: number): VendorSplit => ({
  symbol,
  date: day(date),
  split,
});
const Q3 = day('2025-09-30');
const Q4 = day('2025-12-31');

describe('factors between share counts', () => {
  test('true splits count, with or without a vendor', () => {
    expect(splitFactor('NFLX', Q3, Q4, []).factor).toBe(10);
    expect(splitFactor('NFLX', Q3, Q4, [vendor('NFLX', '2025-11-17', 10)])).toEqual({
      factor: 10,
      reason: null,
      events: ['10-for-1 split on 2025-11-17'],
    });
    expect(splitFactor('GE', day('2021-06-30'), day('2021-09-30'), []).factor).toBe(1 / 8);
    expect(splitFactor('WRB', day('2018-12-31'), day('2024-12-31'), []).factor).toBeCloseTo(1.5 ** 3, 12);
  });

  test('spin-offs that a vendor books as splits leave shares alone', () => {
    for (const [symbol, date, ratio] of [
      ['DD', '2025-11-03', 2.39],
      ['HON', '2025-10-30', 1.061],
      ['GE', '2023-01-04', 1.281],
      ['MMM', '2024-04-01', 1.196],
      ['T', '2022-04-11', 1.324],
      ['RTX', '2020-04-03', 1.589],
    ] as const) {
      const found = splitFactor(symbol, day('2019-12-31'), day('2025-12-31'), [vendor(symbol, date, ratio)]);
      expect(found.reason).toBeNull();
      expect(splitFactor(symbol, day(date.replace(/\d\d$/, '01')), day(date), []).factor ?? 1).toBe(1);
    }
  });

  test('a reverse split and a spin-off in one booked ratio are told apart', () => {
    expect(
      splitFactor('DD', day('2019-03-31'), day('2019-06-30'), [
        vendor('DD', '2019-04-02', 1.487),
        vendor('DD', '2019-06-03', 0.4725),
      ]).factor,
    ).toBeCloseTo(1 / 3, 12);
  });

  test('a ratio on no list gives null with the ratio and the day, also one that differs from the list', () => {
    const strange = splitFactor('ZZZ', Q3, Q4, [vendor('ZZZ', '2025-11-03', 1.37)]);
    expect(strange.factor).toBeNull();
    expect(strange.reason).toContain('1.37');
    expect(strange.reason).toContain('2025-11-03');
    expect(splitFactor('NFLX', Q3, Q4, [vendor('NFLX', '2025-11-17', 7)]).factor).toBeNull();
    expect(splitFactor('DELL', day('2018-09-30'), day('2018-12-31'), []).factor).toBeNull();
  });

  test('only ex-dates after the first day and up to the last count', () => {
    expect(splitFactor('NFLX', day('2025-11-17'), Q4, []).factor).toBe(1);
    expect(splitFactor('NFLX', Q3, day('2025-11-16'), []).factor).toBe(1);
    expect(splitFactor('NFLX', Q3, day('2025-11-17'), []).factor).toBe(10);
    expect(
      splitFactor('ZZZ', Q3, Q4, [vendor('ZZZ', '2025-09-30', 1.37), vendor('AAA', '2025-11-03', 1.4)])
        .factor,
    ).toBe(1);
  });

  test('chain over any day between', () => {
    const symbols = [
      ...new Set(CHECKED_ACTIONS.filter(({ factor }) => factor !== null).map(({ symbol }) => symbol)),
    ].filter((symbol) => CHECKED_ACTIONS.every((a) => a.symbol !== symbol || a.factor !== null));
    const days = fc
      .integer({ min: 0, max: 3700 })
      .map((n) => day(new Date(Date.UTC(2016, 0, 1 + n)).toISOString().slice(0, 10)));
    fc.assert(
      fc.property(fc.constantFrom(...symbols), fc.tuple(days, days, days), (symbol, three) => {
        const [a, b, c] = three.toSorted() as [IsoDate, IsoDate, IsoDate];
        const whole = splitFactor(symbol, a, c, []).factor!;
        const parts = splitFactor(symbol, a, b, []).factor! * splitFactor(symbol, b, c, []).factor!;
        expect(parts).toBeCloseTo(whole, 10);
      }),
    );
  });
});

describe('the checked list', () => {
  test('has one line a symbol and day, days that exist, and factors that fit their kind', () => {
    const keys = CHECKED_ACTIONS.map(({ symbol, exDate }) => `${symbol} ${exDate}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { kind, factor, ratio, exDate } of CHECKED_ACTIONS) {
      expect(new Date(exDate).toISOString().slice(0, 10)).toBe(exDate);
      expect(ratio).toBeGreaterThan(0);
      if (kind === 'spin-off') expect(factor).toBe(1);
      if (kind === 'exchange') expect(factor).toBeNull();
      if (kind === 'split') expect(factor).not.toBe(1);
    }
  });

  test('says what holders of a parent were given', () => {
    const given = receivedShares(Q3, Q4);
    expect(given).toContainEqual(
      expect.objectContaining({ of: 'DD', received: { symbol: 'Q', perShare: 1 / 2 } }),
    );
    expect(given).toContainEqual(
      expect.objectContaining({ of: 'HON', received: { symbol: 'SOLS', perShare: 1 / 4 } }),
    );
    expect(given).toContainEqual(
      expect.objectContaining({ of: 'IPG', received: { symbol: 'OMC', perShare: 0.344 } }),
    );
  });
});

describe.skipIf(!hasSharedData)('a price vendor’s record of 503 names (needs ../shared/data)', () => {
  test('is on the checked list, line by line', () => {
    const text = new TextDecoder().decode(sharedBytes('prices/corporate-actions-2016-2026.csv.gz'));
    const booked = text.split('\n').flatMap((line) => {
      const [date, symbol, , split] = line.split(',');
      return Number(split) > 0 ? [vendor(symbol!, date!, Number(split))] : [];
    });
    expect(booked).toHaveLength(131);
    const unknown = booked.filter(({ symbol, date, split }) => {
      const { reason } = splitFactor(symbol, addDays(date, -1), date, [vendor(symbol, date, split)]);
      return reason?.includes('on no checked list') ?? false;
    });
    expect(unknown).toEqual([]);
  });
});

describe('closes in the split basis of a quarter end', () => {
  const spans = (from: string, to: string, splits: readonly VendorSplit[]) =>
    basisSpans(day(from), day(to), splits);

  test('a later split is undone, one inside the quarter is put back before it', () => {
    const split = vendor('NFLX', '2025-11-17', 10);
    expect(spans('2025-07-01', '2025-09-30', [split])).toEqual([
      { from: '2025-07-01', to: '2025-09-30', factor: 10 },
    ]);
    expect(spans('2025-10-01', '2025-12-31', [split])).toEqual([
      { from: '2025-10-01', to: '2025-11-16', factor: 1 },
      { from: '2025-11-17', to: '2025-12-31', factor: 1 },
    ]);
    expect(spans('2026-01-01', '2026-03-31', [split])).toEqual([
      { from: '2026-01-01', to: '2026-03-31', factor: 1 },
    ]);
  });

  test('a spin-off is undone and never put back: holders had the whole company at the old price', () => {
    expect(spans('2025-10-01', '2025-12-31', [vendor('DD', '2025-11-03', 2.39)])).toEqual([
      { from: '2025-10-01', to: '2025-11-02', factor: 2.39 },
      { from: '2025-11-03', to: '2025-12-31', factor: 1 },
    ]);
  });

  test('an unknown ratio inside the quarter gives none; a later one is the vendor’s own and undone all the same', () => {
    expect(spans('2025-10-01', '2025-12-31', [vendor('ZZZ', '2025-11-03', 1.37)])).toBeNull();
    expect(spans('2025-07-01', '2025-09-30', [vendor('ZZZ', '2025-11-03', 1.37)])![0]!.factor).toBe(1.37);
  });
});

const EMPTY: SecurityLists = { names: [], dated: [], issuers: [], constituents: [] };
const listing = (symbol: string, sector: string, firstSeen: string, more: object = {}) => ({
  list: 'sp500',
  symbol,
  name: symbol,
  sector,
  cik: null,
  firstSeen: day(firstSeen),
  lastSeen: null,
  ...more,
});

describe('the security register', () => {
  test('takes the ticker of the day from the dated list, else the nearest before, else the first after', () => {
    const register = buildSecurityRegister({
      ...EMPTY,
      names: [{ cusip: '30303M102', ticker: 'FBOLD' }],
      dated: [
        { cusip: '30303M102', ticker: 'FB', issuer: 'FACEBOOK INC', date: day('2021-12-31') },
        { cusip: '30303M102', ticker: 'META', issuer: 'META PLATFORMS INC', date: day('2022-06-30') },
      ],
    });
    expect(register.lookup('30303M102', day('2022-03-31'))!.ticker).toBe('FB');
    expect(register.lookup('30303M102', day('2022-06-30'))).toMatchObject({
      ticker: 'META',
      issuer: 'META PLATFORMS INC',
    });
    const early = register.lookup('30303M102', day('2020-03-31'))!;
    expect(early.ticker).toBe('FB');
    expect(early.evidence[0]).toContain('later than the day');
    expect(register.tickers('30303M102', day('2022-03-31'))).toEqual(['FB', 'META', 'FBOLD']);
    expect(register.lookup('999999999', day('2022-03-31'))).toBeNull();
  });

  test('dates sectors: Meta was technology until the list showed otherwise', () => {
    const register = buildSecurityRegister({
      ...EMPTY,
      names: [{ cusip: '30303M102', ticker: 'FB' }],
      constituents: [
        listing('FB', 'communication-services', '2020-05-29'),
        listing('FB', 'technology', '2013-12-23'),
      ],
    });
    expect(register.lookup('30303M102', day('2018-03-31'))!.sector).toBe('technology');
    expect(register.lookup('30303M102', day('2020-06-30'))!.sector).toBe('communication-services');
    const before = register.lookup('30303M102', day('2012-12-31'))!;
    expect(before.sector).toBe('technology');
    expect(before.evidence.at(-1)).toContain('later than the day');
  });

  test('another share class has the sector of its filer; a ticker long off its list has none', () => {
    const register = buildSecurityRegister({
      ...EMPTY,
      names: [
        { cusip: '084670108', ticker: 'BRK.A' },
        { cusip: '123456104', ticker: 'OLD' },
      ],
      issuers: [{ cik: '0001067983', ticker: 'BRK-A', title: 'BERKSHIRE HATHAWAY INC' }],
      constituents: [
        listing('BRK-B', 'financials', '2013-02-10', { cik: '0001067983' }),
        listing('OLD', 'energy', '2013-02-10', { lastSeen: day('2014-01-31') }),
      ],
    });
    expect(register.lookup('084670108', Q4)).toMatchObject({ ticker: 'BRK-A', sector: 'financials' });
    expect(register.lookup('123456104', day('2015-12-31'))!.sector).toBe('energy');
    expect(register.lookup('123456104', Q4)!.sector).toBeNull();
  });

  test('class shares without a separator are those of the listing', () => {
    const register = buildSecurityRegister({
      ...EMPTY,
      names: [{ cusip: '084670702', ticker: 'BRKB' }],
      constituents: [listing('BRK-B', 'financials', '2013-02-10')],
    });
    expect(register.lookup('084670702', Q4)).toMatchObject({ ticker: 'BRK-B', sector: 'financials' });
  });

  test('falls back on the issuer’s name, and does not choose between two tickers of one', () => {
    const register = buildSecurityRegister({
      ...EMPTY,
      issuers: [
        { cik: '0000000001', ticker: 'SOLO', title: 'Solo Widgets Inc.' },
        { cik: '0000000002', ticker: 'TWA', title: 'Twin Corp' },
        { cik: '0000000002', ticker: 'TWB', title: 'Twin Corp' },
      ],
      constituents: [listing('TWA', 'utilities', '2013-02-10', { cik: '0000000002' })],
    });
    expect(register.lookup('000000001', Q4, 'SOLO WIDGETS INC NEW')).toMatchObject({
      ticker: 'SOLO',
      sector: null,
    });
    expect(register.lookup('000000002', Q4, 'TWIN CORPORATION')).toMatchObject({
      ticker: null,
      sector: 'utilities',
    });
    expect(register.lookup('000000003', Q4, 'THE INC')).toMatchObject({
      ticker: null,
      issuer: 'THE INC',
      sector: null,
    });
  });

  test('reads share classes and tells debt by its CUSIP', () => {
    expect(['BRK.B', 'brk/b', 'BRK B', 'BRK-B'].map(tickerSymbol)).toEqual([
      'BRK-B',
      'BRK-B',
      'BRK-B',
      'BRK-B',
    ]);
    expect(['037833100', 'G0896C103', '98980GAB8', '902681AB1', '12'].map(isShareIssue)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
