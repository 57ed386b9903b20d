import { dirname } from 'node:path';
import type { ColumnMapping, SourceReader } from '../core/index.js';
import { type OpenedFile, openFile } from './open-file.js';
import { fileWithoutRows, type ImportedFile } from './report.js';
import { groupOf, messageOf, rethrowUnlessOfFile, type StoreWork, storeParts } from './store-parts.js';
import type { FoundFile } from './walk.js';

export interface FilesWork extends Omit<StoreWork, 'onProgress'> {
  readonly readers: readonly SourceReader[];
  readonly mappingsOf: (file: FoundFile) => readonly ColumnMapping[];
  /** Told which mappings were used. */
  readonly onMapping: (sha256: string) => void;
  /** @param rows data rows read of the file so far; null before the first */
  readonly onProgress: (index: number, name: string, rows: number | null) => void;
  /** Sees every outcome; may throw to stop. */
  readonly onOutcome: (outcomes: readonly ImportedFile[]) => void;
}

async function open(found: FoundFile, work: FilesWork): Promise<OpenedFile> {
  try {
    const mappings = work.mappingsOf(found);
    return await openFile(found, { readers: work.readers, mappings, folder: work.session.workDirectory });
  } catch (error) {
    rethrowUnlessOfFile(error, work.signal);
    const failed = fileWithoutRows(found.name, 'failed', messageOf(error, found.name));
    return { found, parts: [], unknown: [failed] };
  }
}

/** Files of the same folder that are read together with one that was opened. A group of an archive's members is whole in it. */
async function openGroup(
  opened: OpenedFile,
  later: readonly FoundFile[],
  work: FilesWork,
): Promise<OpenedFile[]> {
  const ownParts = opened.parts.filter(({ file }) => file.name === opened.found.name);
  const groups = new Set(ownParts.map(groupOf).filter((group) => group !== null));
  if (groups.size === 0) return [];
  const folder = dirname(opened.found.path);
  const others: OpenedFile[] = [];
  for (const found of later.filter(({ path }) => dirname(path) === folder)) {
    const other = await open(found, work);
    if (other.parts.some((part) => groups.has(groupOf(part) ?? ''))) others.push(other);
  }
  return others;
}

/**
 * Imports files one after the other: each wholly or not at all, and files that are read together likewise.
 * @throws {StoreError} if the store fails; whatever `onOutcome` throws
 * @returns whether the signal stopped it before the last file
 */
export async function importFiles(found: readonly FoundFile[], work: FilesWork): Promise<boolean> {
  const done = new Set<FoundFile>();
  for (const [index, file] of found.entries()) {
    if (work.signal?.aborted) return true;
    if (done.has(file)) continue;
    work.onProgress(index, file.name, null);
    try {
      const first = await open(file, work);
      const rest = found.slice(index + 1).filter((later) => !done.has(later));
      const together = [first, ...(await openGroup(first, rest, work))];
      for (const opened of together) done.add(opened.found);
      work.onOutcome(await importTogether(together, index, work));
      await work.session.clearWork();
    } catch (error) {
      if (work.signal?.aborted) return true;
      throw error;
    }
  }
  return false;
}

async function importTogether(
  opened: readonly OpenedFile[],
  index: number,
  work: FilesWork,
): Promise<ImportedFile[]> {
  const parts = opened.flatMap((file) => file.parts);
  const unknown = opened.flatMap((file) => file.unknown);
  for (const { recognition } of parts) {
    if (recognition.mappingSha256 !== null) work.onMapping(recognition.mappingSha256);
  }
  if (parts.length === 0) return unknown;
  const { name } = opened[0]!.found;
  const stored = await storeParts(parts, name, {
    session: work.session,
    signal: work.signal,
    onProgress: (rows) => work.onProgress(index, name, rows),
  });
  return [...stored, ...unknown];
}
