import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Instant, StoreError, type TableName } from '../core/index.js';
import { createFileOnce, replaceFile } from './durable-files.js';
import { currentPath, SCHEMA_VERSION, snapshotPath } from './layout.js';

/** One immutable Parquet file of the store. */
export interface PartFile {
  /** Relative to the store, with forward slashes. */
  readonly path: string;
  readonly table: TableName;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  /** Rows that restate an older row. */
  readonly revisions: number;
  readonly firstKnownAt: Instant;
  readonly lastKnownAt: Instant;
}

/**
 * What became of one file. Every data row of it is counted once: rowsRead = rowsKept + rowsUnchanged + rowsRevised +
 * rowsSetAside.
 */
export interface ImportRecord {
  readonly fileName: string;
  readonly fileSha256: string;
  readonly source: string;
  readonly kind: string;
  /** SHA-256 of the column mapping that it was read with, or null. */
  readonly mappingSha256: string | null;
  /** Size of the file after unpacking. */
  readonly bytes: number;
  readonly storedAt: Instant;
  readonly rowsRead: number;
  /** Data rows that gave at least one fact the store had not. */
  readonly rowsKept: number;
  /** Data rows whose every fact the store already had. */
  readonly rowsUnchanged: number;
  /** Data rows with a fact that restates an older one. */
  readonly rowsRevised: number;
  readonly rowsSetAside: number;
  /** Facts stored, over all tables; a row of a wide file gives several. */
  readonly factsStored: number;
  /** Earliest knownAt of what was stored; null where nothing was. */
  readonly firstKnownAt: Instant | null;
}

/** A consistent state of the store: the Parquet files it consists of, and the imports that made them. */
export interface Snapshot {
  /** Derived from the contents: equal contents and history, equal id. */
  readonly id: string;
  readonly schemaVersion: number;
  readonly parent: string | null;
  readonly createdAt: Instant;
  /** In the order in which they were stored. */
  readonly files: readonly PartFile[];
  /** In the order in which they were committed. */
  readonly imports: readonly ImportRecord[];
}

type SnapshotBody = Omit<Snapshot, 'id'>;

function snapshotId(body: SnapshotBody): string {
  const { schemaVersion, parent, createdAt, files, imports } = body;
  return createHash('sha256')
    .update(JSON.stringify({ schemaVersion, parent, createdAt, files, imports }))
    .digest('hex')
    .slice(0, 32);
}

export function makeSnapshot(body: SnapshotBody): Snapshot {
  return { id: snapshotId(body), ...body };
}

/** The snapshot that follows another, with what changes. */
export function nextSnapshot(
  parent: Snapshot,
  createdAt: Instant,
  changes: Partial<Pick<Snapshot, 'files' | 'imports'>>,
): Snapshot {
  const { files, imports } = { ...parent, ...changes };
  return makeSnapshot({ schemaVersion: SCHEMA_VERSION, parent: parent.id, createdAt, files, imports });
}

/** Puts a snapshot beside the others; readers see it only once `current` names it. */
export async function writeSnapshot(directory: string, snapshot: Snapshot): Promise<void> {
  await replaceFile(snapshotPath(directory, snapshot.id), `${JSON.stringify(snapshot)}\n`);
}

/** The swap: from here on readers see the new snapshot. Everything it lists must be synced. */
export async function swapCurrent(directory: string, id: string): Promise<void> {
  await replaceFile(currentPath(directory), `${id}\n`);
}

/** Names the first snapshot of a new store, unless somebody else just did. */
export async function setFirstCurrent(directory: string, id: string): Promise<void> {
  await createFileOnce(currentPath(directory), `${id}\n`);
}

/** @returns the id that `current` names, or null if there is no store yet. */
export async function readCurrentId(directory: string): Promise<string | null> {
  let text: string;
  try {
    text = await readFile(currentPath(directory), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
  const id = text.trim();
  if (/^[0-9a-f]{32}$/.test(id)) return id;
  throw new StoreError(
    `'${currentPath(directory)}' names no snapshot (found '${id.slice(0, 40)}'); write the id of a file in snapshots/ into it, or import into a new store`,
  );
}

/**
 * @throws {StoreError} if the snapshot is missing, damaged, or of a newer version of this program
 */
export async function readSnapshot(directory: string, id: string): Promise<Snapshot> {
  const path = snapshotPath(directory, id);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new StoreError(`snapshot '${path}' is missing; restore it from a copy, or import into a new store`);
  }
  const snapshot = parseSnapshot(text, path);
  if (snapshot.schemaVersion > SCHEMA_VERSION) {
    throw new StoreError(
      `store '${directory}' has schema version ${snapshot.schemaVersion}, this tidemark reads up to ${SCHEMA_VERSION}; update tidemark, or choose another store with --store DIR`,
    );
  }
  if (snapshot.id !== id || snapshotId(snapshot) !== id) {
    throw new StoreError(
      `snapshot '${path}' was changed after it was written (its contents give another id); restore it from a copy, or import into a new store`,
    );
  }
  return snapshot;
}

function parseSnapshot(text: string, path: string): Snapshot {
  try {
    const value = JSON.parse(text) as Partial<Snapshot> | null;
    if (typeof value?.schemaVersion === 'number') return value as Snapshot;
  } catch {}
  throw new StoreError(
    `snapshot '${path}' is no readable snapshot; restore it from a copy, or import into a new store`,
  );
}
