import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONTRACT_REGISTER, contractEntry, SECTORS } from '../../src/core/index.js';

const cftc = join(import.meta.dirname, '../../../shared/data/cftc');

describe('the contract register', () => {
  it('has one entry a code, each with an index and a name', () => {
    const codes = CONTRACT_REGISTER.map((entry) => entry.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const entry of CONTRACT_REGISTER) {
      expect(entry.name.length * entry.index.length).toBeGreaterThan(0);
      expect(contractEntry(entry.code)).toBe(entry);
    }
  });

  it('takes codes as they are written in the report, no shorter', () => {
    expect(contractEntry('20974+')?.index).toBe('NASDAQ-100');
    expect(contractEntry('20974')).toBeNull();
    expect(contractEntry('13874a')).toBeNull();
    expect(contractEntry('')).toBeNull();
  });

  it('consolidates minis and micros of the same index, one level deep', () => {
    const into = CONTRACT_REGISTER.filter((entry) => entry.consolidatedInto !== null);
    expect(into.map((entry) => `${entry.code}>${entry.consolidatedInto}`).sort()).toEqual([
      '124601>12460+',
      '124603>12460+',
      '124608>12460+',
      '138741>13874+',
      '13874A>13874+',
      '13874U>13874+',
      '209741>20974+',
      '209742>20974+',
      '209747>20974+',
    ]);
    for (const entry of into) {
      const whole = contractEntry(entry.consolidatedInto!);
      expect(whole?.index).toBe(entry.index);
      expect(whole?.consolidatedInto).toBeNull();
      expect(whole?.priceSeries).toEqual(entry.priceSeries);
    }
  });

  it('lets the NASDAQ-100 stand in for technology, and says so', () => {
    for (const code of ['20974+', '209741', '209742', '209747']) {
      expect(contractEntry(code)).toMatchObject({ sector: 'technology', sectorIsProxy: true });
    }
    expect(contractEntry('13874I')).toMatchObject({ sector: 'technology', sectorIsProxy: false });
  });

  it('has a contract that is no stand-in for each of the eleven sectors', () => {
    const own = CONTRACT_REGISTER.filter((entry) => entry.sector !== null && !entry.sectorIsProxy);
    expect(own.map((entry) => entry.sector).sort()).toEqual([...SECTORS].sort());
    for (const entry of CONTRACT_REGISTER) if (entry.sector === null) expect(entry.sectorIsProxy).toBe(false);
  });

  it('looks for one index in one order of series, and never for two indexes in the same series', () => {
    const seriesOf = new Map<string, string>();
    const indexOf = new Map<string, string>();
    for (const { index, priceSeries } of CONTRACT_REGISTER) {
      const text = JSON.stringify(priceSeries);
      expect(seriesOf.get(index) ?? text).toBe(text);
      seriesOf.set(index, text);
      for (const { table, symbol } of priceSeries) {
        expect(indexOf.get(`${table} ${symbol}`) ?? index).toBe(index);
        indexOf.set(`${table} ${symbol}`, index);
      }
    }
    expect(contractEntry('20974+')?.priceSeries).toEqual([
      { table: 'levels', symbol: 'NASDAQ-100' },
      { table: 'levels', symbol: '^NDX' },
      { table: 'macro', symbol: 'NASDAQ100' },
    ]);
    expect(contractEntry('13874A')?.priceSeries[0]).toEqual({ table: 'levels', symbol: '^GSPC' });
  });
});

/** Codes of the report's equity group that are no price contracts on indexes of US shares. */
const LEFT_OUT = new Set(
  '13874N 13874W 239750 43874A 43874Q 240741 240743 244041 244042 244741 244742 24477G 24477M'.split(' '),
);

describe.skipIf(!existsSync(cftc))('the register against the reports (needs ../shared/data)', () => {
  const seen = new Map<string, { first: string; last: string; isEquity: boolean }>();
  beforeAll(() => {
    for (const file of readdirSync(cftc).filter((name) => /^finfut-\d{4}\.txt\.gz$/.test(name))) {
      const rows = gunzipSync(readFileSync(join(cftc, file)))
        .toString('latin1')
        .trim()
        .split(/\r?\n/)
        .slice(1);
      for (const row of rows) {
        const fields = [...row.matchAll(/("[^"]*"|[^,]*?)\s*(,|$)/g)].map((match) =>
          match[1]!.replace(/"/g, '').trim(),
        );
        const [, , date, code] = fields as [string, string, string, string];
        const before = seen.get(code);
        seen.set(code, {
          first: before === undefined || date < before.first ? date : before.first,
          last: before === undefined || date > before.last ? date : before.last,
          isEquity: before?.isEquity === true || fields[85] === 'F20',
        });
      }
    }
  });

  it('holds every equity contract of the files but those left out on purpose', () => {
    const equity = [...seen].filter(([, facts]) => facts.isEquity).map(([code]) => code);
    const registered = CONTRACT_REGISTER.map((entry) => entry.code);
    expect(equity.filter((code) => !LEFT_OUT.has(code)).sort()).toEqual([...registered].sort());
    expect([...LEFT_OUT].filter((code) => !equity.includes(code))).toEqual([]);
  });

  it('begins and ends each code where the files do', () => {
    for (const { code, validFrom, validTo } of CONTRACT_REGISTER) {
      const { first, last } = seen.get(code)!;
      expect([code, validFrom ?? 'start']).toEqual([code, first <= '2010-09-07' ? 'start' : first]);
      expect([code, validTo ?? 'open']).toEqual([code, last < '2024-01-01' ? last : 'open']);
    }
  });
});
