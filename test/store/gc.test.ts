import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/store/index.js';
import {
  at,
  batchOf,
  fileOf,
  importBatches,
  integrityProblems,
  macroFact,
  newStore,
  queryAt,
  SetClock,
  temporaryFolder,
} from './store-fixtures.js';

const ALL = 'SELECT * FROM macro ORDER BY series_id, date';

/** Twelve files of one series each; every third restates a row of the one before. */
async function fill(store: Store, clock: SetClock): Promise<void> {
  const session = await store.beginImport({ command: 'fill' });
  for (let n = 0; n < 12; n += 1) {
    clock.set(`2026-01-${n + 10}`);
    const facts = [macroFact(2, `S${n}`, '2025-12-01', n)];
    if (n % 3 === 2) facts.push(macroFact(3, `S${n - 1}`, '2025-12-01', 100 + n));
    await session.commitFile(fileOf(`f${n}`), [batchOf(facts)]);
  }
  await session.close();
}

let base = '';

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'tidemark-gc-'));
  const clock = new SetClock(at('2026-01-05'));
  await fill(await openStore(join(base, 'store'), { clock, create: true }), clock);
});

afterAll(() => rm(base, { recursive: true, force: true }));

/** A copy of a store that was filled until 2026-01-21. */
async function filledStore(): Promise<{ store: Store; clock: SetClock }> {
  const directory = join(await temporaryFolder(), 'store');
  await cp(join(base, 'store'), directory, { recursive: true });
  const clock = new SetClock(at('2026-01-21'));
  return { store: await openStore(directory, { clock }), clock };
}

describe('gc', () => {
  it('compacts many small files without changing an answer, now or as of any earlier day', async () => {
    const { store } = await filledStore();
    const days = ['2025-11-30', '2025-12-01', '2026-01-12', '2026-01-15', '2026-02-01'].map((day) => at(day));
    const answersOf = () => Promise.all(days.map((day) => queryAt(store, day, ALL)));
    const before = await answersOf();
    const { imports } = await store.current();
    const result = await store.gc();
    expect(result.compacted).toEqual([{ table: 'macro', files: 12, rows: 16 }]);
    const current = await store.current();
    expect(current.id).toBe(result.snapshotId);
    expect(current.files).toMatchObject([{ table: 'macro', rows: 16, revisions: 4 }]);
    expect(current.imports).toEqual(imports);
    expect(await answersOf()).toEqual(before);
    expect(await integrityProblems(store)).toEqual([]);
    expect((await store.gc()).compacted).toEqual([]);
  });

  it('keeps the last ten snapshots and their files, and removes the others once no reader can need them', async () => {
    const { store, clock } = await filledStore();
    clock.set('2026-01-21', 12);
    expect(await store.gc()).toMatchObject({ snapshotsRemoved: 4, filesRemoved: 0 });
    const parts = await readdir(join(store.directory, 'data', 'table=macro'));
    expect(parts).toHaveLength(13);
    expect(await readdir(join(store.directory, 'snapshots'))).toHaveLength(10);
  });

  it('keeps every snapshot that was replaced within the hour', async () => {
    const { store } = await newStore();
    const session = await store.beginImport({ command: 'many' });
    for (let n = 0; n < 14; n += 1) await session.commitFile(fileOf(`f${n}`), []);
    await session.close();
    expect((await store.gc()).snapshotsRemoved).toBe(0);
  });

  it('lets a reader of the old snapshot finish', async () => {
    const { store, clock } = await filledStore();
    const view = await store.view(clock.now());
    const before = await view.query(ALL);
    await store.gc();
    expect(await view.query(ALL)).toEqual(before);
    view.close();
  });

  it('removes what no snapshot lists', async () => {
    const { store } = await filledStore();
    await writeFile(join(store.directory, 'data', 'table=macro', 'part-orphan.parquet'), 'x'.repeat(1000));
    await writeFile(join(store.directory, 'snapshots', 'half.json.17-3.new'), '{');
    await writeFile(join(store.directory, 'current.17-3.new'), 'x');
    const result = await store.gc();
    expect(result.filesRemoved).toBe(1);
    expect(result.bytesFreed).toBeGreaterThan(1000);
    const names = await readdir(store.directory, { recursive: true });
    expect(names.filter((name) => /orphan|\.new$|staging|lock/.test(name))).toEqual([]);
  });

  it('goes on from the compacted file: restating again works', async () => {
    const { store, clock } = await filledStore();
    await store.gc();
    clock.set('2026-03-01');
    const record = await importBatches(
      store,
      fileOf('after'),
      batchOf([macroFact(2, 'S1', '2025-12-01', 102), macroFact(3, 'S4', '2025-12-01', 7)]),
    );
    expect(record).toMatchObject({ rowsUnchanged: 1, rowsRevised: 1 });
    expect(
      await queryAt(store, clock.now(), "SELECT value, revision FROM macro WHERE series_id = 'S4'"),
    ).toEqual([{ value: 7, revision: 2 }]);
  });

  it('is not needed while many files come in: an import merges them now and then', async () => {
    const { store, clock } = await newStore();
    const session = await store.beginImport({ command: 'many' });
    for (let n = 0; n < 70; n += 1)
      await session.commitFile(fileOf(`f${n}`), [batchOf([macroFact(2, `S${n}`, '2025-12-01', n)])]);
    await session.close();
    const { files, imports } = await store.current();
    expect(files.map(({ rows }) => rows)).toEqual([65, 1, 1, 1, 1, 1]);
    expect(imports).toHaveLength(70);
    expect(await queryAt(store, clock.now(), 'SELECT count(*) AS n FROM macro')).toEqual([{ n: 70 }]);
    expect(await integrityProblems(store)).toEqual([]);
  });
});
