import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NotCovered, StoreError } from '../../src/core/index.js';
import { openStore, SCHEMA_VERSION } from '../../src/store/index.js';
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

const clock = new SetClock(at('2026-01-05'));
const fact = (n: number) => batchOf([macroFact(2, 'A', '2025-12-01', n)]);

async function refusalOf(work: Promise<unknown>): Promise<StoreError> {
  const error = await work.then(() => null).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoreError);
  expect((error as StoreError).message).not.toContain('\n');
  expect((error as StoreError).exitCode).toBe(6);
  return error as StoreError;
}

describe('opening a store', () => {
  it('that is missing says how to make one', async () => {
    const directory = join(await temporaryFolder(), 'none');
    const error = await openStore(directory, { clock }).then(
      () => null,
      (reason: unknown) => reason as NotCovered,
    );
    expect(error).toBeInstanceOf(NotCovered);
    expect(error?.message).toBe(
      `there is no store at '${directory}'; make one with: tidemark import PATH --store '${directory}'`,
    );
  });

  it('makes it in a missing or empty folder, and only there', async () => {
    const folder = await temporaryFolder();
    const directory = join(folder, 'deep', 'er');
    await openStore(directory, { clock, create: true });
    expect((await readdir(directory)).sort()).toEqual(['current', 'data', 'snapshots']);
    await writeFile(join(folder, 'thesis.doc'), '');
    const error = await refusalOf(openStore(folder, { clock, create: true }));
    expect(error.message).toMatch(/is no store and not empty \(it holds '(thesis.doc|deep)'\)/);
    await openStore(directory, { clock });
  });

  it('made by several at once is one store', async () => {
    const directory = join(await temporaryFolder(), 'store');
    const stores = await Promise.all(
      [1, 2, 3].map((hour) =>
        openStore(directory, { clock: new SetClock(at('2026-01-05', hour)), create: true }),
      ),
    );
    const ids = await Promise.all(stores.map(async (store) => (await store.current()).id));
    expect(new Set(ids).size).toBe(1);
  });

  it('of a newer schema version is refused with both versions', async () => {
    const { store } = await newStore();
    const { id } = await store.current();
    const path = join(store.directory, 'snapshots', `${id}.json`);
    await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), schemaVersion: 99 }));
    const { message } = await refusalOf(openStore(store.directory, { clock }));
    expect(message).toContain(
      `has schema version 99, this tidemark reads up to ${SCHEMA_VERSION}; update tidemark`,
    );
  });

  it.each([
    [
      'changed',
      (text: string) => text.replace('"parent":null', '"parent":"x"'),
      /was changed after it was written/,
    ],
    ['cut', (text: string) => text.slice(0, 30), /is no readable snapshot/],
    ['emptied', () => '', /is no readable snapshot/],
    ['of another shape', () => 'null', /is no readable snapshot/],
  ])('whose snapshot was %s is refused', async (_, damage, message) => {
    const { store } = await newStore();
    const path = join(store.directory, 'snapshots', `${(await store.current()).id}.json`);
    await writeFile(path, damage(await readFile(path, 'utf8')));
    expect((await refusalOf(openStore(store.directory, { clock }))).message).toMatch(message);
  });

  it('whose current names nothing, or a snapshot that is gone, is refused', async () => {
    const { store } = await newStore();
    await rm(join(store.directory, 'snapshots'), { recursive: true });
    expect((await refusalOf(openStore(store.directory, { clock }))).message).toMatch(
      /snapshot '.*' is missing/,
    );
    await writeFile(join(store.directory, 'current'), 'yesterday');
    expect((await refusalOf(openStore(store.directory, { clock }))).message).toMatch(
      /names no snapshot \(found 'yesterday'\)/,
    );
  });

  it('cannot be made at a path through a file', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    await refusalOf(openStore(join(folder, 'file', 'store'), { clock, create: true }));
    await refusalOf(openStore(join(folder, 'file'), { clock, create: true }));
  });

  it('works at a path with quotes, blanks and wildcards', async () => {
    const directory = join(await temporaryFolder(), "it's [a] *store? {1}");
    const store = await openStore(directory, { clock, create: true });
    await importBatches(
      store,
      fileOf('o\'brien\'s "file" {a}.csv'),
      fact(1),
      batchOf([macroFact(3, "O'B", '2025-12-01', 1)]),
    );
    expect(
      await queryAt(store, at('2026-01-05'), 'SELECT file_name FROM macro WHERE series_id = $id', {
        id: "O'B",
      }),
    ).toEqual([{ fileName: 'o\'brien\'s "file" {a}.csv' }]);
  });
});

describe('snapshots', () => {
  it('have the same id for the same contents at the same time', async () => {
    const ids = [];
    for (const _ of [1, 2]) {
      const { store } = await newStore();
      await importBatches(store, fileOf('a'), fact(1));
      ids.push((await store.current()).id);
    }
    expect(ids[0]).toBe(ids[1]);
  });

  it('are immutable: the one before stays readable', async () => {
    const { store } = await newStore();
    await importBatches(store, fileOf('a'), fact(1));
    const before = await store.current();
    await importBatches(store, fileOf('b'), fact(2));
    const { parent } = await store.current();
    expect(parent).toBe(before.id);
    const text = await readFile(join(store.directory, 'snapshots', `${parent}.json`), 'utf8');
    expect(JSON.parse(text)).toEqual(before);
  });
});

const isRoot = process.getuid?.() === 0;

/** Mounts a small file system of its own; null where that is not allowed. */
async function smallDisk(
  size: string,
  options = '',
): Promise<{ path: string; remount(options: string): void; unmount(): void } | null> {
  if (!isRoot || process.platform !== 'linux') return null;
  const path = join(await temporaryFolder(), 'disk');
  await mkdir(path);
  const mount = (...given: string[]) => spawnSync('mount', given).status === 0;
  if (!mount('-t', 'tmpfs', '-o', `size=${size}${options}`, 'tmpfs', path)) return null;
  return {
    path,
    remount: (changed) => void mount('-o', `remount,${changed}`, path),
    unmount: () => void spawnSync('umount', ['-l', path]),
  };
}

describe('a disk', () => {
  it('that fills up gives one line and leaves the store as it was (needs the right to mount)', async (context) => {
    const disk = await smallDisk('600k');
    if (disk === null) return context.skip('a small file system cannot be mounted here');
    try {
      const store = await openStore(join(disk.path, 'store'), { clock, create: true });
      await importBatches(store, fileOf('a'), fact(1));
      const before = await store.current();
      const many = Array.from({ length: 200_000 }, (_, row) =>
        macroFact(row + 2, `S${row}`, '2025-12-01', Math.sin(row) * row),
      );
      const { message } = await refusalOf(importBatches(store, fileOf('big'), batchOf(many)));
      expect(message).toContain('the disk is full; free some space and run the command again (ENOSPC)');
      expect(await store.current()).toEqual(before);
      expect(await integrityProblems(store)).toEqual([]);
      await importBatches(store, fileOf('small'), fact(2));
      expect((await store.current()).imports).toHaveLength(2);
    } finally {
      disk.unmount();
    }
  });

  it('that is full to the last byte refuses to begin (needs the right to mount)', async (context) => {
    const disk = await smallDisk('300k');
    if (disk === null) return context.skip('a small file system cannot be mounted here');
    try {
      const store = await openStore(join(disk.path, 'store'), { clock, create: true });
      await importBatches(store, fileOf('a'), fact(1));
      await writeFile(join(disk.path, 'ballast'), Buffer.alloc(400_000)).catch(() => {});
      expect((await refusalOf(importBatches(store, fileOf('b'), fact(2)))).message).toMatch(/ENOSPC/);
      await rm(join(disk.path, 'ballast'));
      await importBatches(store, fileOf('b'), fact(2));
    } finally {
      disk.unmount();
    }
  });

  it('that is read-only can be read and not written (needs the right to mount)', async (context) => {
    const disk = await smallDisk('1m');
    if (disk === null) return context.skip('a small file system cannot be mounted here');
    try {
      const store = await openStore(join(disk.path, 'store'), { clock, create: true });
      await importBatches(store, fileOf('a'), fact(1));
      disk.remount('ro');
      expect(await queryAt(store, clock.now(), 'SELECT value FROM macro')).toEqual([{ value: 1 }]);
      expect((await refusalOf(importBatches(store, fileOf('b'), fact(2)))).message).toMatch(
        /read-only.*EROFS/,
      );
      await refusalOf(openStore(join(disk.path, 'another'), { clock, create: true }));
    } finally {
      disk.unmount();
    }
  });

  it.skipIf(isRoot)('whose folder may not be written gives one line', async () => {
    const { store } = await newStore();
    await chmod(store.directory, 0o500);
    expect((await refusalOf(store.beginImport({ command: 'x' }))).message).toMatch(
      /access is denied.*EACCES/,
    );
    await chmod(store.directory, 0o700);
  });
});
