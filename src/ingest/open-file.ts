import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { type ColumnMapping, FormatError, type SourceFile, type SourceReader } from '../core/index.js';
import { LARGE_BYTES, passFile } from './large-text.js';
import { describeContents, type Recognition, recognise } from './recognise.js';
import { fileWithoutRows, type ImportedFile } from './report.js';
import { isGzip, isZip, UNPACK_LIMITS, type UnpackedFile, unpack } from './unpack.js';
import type { FoundFile } from './walk.js';

/** Node reads at most this much in one go. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

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

async function readWhole(found: FoundFile): Promise<SourceFile> {
  if (found.problem !== null) throw new FormatError(`${found.name}: ${found.problem}`);
  try {
    const { size } = await stat(found.path);
    if (size > MAX_FILE_BYTES) {
      throw new FormatError(
        `${found.name}: has ${size} bytes, more than the ${MAX_FILE_BYTES} that are read; split it`,
      );
    }
    if (size >= LARGE_BYTES && !(await isPacked(found.path))) {
      const { head, text, sha256 } = await passFile(found.path);
      return { name: found.name, sha256, bytes: head, large: text };
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

async function isPacked(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return isGzip(buffer) || isZip(buffer);
  } finally {
    await file.close();
  }
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
  const { sha256, ...whole } = await readWhole(found);
  const recogniseAs = (file: UnpackedFile): Recognition[] =>
    recognise({ ...file, sha256 }, readers, mappings);
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
