import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError, InvalidRequest, type IsoDate, StoreError } from '../../../src/core/index.js';
import { indexTapeDay, listTapeDays, tapePath, writeTapeLayout } from '../../../src/tape/layout/index.js';
import { asTapeError } from '../../../src/tape/layout/work-folder.js';
import { temporaryFolder } from '../../store/store-fixtures.js';
import {
  batchOf,
  cancelInput,
  DATES,
  expectedRows,
  inputsOf,
  QUOTES,
  quote,
  readFolder,
  TRADES,
  type Trade,
  trade,
  tradeBatch,
  withoutUnread,
} from './rows.js';

const day = DATES[0]!;
const plain: Trade = {
  symbol: 'A',
  date: day,
  time: 5,
  sequence: 0,
  price: 1_000_000,
  size: 100_000_000,
  venue: 78,
  conditions: '',
  tape: 65,
  correction: 0,
  suspicious: 0,
  aggressor: 0,
};

const trades = fc.array(trade, { maxLength: 60 });
const quotes = fc.array(quote, { maxLength: 60 });
/** Small buffers and row groups make every row cross the disk and every symbol several row groups. */
const sizes = fc.record({
  bufferRows: fc.integer({ min: 1, max: 80 }),
  rowGroupRows: fc.integer({ min: 1, max: 50 }),
  batchRows: fc.integer({ min: 1, max: 20 }),
});

describe('writeTapeLayout', () => {
  it('puts rows of any order, symbol and day in order, whatever the sizes of buffers and row groups', async () => {
    await fc.assert(
      fc.asyncProperty(trades, quotes, sizes, async (prints, ticks, { batchRows, ...options }) => {
        const directory = await temporaryFolder();
        const report = await writeTapeLayout({
          directory,
          inputs: inputsOf(prints, ticks, batchRows),
          ...options,
        });
        const rows = readFolder(directory, 1 + (batchRows % 7));
        expect(rows.trades).toEqual(withoutUnread(expectedRows(prints)));
        expect(rows.quotes).toEqual(withoutUnread(expectedRows(ticks)));
        expect(report.trades.rows).toBe(prints.length);
        expect(report.trades.repeated).toBe(prints.length - rows.trades.length);
        expect(report.quotes.repeated).toBe(ticks.length - rows.quotes.length);
        expect(report.rowsRead).toBe(prints.length + ticks.length);
        const filed = report.days.reduce((sum, { rows: count }) => sum + count, 0);
        expect(filed).toBe(rows.trades.length + rows.quotes.length);
      }),
      { seed: 11, numRuns: 40 },
    );
  });

  it('writes the same bytes whatever fits into memory', async () => {
    await fc.assert(
      fc.asyncProperty(trades, fc.integer({ min: 1, max: 20 }), async (prints, bufferRows) => {
        const [small, large] = [await temporaryFolder(), await temporaryFolder()];
        await writeTapeLayout({ directory: small, inputs: inputsOf(prints, [], 2), bufferRows });
        await writeTapeLayout({ directory: large, inputs: inputsOf(prints, [], 50) });
        for (const date of listTapeDays(large)) {
          const bytes = (folder: string) => readFileSync(tapePath(folder, date, 'trades'));
          expect(bytes(small).equals(bytes(large))).toBe(true);
        }
      }),
      { seed: 12, numRuns: 12 },
    );
  });

  it('combines imports of parts to the import of the whole, and adds nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(trades, quotes, fc.nat(60), async (prints, ticks, cut) => {
        const [parts, whole] = [await temporaryFolder(), await temporaryFolder()];
        const options = { directory: parts, rowGroupRows: 7 };
        // Rows without a number that are equal count as often as the import that has most of them.
        const distinct = [...new Map(prints.map((row) => [JSON.stringify(row), row])).values()];
        const import1 = () => inputsOf(distinct.slice(0, cut), ticks);
        await writeTapeLayout({ ...options, inputs: import1() });
        await writeTapeLayout({ ...options, inputs: inputsOf(distinct.slice(cut), []) });
        const before = readFolder(parts);
        const again = await writeTapeLayout({ ...options, inputs: import1() });
        expect(again.trades.alreadyThere).toBe(Math.min(cut, distinct.length));
        expect(again.quotes.alreadyThere + again.quotes.repeated).toBe(ticks.length);
        expect(readFolder(parts)).toEqual(before);
        await writeTapeLayout({ directory: whole, inputs: inputsOf(distinct, ticks) });
        expect(before).toEqual(readFolder(whole));
      }),
      { seed: 13, numRuns: 12 },
    );
  });

  it('keeps equal prints without a number, leaves out those with one, and says how many', async () => {
    const directory = await temporaryFolder();
    const numbered = { ...plain, time: 9, sequence: 7 };
    const inputs = () => inputsOf([plain, plain, numbered, numbered, plain], []);
    const { trades: first } = await writeTapeLayout({ directory, inputs: inputs() });
    expect(first).toMatchObject({ rows: 5, keptEqual: 2, repeated: 1, alreadyThere: 0 });
    const { trades: second } = await writeTapeLayout({ directory, inputs: [...inputs(), ...inputs()] });
    expect(second).toMatchObject({ rows: 10, keptEqual: 0, repeated: 2, alreadyThere: 8 });
    expect(readFolder(directory).trades).toHaveLength(4);
  });

  it('puts new rows in place of old ones where told, and leaves other symbols', async () => {
    const directory = await temporaryFolder();
    await writeTapeLayout({ directory, inputs: inputsOf([plain, { ...plain, symbol: 'SPY' }], []) });
    const better = { ...plain, price: 2_000_000 };
    await writeTapeLayout({ directory, inputs: inputsOf([better], []), existing: 'replace' });
    expect(readFolder(directory).trades).toEqual(withoutUnread([better, { ...plain, symbol: 'SPY' }]));
  });

  it('counts rows that came late', async () => {
    const directory = await temporaryFolder();
    const rows = [3, 1, 2].map((time) => ({ ...plain, time }));
    const report = await writeTapeLayout({
      directory,
      inputs: inputsOf([...rows, { ...plain, symbol: 'SPY', time: 0 }], []),
    });
    expect(report.trades.unordered).toBe(1);
    expect(readFolder(directory).trades).toMatchObject([{ time: 1 }, { time: 2 }, { time: 3 }, { time: 0 }]);
  });

  it.each([1, 2, 100])(
    'marks the print before a cancel that names it (buffer of %i rows)',
    async (bufferRows) => {
      const directory = await temporaryFolder();
      const rows = [1n, 2n, 1n, 3n].map((id, index) => ({ ...plain, id, time: 10 - index }));
      const cancels = [
        { symbol: 'A', tradeId: 1n, rowNumber: 3.5 },
        { symbol: 'A', tradeId: 3n, rowNumber: 2.5 },
        { symbol: 'SPY', tradeId: 2n, rowNumber: 5 },
      ];
      const report = await writeTapeLayout({ directory, inputs: [cancelInput(rows, cancels)], bufferRows });
      expect(report).toMatchObject({ cancelled: 1, unmatchedCancels: 2 });
      const marks = readFolder(directory).trades as { time: number; correction: number }[];
      expect(marks.map(({ time, correction }) => [time, correction])).toEqual([
        [7, 0],
        [8, 8],
        [9, 0],
        [10, 0],
      ]);
    },
  );

  it('leaves cancels of one input out of the others', async () => {
    const directory = await temporaryFolder();
    const inputs = [
      cancelInput([{ ...plain, id: 1n }], []),
      cancelInput([{ ...plain, id: 2n }], [{ symbol: 'A', tradeId: 1n, rowNumber: 9 }]),
    ];
    expect(await writeTapeLayout({ directory, inputs })).toMatchObject({ cancelled: 0, unmatchedCancels: 1 });
  });

  it('refuses one symbol and day of two formats', async () => {
    const directory = await temporaryFolder();
    await writeTapeLayout({ directory, inputs: inputsOf([plain], []) });
    const other = () => ({ ...inputsOf([plain], [])[0]!, format: { ...TRADES, name: 'other' } });
    await expect(writeTapeLayout({ directory, inputs: [other()] })).rejects.toThrow(InvalidRequest);
    await expect(writeTapeLayout({ directory, inputs: [...inputsOf([plain], []), other()] })).rejects.toThrow(
      'trades of A on 2024-03-08 are already there from test-trades, these are other',
    );
    expect(readdirSync(directory)).toEqual([`date=${day}`]);
  });

  it('writes nothing where an input fails, and tells the folder of no work left', async () => {
    const directory = await temporaryFolder();
    async function* broken() {
      yield batchOf({ trades: tradeBatch([plain], ['A']) });
      throw new FormatError('x.csv ends inside a row');
    }
    const input = { name: 'x.csv', format: QUOTES, batches: broken() };
    await expect(writeTapeLayout({ directory, inputs: [input] })).rejects.toThrow('x.csv ends inside a row');
    expect(readdirSync(directory)).toEqual([]);
  });

  it('refuses a time that no clock gives', async () => {
    const directory = await temporaryFolder();
    const rows = [{ ...plain, date: '1970-01-02' as IsoDate }];
    await expect(writeTapeLayout({ directory, inputs: inputsOf(rows, []) })).rejects.toThrow(
      'trades.csv, row 1: time 104400000000005 ns since 1970 is outside 1990 to 2199',
    );
  });

  it('takes over the work folder of a dead import, and waits for no live one', async () => {
    const directory = await temporaryFolder();
    const work = join(directory, '.writing');
    mkdirSync(work);
    writeFileSync(join(work, 'owner'), String(process.pid));
    await expect(writeTapeLayout({ directory, inputs: inputsOf([plain], []) })).rejects.toThrow(StoreError);
    writeFileSync(join(work, 'owner'), '999999999');
    await writeTapeLayout({ directory, inputs: inputsOf([plain], []) });
    expect(existsSync(work)).toBe(false);
    expect(listTapeDays(directory)).toEqual([day]);
  });

  it('says trouble of the disk in one line', async () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
    expect(asTapeError(full, 'tape')).toEqual(
      new StoreError(
        "tape folder 'tape' cannot be written: the disk is full; free some space and run the import again (ENOSPC)",
      ),
    );
    const directory = join(await temporaryFolder(), 'file');
    writeFileSync(directory, '');
    await expect(writeTapeLayout({ directory, inputs: [] })).rejects.toThrow(StoreError);
  });

  it('notes formats, rows by symbol and inputs', async () => {
    const directory = await temporaryFolder();
    await writeTapeLayout({ directory, inputs: inputsOf([plain], []) });
    await writeTapeLayout({ directory, inputs: inputsOf([{ ...plain, symbol: 'SPY' }, plain], []) });
    expect(indexTapeDay(directory, day).trades!.note).toEqual({
      layoutVersion: 1,
      kind: 'trades',
      date: day,
      formats: [TRADES],
      symbols: [
        ['A', 1, 0],
        ['SPY', 1, 0],
      ],
      inputs: ['trades.csv', 'quotes.csv'],
    });
  });
});
