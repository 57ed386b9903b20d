import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.js';
import { parseColumnMapping } from '../../../src/sources/positions/index.js';
import { csvFile, readPositions } from './read-positions.js';

const MAPPING = {
  kind: 'positions',
  columns: {
    report_date: 'Tuesday',
    multiplier: 'Dollars a point',
    dealer_long: 'D+',
    dealer_short: 'D-',
    asset_manager_long: 'A+',
    asset_manager_short: 'A-',
    leveraged_fund_long: 'L+',
    leveraged_fund_short: 'L-',
    other_reportable_long: 'O+',
    other_reportable_short: 'O-',
    non_reportable_long: 'N+',
    non_reportable_short: 'N-',
    level: 'Close',
  },
  constants: {
    contract_code: '01234+',
    report: 'futures-only',
    contract_units: '(EXAMPLE 100 INDEX X $<multiplier>)',
    level_symbol: 'EXAMPLE-100',
  },
};
const FILE =
  'Tuesday,Comment,Dollars a point,D+,D-,A+,A-,L+,L-,O+,O-,N+,N-,Close\n2024-01-09,"new, good",2.5,1,2,3,4,5,6,7,8,9,5,100.25\n2024-01-16,,,1,2,3,4,5,6,7,8,9,5,\n';

const mapping = () => parseColumnMapping(JSON.stringify(MAPPING), 'desk.mapping.json');

describe('a mapping of foreign column names', () => {
  test('reads a file that has all its columns', () => {
    const result = readPositions(csvFile(FILE), { mapping: mapping() })!;
    expect(result.evidence).toContain("the user's mapping");
    expect(result).toMatchObject({ rowsRead: 2, setAside: [] });
    expect(result.positions.map(({ row }) => [row.contractCode, row.multiplier, row.contractUnits])).toEqual([
      ['01234+', 2.5, '(EXAMPLE 100 INDEX X $2.5)'],
      ['01234+', null, null],
    ]);
    expect(result.levels.map(({ row }) => row)).toEqual([
      { symbol: 'EXAMPLE-100', date: '2024-01-09', close: 100.25 },
    ]);
  });

  test('does not touch a file that lacks one of its columns, nor one without a mapping', () => {
    expect(readPositions(csvFile(FILE.replace('Close', 'Last')), { mapping: mapping() })).toBeNull();
    expect(readPositions(csvFile(FILE))).toBeNull();
  });

  test('the place in a set-aside row is named as the file names it', () => {
    const result = readPositions(csvFile(FILE.replace(',5,100.25', ',x,100.25')), { mapping: mapping() })!;
    expect(result.setAside[0]).toMatchObject({
      column: 'N-',
      found: 'x',
      subject: '01234+',
      periodEnd: '2024-01-09',
    });
  });

  test('a mapping for another reader is left alone', () => {
    const foreign = { kind: 'prices', columns: { anything: 'Tuesday' }, constants: {} };
    expect(readPositions(csvFile(FILE), { mapping: foreign })).toBeNull();
  });

  const without = <Part extends 'columns' | 'constants'>(part: Part, name: string) => ({
    ...MAPPING,
    [part]: Object.fromEntries(Object.entries(MAPPING[part]).filter(([key]) => key !== name)),
  });
  test.each([
    ['{', /^desk.mapping.json is no JSON/],
    ['[]', /the mapping is no object/],
    [{ ...MAPPING, kind: 'flows' }, /kind is "flows"; write "positions"/],
    [{ ...MAPPING, column: {} }, /'column' is no part of a mapping/],
    [{ ...MAPPING, columns: 'D+' }, /columns is no object/],
    [
      { ...MAPPING, columns: { ...MAPPING.columns, dealer_long: 3 } },
      /columns.dealer_long is 3; write a text/,
    ],
    [{ ...MAPPING, columns: { ...MAPPING.columns, dealers: 'D' } }, /'dealers' is no column of positions/],
    [{ ...MAPPING, columns: { ...MAPPING.columns, dealer_long: 'D-' } }, /column 'D-' is used twice/],
    [without('columns', 'dealer_long'), /dealer_long is missing; name its column$/],
    [
      without('constants', 'contract_code'),
      /contract_code is missing; name its column or give it as a constant/,
    ],
    [without('constants', 'level_symbol'), /level and level_symbol go together/],
    [
      { ...MAPPING, constants: { ...MAPPING.constants, contract_code: '1234' } },
      /constant contract_code is '1234', expected/,
    ],
    [
      { ...MAPPING, constants: { ...MAPPING.constants, report: '' } },
      /constant report is '', expected futures-only or combined/,
    ],
    [
      { ...MAPPING, constants: { ...MAPPING.constants, dealer_spread: '0' } },
      /dealer_spread cannot be a constant/,
    ],
    [
      { ...MAPPING, constants: { ...MAPPING.constants, multiplier: '5' } },
      /multiplier is both a column and a constant/,
    ],
  ])('%j is refused', (value, message) => {
    const json = typeof value === 'string' ? value : JSON.stringify(value);
    expect(() => parseColumnMapping(json, 'desk.mapping.json')).toThrow(FormatError);
    expect(() => parseColumnMapping(json, 'desk.mapping.json')).toThrow(message);
  });

  test('a wrong mapping handed to the reader is refused when a file is looked at', () => {
    const wrong = { ...MAPPING, constants: {} };
    expect(() => readPositions(csvFile(FILE), { mapping: wrong })).toThrow(
      /mapping: contract_code is missing/,
    );
  });
});
