import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Instant } from '../core/index.js';
import { type CompactedTable, compactTables, scatteredTables } from './compact.js';
import { asStoreError } from './durable-files.js';
import { dataPath, snapshotPath, snapshotsPath, stagingPath } from './layout.js';
import { type Lock, takeLock } from './lock.js';
import { nextSnapshot, readCurrentId, readSnapshot, type Snapshot } from './snapshot.js';
import { emptyStaging, openWriter, publish } from './writer.js';

/** A table with more small files than this is compacted. */
const MANY_FILES = 8;
/** Snapshots kept for going back, the current one included. */
const KEPT_SNAPSHOTS = 10;
/** Readers hold nothing, so a snapshot stays this long after it was replaced. */
const READERS_GRACE_MS = 3_600_000;

export interface GcResult {
  readonly snapshotId: string;
  readonly compacted: readonly CompactedTable[];
  readonly snapshotsRemoved: number;
  readonly filesRemoved: number;
  readonly bytesFreed: number;
}

async function compact(
  directory: string,
  lock: Lock,
  snapshot: Snapshot,
  now: Instant,
): Promise<{ snapshot: Snapshot; compacted: readonly CompactedTable[] }> {
  const tables = scatteredTables(snapshot.files, MANY_FILES);
  if (tables.length === 0) return { snapshot, compacted: [] };
  const database = await openWriter(directory);
  try {
    const { files, compacted } = await compactTables(database.connection, directory, snapshot.files, tables);
    const next = nextSnapshot(snapshot, now, { files });
    await publish(directory, lock, next);
    return { snapshot: next, compacted };
  } finally {
    database.close();
  }
}

/** The snapshots to keep, newest first: the last ones, and all that a reader may still be at work on. */
async function keptSnapshots(directory: string, current: Snapshot, now: Instant): Promise<Snapshot[]> {
  const kept = [current];
  for (let child = current; child.parent !== null; child = kept.at(-1)!) {
    const replacedLongAgo = now - child.createdAt > READERS_GRACE_MS;
    if (kept.length >= KEPT_SNAPSHOTS && replacedLongAgo) break;
    const exists = await stat(snapshotPath(directory, child.parent)).then(
      () => true,
      () => false,
    );
    if (!exists) break;
    kept.push(await readSnapshot(directory, child.parent));
  }
  return kept;
}

async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function removeAll(paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) {
    const size = await stat(path).then(
      (stats) => stats.size,
      () => 0,
    );
    await rm(path, { force: true });
    bytes += size;
  }
  return bytes;
}

/** Files that a crash left beside `current` and the lock. */
async function leftovers(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  return names
    .filter((name) => /^(current|lock)\..+\.(new|claim)$/.test(name))
    .map((name) => join(directory, name));
}

/**
 * Tidies a store: compacts tables of many small files, removes snapshots nobody needs and files no snapshot lists.
 * @throws {StoreError} if an import runs, or if the disk fails
 */
export async function collectGarbage(directory: string, clock: Clock): Promise<GcResult> {
  const lock = await takeLock(directory, 'tidemark gc', clock);
  try {
    await emptyStaging(directory);
    const now = clock.now();
    const before = await readSnapshot(directory, (await readCurrentId(directory))!);
    const { snapshot, compacted } = await compact(directory, lock, before, now);
    const kept = await keptSnapshots(directory, snapshot, now);
    const keptPaths = new Set(kept.map(({ id }) => snapshotPath(directory, id)));
    const listed = new Set(kept.flatMap(({ files }) => files.map((file) => join(directory, file.path))));
    const snapshots = (await filesUnder(snapshotsPath(directory))).filter((path) => !keptPaths.has(path));
    const parts = (await filesUnder(dataPath(directory))).filter((path) => !listed.has(path));
    await lock.check();
    const bytesFreed = await removeAll([...snapshots, ...parts, ...(await leftovers(directory))]);
    return {
      snapshotId: snapshot.id,
      compacted,
      snapshotsRemoved: snapshots.length,
      filesRemoved: parts.length,
      bytesFreed,
    };
  } catch (error) {
    throw asStoreError(error, directory);
  } finally {
    await rm(stagingPath(directory), { recursive: true, force: true }).catch(() => {});
    await lock.release();
  }
}
