import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InvalidRequest } from '../core/index.js';

/** A file to import, or a name in a folder behind which there is none to read. */
export interface FoundFile {
  /** Where it is on this machine. */
  readonly path: string;
  /** Relative to the folder that was given; the bare name of a file that was given itself. */
  readonly name: string;
  /** Why it cannot be read; null for a regular file. */
  readonly problem: string | null;
}

const isHidden = (name: string): boolean => name.startsWith('.');

function problemOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'a link that leads nowhere; remove it or mend it';
  if (code === 'ELOOP') return 'a link that leads to itself; remove it';
  if (code === 'EACCES' || code === 'EPERM') return 'access is denied; give yourself the right to read it';
  return `it cannot be read (${code ?? error}); look at the disk`;
}

/**
 * Walks folders in the order of names, the same on every machine. Hidden names are left out; links are followed, but no
 * folder is entered twice.
 */
class Walk {
  readonly #entered = new Set<string>();
  readonly found: FoundFile[] = [];

  constructor(private readonly skippedFolder: string | null) {}

  add(path: string, name: string, stats: Stats): void {
    const problem = stats.isFile() ? null : 'it is no regular file';
    this.found.push({ path, name, problem });
  }

  async enter(folder: string, prefix: string): Promise<void> {
    const real = await realpath(folder);
    if (this.#entered.has(real) || real === this.skippedFolder) return;
    this.#entered.add(real);
    const names = (await readdir(folder)).filter((name) => !isHidden(name)).sort(byCodePoints);
    for (const entry of names)
      await this.#visit(join(folder, entry), prefix === '' ? entry : `${prefix}/${entry}`);
  }

  async #visit(path: string, name: string): Promise<void> {
    try {
      const stats = await stat(path);
      if (stats.isDirectory()) await this.enter(path, name);
      else this.add(path, name, stats);
    } catch (error) {
      this.found.push({ path, name, problem: problemOf(error) });
    }
  }
}

const byCodePoints = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/**
 * Lists the files under the paths given, each path in turn.
 * @param storeDirectory never walked into; null for none
 * @throws {InvalidRequest} if a given path does not exist or may not be read
 */
export async function findFiles(
  paths: readonly string[],
  storeDirectory: string | null,
): Promise<FoundFile[]> {
  const walk = new Walk(storeDirectory === null ? null : await realpath(storeDirectory));
  for (const path of paths) {
    try {
      const stats = await stat(path);
      if (stats.isDirectory()) await walk.enter(path, '');
      else walk.add(path, basename(path), stats);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') {
        throw new InvalidRequest(`there is no file or folder '${path}'; check the spelling`);
      }
      throw new InvalidRequest(`'${path}': ${problemOf(error)}`);
    }
  }
  return walk.found;
}
