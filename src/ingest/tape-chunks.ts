import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { FormatError, type TapeFileHead } from '../core/index.js';
import { isZip } from './unpack.js';
import { unpackStream } from './unpack-stream.js';
import type { FoundFile } from './walk.js';

/** What readers may look at to recognise a file. */
export const TAPE_HEAD_BYTES = 64 * 1024;
const READ_BYTES = 256 * 1024;

/** A tape file, or a member of a zip archive, of any size: its beginning, and its bytes after unpacking as a stream. */
export interface TapeFile extends TapeFileHead {
  /** The unpacked bytes, from the beginning at every call. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** A stream that is opened when it is first read. */
async function* lazily(start: () => Promise<AsyncIterable<Uint8Array>>): AsyncGenerator<Uint8Array> {
  yield* await start();
}

/** The beginning of a stream. */
export async function headOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= TAPE_HEAD_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, TAPE_HEAD_BYTES);
}

async function tapeFile(name: string, packed: () => AsyncIterable<Uint8Array>): Promise<TapeFile> {
  const chunks = (): AsyncIterable<Uint8Array> => lazily(() => unpackStream(name, packed()));
  return { name, head: await headOf(chunks()), chunks };
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const damagedZip = (name: string, error: unknown): FormatError =>
  new FormatError(
    `${name}: the zip archive is truncated or damaged (${(error as Error).message}); get the file again`,
    { cause: error },
  );

async function* memberBytes(path: string, name: string, wanted: Entry): AsyncGenerator<Uint8Array> {
  let zip: ZipFile | null = null;
  let checksum = 0;
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false });
    for await (const piece of await zip.openReadStreamPromise(wanted)) {
      checksum = crc32(piece as Buffer, checksum);
      yield piece as Buffer;
    }
    if (checksum !== wanted.crc32) throw new Error('its checksum is wrong');
  } catch (error) {
    throw error instanceof FormatError ? error : damagedZip(name, error);
  } finally {
    zip?.close();
  }
}

async function zipEntries(path: string, name: string): Promise<Entry[]> {
  try {
    const zip = await openPromise(path, { lazyEntries: true });
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return entries.filter(
      ({ fileName }) =>
        !fileName.endsWith('/') &&
        !fileName.split('/').some((part) => part.startsWith('.') || part === '__MACOSX'),
    );
  } catch (error) {
    throw damagedZip(name, error);
  }
}

async function zipMember(path: string, archive: string, entry: Entry): Promise<TapeFile> {
  const name = `${archive}/${entry.fileName}`;
  if (entry.isEncrypted()) throw new FormatError(`${name}: is encrypted; decrypt the archive first`);
  if (!entry.canDecodeFileData()) {
    throw new FormatError(
      `${name}: is packed with method ${entry.compressionMethod}, and only stored and deflated members can be read; pack it anew`,
    );
  }
  return tapeFile(name, () => memberBytes(path, name, entry));
}

/**
 * Opens a file on disk as one tape file, a zip archive as one a member. Gzip and Zstandard, told by content, come off on
 * the way. A member or file of any size is a stream of bounded memory, so no limit is set to what it unpacks to.
 * @throws {FormatError} if it cannot be read, and while reading, where it is truncated or damaged
 */
export async function openTapeFile(found: FoundFile): Promise<readonly TapeFile[]> {
  const { path, name, problem } = found;
  if (problem !== null) throw new FormatError(`${name}: ${problem}`);
  try {
    if (!isZip(await firstBytes(path))) {
      return [await tapeFile(name, () => createReadStream(path, { highWaterMark: READ_BYTES }))];
    }
    const members: TapeFile[] = [];
    for (const entry of await zipEntries(path, name)) members.push(await zipMember(path, name, entry));
    return members;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof FormatError || code === undefined) throw error;
    throw new FormatError(`${name}: it cannot be read (${code}); look at its rights and at the disk`, {
      cause: error,
    });
  }
}
