import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, gunzip } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { type Detection, FormatError, type LargeText } from '../core/index.js';
import { inBlocks, LARGE_BYTES, passText } from './large-text.js';

/** What an archive may unpack to; an archive beyond it is refused before it fills the memory. */
export interface UnpackLimits {
  /** All members of a file together, nested archives included. */
  readonly totalBytes: number;
  readonly members: number;
  /** Unpacked over packed size, looked at from `ratioFromBytes` on: deflate itself ends at about 1030. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  /** Archives in archives. */
  readonly depth: number;
}

export const UNPACK_LIMITS: UnpackLimits = {
  totalBytes: 1024 ** 3,
  members: 10_000,
  ratio: 250,
  ratioFromBytes: 16 * 1024 ** 2,
  depth: 3,
};

/** A file after unpacking: itself, or a member of an archive as 'archive.zip/MEMBER'. */
export interface UnpackedFile {
  readonly name: string;
  /** The beginning only where `large` is given. */
  readonly bytes: Uint8Array;
  readonly large?: LargeText;
}

const gunzipBytes = promisify(gunzip);

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Local header, empty archive, or the mark of a split archive. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 &&
  bytes[1] === 0x4b &&
  ((bytes[2] === 3 && bytes[3] === 4) ||
    (bytes[2] === 5 && bytes[3] === 6) ||
    (bytes[2] === 7 && bytes[3] === 8));

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MB`;

/** What is left of the limits for one file on disk. */
class Budget {
  #bytes = 0;
  #members = 0;

  constructor(readonly limits: UnpackLimits) {}

  get bytesLeft(): number {
    return this.limits.totalBytes - this.#bytes;
  }

  take(name: string, packed: number, unpacked: number): void {
    const { totalBytes, ratio, ratioFromBytes } = this.limits;
    if (unpacked > ratioFromBytes && unpacked > ratio * packed) {
      throw new FormatError(
        `${name}: unpacks to ${Math.round(unpacked / Math.max(packed, 1))} times its size, more than the ${ratio} times that are allowed; unpack it yourself if you trust it`,
      );
    }
    this.#bytes += unpacked;
    if (this.#bytes > totalBytes) throw tooLarge(name, totalBytes);
  }

  countMembers(name: string, members: number): void {
    this.#members += members;
    if (this.#members > this.limits.members) {
      throw new FormatError(
        `${name}: holds more than the ${this.limits.members} members that are allowed; unpack it and import the folder`,
      );
    }
  }
}

const tooLarge = (name: string, limit: number): FormatError =>
  new FormatError(
    `${name}: unpacks to more than the ${megabytes(limit)} that are allowed; unpack it and import the parts`,
  );

async function gunzipWithin(name: string, bytes: Uint8Array, budget: Budget): Promise<Uint8Array> {
  let unpacked: Buffer;
  try {
    unpacked = await gunzipBytes(bytes, { maxOutputLength: Math.max(budget.bytesLeft, 1) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(name, budget.limits.totalBytes);
    }
    throw new FormatError(
      `${name}: the gzip data is truncated or damaged (${(error as Error).message}); get the file again`,
      { cause: error },
    );
  }
  budget.take(name, bytes.length, unpacked.length);
  return unpacked;
}

const damagedZip = (name: string, error: unknown): FormatError =>
  new FormatError(
    `${name}: the zip archive is truncated or damaged (${(error as Error).message}); get the file again`,
    { cause: error },
  );

async function zipEntries(name: string, zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  const repeated = entries.find(
    (entry, at) => entries.findIndex((other) => other.fileName === entry.fileName) < at,
  );
  if (repeated !== undefined) {
    throw new FormatError(
      `${name}: holds two members named '${repeated.fileName}'; unpack it and import the right one`,
    );
  }
  return entries.filter(({ fileName }) => !fileName.endsWith('/') && !isHiddenMember(fileName));
}

/** Hidden names, and what macOS adds to every archive. */
const isHiddenMember = (path: string): boolean =>
  path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** Where members go that are too large for memory, and how to look at rows of those that may (see Detection). */
export interface Disk {
  readonly folder: string;
  watchOf(file: UnpackedFile): Detection['watchRows'];
}

async function readMember(
  name: string,
  { zip, disk }: { readonly zip: ZipFile; readonly disk: Disk | null },
  entry: Entry,
): Promise<UnpackedFile> {
  if (entry.isEncrypted()) {
    throw new FormatError(`${name}: is encrypted; decrypt the archive and import it again`);
  }
  if (!entry.canDecodeFileData()) {
    throw new FormatError(
      `${name}: is packed with method ${entry.compressionMethod}, and only stored and deflated members can be read; pack it anew`,
    );
  }
  let checksum = 0;
  const stream: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
  async function* summed(): AsyncGenerator<Buffer> {
    for await (const block of inBlocks(stream)) {
      checksum = crc32(block, checksum);
      yield block;
    }
  }
  const file =
    disk === null || entry.uncompressedSize < LARGE_BYTES
      ? { name, bytes: await inMemory(summed()) }
      : await readLargeMember(name, summed(), { bytes: entry.uncompressedSize, disk });
  if (checksum !== entry.crc32) throw new Error(WRONG_CHECKSUM);
  return file;
}

async function inMemory(blocks: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const block of blocks) pieces.push(block);
  return Buffer.concat(pieces);
}

/** Looks at the beginning before it decides where the rest goes. */
async function readLargeMember(
  name: string,
  blocks: AsyncGenerator<Buffer>,
  { bytes, disk }: { readonly bytes: number; readonly disk: Disk },
): Promise<UnpackedFile> {
  const { value: head } = await blocks.next();
  async function* all(): AsyncGenerator<Buffer> {
    if (head === undefined) return;
    yield head;
    yield* blocks;
  }
  const watchRows = disk.watchOf({ name, bytes: head ?? Buffer.alloc(0) });
  if (watchRows === undefined) return { name, bytes: await inMemory(all()) };
  const path = join(disk.folder, `member-${randomUUID()}`);
  const passed = await passText(all(), { bytes, path, watchRows });
  return { name, bytes: passed.head, large: passed.text };
}

const WRONG_CHECKSUM = 'its checksum is wrong';

async function unzip(
  { name, bytes }: UnpackedFile,
  budget: Budget,
  disk: Disk | null,
): Promise<UnpackedFile[]> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
    lazyEntries: true,
  }).catch((error) => {
    throw damagedZip(name, error);
  });
  try {
    budget.countMembers(name, zip.entryCount);
    const entries = await zipEntries(name, zip);
    const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    budget.take(name, bytes.length, unpacked);
    const members: UnpackedFile[] = [];
    for (const entry of entries) {
      const member = `${name}/${entry.fileName}`;
      try {
        members.push(await readMember(member, { zip, disk }, entry));
      } catch (error) {
        throw error instanceof FormatError ? error : damagedZip(member, error);
      }
    }
    return members;
  } catch (error) {
    throw error instanceof FormatError ? error : damagedZip(name, error);
  } finally {
    zip.close();
  }
}

interface Unpacking {
  readonly budget: Budget;
  readonly isWanted: (file: UnpackedFile) => boolean;
  readonly disk: Disk | null;
}

async function unpackLayer(file: UnpackedFile, unpacking: Unpacking, depth: number): Promise<UnpackedFile[]> {
  const { budget, isWanted, disk } = unpacking;
  const packed = isGzip(file.bytes) || isZip(file.bytes);
  if (!packed || isWanted(file)) return [file];
  if (depth === budget.limits.depth) {
    throw new FormatError(
      `${file.name}: archives in archives go deeper than ${budget.limits.depth}; unpack it yourself`,
    );
  }
  const inner = isGzip(file.bytes)
    ? [{ name: file.name, bytes: await gunzipWithin(file.name, file.bytes, budget) }]
    : await unzip(file, budget, disk);
  const files: UnpackedFile[] = [];
  for (const member of inner) files.push(...(await unpackLayer(member, unpacking, depth + 1)));
  return files;
}

/**
 * Unpacks gzip and zip, told by content, down to the files inside.
 * @param isWanted an archive that a reader wants as it is (a workbook, say) is not unpacked
 * @param disk null keeps all in memory
 * @throws {FormatError} if an archive is truncated, damaged, encrypted or beyond the limits
 */
export function unpack(
  file: UnpackedFile,
  isWanted: (file: UnpackedFile) => boolean,
  limits: UnpackLimits = UNPACK_LIMITS,
  disk: Disk | null = null,
): Promise<UnpackedFile[]> {
  return unpackLayer(file, { budget: new Budget(limits), isWanted, disk }, 0);
}
