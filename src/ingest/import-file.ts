import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import {
  type ColumnMapping,
  FormatError,
  type SourceFile,
  type SourceReader,
  StoreError,
} from '../core/index.js';
import type { ImportFile, ImportPart, ImportRecord, ImportSession } from '../store/index.js';
import { describeContents, type Recognition, recognise } from './recognise.js';
import { fileWithoutRows, type ImportedFile } from './report.js';
import { unpack } from './unpack.js';
import type { FoundFile } from './walk.js';

/** Node reads at most this much in one go. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

export interface FileImport {
  readonly session: ImportSession;
  readonly readers: readonly SourceReader[];
  readonly mappings: readonly ColumnMapping[];
  readonly onProgress: (rows: number) => void;
  readonly signal: AbortSignal | undefined;
  /** Told which mappings were used. */
  readonly onMapping: (sha256: string) => void;
}

interface RecognisedPart {
  readonly file: SourceFile;
  readonly recognition: Recognition;
}

async function readWhole(found: FoundFile): Promise<SourceFile> {
  if (found.problem !== null) throw new FormatError(`${found.name}: ${found.problem}`);
  try {
    const { size } = await stat(found.path);
    if (size > MAX_FILE_BYTES) {
      throw new FormatError(
        `${found.name}: has ${size} bytes, more than the ${MAX_FILE_BYTES} that are read; split it`,
      );
    }
    const bytes = await readFile(found.path);
    return { name: found.name, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new FormatError(`${found.name}: it cannot be read (${code}); look at its rights and at the disk`, {
      cause: error,
    });
  }
}

function toImportFile({ file, recognition }: RecognisedPart): ImportFile {
  return {
    fileName: file.name,
    fileSha256: file.sha256,
    source: recognition.reader.source,
    kind: recognition.detection.kind,
    mappingSha256: recognition.mappingSha256,
    bytes: file.bytes.length,
  };
}

const toImportPart = (part: RecognisedPart): ImportPart => ({
  file: toImportFile(part),
  batches: part.recognition.reader.read(part.file, part.recognition.detection, part.recognition.context),
});

const isSameImport = ({ recognition }: RecognisedPart, record: ImportRecord): boolean =>
  record.kind === recognition.detection.kind &&
  record.source === recognition.reader.source &&
  record.mappingSha256 === recognition.mappingSha256;

const toldBy = ({ recognition }: RecognisedPart) => ({
  kind: recognition.detection.kind,
  source: recognition.reader.source,
});

function importedFile(record: ImportRecord): ImportedFile {
  const { fileName, kind, source, rowsRead, rowsKept, rowsUnchanged, rowsRevised, rowsSetAside } = record;
  const rows = { rowsRead, rowsKept, rowsUnchanged, rowsRevised, rowsSetAside };
  return { fileName, kind, source, status: 'imported', ...rows, message: null };
}

/** One line for whatever went wrong with a file; what is no fault of the file says so. */
function messageOf(error: unknown, name: string): string {
  if (error instanceof FormatError) return error.message;
  const reason = error instanceof Error ? error.message.replace(/\s*\n\s*/g, ' ') : String(error);
  return `${name}: a fault of tidemark, not of the file; please report it: ${reason}`;
}

/** Stores what is new of the recognised parts, as one snapshot: all or nothing. */
async function storeParts(parts: readonly RecognisedPart[], work: FileImport): Promise<ImportedFile[]> {
  const known = work.session.findImports(parts[0]!.file.sha256);
  const isKnown = (part: RecognisedPart): boolean => known.some((record) => isSameImport(part, record));
  const unchanged = parts
    .filter(isKnown)
    .map((part) => fileWithoutRows(part.file.name, 'unchanged', null, toldBy(part)));
  const fresh = parts.filter((part) => !isKnown(part));
  if (fresh.length === 0) return unchanged;
  const { onProgress, signal } = work;
  const records = await work.session.commitUnit(fresh.map(toImportPart), {
    onProgress,
    ...(signal === undefined ? {} : { signal }),
  });
  return [...unchanged, ...records.map(importedFile)];
}

/**
 * Imports one file on disk: unpacks it, finds the readers, stores all members or none.
 * @throws {StoreError} if the store fails; the signal's reason if it was aborted. A fault of the file is an answer.
 */
export async function importFile(found: FoundFile, work: FileImport): Promise<ImportedFile[]> {
  const parts: RecognisedPart[] = [];
  const unknown: ImportedFile[] = [];
  try {
    const whole = await readWhole(found);
    const recogniseMember = (bytes: Uint8Array, name: string): RecognisedPart[] => {
      const file = { name, sha256: whole.sha256, bytes };
      return recognise(file, work.readers, work.mappings).map((recognition) => ({ file, recognition }));
    };
    const members = await unpack(whole, ({ bytes, name }) => recogniseMember(bytes, name).length > 0);
    for (const { name, bytes } of members) {
      const recognised = recogniseMember(bytes, name);
      parts.push(...recognised);
      if (recognised.length === 0)
        unknown.push(fileWithoutRows(name, 'not-recognised', describeContents(bytes)));
    }
    if (members.length === 0) unknown.push(fileWithoutRows(found.name, 'not-recognised', 'an empty archive'));
    for (const { recognition } of parts) {
      if (recognition.mappingSha256 !== null) work.onMapping(recognition.mappingSha256);
    }
    return [...(parts.length === 0 ? [] : await storeParts(parts, work)), ...unknown];
  } catch (error) {
    return [...failures(error, found, parts, work.signal), ...unknown];
  }
}

/** @throws the error itself, where it is not about this file */
function failures(
  error: unknown,
  found: FoundFile,
  parts: readonly RecognisedPart[],
  signal: AbortSignal | undefined,
): ImportedFile[] {
  if (error instanceof StoreError || signal?.aborted) throw error;
  const message = messageOf(error, found.name);
  if (parts.length === 0) return [fileWithoutRows(found.name, 'failed', message)];
  return parts.map((part) => fileWithoutRows(part.file.name, 'failed', message, toldBy(part)));
}
