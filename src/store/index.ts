export type { AsOfView } from './as-of-view.js';
export { createFileOnce } from './durable-files.js';
export type { GcResult } from './gc.js';
export type { GroupedBulk } from './grouped-bulk.js';
export type { CommitOptions, ImportFile, ImportPart, ImportSession } from './import-session.js';
export { SCHEMA_VERSION } from './layout.js';
export type { ImportRecord, PartFile, Snapshot } from './snapshot.js';
export { openStore, type Store } from './store.js';
