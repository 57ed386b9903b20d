import { describe, expect, test } from 'vitest';
import {
  classifyManager,
  InvalidRequest,
  MANAGER_CLASSES,
  MANAGER_REGISTER,
  parseManagerOverrides,
} from '../../src/core/index.js';

const classOf = (cik: string | null, name: string | null) => classifyManager({ cik, name });

describe('the register', () => {
  test('has no CIK twice', () => {
    const ciks = MANAGER_REGISTER.flatMap(({ cik }) => (cik === null ? [] : [cik]));
    expect(ciks.filter((cik, index) => ciks.indexOf(cik) !== index)).toEqual([]);
    expect(ciks.every((cik) => /^\d{10}$/.test(cik))).toBe(true);
  });

  test('gives every manager a class and a reason', () => {
    for (const manager of MANAGER_REGISTER) {
      expect(MANAGER_CLASSES).toContain(manager.class);
      expect(manager.reason.length).toBeGreaterThan(3);
      expect(manager.cikCertainty === 'unknown').toBe(manager.cik === null);
    }
  });

  test('finds each of its own by the CIK and name it states', () => {
    for (const { cik, name, class: itsClass } of MANAGER_REGISTER) {
      expect([name, classOf(cik, name).class]).toEqual([name, itsClass]);
    }
  });

  test.each([
    ['919079', 'CALIFORNIA PUBLIC EMPLOYEES RETIREMENT SYSTEM', 'pension'],
    ['0001081019', 'CALIFORNIA STATE TEACHERS RETIREMENT SYSTEM', 'pension'],
    ['938076', 'State Board of Administration of Florida Retirement System', 'pension'],
    ['1283718', 'CANADA PENSION PLAN INVESTMENT BOARD', 'pension'],
    ['1374170', 'NORGES BANK', 'sovereign-wealth'],
    ['1021944', 'Temasek Holdings (Private) Ltd', 'sovereign-wealth'],
    [null, 'GIC Private Limited', 'sovereign-wealth'],
    [null, 'ABU DHABI INVESTMENT AUTHORITY', 'sovereign-wealth'],
    ['1446194', 'SUSQUEHANNA INTERNATIONAL GROUP, LLP', 'market-maker'],
    ['1103804', 'VIKING GLOBAL INVESTORS LP', 'hedge-fund'],
    ['1067983', 'BERKSHIRE HATHAWAY INC', 'insurance'],
  ])('%s %s is %s', (cik, name, expected) => {
    expect(classOf(cik, name)).toMatchObject({ class: expected, basis: 'register' });
  });

  test('the Swiss National Bank is a central bank, not a bank and not a sovereign fund', () => {
    expect(classOf('1582202', 'Swiss National Bank')).toMatchObject({ class: 'other' });
    expect(classOf('1582202', 'Swiss National Bank').reason).toContain('central bank');
  });

  test('passive and market-making managers can be told apart', () => {
    expect(classOf('102909', 'VANGUARD GROUP INC')).toMatchObject({ passive: true, marketMaking: false });
    expect(classOf('1595888', 'JANE STREET GROUP, LLC')).toMatchObject({
      passive: false,
      marketMaking: true,
    });
    expect(classOf('1423053', 'CITADEL ADVISORS LLC')).toMatchObject({
      class: 'hedge-fund',
      marketMaking: false,
    });
  });

  test('an unverified CIK counts only where the name agrees', () => {
    expect(classOf('1535845', 'HEALTHCARE OF ONTARIO PENSION PLAN TRUST FUND')).toMatchObject({
      basis: 'register',
    });
    expect(classOf('1535845', 'Somebody Else LLC')).toMatchObject({ class: 'other', basis: 'none' });
  });

  test('a name of the register with another unverified CIK is not taken for it', () => {
    expect(classOf('1234567', 'Yale University')).toMatchObject({ class: 'endowment', basis: 'name' });
  });
});

describe('names', () => {
  test.each([
    ['POLICE & FIREMEN PENSION FUND OF X', 'pension'],
    ['Municipal Employees Retirement System of Anywhere', 'pension'],
    ['University of Somewhere', 'endowment'],
    ['The Smith Foundation', 'endowment'],
    ['Acme Life Insurance Co', 'insurance'],
    ['First National Bank of Y', 'bank'],
    ['Thomasville National Bank', 'bank'],
    ['Somerset Trust Co', 'bank'],
    ['LBJ Family Office, Ltd.', 'family-office'],
    ['Symmetry Wealth Advisors, LLC', 'asset-manager'],
    ['Pension Consultants Advisory LLC', 'asset-manager'],
    ['University Wealth Advisors LLC', 'asset-manager'],
    ['Some Capital Management LP', 'asset-manager'],
    ['Rakuten Securities, Inc.', 'bank'],
    ['Qqq Zzz LP', 'other'],
  ])('%s reads as %s', (name, expected) => expect(classOf(null, name).class).toBe(expected));

  test('the word that decided is quoted', () =>
    expect(classOf(null, 'Acme Life Insurance Co').reason).toContain("'INSURANCE'"));

  test('no name and no CIK is other, with that reason', () =>
    expect(classOf(null, null)).toMatchObject({
      class: 'other',
      basis: 'none',
      reason: 'no name to judge by',
    }));
});

describe("a user's own file", () => {
  const json = JSON.stringify([
    { cik: 1423053, class: 'market-maker', marketMaking: true, reason: 'we count it so' },
    { cik: '0000102909', class: 'asset-manager' },
  ]);

  test('overrides the register', () => {
    const overrides = parseManagerOverrides(json, 'managers.json');
    expect(classifyManager({ cik: '1423053', name: 'CITADEL ADVISORS LLC' }, overrides)).toEqual({
      class: 'market-maker',
      passive: false,
      marketMaking: true,
      reason: 'we count it so',
      basis: 'user',
    });
    expect(classifyManager({ cik: '102909', name: null }, overrides).passive).toBe(false);
  });

  test.each([
    ['{', 'not JSON'],
    ['{}', 'no array'],
    ['[{"cik":"x","class":"pension"}]', "cik 'x'"],
    ['[{"cik":1,"class":"whale"}]', "class 'whale'"],
    ['[{"cik":1,"class":"pension","passive":"yes"}]', "passive 'yes'"],
    ['[{"cik":1,"class":"pension"},{"cik":"01","class":"bank"}]', 'twice'],
    ['[null]', 'cik'],
  ])('%s is refused: %s', (text, what) => {
    expect(() => parseManagerOverrides(text, 'managers.json')).toThrow(InvalidRequest);
    expect(() => parseManagerOverrides(text, 'managers.json')).toThrow(what);
  });
});
