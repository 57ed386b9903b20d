import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { utils, write } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.js';
import { cftcReader } from '../../../src/sources/cftc/index.js';
import { readAll, sourceFile } from './read-files.js';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/cftc');
const csv = readFileSync(join(FOLDER, '84-columns.csv'), 'utf8');
const asText = readAll(sourceFile(csv));

/** The rows of the 84-column fixture as the cells of the CFTC's workbook: numbers, dates as serials, gaps empty. */
function cells(epoch: '1900' | '1904' = '1900'): (string | number | null)[][] {
  const [header, ...rows] = csv
    .trimEnd()
    .split('\n')
    .map((line) => [...line.matchAll(/"([^"]*)"|([^,]+)|(?<=,)(?=,)/g)].map((m) => m[1] ?? m[2] ?? ''));
  const serial = 45_216 - (epoch === '1904' ? 1_462 : 0);
  return [
    header!,
    ...rows.map((row) =>
      row.map((text, column) => {
        if (text === '') return null;
        if (text === '2023-10-17') return serial;
        return column > 6 && /^-?[\d.]+$/.test(text) ? Number(text) : text;
      }),
    ),
  ];
}

function workbook(rows: (string | number | null)[][], date1904 = false): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'XLS');
  if (date1904) book.Workbook = { WBProps: { date1904: true } };
  return write(book, { type: 'buffer', bookType: 'biff8' });
}

describe('the Excel form of the report', () => {
  test.each([false, true])('reads as the same rows in text (dates counted from 1904: %s)', (date1904) => {
    const result = readAll(sourceFile(workbook(cells(date1904 ? '1904' : '1900'), date1904), 'FinFutYY.xls'));
    expect(result).toMatchObject({ kind: 'cftc-tff-xls', rowsRead: 2, setAside: [] });
    expect(result.facts).toEqual(asText.facts);
  });

  test('a cell that is no number, an empty cell and an empty row between others cost their rows', () => {
    const [header, first, second] = cells() as [
      string[],
      (string | number | null)[],
      (string | number | null)[],
    ];
    const openInterest = header.indexOf('Open_Interest_All');
    const units = header.indexOf('Contract_Units');
    const result = readAll(
      sourceFile(workbook([header, first, second.with(openInterest, 'n/a'), [], first.with(units, null)])),
    );
    expect(result.facts).toHaveLength(1);
    expect(result.rowsRead).toBe(4);
    expect(result.setAside.map(({ rowNumber, column, found }) => [rowNumber, column, found])).toEqual([
      [3, 'Open_Interest_All', 'n/a'],
      [4, 'Market_and_Exchange_Names', ''],
      [5, 'Contract_Units', ''],
    ]);
  });

  test('a workbook without a column of the report is refused, naming it', () => {
    const without = cells().map((row) => row.toSpliced(9, 1));
    expect(() => readAll(sourceFile(workbook(without), 'FinFutYY.xls'))).toThrow(
      /FinFutYY.xls: the header lacks column Dealer_Positions_Short_All/,
    );
  });

  test('another workbook is not ours', () => {
    const file = sourceFile(
      workbook([
        ['month', 'value'],
        ['May', 1],
      ]),
    );
    expect(cftcReader.detect(file, {})).toBeNull();
  });

  test('a workbook cut short is refused whole', () => {
    const whole = workbook(cells());
    fc.assert(
      fc.property(fc.integer({ min: 600, max: whole.length - 600 }), (length) => {
        const file = sourceFile(whole.subarray(0, length), 'FinFutYY.xls');
        if (cftcReader.detect(file, {}) === null) return;
        expect(() => readAll(file)).toThrow(FormatError);
      }),
      { numRuns: 40 },
    );
  });

  test('changed bytes give a FormatError or rows, and no row is lost', () => {
    const whole = workbook(cells());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const damaged = Buffer.from(whole);
          for (const [at, byte] of changes) damaged[at] = byte;
          const file = sourceFile(damaged, 'FinFutYY.xls');
          if (cftcReader.detect(file, {})?.kind !== 'cftc-tff-xls') return;
          try {
            const result = readAll(file);
            expect(result.rowsRead).toBe(2);
            expect(result.facts.length + result.setAside.length).toBe(2);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
            expect((error as Error).message).not.toContain('\n');
          }
        },
      ),
      { numRuns: 120 },
    );
  });
});
