import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import type { Fact, SetAsideRow, SourceFile } from '../../../src/core/index.js';
import { cftcReader } from '../../../src/sources/cftc/index.js';

const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '../../..');
export const SHARED = join(repositoryRoot, '../shared/data/cftc');
export const hasShared = existsSync(SHARED);

/** A file of shared/data/cftc, unpacked. */
export function sharedFile(name: string): SourceFile {
  const stored = readFileSync(join(SHARED, name));
  const bytes = name.endsWith('.gz')
    ? gunzipSync(stored)
    : name.endsWith('.zip')
      ? onlyMember(stored)
      : stored;
  return sourceFile(bytes, name);
}

export function sourceFile(bytes: Uint8Array | string, name = 'test.txt'): SourceFile {
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return { name, sha256: createHash('sha256').update(content).digest('hex'), bytes: content };
}

export interface ReadResult {
  readonly kind: string;
  readonly facts: Fact<'positions'>[];
  readonly setAside: SetAsideRow[];
  readonly rowsRead: number;
}

/** Detects and reads a file whole. */
export function readAll(file: SourceFile): ReadResult {
  const detection = cftcReader.detect(file, {});
  if (detection === null) throw new Error(`${file.name} is not recognised`);
  const facts: Fact<'positions'>[] = [];
  const setAside: SetAsideRow[] = [];
  let rowsRead = 0;
  for (const batch of cftcReader.read(file, detection, {})) {
    facts.push(...(batch.facts as Fact<'positions'>[]));
    setAside.push(...batch.setAside);
    rowsRead += batch.rowsRead;
  }
  return { kind: detection.kind, facts, setAside, rowsRead };
}

/** Contents of the first member of a zip; its sizes stand in the central directory at the end. */
function onlyMember(zip: Buffer): Buffer {
  const directory = zip.indexOf('504b0102', 0, 'hex');
  const compressedBytes = zip.readUInt32LE(directory + 20);
  const start = 30 + zip.readUInt16LE(26) + zip.readUInt16LE(28);
  return inflateRawSync(zip.subarray(start, start + compressedBytes));
}
