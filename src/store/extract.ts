import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Instant } from '../core/index.js';
import { hashFile, linkOrCopy, makeDirectory } from './durable-files.js';
import { dataPath, snapshotsPath } from './layout.js';
import { readCurrentId, readSnapshot, type Snapshot, swapCurrent, writeSnapshot } from './snapshot.js';

/** What was put into an extract. */
export interface Extract {
  readonly snapshotId: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Makes a folder that answers as the store does up to an instant: the snapshot, and its Parquet files that hold a row known by
 * then. Files share their place on disk with the store where the file system can, since they never change.
 * @param to made anew; what an earlier extract left there goes
 */
export async function extractSnapshot(
  directory: string,
  snapshot: Snapshot,
  asOf: Instant,
  to: string,
): Promise<Extract> {
  await rm(to, { recursive: true, force: true });
  await makeDirectory(dataPath(to));
  await makeDirectory(snapshotsPath(to));
  const files = snapshot.files.filter((file) => file.firstKnownAt <= asOf);
  for (const { path } of files) {
    await makeDirectory(dirname(join(to, path)));
    await linkOrCopy(join(directory, path), join(to, path));
  }
  await writeSnapshot(to, snapshot);
  await swapCurrent(to, snapshot.id);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { snapshotId: snapshot.id, files: files.length, bytes };
}

/** A Parquet file of an extract that is not what its snapshot lists. */
export interface DamagedPart {
  readonly path: string;
  readonly expected: string;
  /** SHA-256 of what is there. */
  readonly found: string;
}

/**
 * Hashes the Parquet files of a store or an extract. A snapshot's id is a hash of what it lists, so that a file that is as
 * listed is the one behind every answer that names the id. Files that an extract leaves out are not looked for.
 * @throws {StoreError} where the snapshot itself was changed
 */
export async function damagedParts(directory: string): Promise<DamagedPart[]> {
  const id = await readCurrentId(directory);
  if (id === null) return [];
  const damaged: DamagedPart[] = [];
  for (const { path, sha256 } of (await readSnapshot(directory, id)).files) {
    const isThere = await stat(join(directory, path)).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    const found = await hashFile(join(directory, path));
    if (found !== sha256) damaged.push({ path, expected: sha256, found });
  }
  return damaged;
}
