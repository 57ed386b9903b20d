import type { FileHandle } from 'node:fs/promises';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore, type Store } from '../../src/store/index.js';
import {
  at,
  batchOf,
  fileOf,
  importBatches,
  integrityProblems,
  macroFact,
  queryAt,
  SetClock,
  temporaryFolder,
} from './store-fixtures.js';

/** Counts the operations that change files and stops the world before the one whose number is set. */
const power = vi.hoisted(() => ({
  operations: 0,
  failsAt: Number.POSITIVE_INFINITY,
  onFailure: () => {},
  handles: [] as { close(): Promise<void> }[],
  /** Never returns once the power is gone. */
  async use(half?: () => Promise<unknown>) {
    this.operations += 1;
    if (this.operations < this.failsAt) return;
    if (this.operations === this.failsAt) {
      await half?.();
      this.onFailure();
    }
    await new Promise(() => {});
  },
}));

vi.mock('node:fs/promises', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs/promises')>();
  const guarded =
    <Arguments extends unknown[], Result>(work: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      await power.use();
      return work(...given);
    };
  const open = async (...given: Parameters<typeof fs.open>): Promise<FileHandle> => {
    await power.use();
    const handle = await fs.open(...given);
    power.handles.push(handle);
    const { writeFile: write, sync } = handle;
    handle.writeFile = async (text) => {
      await power.use(() => write.call(handle, String(text).slice(0, String(text).length / 2)));
      return write.call(handle, text);
    };
    handle.sync = async () => {
      await power.use();
      return sync.call(handle);
    };
    return handle;
  };
  return {
    ...fs,
    open,
    rename: guarded(fs.rename),
    link: guarded(fs.link),
    rm: guarded(fs.rm),
    mkdir: guarded(fs.mkdir),
  };
});

const VALUES = 'SELECT series_id, date, value, revision FROM macro ORDER BY series_id, date';
const clock = new SetClock(at('2026-01-05'));
const second = batchOf([macroFact(2, 'A', '2025-12-01', 2), macroFact(3, 'B', '2025-12-01', 3)]);

async function baseStore(directory: string): Promise<Store> {
  const store = await openStore(directory, { clock, create: true });
  await importBatches(store, fileOf('first'), batchOf([macroFact(2, 'A', '2025-12-01', 1)]));
  return store;
}

/** Makes the lock that was left behind look like that of a process which is no more. */
async function buryOwner(directory: string): Promise<void> {
  const path = join(directory, 'lock');
  const lock = await readFile(path, 'utf8').catch(() => null);
  if (lock !== null) await writeFile(path, JSON.stringify({ ...JSON.parse(lock), process: 'gone' }));
}

/** Runs the work until the power fails at its n-th operation. @returns whether the work was done before */
async function runUntil(operation: number, work: () => Promise<unknown>): Promise<boolean> {
  const failed = new Promise<boolean>((resolve) => {
    power.onFailure = () => resolve(false);
  });
  power.operations = 0;
  power.failsAt = operation;
  const done = await Promise.race([failed, work().then(() => true)]);
  power.failsAt = Number.POSITIVE_INFINITY;
  return done;
}

async function filesOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

afterAll(async () => {
  await Promise.allSettled(power.handles.map((handle) => handle.close()));
});

beforeEach(() => {
  power.failsAt = Number.POSITIVE_INFINITY;
});

describe('a power cut', () => {
  it('at any file operation of an import leaves the store as before or after', async () => {
    const folder = await temporaryFolder();
    const base = join(folder, 'base');
    await baseStore(base);
    const seen = new Set<number>();
    let done = false;
    for (let operation = 1; !done; operation += 1) {
      const directory = join(folder, `store-${operation}`);
      await cp(base, directory, { recursive: true });
      const store = await openStore(directory, { clock });
      done = await runUntil(operation, () => importBatches(store, fileOf('second'), second));
      await buryOwner(directory);
      const { imports } = await store.current();
      seen.add(imports.length);
      expect(await integrityProblems(store)).toEqual([]);
      if (operation % 3 > 0) continue;
      expect(await queryAt(store, at('2026-02-01'), VALUES)).toHaveLength(imports.length);
      await importBatches(store, fileOf('second'), second);
      expect(await queryAt(store, at('2026-02-01'), VALUES)).toEqual([
        { seriesId: 'A', date: '2025-12-01', value: 2, revision: 1 },
        { seriesId: 'B', date: '2025-12-01', value: 3, revision: 0 },
      ]);
      await store.gc();
      expect(
        (await filesOf(directory)).filter(
          (name) => !/^(current|[0-9a-f]{32}\.json|part-[0-9a-f]{32}\.parquet)$/.test(name),
        ),
      ).toEqual([]);
      expect(operation).toBeLessThan(200);
    }
    expect(seen).toEqual(new Set([1, 2]));
  });

  it('at any file operation of making a store leaves none or an empty one', async () => {
    const folder = await temporaryFolder();
    let done = false;
    for (let operation = 1; !done; operation += 1) {
      const directory = join(folder, `store-${operation}`);
      done = await runUntil(operation, () => openStore(directory, { clock, create: true }));
      const store = await openStore(directory, { clock, create: true });
      expect((await store.current()).imports).toEqual([]);
      expect(operation).toBeLessThan(100);
    }
  });

  it('at any file operation of gc leaves a whole store', async () => {
    const folder = await temporaryFolder();
    const base = join(folder, 'base');
    const made = await baseStore(base);
    for (let n = 0; n < 8; n += 1)
      await importBatches(made, fileOf(`f${n}`), batchOf([macroFact(2, `F${n}`, '2025-12-01', n)]));
    const expected = await queryAt(made, at('2026-02-01'), VALUES);
    let done = false;
    for (let operation = 1; !done; operation += 4) {
      const directory = join(folder, `store-${operation}`);
      await cp(base, directory, { recursive: true });
      const store = await openStore(directory, { clock });
      done = await runUntil(operation, () => store.gc());
      await buryOwner(directory);
      expect(await integrityProblems(store)).toEqual([]);
      expect(await queryAt(store, at('2026-02-01'), VALUES)).toEqual(expected);
      expect(operation).toBeLessThan(200);
    }
  });
});
