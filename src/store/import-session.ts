import { rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { BulkPlan, Clock, Instant, ReadBatch } from '../core/index.js';
import { dropBulk, stageBulk } from './bulk.js';
import { compactTables, scatteredTables } from './compact.js';
import type { Database } from './duckdb.js';
import { asStoreError } from './durable-files.js';
import { dropGrouped, type GroupedBulk, type GroupedReading, readGrouped } from './grouped-bulk.js';
import { stagingPath, unpackedPath } from './layout.js';
import { type Lock, takeLock } from './lock.js';
import { placeParts, writePart } from './parquet-writer.js';
import {
  addNewRows,
  countOutcomes,
  dropJudged,
  type MemberOutcome,
  reconcile,
  rowsToStoreSql,
} from './reconcile.js';
import {
  type ImportRecord,
  nextSnapshot,
  type PartFile,
  readCurrentId,
  readSnapshot,
  type Snapshot,
} from './snapshot.js';
import { Staging } from './staging.js';
import { emptyStaging, emptyUnpacked, openWriter, publish } from './writer.js';

/** A file about to be stored: a plain file, or a member of an archive with the hash of the archive. */
export interface ImportFile {
  readonly fileName: string;
  readonly fileSha256: string;
  readonly source: string;
  readonly kind: string;
  /** SHA-256 of the column mapping it is read with, if any. */
  readonly mappingSha256?: string | null;
  readonly bytes: number;
}

type MemberBatch = ReadBatch & { readonly member?: number };
/** Batches one after the other, those that are computed aside too. */
type Batches = Iterable<MemberBatch> | AsyncIterable<MemberBatch>;

/** Files that one reader reads together; mostly one. */
export interface ImportPart {
  readonly files: readonly ImportFile[];
  /** How the engine may read the one file by itself; `batches` are asked for where it cannot. */
  readonly bulk?: BulkPlan | null;
  /** How the engine may read the large one of several files. */
  readonly grouped?: GroupedBulk | null;
  /** `member` is an index into `files`, and 0 where it is left out. */
  readonly batches: Batches;
}

export interface CommitOptions {
  /** Called after every batch with the data rows read so far. */
  readonly onProgress?: (rows: number) => void;
  /** Stops between batches; the store stays as it was. */
  readonly signal?: AbortSignal;
}

/** Who imports. */
export interface ImportOwner {
  readonly command: string;
  /** What the engine may take before it spills, such as '128MB', where the importer itself needs much. */
  readonly memoryLimit?: string;
}

/** The one writer of a store, from taking the lock to giving it back. */
export interface ImportSession {
  /** All imports of a file (or of members of an archive) with these bytes, oldest first. */
  findImports(sha256: string): readonly ImportRecord[];
  /** Stores one file as one snapshot; see commitUnit. */
  commitFile(
    file: ImportFile,
    batches: Iterable<ReadBatch>,
    onProgress?: (rows: number) => void,
  ): Promise<ImportRecord>;
  /**
   * Stores all members of an archive as one snapshot: all or nothing.
   * @throws {StoreError} if the disk or the lock fails; whatever a reader throws; the reason of an aborted signal. The
   *   store is then as it was.
   */
  commitUnit(parts: readonly ImportPart[], options?: CommitOptions): Promise<ImportRecord[]>;
  /** A folder for files under way, emptied by `clearWork`, after a failure and at the end. */
  readonly workDirectory: string;
  clearWork(): Promise<void>;
  close(): Promise<void>;
}

/** An import merges the small files of a table that has more than this. */
const SCATTERED_FILES = 64;

class Session implements ImportSession {
  /** Opened ahead, since the first file is read meanwhile. */
  #opening: Promise<Database> | null;

  constructor(
    private readonly directory: string,
    private readonly clock: Clock,
    private readonly lock: Lock,
    private snapshot: Snapshot,
    private readonly memoryLimit: string | undefined,
  ) {
    this.#opening = openWriter(directory, memoryLimit);
    // Told of by whoever waits for it.
    this.#opening.catch(() => {});
  }

  findImports(sha256: string): readonly ImportRecord[] {
    return this.snapshot.imports.filter((record) => record.fileSha256 === sha256);
  }

  async commitFile(
    file: ImportFile,
    batches: Iterable<ReadBatch>,
    onProgress?: (rows: number) => void,
  ): Promise<ImportRecord> {
    const [record] = await this.commitUnit([{ files: [file], batches }], onProgress ? { onProgress } : {});
    return record!;
  }

  async commitUnit(parts: readonly ImportPart[], options: CommitOptions = {}): Promise<ImportRecord[]> {
    try {
      this.#opening ??= openWriter(this.directory, this.memoryLimit);
      const database = await this.#opening;
      const records = await this.#commit(database, parts, options);
      await this.#compactIfScattered(database);
      return records;
    } catch (error) {
      await this.#closeDatabase();
      await emptyStaging(this.directory).catch(() => {});
      throw asStoreError(error, this.directory);
    }
  }

  get workDirectory(): string {
    return unpackedPath(this.directory);
  }

  clearWork(): Promise<void> {
    return emptyUnpacked(this.directory);
  }

  async #commit(
    database: Database,
    parts: readonly ImportPart[],
    options: CommitOptions,
  ): Promise<ImportRecord[]> {
    const storedAt = this.clock.now();
    const { connection } = database;
    const { directory, snapshot } = this;
    const staging = new Staging(connection);
    const work = { database, staging, directory, files: snapshot.files };
    const { rowsRead, bySql } = await stageParts(work, parts, storedAt, options);
    const members = parts.flatMap(({ files }) => files);
    const { judged, written } = await reconcile(connection, staging, members, {
      directory,
      files: snapshot.files,
      storedAt,
      without: bySql?.isNew ? [bySql.plan.table] : [],
    });
    const outcomes = await countOutcomes(connection, judged, members.length);
    const files: PartFile[] = [];
    if (bySql !== null && bySql.rows > 0) {
      const { member, table } = bySql.plan;
      const parts = await placeParts(connection, directory, table, bySql.files);
      outcomes[member] = parts.reduce(addNewRows, outcomes[member]!);
      files.push(...parts);
    }
    for (const { table, member, files: staged } of written) {
      options.signal?.throwIfAborted();
      const parts = await placeParts(connection, directory, table, staged);
      outcomes[member] = parts.reduce(addNewRows, outcomes[member]!);
      files.push(...parts);
    }
    const grouped = parts.flatMap(({ files }) => files.map(() => files.length > 1));
    const records = members.map((file, index) => {
      const outcome = accountedFor(file, rowsRead[index]!, outcomes[index]!, grouped[index]!);
      return importRecord(file, storedAt, rowsRead[index]!, outcome);
    });
    for (const table of judged) {
      for (const span of table.spans) {
        options.signal?.throwIfAborted();
        const rows = rowsToStoreSql(table, span, members, storedAt);
        const part = await writePart(connection, directory, table.table, rows);
        if (part !== null) files.push(part);
      }
    }
    await dropJudged(
      connection,
      judged.map(({ table }) => table),
    );
    await staging.drop();
    await dropBulk(connection, directory, members.length);
    await dropGrouped(connection, directory);
    options.signal?.throwIfAborted();
    const next = nextSnapshot(snapshot, storedAt, {
      files: [...snapshot.files, ...files],
      imports: [...snapshot.imports, ...records],
    });
    await publish(directory, this.lock, next);
    this.snapshot = next;
    return records;
  }

  /** Thousands of files in a row would each look through all before; merging them now and then keeps that short. */
  async #compactIfScattered({ connection }: Database): Promise<void> {
    const tables = scatteredTables(this.snapshot.files, SCATTERED_FILES);
    if (tables.length === 0) return;
    const { files } = await compactTables(connection, this.directory, this.snapshot.files, tables);
    const next = nextSnapshot(this.snapshot, this.snapshot.createdAt, { files });
    await publish(this.directory, this.lock, next);
    this.snapshot = next;
  }

  async #closeDatabase(): Promise<void> {
    const database = await this.#opening?.catch(() => null);
    this.#opening = null;
    database?.close();
  }

  async close(): Promise<void> {
    await this.#closeDatabase();
    await rm(stagingPath(this.directory), { recursive: true, force: true }).catch(() => {});
    await this.lock.release();
  }
}

interface StagingWork {
  readonly database: Database;
  readonly staging: Staging;
  readonly directory: string;
  /** Of the snapshot that is added to. */
  readonly files: readonly PartFile[];
}

/** The rows of a group's large member that the engine writes by itself. */
type RowsBySql = GroupedReading & Pick<GroupedBulk, 'plan'>;

/** @returns data rows read, for each file of all parts; rows that are written after all others are judged */
async function stageParts(
  work: StagingWork,
  parts: readonly ImportPart[],
  storedAt: Instant,
  { onProgress, signal }: CommitOptions,
): Promise<{ rowsRead: number[]; bySql: RowsBySql | null }> {
  const rowsRead: number[] = [];
  let bySql: RowsBySql | null = null;
  const advance = async (): Promise<void> => {
    onProgress?.(rowsRead.reduce((sum, rows) => sum + rows, 0));
    await setImmediate();
    signal?.throwIfAborted();
  };
  for (const part of parts) {
    const first = rowsRead.length;
    rowsRead.push(...part.files.map(() => 0));
    const onRows = (rows: number): Promise<void> => {
      rowsRead[first] = rows;
      return advance();
    };
    const { bulk, grouped } = part;
    if (grouped && parts.length === 1) {
      const { directory, files } = work;
      const of = part.files[grouped.plan.member]!;
      const reading = await readGrouped(work.database, grouped, { of, directory, storedAt, files });
      if (reading !== null) bySql = { ...reading, plan: grouped.plan };
    }
    const file = { member: first, of: part.files[0]!, directory: work.directory, storedAt, onRows };
    const byEngine = bulk ? await stageBulk(work.database, work.staging, { ...file, plan: bulk }) : null;
    const batches = bySql?.rest ?? part.batches;
    const unit = { first, rowsRead, storedAt, advance };
    if (byEngine === null) await stageBatches(work.staging, { ...part, batches }, unit);
    else rowsRead[first] = byEngine;
    if (bySql !== null) rowsRead[bySql.plan.member]! += bySql.rows;
  }
  await work.staging.finish();
  return { rowsRead, bySql };
}

async function stageBatches(
  staging: Staging,
  { files, batches }: ImportPart,
  unit: { first: number; rowsRead: number[]; storedAt: Instant; advance: () => Promise<void> },
): Promise<void> {
  const { first, rowsRead, storedAt, advance } = unit;
  for await (const batch of batches) {
    const index = batch.member ?? 0;
    await staging.addFacts(first + index, batch.facts, storedAt);
    await staging.addSetAside(first + index, files[index]!.kind, batch.setAside, storedAt);
    rowsRead[first + index]! += batch.rowsRead;
    await advance();
  }
}

/**
 * Makes sure that every data row has an outcome. Of files read together, a row may have gone into a fact that has its
 * place in another file; it counts as kept.
 * @throws {Error} if the reader lost or invented data rows
 */
function accountedFor(
  file: ImportFile,
  rowsRead: number,
  outcome: MemberOutcome,
  isGrouped: boolean,
): MemberOutcome {
  const { rowsKept, rowsUnchanged, rowsRevised, rowsSetAside } = outcome;
  const accounted = rowsKept + rowsUnchanged + rowsRevised + rowsSetAside;
  if (accounted === rowsRead) return outcome;
  if (isGrouped && accounted < rowsRead) return { ...outcome, rowsKept: rowsKept + rowsRead - accounted };
  throw new Error(
    `${file.fileName}: the reader of ${file.source} says it read ${rowsRead} data rows, but facts and set-aside rows account for ${accounted}; nothing of the file was stored`,
  );
}

function importRecord(
  file: ImportFile,
  storedAt: Instant,
  rowsRead: number,
  outcome: MemberOutcome,
): ImportRecord {
  const { fileName, fileSha256, source, kind, bytes, mappingSha256 = null } = file;
  return { fileName, fileSha256, source, kind, mappingSha256, bytes, storedAt, rowsRead, ...outcome };
}

/** @throws {StoreError} naming the owner, if a live process holds the lock */
export async function openSession(
  directory: string,
  { command, memoryLimit }: ImportOwner,
  clock: Clock,
): Promise<ImportSession> {
  const lock = await takeLock(directory, command, clock);
  try {
    await emptyStaging(directory);
    const snapshot = await readSnapshot(directory, (await readCurrentId(directory))!);
    return new Session(directory, clock, lock, snapshot, memoryLimit);
  } catch (error) {
    await lock.release();
    throw error;
  }
}
