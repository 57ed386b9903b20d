import { mkdir, rm } from 'node:fs/promises';
import { StoreError } from '../core/index.js';
import { type Database, openDatabase } from './duckdb.js';
import { stagingPath, unpackedPath } from './layout.js';
import type { Lock } from './lock.js';
import { readCurrentId, type Snapshot, swapCurrent, writeSnapshot } from './snapshot.js';

/** Half of the memory an import may take; the rest is for the file and its reader. */
const WRITER_MEMORY = '400MB';
const WRITER_THREADS = 2;
/** DuckDB for writing, which spills into the folder of files under way. */
export const openWriter = (directory: string, memoryLimit: string = WRITER_MEMORY): Promise<Database> =>
  openDatabase({
    threads: WRITER_THREADS,
    memoryLimit,
    spillDirectory: stagingPath(directory),
  });

/** Empties the folder of files under way. Only the holder of the lock may. */
export async function emptyStaging(directory: string): Promise<void> {
  await rm(stagingPath(directory), { recursive: true, force: true });
  await mkdir(unpackedPath(directory), { recursive: true });
}

/** Empties the folder of members of archives alone. */
export async function emptyUnpacked(directory: string): Promise<void> {
  await rm(unpackedPath(directory), { recursive: true, force: true });
  await mkdir(unpackedPath(directory), { recursive: true });
}

/** Makes a snapshot the current one, provided that nobody else wrote meanwhile. */
export async function publish(directory: string, lock: Lock, snapshot: Snapshot): Promise<void> {
  await writeSnapshot(directory, snapshot);
  await lock.check();
  if ((await readCurrentId(directory)) !== snapshot.parent) {
    throw new StoreError(
      `store '${directory}' was changed by another process meanwhile; run the command again`,
    );
  }
  await swapCurrent(directory, snapshot.id);
}
