import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';
import {
  type Clock,
  dayNumber,
  type Fact,
  type Instant,
  type IsoDate,
  newYorkInstant,
  type ReadBatch,
  type SetAsideRow,
} from '../../src/core/index.js';
import { type ImportFile, openStore, type Store } from '../../src/store/index.js';

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

export const repositoryRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A clock that a test sets. */
export class SetClock implements Clock {
  constructor(private instant: Instant) {}
  now(): Instant {
    return this.instant;
  }
  set(date: string, hour = 12): Instant {
    this.instant = newYorkInstant(date as IsoDate, hour);
    return this.instant;
  }
}

export const at = (date: string, hour = 12): Instant => newYorkInstant(date as IsoDate, hour);

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function newStore(
  date = '2026-01-05',
): Promise<{ store: Store; clock: SetClock; directory: string }> {
  const directory = join(await temporaryFolder(), 'store');
  const clock = new SetClock(at(date));
  return { store: await openStore(directory, { clock, create: true }), clock, directory };
}

/** An observation of an economic series, known at noon of its day unless said otherwise. */
export function macroFact(
  rowNumber: number,
  seriesId: string,
  date: string,
  value: number | null,
  knownAt: Instant = at(date),
): Fact<'macro'> {
  return {
    table: 'macro',
    row: { seriesId, date: date as IsoDate, vintageDate: null, value },
    periodStart: date as IsoDate,
    periodEnd: date as IsoDate,
    knownAt,
    knownAtKind: 'rule',
    rowNumber,
  };
}

export const batchOf = (facts: readonly Fact[], setAside: readonly SetAsideRow[] = []): ReadBatch => ({
  facts,
  setAside,
  rowsRead: new Set([...facts, ...setAside].map((row) => row.rowNumber)).size,
});

export const fileOf = (fileName: string, contents: string = fileName): ImportFile => ({
  fileName,
  fileSha256: sha256(contents),
  source: 'fred',
  kind: 'test-series',
  bytes: contents.length,
});

export async function importBatches(store: Store, file: ImportFile, ...batches: ReadBatch[]) {
  const session = await store.beginImport({ command: 'test' });
  try {
    return await session.commitFile(file, batches);
  } finally {
    await session.close();
  }
}

export async function queryAt<Row = Record<string, unknown>>(
  store: Store,
  asOf: Instant,
  sql: string,
  parameters: Record<string, unknown> = {},
): Promise<Row[]> {
  const view = await store.view(asOf);
  try {
    return await view.query<Row>(sql, parameters);
  } finally {
    view.close();
  }
}

/** Problems of the current snapshot: files that are missing, changed, or hold another number of rows than listed. */
export async function integrityProblems(store: Store): Promise<string[]> {
  const { files } = await store.current();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const problems: string[] = [];
  for (const file of files) {
    const path = join(store.directory, file.path);
    const bytes = await readFile(path).catch(() => null);
    if (bytes === null) {
      problems.push(`${file.path} is missing`);
      continue;
    }
    if (bytes.length !== file.bytes || sha256(bytes) !== file.sha256) problems.push(`${file.path} changed`);
    const rows = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM read_parquet('${path}')`);
    if (rows.getRows()[0]![0] !== file.rows) problems.push(`${file.path} has another number of rows`);
  }
  connection.closeSync();
  instance.closeSync();
  return problems;
}

export const daysAfter = (date: string, days: number): string =>
  new Date((dayNumber(date as IsoDate) + days) * 86_400_000).toISOString().slice(0, 10);
