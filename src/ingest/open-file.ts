import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { type ColumnMapping, FormatError, type SourceFile, type SourceReader } from '../core/index.js';
import { describeContents, type Recognition, recognise } from './recognise.js';
import { fileWithoutRows, type ImportedFile } from './report.js';
import { unpack } from './unpack.js';
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

/**
 * Reads a file on disk, unpacks it and asks the readers what its members are.
 * @throws {FormatError} if it cannot be read or unpacked
 */
export async function openFile(
  found: FoundFile,
  readers: readonly SourceReader[],
  mappings: readonly ColumnMapping[],
): Promise<OpenedFile> {
  const whole = await readWhole(found);
  const partsOf = (name: string, bytes: Uint8Array): RecognisedPart[] => {
    const file = { name, sha256: whole.sha256, bytes };
    return recognise(file, readers, mappings).map((recognition) => ({ file, recognition }));
  };
  const members = await unpack(whole, ({ name, bytes }) => partsOf(name, bytes).length > 0);
  const parts: RecognisedPart[] = [];
  const unknown: ImportedFile[] = [];
  for (const { name, bytes } of members) {
    const recognised = partsOf(name, bytes);
    parts.push(...recognised);
    if (recognised.length === 0) {
      unknown.push(fileWithoutRows(name, 'not-recognised', describeContents(bytes)));
    }
  }
  if (members.length === 0) unknown.push(fileWithoutRows(found.name, 'not-recognised', 'an empty archive'));
  return { found, parts, unknown };
}
