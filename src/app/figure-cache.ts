import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FigureCache } from '../core/index.js';

/** Entries kept; the oldest go first. */
const MOST_ENTRIES = 64;

async function dropOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.f64'));
  if (names.length <= MOST_ENTRIES) return;
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  dated.sort((a, b) => a.at - b.at);
  for (const { name } of dated.slice(0, names.length - MOST_ENTRIES))
    await rm(join(folder, name), { force: true });
}

/** Keeps figures in the folder `cache` of a store. It is no part of the store's content and may be deleted at any time. */
export function storeFigureCache(storeDirectory: string): FigureCache {
  const folder = join(storeDirectory, 'cache');
  return {
    async read(key) {
      const bytes = await readFile(join(folder, `${key}.f64`)).catch(() => null);
      if (bytes === null || bytes.length % Float64Array.BYTES_PER_ELEMENT !== 0) return null;
      return new Float64Array(new Uint8Array(bytes).buffer);
    },
    async write(key, figures) {
      const path = join(folder, `${key}.f64`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(
          `${path}.${process.pid}`,
          new Uint8Array(figures.buffer, figures.byteOffset, figures.byteLength),
        );
        await rename(`${path}.${process.pid}`, path);
        await dropOldest(folder);
      } catch {
        // A store that cannot be written to answers all the same, only slower the next time.
        await rm(`${path}.${process.pid}`, { force: true }).catch(() => {});
      }
    },
  };
}
