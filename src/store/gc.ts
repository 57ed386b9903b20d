import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Instant, TableName } from '../core/index.js';
import { openDatabase, readParquetSql } from './duckdb.js';
import { asStoreError } from './durable-files.js';
import { emptyStaging, publish } from './import-session.js';
import { dataPath, SCHEMA_VERSION, snapshotPath, snapshotsPath, stagingPath } from './layout.js';
import { type Lock, takeLock } from './lock.js';
import { writePart } from './parquet-writer.js';
import { allColumns, keyColumns, REVISION, TABLE_NAMES } from './schema.js';
import { makeSnapshot, type PartFile, readCurrentId, readSnapshot, type Snapshot } from './snapshot.js';

/** A table with more small files than this is compacted. */
const MANY_FILES = 8;
/** A file below this size is small. */
const SMALL_BYTES = 32 * 1024 * 1024;
/** Snapshots kept for going back, the current one included. */
const KEPT_SNAPSHOTS = 10;
/** Readers hold nothing, so a snapshot stays this long after it was replaced. */
const READERS_GRACE_MS = 3_600_000;

export interface GcResult {
  readonly snapshotId: string;
  readonly compacted: readonly { readonly table: TableName; readonly files: number; readonly rows: number }[];
  readonly snapshotsRemoved: number;
  readonly filesRemoved: number;
  readonly bytesFreed: number;
}

/** Merges the small files of tables that have many. The rows stay the same, to the bit. */
async function compact(
  directory: string,
  lock: Lock,
  snapshot: Snapshot,
  now: Instant,
): Promise<{ snapshot: Snapshot; compacted: GcResult['compacted'] }> {
  let files = snapshot.files;
  const compacted: { table: TableName; files: number; rows: number }[] = [];
  const database = await openDatabase({
    threads: 2,
    memoryLimit: '400MB',
    spillDirectory: stagingPath(directory),
  });
  try {
    for (const table of TABLE_NAMES) {
      const small = files.filter((file) => file.table === table && file.bytes < SMALL_BYTES);
      if (small.length <= MANY_FILES) continue;
      const merged = await writePart(
        database.connection,
        directory,
        table,
        mergedSql(directory, table, small),
      );
      const rows = small.reduce((sum, file) => sum + file.rows, 0);
      if (merged?.rows !== rows)
        throw new Error(`compacting ${table} gave ${merged?.rows} rows instead of ${rows}`);
      files = files.flatMap((file) => (file === small[0] ? [merged] : small.includes(file) ? [] : [file]));
      compacted.push({ table, files: small.length, rows });
    }
  } finally {
    database.close();
  }
  if (compacted.length === 0) return { snapshot, compacted };
  const next = makeSnapshot({
    schemaVersion: SCHEMA_VERSION,
    parent: snapshot.id,
    createdAt: now,
    files,
    imports: snapshot.imports,
  });
  await publish(directory, lock, next);
  return { snapshot: next, compacted };
}

function mergedSql(directory: string, table: TableName, files: readonly PartFile[]): string {
  const columns = allColumns(table).map(({ sql }) => sql);
  const order = table === 'setAside' ? ['"stored_at"', '"file_name"', '"row_number"'] : keyColumns(table);
  return `SELECT ${columns.join(', ')} FROM ${readParquetSql(files.map((file) => join(directory, file.path)))}
    ORDER BY ${[...order, REVISION.sql].join(', ')}`;
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
