import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const directory = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

/** Tests on real files are skipped where this is false. */
export const hasSharedData = existsSync(directory);

/** Contents of a file of ../shared/data, unpacked. */
export function sharedBytes(path: string): Uint8Array {
  const bytes = readFileSync(join(directory, path));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Paths of all files of ../shared/data, sorted. */
export function sharedPaths(): string[] {
  const walk = (folder: string): string[] =>
    readdirSync(join(directory, folder)).flatMap((name) => {
      const path = folder === '' ? name : `${folder}/${name}`;
      return statSync(join(directory, path)).isDirectory() ? walk(path) : [path];
    });
  return walk('').sort();
}
