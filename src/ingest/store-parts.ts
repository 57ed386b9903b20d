import { posix } from 'node:path';
import { type BulkPlan, FormatError, type MemberBatch, StoreError } from '../core/index.js';
import type { ImportFile, ImportPart, ImportRecord, ImportSession } from '../store/index.js';
import { wholeText } from './large-text.js';
import type { RecognisedPart } from './open-file.js';
import { fileWithoutRows, type ImportedFile } from './report.js';

export interface StoreWork {
  readonly session: ImportSession;
  readonly onProgress: (rows: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** Parts that are read together, or null for a part that stands alone: one reader's group in one archive or folder. */
export function groupOf({ file, recognition }: RecognisedPart): string | null {
  const { reader, detection } = recognition;
  if (detection.group === undefined || reader.readGroup === undefined) return null;
  return JSON.stringify([reader.source, detection.group, posix.dirname(file.name)]);
}

function inGroups(parts: readonly RecognisedPart[]): RecognisedPart[][] {
  const groups = new Map<string, RecognisedPart[]>();
  for (const [index, part] of parts.entries()) {
    const key = groupOf(part) ?? String(index);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()];
}

function toImportFile({ file, recognition }: RecognisedPart): ImportFile {
  return {
    fileName: file.name,
    fileSha256: file.sha256,
    source: recognition.reader.source,
    kind: recognition.detection.kind,
    mappingSha256: recognition.mappingSha256,
    bytes: file.large?.bytes ?? file.bytes.length,
  };
}

function toImportPart(group: readonly RecognisedPart[]): ImportPart {
  const [{ file, recognition }] = group as [RecognisedPart];
  const { reader, detection, context } = recognition;
  const files = group.map(toImportFile);
  if (groupOf(group[0]!) === null) {
    const batches = reader.read(file, detection, context);
    return { files, batches, bulk: bulkOf(group[0]!) };
  }
  const members = group.map((part) => ({ file: part.file, detection: part.recognition.detection }));
  const plan = reader.bulkGroup?.(members, context) ?? null;
  const text = plan === null ? undefined : members[plan.member]!.file.large;
  const grouped = plan === null || text === undefined ? null : { plan, text };
  return { files, batches: readInMemory(group), grouped };
}

/** Asks for the rows of a group one by one; large members are read into memory only then. */
function* readInMemory(group: readonly RecognisedPart[]): Generator<MemberBatch> {
  const { reader, context } = group[0]!.recognition;
  const members = group.map(({ file: { large, ...file }, recognition }) => ({
    file: large === undefined ? file : { ...file, bytes: wholeText(file.bytes, large) },
    detection: recognition.detection,
  }));
  yield* reader.readGroup!(members, context);
}

/** Small files are read as fast row by row. */
const BULK_FROM_BYTES = 256 * 1024;

/** How the engine may read a file by itself: one that is large, or that is no text at all. */
function bulkOf({ file, recognition }: RecognisedPart): BulkPlan | null {
  const { reader, detection, context } = recognition;
  const plan = reader.bulk?.(file, detection, context) ?? null;
  return plan?.input.format === 'csv' && file.bytes.length < BULK_FROM_BYTES ? null : plan;
}

function isStored({ file, recognition }: RecognisedPart, session: ImportSession): boolean {
  return session
    .findImports(file.sha256)
    .some(
      (record) =>
        record.kind === recognition.detection.kind &&
        record.source === recognition.reader.source &&
        record.mappingSha256 === recognition.mappingSha256,
    );
}

function outcomeOf(
  part: RecognisedPart,
  status: 'unchanged' | 'failed',
  message: string | null,
): ImportedFile {
  const { detection, reader } = part.recognition;
  return fileWithoutRows(part.file.name, status, message, { kind: detection.kind, source: reader.source });
}

function importedFile(record: ImportRecord): ImportedFile {
  const { fileName, kind, source, rowsRead, rowsKept, rowsUnchanged, rowsRevised, rowsSetAside } = record;
  const rows = { rowsRead, rowsKept, rowsUnchanged, rowsRevised, rowsSetAside };
  const message = rowsRead === 0 ? 'it has no rows' : null;
  return { fileName, kind, source, status: 'imported', ...rows, message };
}

/** One line for whatever went wrong with a file; what is no fault of the file says so. */
export function messageOf(error: unknown, name: string): string {
  if (error instanceof FormatError) return error.message;
  const reason = error instanceof Error ? error.message.replace(/\s*\n\s*/g, ' ') : String(error);
  return `${name}: a fault of tidemark, not of the file; please report it: ${reason}`;
}

/** Throws on what is no fault of a file: trouble of the store, and being stopped. */
export function rethrowUnlessOfFile(error: unknown, signal: AbortSignal | undefined): void {
  if (error instanceof StoreError || signal?.aborted) throw error;
}

/**
 * Stores what is new of the parts of one file, or of files that are read together, as one snapshot: all or nothing.
 * @throws {StoreError} if the store fails; the signal's reason if it was aborted. A fault of a file is an answer.
 */
export async function storeParts(
  parts: readonly RecognisedPart[],
  name: string,
  { session, onProgress, signal }: StoreWork,
): Promise<ImportedFile[]> {
  const groups = inGroups(parts);
  const fresh = groups.filter((group) => !group.every((part) => isStored(part, session)));
  const unchanged = groups
    .filter((group) => !fresh.includes(group))
    .flatMap((group) => group.map((part) => outcomeOf(part, 'unchanged', null)));
  if (fresh.length === 0) return unchanged;
  try {
    const records = await session.commitUnit(fresh.map(toImportPart), {
      onProgress,
      ...(signal === undefined ? {} : { signal }),
    });
    return [...unchanged, ...records.map(importedFile)];
  } catch (error) {
    rethrowUnlessOfFile(error, signal);
    const message = messageOf(error, name);
    return [...unchanged, ...fresh.flat().map((part) => outcomeOf(part, 'failed', message))];
  }
}
