import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FigureCache } from '../core/index.js';

/** Entries kept of each kind; the oldest go first. Forty quarters are asked of at once, under more than one list of classes. */
const MOST_ENTRIES = { f64: 64, json: 160 } as const;
type Kind = keyof typeof MOST_ENTRIES;

async function dropOldest(folder: string, kind: Kind): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(`.${kind}`));
  if (names.length <= MOST_ENTRIES[kind]) return;
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  dated.sort((a, b) => a.at - b.at);
  for (const { name } of dated.slice(0, names.length - MOST_ENTRIES[kind]))
    await rm(join(folder, name), { force: true });
}

/** Keeps figures in the folder `cache` of a store. It is no part of the store's content and may be deleted at any time. */
export function storeFigureCache(storeDirectory: string): FigureCache {
  const folder = join(storeDirectory, 'cache');
  const read = (key: string, kind: Kind): Promise<Buffer | null> =>
    readFile(join(folder, `${key}.${kind}`)).catch(() => null);
  const write = async (key: string, kind: Kind, content: Uint8Array | string): Promise<void> => {
    const path = join(folder, `${key}.${kind}`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(`${path}.${process.pid}`, content);
      await rename(`${path}.${process.pid}`, path);
      await dropOldest(folder, kind);
    } catch {
      // A store that cannot be written to answers all the same, only slower the next time.
      await rm(`${path}.${process.pid}`, { force: true }).catch(() => {});
    }
  };
  return {
    async read(key) {
      const bytes = await read(key, 'f64');
      if (bytes === null || bytes.length % Float64Array.BYTES_PER_ELEMENT !== 0) return null;
      return new Float64Array(new Uint8Array(bytes).buffer);
    },
    write: (key, figures) =>
      write(key, 'f64', new Uint8Array(figures.buffer, figures.byteOffset, figures.byteLength)),
    readText: async (key) => (await read(key, 'json'))?.toString('utf8') ?? null,
    writeText: (key, text) => write(key, 'json', text),
  };
}
