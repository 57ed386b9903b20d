import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cftcReader } from '../../../src/sources/cftc/index.js';
import { readAll, sourceFile } from './read-files.js';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/cftc');
const text = readFileSync(join(FOLDER, '2023-unit-change.txt'), 'utf8');
const rows = text
  .trimEnd()
  .split('\n')
  .map((line) => line.split(','));

/** The file with its columns in another order or number. */
function rearranged(order: (row: string[]) => string[]): string {
  return rows.map((row) => order(row).join(',')).join('\n');
}

describe('the header of a CFTC file', () => {
  test('columns are found by name, wherever they stand', () => {
    const reversed = readAll(sourceFile(rearranged((row) => row.toReversed())));
    expect(reversed).toEqual(readAll(sourceFile(text)));
  });

  test('columns nobody knows are passed over', () => {
    const wider = readAll(sourceFile(rearranged((row) => ['x', ...row, 'y'])));
    expect(wider.facts).toEqual(readAll(sourceFile(text)).facts);
  });

  test('the first missing column is named', () => {
    const without = rearranged((row) => row.filter((_, column) => column !== 11 && column !== 16));
    expect(() => readAll(sourceFile(without, 'FinFutYY.txt'))).toThrow(
      /^FinFutYY.txt: the header lacks column Asset_Mgr_Positions_Long_All;/,
    );
  });

  test('a column that stands there twice is named', () => {
    const twice = rearranged((row) => [...row, row[7]!]);
    expect(() => readAll(sourceFile(twice))).toThrow(/the header has column Open_Interest_All twice/);
  });

  test("the CFTC's other reports are recognised and refused", () => {
    const legacy =
      '"Market and Exchange Names","As of Date in Form YYMMDD","As of Date in Form YYYY-MM-DD","CFTC Contract Market Code","Noncommercial Positions-Long (All)"\n"X",240102,2024-01-02,090741,5\n';
    expect(() => readAll(sourceFile(legacy))).toThrow(/only Traders in Financial Futures is read/);
  });

  test('a header without rows gives no rows', () => {
    expect(readAll(sourceFile(`${text.split('\n')[0]}\n`))).toMatchObject({
      rowsRead: 0,
      facts: [],
      setAside: [],
    });
  });

  test.each([
    ['', 'an empty file'],
    ['date,close\n2024-01-02,1\n', 'a file of prices'],
    ['\u0000\u0001\u0002', 'binary content'],
    ['Market_and_Exchange_Names\n', 'a single column'],
  ])('%j is not ours: %s', (content) => {
    expect(cftcReader.detect(sourceFile(content), {})).toBeNull();
  });
});
