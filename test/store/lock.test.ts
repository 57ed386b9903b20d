import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/core/index.js';
import type { Store } from '../../src/store/index.js';
import {
  at,
  batchOf,
  fileOf,
  importBatches,
  macroFact,
  newStore,
  queryAt,
  sha256,
} from './store-fixtures.js';

async function writeLock(store: Store, changes: Record<string, unknown>): Promise<void> {
  const owner = {
    pid: process.pid,
    host: hostname(),
    process: null,
    startedAt: at('2026-01-05'),
    command: 'tidemark import big',
    ...changes,
  };
  await writeFile(join(store.directory, 'lock'), JSON.stringify(owner));
}

/** The pid of a process that has ended. */
function endedProcess(): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', '']);
    child.on('exit', () => resolve(child.pid!));
  });
}

const fact = batchOf([macroFact(2, 'A', '2025-12-01', 1)]);

describe('the lock', () => {
  it('keeps a second import and gc out, and names its owner in one line', async () => {
    const { store } = await newStore();
    const session = await store.beginImport({ command: 'tidemark import ./cftc' });
    const message = `store '${store.directory}' is locked by 'tidemark import ./cftc' (process ${process.pid} on ${hostname()}, since 2026-01-05T17:00:00Z); wait for it to end`;
    await expect(store.beginImport({ command: 'x' })).rejects.toThrow(new StoreError(message));
    await expect(store.gc()).rejects.toThrow(new StoreError(message));
    await session.close();
    await (await store.beginImport({ command: 'x' })).close();
    expect(await readdir(store.directory)).not.toContain('lock');
  });

  it('lets readers work while an import runs', async () => {
    const { store, clock } = await newStore();
    await importBatches(store, fileOf('a'), fact);
    const session = await store.beginImport({ command: 'x' });
    const view = await store.view(clock.now());
    await session.commitFile(fileOf('b'), [batchOf([macroFact(2, 'B', '2025-12-01', 2)])]);
    expect(await view.query('SELECT series_id FROM macro')).toEqual([{ seriesId: 'A' }]);
    expect(await queryAt(store, clock.now(), 'SELECT series_id FROM macro ORDER BY 1')).toHaveLength(2);
    view.close();
    await session.close();
  });

  it.each(['free', 'stale', 'stale, and so is the claim of the one that took it over'])(
    'admits exactly one of many that ask at once where it is %s',
    async (state) => {
      const { store } = await newStore();
      const gone = await endedProcess();
      if (state !== 'free') await writeLock(store, { pid: gone });
      if (state.includes('claim')) {
        const path = join(store.directory, 'lock');
        const lock = await readFile(path, 'utf8');
        await writeFile(`${path}.${sha256(lock).slice(0, 16)}.claim`, lock.replace('big', 'small'));
      }
      const asked = await Promise.allSettled(
        Array.from({ length: 8 }, (_, n) => store.beginImport({ command: `import ${n}` })),
      );
      const admitted = asked.filter((result) => result.status === 'fulfilled');
      expect(admitted).toHaveLength(1);
      await admitted[0]!.value.close();
      expect((await readdir(store.directory)).sort()).toEqual(['current', 'data', 'snapshots']);
    },
  );

  it.each([
    ['its process is gone', async () => ({ pid: await endedProcess() })],
    ['another process has its pid by now', async () => ({ process: 'another-boot:1' })],
    ['its process is gone, told by start', async () => ({ pid: await endedProcess(), process: 'a:1' })],
  ])('is taken over where %s', async (_, owner) => {
    const { store } = await newStore();
    await writeLock(store, await owner());
    await importBatches(store, fileOf('a'), fact);
    expect((await store.current()).imports).toHaveLength(1);
  });

  it('is taken over where the file names no owner', async () => {
    const { store } = await newStore();
    await writeFile(join(store.directory, 'lock'), '');
    await importBatches(store, fileOf('a'), fact);
  });

  it('of another machine is never taken over, and the way out is told', async () => {
    const { store } = await newStore();
    await writeLock(store, { host: 'elsewhere', pid: 1 });
    await expect(store.beginImport({ command: 'x' })).rejects.toThrow(
      /process 1 on elsewhere, .*or, if it no longer runs on that machine, delete the file '.*lock'/,
    );
  });

  it('that was lost stops the commit', async () => {
    const { store } = await newStore();
    const session = await store.beginImport({ command: 'x' });
    await writeLock(store, { command: 'an intruder' });
    await expect(session.commitFile(fileOf('a'), [fact])).rejects.toThrow(/lost its lock to another process/);
    await session.close();
    expect((await store.current()).imports).toEqual([]);
    expect(await readFile(join(store.directory, 'lock'), 'utf8')).toContain('an intruder');
  });
});
