import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StoreError, TidemarkError } from '../core/index.js';

const DISK_TROUBLE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and run the command again',
  EDQUOT: 'the disk quota is used up; free some space and run the command again',
  EROFS: 'the file system is read-only; choose a store on a writable one with --store DIR',
  EACCES: 'access is denied; give yourself the right to write there or choose another --store DIR',
  EPERM: 'access is denied; give yourself the right to write there or choose another --store DIR',
  EIO: 'the disk reports a read or write error; check it before anything else',
  EMFILE: 'too many files are open; raise the limit (ulimit -n) and run the command again',
  ENOTDIR: 'a part of the path is a file; choose another --store DIR',
  EISDIR: 'a folder stands where a file belongs; choose another --store DIR',
  ENAMETOOLONG: 'the path is too long; choose another --store DIR',
};

const DUCKDB_DISK_TROUBLE: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|not enough disk space|max_temp_directory_size/i, 'ENOSPC'],
  [/Disk quota exceeded/i, 'EDQUOT'],
  [/Read-only file system/i, 'EROFS'],
  [/Permission denied/i, 'EACCES'],
  [/Input\/output error/i, 'EIO'],
  [/Too many open files/i, 'EMFILE'],
];

function troubleCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== undefined && code in DISK_TROUBLE) return code;
  return DUCKDB_DISK_TROUBLE.find(([pattern]) => pattern.test(error.message))?.[1];
}

/** Turns trouble of the disk, met by Node or by DuckDB, into one line; anything else stays as it is. */
export function asStoreError(error: unknown, directory: string): unknown {
  if (error instanceof TidemarkError) return error;
  const code = troubleCode(error);
  if (code === undefined) return error;
  return new StoreError(`store '${directory}' cannot be written or read: ${DISK_TROUBLE[code]} (${code})`, {
    cause: error,
  });
}

/** Makes the names in a folder survive a power cut; a no-op where folders cannot be opened (Windows). */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder and makes its name survive a power cut. */
export async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    // Node says so of a read-only file system too.
    throw new StoreError(
      `folder '${path}' cannot be made; choose a store on a writable disk with --store DIR`,
      {
        cause: error,
      },
    );
  });
  if (first !== undefined) await syncDirectory(dirname(first));
}

async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

let filesBeside = 0;

/** A name for the file under way that no other writer uses. */
function nameBeside(path: string): string {
  filesBeside += 1;
  return `${path}.${process.pid}-${filesBeside}.new`;
}

/** Puts a file in place whole or not at all, by way of a synced file beside it. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const beside = nameBeside(path);
  try {
    await writeSynced(beside, text);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** Gives a file a second name that must be new; a copy where the file system has no hard links, or it is another one. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (
      !['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK'].includes(
        (error as NodeJS.ErrnoException).code ?? '',
      )
    )
      throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
    await syncFile(to);
  }
}

/** Puts a file in place whole if there is none yet. @returns whether it was put; if not, look again */
export async function createFileOnce(path: string, text: string): Promise<boolean> {
  const beside = nameBeside(path);
  try {
    await writeSynced(beside, text);
    await linkOrCopy(beside, path);
  } catch (error) {
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
  await syncDirectory(dirname(path));
  return true;
}

/** Moves a finished, synced file to its place. */
export async function placeFile(from: string, to: string): Promise<void> {
  await makeDirectory(dirname(to));
  await rename(from, to);
  await syncDirectory(dirname(to));
}

/** SHA-256 of a file, lower-case hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}
