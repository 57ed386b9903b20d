import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError, formatInstant } from '../../../src/core/index.js';
import { positionsReader } from '../../../src/sources/positions/index.js';
import { csvFile, readPositions } from './read-positions.js';

/** The documented columns; positions of an ordinary contract that add up to open interest with their spreads. */
const ROW: Readonly<Record<string, string>> = {
  report_date: '2024-01-09',
  contract_code: '0123AX',
  report: 'futures-only',
  contract_name: 'EXAMPLE 100 INDEX',
  multiplier: '20',
  open_interest: '925',
  dealer_long: '110',
  dealer_short: '240',
  dealer_spread: '10',
  asset_manager_long: '390',
  asset_manager_short: '170',
  asset_manager_spread: '20',
  leveraged_fund_long: '210',
  leveraged_fund_short: '290',
  leveraged_fund_spread: '30',
  other_reportable_long: '60',
  other_reportable_short: '90',
  other_reportable_spread: '5',
  non_reportable_long: '90',
  non_reportable_short: '70',
  level: '4700.5',
  level_symbol: 'EXAMPLE-100',
};

/** A CSV of rows that differ from ROW as said; columns named in `without` are left out. */
function csv(changes: readonly Readonly<Record<string, string>>[], without: readonly string[] = []): string {
  const names = Object.keys(ROW).filter((name) => !without.includes(name));
  const rows = changes.map((change) => names.map((name) => change[name] ?? ROW[name]).join(','));
  return `${[names.join(','), ...rows].join('\n')}\n`;
}

const SPREADS = ['dealer_spread', 'asset_manager_spread', 'leveraged_fund_spread', 'other_reportable_spread'];

describe('a file with the documented columns', () => {
  test('gives positions of grade brought and the level of the index', () => {
    const result = readPositions(csvFile(csv([{}])))!;
    expect(result).toMatchObject({ rowsRead: 1, setAside: [] });
    expect(result.positions[0]).toMatchObject({
      periodStart: '2024-01-03',
      periodEnd: '2024-01-09',
      knownAtKind: 'calendar',
      rowNumber: 2,
      row: {
        grade: 'brought',
        contractCode: '0123AX',
        contractUnits: null,
        openInterest: 925,
        dealerSpread: 10,
        assetManagerLong: 390,
        changeOpenInterest: null,
      },
    });
    expect(formatInstant(result.positions[0]!.knownAt)).toBe('2024-01-12T20:30:00Z');
    expect(result.levels[0]!.row).toEqual({ symbol: 'EXAMPLE-100', date: '2024-01-09', close: 4700.5 });
  });

  test('needs no spreads, open interest, multiplier, name and level', () => {
    const optional = [...SPREADS, 'open_interest', 'multiplier', 'contract_name', 'level', 'level_symbol'];
    const result = readPositions(csvFile(csv([{}], optional)))!;
    expect(result.setAside).toEqual([]);
    expect(result.levels).toEqual([]);
    expect(result.positions[0]!.row).toMatchObject({
      openInterest: null,
      multiplier: null,
      dealerSpread: null,
    });
  });

  test.each(['dealer_long', 'report_date', 'contract_code', 'report'])('is none without %s', (name) => {
    expect(readPositions(csvFile(csv([{}], [name])))).toBeNull();
  });

  test('the largest tolerated difference of longs and shorts is 4 for combined reports and consolidated codes', () => {
    const off = (contracts: number, change: Record<string, string>) =>
      readPositions(csvFile(csv([{ ...change, dealer_short: String(240 + contracts), open_interest: '' }])))!
        .setAside.length;
    expect([off(0, {}), off(1, {}), off(-1, {})]).toEqual([0, 1, 1]);
    expect([off(4, { report: 'combined' }), off(5, { report: 'combined' })]).toEqual([0, 1]);
    expect([off(-4, { contract_code: '01234+' }), off(-5, { contract_code: '01234+' })]).toEqual([0, 1]);
  });

  test.each([
    [
      { report_date: '2024-01-10' },
      'report_date',
      '2024-01-10',
      "2024-01-09, the CFTC's report date of that week",
    ],
    [
      { report_date: '2024-02-30' },
      'report_date',
      '2024-02-30',
      'a report date of the CFTC as YYYY-MM-DD, 1990 to 2030',
    ],
    [{ contract_code: '90741' }, 'contract_code', '90741', /six letters and digits/],
    [{ contract_code: '' }, 'contract_code', '', /six letters and digits/],
    [{ report: 'both' }, 'report', 'both', 'futures-only or combined'],
    [{ dealer_long: '' }, 'dealer_long', '', 'a whole number of contracts >= 0'],
    [{ dealer_long: '110.5' }, 'dealer_long', '110.5', 'a whole number of contracts >= 0'],
    [{ dealer_spread: '-1' }, 'dealer_spread', '-1', 'a whole number of contracts >= 0, or a blank'],
    [{ multiplier: '0' }, 'multiplier', '0', 'US dollars a point > 0, or a blank'],
    [{ level: 'n/a' }, 'level', 'n/a', 'index points > 0, or a blank'],
    [{ level_symbol: '' }, 'level_symbol', '', /the symbol of the index/],
    [
      { open_interest: '924' },
      'open_interest',
      '924',
      /^the sum of the classes, longs 860, shorts 860, spreads 65, within 0/,
    ],
    [{ open_interest: '926' }, 'open_interest', '926', /^the sum of the classes/],
    [{ dealer_spread: '', open_interest: '859' }, 'open_interest', '859', /^at least the sum of the classes/],
    [{ dealer_short: '241' }, null, 'longs 860', /shorts 861/],
  ] as const)('%j is set aside', (change, column, found, expected) => {
    const { setAside, positions, rowsRead } = readPositions(
      csvFile(csv([change, { report_date: '2024-01-16' }])),
    )!;
    expect([rowsRead, positions.length, setAside.length]).toEqual([2, 1, 1]);
    expect(setAside[0]).toMatchObject({ rowNumber: 2, column, found });
    expect(setAside[0]!.expected).toMatch(typeof expected === 'string' ? `${expected}` : expected);
  });

  test('a row of another width, a stray quote and a repeated row are set aside', () => {
    const text = csv([{}, { report_date: '2024-01-16' }, {}, { report_date: '2024-01-23' }]).split('\n');
    const damaged = [
      text[0],
      text[1],
      `${text[2]},1`,
      text[3],
      text[4]!.replace('EXAMPLE 100 INDEX', '"EX"AMPLE'),
    ];
    const { setAside, positions, rowsRead } = readPositions(csvFile(`${damaged.join('\n')}\n`))!;
    expect([rowsRead, positions.length]).toEqual([4, 1]);
    expect(setAside.map(({ rowNumber, reason }) => [rowNumber, reason])).toEqual([
      [3, 'wrong number of columns'],
      [4, 'repeated row'],
      [5, 'text follows a closing quote'],
    ]);
    expect(setAside[1]).toMatchObject({ subject: '0123AX', periodEnd: '2024-01-09' });
  });

  test('a column that stands in the header twice and a level without symbol are refused', () => {
    const twice = csv([{}]).replace('contract_name', 'dealer_long');
    expect(() => readPositions(csvFile(twice))).toThrow(
      /positions.csv: the header has column dealer_long twice/,
    );
    expect(() => readPositions(csvFile(csv([{}], ['level_symbol'])))).toThrow(/lacks level_symbol/);
  });
});

describe('damaged files of positions', () => {
  const text = csv([{}, { report_date: '2024-01-16' }, { report_date: '2024-01-23' }]);

  test('changed bytes never crash the reader, and every row is a fact or set aside', () => {
    const bytes = Buffer.from(text);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (changes) => {
          const damaged = Buffer.from(bytes);
          for (const [at, byte] of changes) damaged[at] = byte;
          try {
            const result = readPositions(csvFile(damaged));
            if (result === null) return;
            expect(result.positions.length + result.setAside.length).toBe(result.rowsRead);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('arbitrary bytes are not ours', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(positionsReader.detect(csvFile(bytes), {})).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  test('what is written is read', () => {
    const count = fc.nat(1_000_000);
    fc.assert(
      fc.property(fc.array(count, { minLength: 9, maxLength: 9 }), (counts) => {
        const [a, b, c, d, e, f, g, h, spread] = counts as [
          number,
          number,
          number,
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        const longs = [a, b, c, d, e];
        const shorts = [f, g, h, 0];
        const total = longs.reduce((x, y) => x + y, 0);
        const rest = total - f - g - h;
        fc.pre(rest >= 0);
        const classes = ['dealer', 'asset_manager', 'leveraged_fund', 'other_reportable', 'non_reportable'];
        const change: Record<string, string> = { open_interest: String(total + 4 * spread) };
        for (const name of SPREADS) change[name] = String(spread);
        classes.forEach((name, index) => {
          change[`${name}_long`] = String(longs[index]);
          change[`${name}_short`] = String([...shorts, rest][index]);
        });
        const { positions } = readPositions(csvFile(csv([change])))!;
        expect(positions[0]!.row).toMatchObject({
          openInterest: total + 4 * spread,
          dealerLong: a,
          leveragedFundShort: h,
          nonReportableShort: rest,
          otherReportableSpread: spread,
        });
      }),
      { numRuns: 60 },
    );
  });
});
