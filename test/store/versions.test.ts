import { describe, expect, it } from 'vitest';
import type { Fact, IsoDate } from '../../src/core/index.js';
import {
  at,
  batchOf,
  fileOf,
  importBatches,
  integrityProblems,
  macroFact,
  newStore,
  queryAt,
} from './store-fixtures.js';

const VALUES =
  'SELECT series_id, date, value, known_at, known_at_kind, revision FROM macro ORDER BY series_id, date';

describe('versions of a fact', () => {
  it('keeps the first version with the time that its rule gives', async () => {
    const { store } = await newStore();
    const record = await importBatches(
      store,
      fileOf('a.csv'),
      batchOf([macroFact(2, 'DGS10', '2025-12-01', 4.1)]),
    );
    expect(record).toMatchObject({
      rowsRead: 1,
      rowsKept: 1,
      rowsUnchanged: 0,
      rowsRevised: 0,
      rowsSetAside: 0,
    });
    expect(await queryAt(store, at('2026-01-05'), VALUES)).toEqual([
      {
        seriesId: 'DGS10',
        date: '2025-12-01',
        value: 4.1,
        knownAt: at('2025-12-01'),
        knownAtKind: 'rule',
        revision: 0,
      },
    ]);
    expect(await queryAt(store, at('2025-11-30'), VALUES)).toEqual([]);
    expect(await integrityProblems(store)).toEqual([]);
  });

  it('stores an equal row once, whatever file it comes in', async () => {
    const { store } = await newStore();
    const facts = [macroFact(2, 'DGS10', '2025-12-01', 4.1), macroFact(3, 'DGS10', '2025-12-02', null)];
    await importBatches(store, fileOf('a.csv'), batchOf(facts));
    const again = await importBatches(store, fileOf('b.csv'), batchOf(facts));
    expect(again).toMatchObject({
      rowsRead: 2,
      rowsKept: 0,
      rowsUnchanged: 2,
      factsStored: 0,
      firstKnownAt: null,
    });
    const { files, imports } = await store.current();
    expect([files.length, imports.length]).toEqual([1, 2]);
  });

  it('shows a corrected row from its import on and the old one before', async () => {
    const { store, clock } = await newStore('2026-01-05');
    await importBatches(store, fileOf('a.csv'), batchOf([macroFact(2, 'CPI', '2025-12-01', 100)]));
    clock.set('2026-02-10');
    const record = await importBatches(
      store,
      fileOf('b.csv'),
      batchOf([macroFact(2, 'CPI', '2025-12-01', 101)]),
    );
    expect(record).toMatchObject({ rowsRevised: 1, rowsKept: 0 });
    const valueAt = async (date: string) =>
      (await queryAt<{ value: number }>(store, at(date), 'SELECT value FROM macro')).map((row) => row.value);
    expect(await valueAt('2025-11-30')).toEqual([]);
    expect(await valueAt('2025-12-01')).toEqual([100]);
    expect(await valueAt('2026-02-09')).toEqual([100]);
    expect(await valueAt('2026-02-10')).toEqual([101]);
    const [row] = await queryAt(store, at('2026-03-01'), VALUES);
    expect(row).toMatchObject({ knownAt: at('2026-02-10'), knownAtKind: 'import', revision: 1 });
  });

  it('lets a value go back to what it was', async () => {
    const { store, clock } = await newStore('2026-01-05');
    for (const [day, value] of [
      ['2026-01-05', 100],
      ['2026-01-06', 101],
      ['2026-01-07', 100],
    ] as const) {
      clock.set(day);
      await importBatches(store, fileOf(`${day}.csv`), batchOf([macroFact(2, 'CPI', '2025-12-01', value)]));
    }
    for (const [day, value] of [
      ['2026-01-05', 100],
      ['2026-01-06', 101],
      ['2026-01-07', 100],
    ] as const) {
      expect(await queryAt(store, at(day), 'SELECT value FROM macro')).toEqual([{ value }]);
    }
  });

  it('never makes a restatement known before what it restates, even if the clock went back', async () => {
    const { store, clock } = await newStore('2026-01-05');
    await importBatches(
      store,
      fileOf('a.csv'),
      batchOf([macroFact(2, 'CPI', '2025-12-01', 1, at('2026-03-01'))]),
    );
    clock.set('2026-01-02');
    await importBatches(
      store,
      fileOf('b.csv'),
      batchOf([macroFact(2, 'CPI', '2025-12-01', 2, at('2025-12-20'))]),
    );
    expect(await queryAt(store, at('2026-02-28'), VALUES)).toEqual([]);
    expect(await queryAt(store, at('2026-03-01'), 'SELECT value FROM macro')).toEqual([{ value: 2 }]);
  });
});

describe('equal keys in one file', () => {
  it('counts an identical row as unchanged and sets a contradicting one aside', async () => {
    const { store, clock } = await newStore();
    const record = await importBatches(
      store,
      fileOf('a.csv'),
      batchOf([macroFact(2, 'CPI', '2025-12-01', 100), macroFact(3, 'CPI', '2025-12-01', 100)]),
      batchOf([macroFact(4, 'CPI', '2025-12-01', 104)]),
    );
    expect(record).toMatchObject({
      rowsRead: 3,
      rowsKept: 1,
      rowsUnchanged: 1,
      rowsSetAside: 1,
      factsStored: 1,
    });
    expect(await queryAt(store, clock.now(), 'SELECT value, row_number FROM macro')).toEqual([
      { value: 100, rowNumber: 2 },
    ]);
    const [aside] = await queryAt(store, clock.now(), 'SELECT * FROM set_aside');
    expect(aside).toMatchObject({
      kind: 'test-series',
      line: 4,
      rowNumber: 4,
      column: 'value',
      found: '104.0',
      expected: '100.0',
      reason: 'row 4 contradicts row 2, which has the same key in macro; the earlier one is kept',
      subject: 'CPI 2025-12-01',
      periodEnd: '2025-12-01',
      knownAt: at('2025-12-01'),
      fileName: 'a.csv',
    });
  });

  it('names both files where members of one archive contradict each other', async () => {
    const { store, clock } = await newStore();
    const session = await store.beginImport({ command: 'test' });
    const [first, second] = await session.commitUnit([
      { files: [fileOf('z.zip/A', 'z')], batches: [batchOf([macroFact(2, 'CPI', '2025-12-01', 100)])] },
      { files: [fileOf('z.zip/B', 'z')], batches: [batchOf([macroFact(7, 'CPI', '2025-12-01', 90)])] },
    ]);
    await session.close();
    expect([first?.rowsKept, second?.rowsSetAside]).toEqual([1, 1]);
    expect(await queryAt(store, clock.now(), 'SELECT reason, file_name FROM set_aside')).toEqual([
      {
        reason:
          'row 7 contradicts row 2 of z.zip/A, which has the same key in macro; the earlier one is kept',
        fileName: 'z.zip/B',
      },
    ]);
    expect((await store.current()).parent).not.toBeNull();
  });
});

describe('rows set aside', () => {
  it('are known from their own time, or else from when they were stored', async () => {
    const { store, clock } = await newStore('2026-01-05');
    const unread = { column: 'value', found: 'x', expected: 'a number', reason: 'no number' };
    const record = await importBatches(
      store,
      fileOf('a.csv'),
      batchOf(
        [macroFact(2, 'CPI', '2025-12-01', 1)],
        [
          { ...unread, rowNumber: 3 },
          {
            ...unread,
            rowNumber: 4,
            knownAt: at('2025-12-10'),
            subject: 'CPI',
            periodEnd: '2025-12-01' as IsoDate,
          },
        ],
      ),
    );
    expect(record).toMatchObject({ rowsRead: 3, rowsKept: 1, rowsSetAside: 2 });
    const asideAt = async (date: string) =>
      (await queryAt<{ line: number }>(store, at(date), 'SELECT line FROM set_aside ORDER BY line')).map(
        (r) => r.line,
      );
    expect(await asideAt('2025-12-09')).toEqual([]);
    expect(await asideAt('2025-12-10')).toEqual([4]);
    expect(await asideAt('2026-01-05')).toEqual([3, 4]);
    expect(clock.now()).toBe(at('2026-01-05'));
  });
});

describe('accounting', () => {
  it('counts a data row once, however many facts it gives', async () => {
    const { store } = await newStore();
    const wide = (row: number, a: number, b: number): Fact[] => [
      macroFact(row, 'A', `2025-12-0${row}`, a),
      macroFact(row, 'B', `2025-12-0${row}`, b),
    ];
    await importBatches(store, fileOf('a.csv'), batchOf([...wide(2, 1, 2), ...wide(3, 3, 4)]));
    const record = await importBatches(
      store,
      fileOf('b.csv'),
      batchOf([...wide(2, 1, 2), ...wide(3, 3, 5), ...wide(4, 6, 7)]),
    );
    expect(record).toMatchObject({
      rowsRead: 3,
      rowsKept: 1,
      rowsUnchanged: 1,
      rowsRevised: 1,
      factsStored: 3,
    });
  });

  it('stores nothing of a file whose reader lost a row', async () => {
    const { store } = await newStore();
    const before = await store.current();
    const lossy = { ...batchOf([macroFact(2, 'A', '2025-12-01', 1)]), rowsRead: 2 };
    await expect(importBatches(store, fileOf('a.csv'), lossy)).rejects.toThrow(
      /read 2 data rows.*account for 1/,
    );
    expect(await store.current()).toEqual(before);
  });

  it('refuses a figure that is not finite', async () => {
    const { store } = await newStore();
    const facts = batchOf([macroFact(2, 'A', '2025-12-01', Number.NaN)]);
    await expect(importBatches(store, fileOf('a.csv'), facts)).rejects.toThrow(/macro.value is 'NaN'/);
  });
});
