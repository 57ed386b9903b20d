import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { type ColumnMapping, FormatError, type SourceFile, type SourceReader } from '../core/index.js';
import { HEAD_BYTES, LARGE_BYTES, passFile } from './large-text.js';
import { describeContents, type Recognition, recognise } from './recognise.js';
import { fileWithoutRows, type ImportedFile } from './report.js';
import { isGzip, isZip, UNPACK_LIMITS, type UnpackedFile, unpack } from './unpack.js';
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

/**
 * @param staysOnDisk asked of a file that is large and no archive, by its beginning
 * @throws {FormatError} if it cannot be read
 */
async function readFound(found: FoundFile, staysOnDisk: (file: SourceFile) => boolean): Promise<SourceFile> {
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
        const { buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
        if (!isPacked(buffer) && staysOnDisk({ name, sha256: '', bytes: buffer })) {
          const { head, text, sha256 } = await passFile(path);
          return { name, sha256, bytes: head, large: text };
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

const isPacked = (bytes: Uint8Array): boolean => isGzip(bytes) || isZip(bytes);

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

/** True where the engine may read the file from disk, so that no reader needs it whole. */
const staysOnDisk = (recognitions: readonly Recognition[]): boolean =>
  recognitions.length > 0 && recognitions.every(({ detection }) => detection.isForEngine);

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
  const { sha256, ...whole } = await readFound(found, (file) => staysOnDisk(ask(file)));
  const recogniseAs = (file: UnpackedFile): Recognition[] => ask({ ...file, sha256 });
  const partsOf = async (member: UnpackedFile): Promise<RecognisedPart[]> => {
    let file = member;
    let recognitions = recogniseAs(file);
    if (file.large !== undefined && !staysOnDisk(recognitions)) {
      file = { name: file.name, bytes: await readFile(file.large.path) };
      recognitions = recogniseAs(file);
    }
    return recognitions.map((recognition) => ({ file: { ...file, sha256 }, recognition }));
  };
  const isWanted = (file: UnpackedFile): boolean => recogniseAs(file).length > 0;
  const members = await unpack(whole, isWanted, UNPACK_LIMITS, folder);
  const parts: RecognisedPart[] = [];
  const unknown: ImportedFile[] = [];
  for (const member of members) {
    const recognised = await partsOf(member);
    parts.push(...recognised);
    if (recognised.length === 0) {
      unknown.push(
        fileWithoutRows(member.name, 'not-recognised', describeContents(member.name, member.bytes)),
      );
    }
  }
  if (members.length === 0) unknown.push(fileWithoutRows(found.name, 'not-recognised', 'an empty archive'));
  return { found, parts, unknown };
}
