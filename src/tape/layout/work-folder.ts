import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError, TidemarkError } from '../../core/index.js';

const TROUBLE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and run the import again',
  EDQUOT: 'the disk quota is used up; free some space and run the import again',
  EROFS: 'the file system is read-only; choose a folder on a writable one',
  EACCES: 'access is denied; give yourself the right to write there or choose another folder',
  EPERM: 'access is denied; give yourself the right to write there or choose another folder',
  EIO: 'the disk reports a read or write error; check it before anything else',
  ENOTDIR: 'a part of the path is a file; choose another folder',
  EEXIST: 'a file of that name is there; choose another folder',
};

/** Turns trouble of the disk into one line; anything else stays as it is. */
export function asTapeError(error: unknown, directory: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (error instanceof TidemarkError || code === undefined || !(code in TROUBLE)) return error;
  return new StoreError(`tape folder '${directory}' cannot be written: ${TROUBLE[code]} (${code})`, {
    cause: error,
  });
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Makes the folder in which an import has its unfinished files; it says that somebody writes, too. What a dead import left is
 * removed.
 * @throws {StoreError} where another import is under way
 */
export function openWorkFolder(directory: string): string {
  mkdirSync(directory, { recursive: true });
  const folder = join(directory, '.writing');
  const owner = join(folder, 'owner');
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(owner, String(process.pid));
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const processId = ownerOf(owner);
    if (isAlive(processId)) {
      throw new StoreError(
        `tape folder '${directory}' is being written by process ${processId}; wait for it to end, or remove '${folder}' if it is gone`,
      );
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function ownerOf(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8')) || process.pid;
  } catch {
    return process.pid;
  }
}

/** Makes the names in a folder survive a power cut; a no-op where folders cannot be opened (Windows). */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
