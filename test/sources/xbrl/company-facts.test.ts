import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError, formatInstant, type PeriodFact, quarterlyValues } from '../../../src/core/index.js';
import { xbrlReader } from '../../../src/sources/xbrl/index.js';
import { type Reading, readAll, rowsOf, sourceFile } from '../text/read-all.js';
import { hasSharedData, sharedBytes } from '../text/shared-data.js';

const filed = (end: string, val: unknown, filedOn: string, more: object = {}) => ({
  start: '2023-01-30',
  end,
  val,
  accn: `0001045810-${filedOn.slice(2, 4)}-${filedOn.slice(5, 7)}00${filedOn.slice(8, 10)}`,
  fy: 2024,
  fp: 'Q1',
  form: '10-Q',
  filed: filedOn,
  frame: 'CY2023Q1',
  ...more,
});

const company = (facts: readonly unknown[], concept = 'Revenues', unit = 'USD', taxonomy = 'us-gaap') =>
  JSON.stringify({
    cik: 1045810,
    entityName: 'NVIDIA CORP',
    facts: { [taxonomy]: { [concept]: { label: 'l', units: { [unit]: facts } } } },
  });

describe('company facts of the SEC', () => {
  it('gives each filing its row, known at the end of the day on which it was filed', () => {
    const reading = readAll(xbrlReader, company([filed('2023-04-30', 7192e6, '2023-05-26')]));
    expect(reading.detection.kind).toBe('sec-company-facts');
    expect(rowsOf(reading, 'companyFacts')).toEqual([
      {
        cik: '0001045810',
        taxonomy: 'us-gaap',
        concept: 'Revenues',
        unit: 'USD',
        startDate: '2023-01-30',
        endDate: '2023-04-30',
        value: 7192e6,
        accessionNumber: '0001045810-23-050026',
        fiscalYear: 2024,
        fiscalPeriod: 'Q1',
        form: '10-Q',
        filedDate: '2023-05-26',
        statement: 'first',
        splitBasis: 'as-filed',
      },
    ]);
    expect(formatInstant(reading.facts[0]!.knownAt)).toBe('2023-05-27T03:59:59Z');
  });

  it('tells first statements, repetitions and restatements apart by the day of filing, whatever the order', () => {
    const facts = [
      filed('2023-04-30', 10, '2025-05-26'),
      filed('2023-04-30', 10, '2024-05-26'),
      filed('2023-04-30', 12, '2023-05-26'),
    ];
    const statements = (order: readonly unknown[]) =>
      Object.fromEntries(
        rowsOf(readAll(xbrlReader, company(order)), 'companyFacts').map((row) => [
          row.filedDate,
          row.statement,
        ]),
      );
    const expected = { '2023-05-26': 'first', '2024-05-26': 'restated', '2025-05-26': 'repeated' };
    expect(statements(facts)).toEqual(expected);
    expect(statements(facts.toReversed())).toEqual(expected);
  });

  it('takes a figure that stands twice in a filing for one statement', () => {
    const facts = [
      filed('2023-04-30', 12, '2023-05-26'),
      filed('2023-04-30', 12, '2023-05-26', { frame: undefined }),
      filed('2023-04-30', 12, '2024-05-26'),
      filed('2023-04-30', 12, '2024-05-26'),
    ];
    const rows = rowsOf(readAll(xbrlReader, company(facts)), 'companyFacts');
    expect(rows.map(({ statement }) => statement)).toEqual(['first', 'first', 'repeated', 'repeated']);
  });

  it('reads balances, taxonomies of other standards, and units of all kinds', () => {
    const balance = { ...filed('2024-12-31', 5, '2025-04-30'), start: undefined, fy: null, fp: undefined };
    const reading = readAll(xbrlReader, company([balance], 'Equity', 'COP', 'ifrs-full'));
    expect(rowsOf(reading, 'companyFacts')[0]).toMatchObject({
      taxonomy: 'ifrs-full',
      unit: 'COP',
      startDate: null,
      fiscalYear: null,
      fiscalPeriod: null,
    });
    expect(reading.facts[0]).toMatchObject({ periodStart: '2024-12-31', periodEnd: '2024-12-31' });
  });

  it('sets facts aside that cannot be read, and says which', () => {
    const facts = [
      filed('2023-04-30', '7', '2023-05-26'),
      filed('2023-02-30', 7, '2023-05-26'),
      filed('2023-04-30', 7, '2023-05-26', { start: '2023-05-01' }),
      filed('2023-04-30', 7, '2023-05-26', { accn: '1' }),
      filed('2023-04-30', 7, '2023-05-26', { filed: 20230526 }),
      null,
    ];
    const reading = readAll(xbrlReader, company(facts));
    expect(reading.setAside.map(({ rowNumber, column }) => [rowNumber, column])).toEqual([
      [1, 'val'],
      [2, 'end'],
      [3, 'start'],
      [4, 'accn'],
      [5, 'filed'],
      [6, 'filed'],
    ]);
    expect(reading.setAside.every(({ subject }) => subject === 'Revenues')).toBe(true);
  });

  it('refuses a file that is cut or names no company', () => {
    const whole = company([filed('2023-04-30', 7, '2023-05-26')]);
    expect(() => readAll(xbrlReader, whole.slice(0, -5))).toThrow(FormatError);
    expect(() => readAll(xbrlReader, whole.replace('1045810', '"Nvidia"'))).toThrow("cik 'Nvidia'");
    expect(() => readAll(xbrlReader, '{"cik": 1, "entityName": "", "facts": []}')).toThrow("no 'facts'");
    expect(xbrlReader.detect(sourceFile('{"cik": 1, "facts": {}}'), {})).toBeNull();
  });

  it('accounts for every fact of any JSON', () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('2023-04-30', 7, '2023-05-26'));
    const some = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      fc
        .record({ key: fc.constantFrom('start', 'end', 'val', 'accn', 'filed', 'fy'), value })
        .map(({ key, value }) => ({
          ...filed('2023-04-30', 7, '2023-05-26'),
          [key]: value,
        })),
    );
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), (facts) => {
        expect(readAll(xbrlReader, company(facts)).rowsRead).toBe(facts.length);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});

function periodsOf(reading: Reading, concept: string): PeriodFact[] {
  return reading.facts.flatMap(({ row, knownAt }) => {
    const { startDate, endDate, value, filedDate, accessionNumber, ...rest } = row as never as PeriodFact & {
      concept: string;
    };
    return rest.concept === concept && startDate !== null
      ? [{ startDate, endDate, value, filedDate, accessionNumber, knownAt }]
      : [];
  });
}

describe.skipIf(!hasSharedData)('authentic company facts (needs ../shared/data)', () => {
  const read = (name: string) => readAll(xbrlReader, sharedBytes(`xbrl/companyfacts-${name}`));

  it.each([
    ['aapl-subset.json.gz', 3585],
    ['goog-subset.json.gz', 1813],
    ['lpa-ifrs-full.json', 768],
    ['mrvl-full.json.gz', 8053],
    ['nvda-subset.json.gz', 3589],
  ])('%s: every fact, none twice', (name, rows) => {
    const reading = read(name);
    expect([reading.rowsRead, reading.setAside]).toEqual([rows, []]);
    const keys = rowsOf(reading, 'companyFacts').map(
      ({ concept, unit, startDate, endDate, accessionNumber }) =>
        [concept, unit, startDate, endDate, accessionNumber].join(),
    );
    expect(new Set(keys).size).toBe(rows);
  });

  it('give the fourth quarters that the companies announced', () => {
    const revenue = quarterlyValues(periodsOf(read('nvda-subset.json.gz'), 'Revenues'), 'USD');
    const of = (end: string) => revenue.find(({ endDate }) => endDate === end);
    expect(of('2025-01-26')).toMatchObject({
      value: 39_331e6,
      origin: 'year-to-date',
      filedDate: '2025-02-26',
    });
    expect(of('2025-04-27')).toMatchObject({ value: 44_062e6, origin: 'reported' });
    const income = quarterlyValues(periodsOf(read('aapl-subset.json.gz'), 'NetIncomeLoss'), 'USD');
    expect(income.find(({ endDate }) => endDate === '2024-09-28')).toMatchObject({ value: 14_736e6 });
  });

  it('show the split of 2024 as a restatement of earnings per share, not as an adjusted past', () => {
    const rows = rowsOf(read('nvda-subset.json.gz'), 'companyFacts').filter(
      ({ concept, endDate, startDate }) =>
        concept === 'EarningsPerShareDiluted' && endDate === '2024-04-28' && startDate === '2024-01-29',
    );
    expect(rows.map(({ value, statement }) => [value, statement])).toEqual([
      [5.98, 'first'],
      [0.6, 'restated'],
    ]);
  });
});
