import { join } from 'node:path';
import { storeName, type TableName } from '../core/index.js';

/** Version of the folder layout and of the columns; a store with a greater one is refused. */
export const SCHEMA_VERSION = 1;

/** Names at the top of a store; anything else there was not put by this program. */
export const TOP_LEVEL_NAMES: readonly string[] = ['current', 'data', 'lock', 'snapshots', 'staging'];

export const currentPath = (directory: string): string => join(directory, 'current');
export const lockPath = (directory: string): string => join(directory, 'lock');
export const dataPath = (directory: string): string => join(directory, 'data');
export const snapshotsPath = (directory: string): string => join(directory, 'snapshots');
/** Files under way; whoever holds the lock may empty it. */
export const stagingPath = (directory: string): string => join(directory, 'staging');

/** Where an import puts members of archives that are too large for memory. */
export const unpackedPath = (directory: string): string => join(stagingPath(directory), 'unpacked');

export const snapshotPath = (directory: string, id: string): string =>
  join(snapshotsPath(directory), `${id}.json`);

/** Where a Parquet file of a table belongs, relative to the store and with forward slashes. */
export const partPath = (table: TableName, sha256: string): string =>
  `data/table=${storeName(table)}/part-${sha256.slice(0, 32)}.parquet`;
