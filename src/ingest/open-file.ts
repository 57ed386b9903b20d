import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ColumnMapping,
  type Detection,
  FormatError,
  type SourceFile,
  type SourceReader,
} from '../core/index.js';
import { blocksOf, HEAD_BYTES, LARGE_BYTES, passText } from './large-text.js';
import { describeContents, type Recognition, recognise } from './recognise.js';
import { fileWithoutRows, type ImportedFile } from './report.js';
import { type Disk, isGzip, isZip, UNPACK_LIMITS, type UnpackedFile, unpack } from './unpack.js';
import type { FoundFile } from './walk.js';

/** Node reads at most this much in one go. */
const MAX_FILE_BYTES = 2 ** 31 - 1;
const READ_BYTES = 4 * 1024 ** 2;

/** A file, or a member of an archive, and one way to read it. */
export interface RecognisedPart {
  readonly file: SourceFile;
  readonly recognition: Recognition;
}

/** A file on disk after unpacking and asking the readers. */
export interface OpenedFile {
  readonly found: FoundFile;
  readonly parts: readonly RecognisedPart[];
  /** Members that no reader knows. */
  readonly unknown: readonly ImportedFile[];
}

/** @throws {FormatError} if it cannot be read */
async function readFound(found: FoundFile, disk: Disk): Promise<SourceFile> {
  const { path, name, problem } = found;
  if (problem !== null) throw new FormatError(`${name}: ${problem}`);
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > MAX_FILE_BYTES) {
        throw new FormatError(
          `${name}: has ${size} bytes, more than the ${MAX_FILE_BYTES} that are read; split it`,
        );
      }
      if (size >= LARGE_BYTES) {
        const { buffer: bytes } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
        const watchRows = isGzip(bytes) || isZip(bytes) ? undefined : disk.watchOf({ name, bytes });
        if (watchRows !== undefined) {
          const path = join(disk.folder, `file-${randomUUID()}`);
          return { name, ...(await passFile(file, { bytes: size, watchRows, path })) };
        }
      }
      return { name, ...(await readHashed(file, size)) };
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new FormatError(`${name}: it cannot be read (${code}); look at its rights and at the disk`, {
      cause: error,
    });
  }
}

/** Copies the rows of a large file to disk, since what is read must be what was hashed. */
async function passFile(
  file: FileHandle,
  to: Parameters<typeof passText>[1],
): Promise<Omit<SourceFile, 'name'>> {
  const hash = createHash('sha256');
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const block of blocksOf(file)) {
      hash.update(block);
      yield block;
    }
  }
  const { head, text } = await passText(hashed(), to);
  return { sha256: hash.digest('hex'), bytes: head, large: text };
}

/** Reads a file whole; a piece is hashed while the next is read. */
async function readHashed(file: FileHandle, size: number): Promise<Pick<SourceFile, 'bytes' | 'sha256'>> {
  const bytes = Buffer.allocUnsafeSlow(size);
  const hash = createHash('sha256');
  const readAt = (at: number) => file.read(bytes, at, Math.min(READ_BYTES, size - at), at);
  let end = 0;
  let reading = readAt(0);
  for (;;) {
    const { bytesRead } = await reading;
    const piece = bytes.subarray(end, end + bytesRead);
    end += bytesRead;
    if (bytesRead === 0 || end === size) {
      hash.update(piece);
      break;
    }
    reading = readAt(end);
    hash.update(piece);
  }
  const more = await file.read(Buffer.alloc(1), 0, 1, end);
  if (end === size && more.bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
  const all = await file.readFile();
  return { bytes: all, sha256: createHash('sha256').update(all).digest('hex') };
}

/** How to look at rows that the engine may read from disk, so that no reader needs the file whole. */
const watchOf = (recognitions: readonly Recognition[]): Detection['watchRows'] =>
  recognitions.every(({ detection }) => detection.watchRows !== undefined)
    ? recognitions[0]?.detection.watchRows
    : undefined;

/**
 * Reads a file on disk, unpacks it and asks the readers what its members are.
 * @param folder for members that are too large for memory
 * @throws {FormatError} if it cannot be read or unpacked
 */
export async function openFile(
  found: FoundFile,
  {
    readers,
    mappings,
    folder,
  }: {
    readonly readers: readonly SourceReader[];
    readonly mappings: readonly ColumnMapping[];
    readonly folder: string;
  },
): Promise<OpenedFile> {
  const ask = (file: SourceFile): Recognition[] => recognise(file, readers, mappings);
  const disk: Disk = { folder, watchOf: (file) => watchOf(ask({ ...file, sha256: '' })) };
  const { sha256, ...whole } = await readFound(found, disk);
  const partsOf = (file: UnpackedFile): RecognisedPart[] =>
    ask({ ...file, sha256 }).map((recognition) => ({ file: { ...file, sha256 }, recognition }));
  const isWanted = (file: UnpackedFile): boolean => partsOf(file).length > 0;
  const members = await unpack(whole, isWanted, UNPACK_LIMITS, disk);
  const parts: RecognisedPart[] = [];
  const unknown: ImportedFile[] = [];
  for (const member of members) {
    const recognised = partsOf(member);
    parts.push(...recognised);
    if (recognised.length === 0) {
      unknown.push(
        fileWithoutRows(member.name, 'not-recognised', describeContents(member.name, member.bytes)),
      );
    }
  }
  if (members.length === 0) unknown.push(fileWithoutRows(found.name, 'not-recognised', 'an empty archive'));
  return { found, parts, unknown: officeDocumentsAsOne(unknown) };
}

const OFFICE_PART = '/[Content_Types].xml';

/** A workbook of today is an archive of parts, each of which says nothing to whoever brought it. */
function officeDocumentsAsOne(unknown: readonly ImportedFile[]): ImportedFile[] {
  const documents = unknown
    .filter(({ fileName }) => fileName.endsWith(OFFICE_PART))
    .map(({ fileName }) => fileName.slice(0, -OFFICE_PART.length));
  const others = unknown.filter(({ fileName }) => !documents.some((name) => fileName.startsWith(`${name}/`)));
  return [
    ...others,
    ...documents.map((name) =>
      fileWithoutRows(
        name,
        'not-recognised',
        'an Excel workbook or another Office document (save its sheet as CSV)',
      ),
    ),
  ];
}
