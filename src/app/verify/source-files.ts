import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { FileRef } from '../../core/index.js';
import { findFiles } from '../../ingest/index.js';

/** A source file that a report names, looked for among the user's own files. */
export interface SourceFileRow {
  readonly kind: 'source-file';
  readonly file: string;
  readonly sha256: string;
  /** `changed`: a file of that name is there with other contents. */
  readonly status: 'same' | 'changed' | 'missing';
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** A member of an archive is vouched for by the archive. */
const onDisk = (fileName: string): string => basename(/^.*?\.zip(?=\/)/i.exec(fileName)?.[0] ?? fileName);

/** Hashes the files of a folder and looks for those that a report names. */
export async function compareSourceFiles(
  named: readonly FileRef[],
  directory: string,
): Promise<SourceFileRow[]> {
  const hashes = new Set<string>();
  const names = new Set<string>();
  for (const { path, problem } of await findFiles([directory], null)) {
    if (problem !== null) continue;
    names.add(basename(path));
    hashes.add(await hashOf(path));
  }
  return named.map(({ fileName, fileSha256 }) => ({
    kind: 'source-file',
    file: fileName,
    sha256: fileSha256,
    status: hashes.has(fileSha256) ? 'same' : names.has(onDisk(fileName)) ? 'changed' : 'missing',
  }));
}
