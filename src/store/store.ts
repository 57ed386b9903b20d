import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Clock, type Instant, NotCovered, StoreError } from '../core/index.js';
import { type AsOfView, openView } from './as-of-view.js';
import { asStoreError, makeDirectory } from './durable-files.js';
import { type DamagedPart, damagedParts, type Extract, extractSnapshot } from './extract.js';
import { collectGarbage, type GcResult } from './gc.js';
import { type ImportOwner, type ImportSession, openSession } from './import-session.js';
import { dataPath, SCHEMA_VERSION, snapshotsPath, TOP_LEVEL_NAMES } from './layout.js';
import {
  makeSnapshot,
  readCurrentId,
  readSnapshot,
  type Snapshot,
  setFirstCurrent,
  writeSnapshot,
} from './snapshot.js';

/** A folder of immutable Parquet files and the snapshots that list them; see docs/concepts/store.md. */
export interface Store {
  /** Absolute path. */
  readonly directory: string;
  /** @throws {StoreError} if the snapshot is missing, damaged or of a newer version */
  current(): Promise<Snapshot>;
  /** What was known at an instant, over the current snapshot; close it after use. */
  view(asOf: Instant): Promise<AsOfView>;
  /**
   * Takes the lock and begins to write.
   * @param owner.command printed to whoever finds the lock taken
   * @throws {StoreError} naming the owner, if a live process holds the lock
   */
  beginImport(owner: ImportOwner): Promise<ImportSession>;
  /** Copies all that a view of a snapshot sees into a folder that answers the same. */
  extract(view: Pick<AsOfView, 'snapshotId' | 'asOf'>, to: string): Promise<Extract>;
  /** Parquet files whose bytes are not those that the snapshot lists. */
  damagedParts(): Promise<DamagedPart[]>;
  /** Tidies. @throws {StoreError} if an import runs */
  gc(): Promise<GcResult>;
}

/** @throws {StoreError} if the folder has contents that are not a store's */
async function createStore(directory: string, clock: Clock): Promise<void> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const foreign = names.find((name) => !TOP_LEVEL_NAMES.includes(name.split('.')[0]!));
  if (foreign !== undefined) {
    throw new StoreError(
      `'${directory}' is no store and not empty (it holds '${foreign}'); choose a new or empty folder with --store DIR`,
    );
  }
  await makeDirectory(dataPath(directory));
  await makeDirectory(snapshotsPath(directory));
  const empty = makeSnapshot({
    schemaVersion: SCHEMA_VERSION,
    parent: null,
    createdAt: clock.now(),
    files: [],
    imports: [],
  });
  await writeSnapshot(directory, empty);
  await setFirstCurrent(directory, empty.id);
}

async function readCurrent(directory: string): Promise<Snapshot> {
  const id = await readCurrentId(directory);
  if (id !== null) return readSnapshot(directory, id);
  throw new NotCovered(
    `there is no store at '${directory}'; make one with: tidemark import PATH --store '${directory}'`,
  );
}

/**
 * Opens a store.
 * @param options.create makes the store if the folder is missing or empty
 * @throws {NotCovered} if there is none; {StoreError} if it is damaged or of a newer schema version, if the disk fails
 */
export async function openStore(
  directory: string,
  options: { clock: Clock; create?: boolean },
): Promise<Store> {
  const { clock } = options;
  const absolute = resolve(directory);
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw asStoreError(error, absolute);
    }
  };
  await guarded(async () => {
    if (options.create && (await readCurrentId(absolute)) === null) await createStore(absolute, clock);
    await readCurrent(absolute);
  });
  return {
    directory: absolute,
    current: () => guarded(() => readCurrent(absolute)),
    view: (asOf) => guarded(async () => openView(absolute, await readCurrent(absolute), asOf)),
    beginImport: (owner) => guarded(() => openSession(absolute, owner, clock)),
    extract: ({ snapshotId, asOf }, to) =>
      guarded(async () =>
        extractSnapshot(absolute, await readSnapshot(absolute, snapshotId), asOf, resolve(to)),
      ),
    damagedParts: () => guarded(() => damagedParts(absolute)),
    gc: () => guarded(() => collectGarbage(absolute, clock)),
  };
}
