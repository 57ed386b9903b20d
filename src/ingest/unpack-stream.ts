import { Readable } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { FormatError } from '../core/index.js';
import { isGzip } from './unpack.js';

/** How a stream of bytes is packed, told by its first bytes. */
export type StreamPacking = 'gzip' | 'zstd';

const UNPACKED_CHUNK_BYTES = 256 * 1024;
/** What is given to the decoder at once: a block of four bytes may stand for 128 KiB, and none waits for the next turn. */
const ZSTD_STEP_BYTES = 4096;
const MAGIC_BYTES = 4;
/** Packings in packings. */
const MAX_DEPTH = 3;

/** A frame of Zstandard, or one to be skipped (RFC 8878, sections 3.1.1 and 3.1.2). */
function isZstd(bytes: Uint8Array): boolean {
  const [a = 0, b, c, d] = bytes;
  return (
    (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) ||
    (a >> 4 === 5 && b === 0x2a && c === 0x4d && d === 0x18)
  );
}

function packingOf(bytes: Uint8Array): StreamPacking | null {
  if (isGzip(bytes)) return 'gzip';
  return isZstd(bytes) ? 'zstd' : null;
}

const damaged = (name: string, packing: StreamPacking, error: unknown): FormatError =>
  new FormatError(
    `${name}: the ${packing} data is truncated or damaged (${(error as Error).message}); get the file again`,
    { cause: error },
  );

/** Members of a gzip stream one after the other; zlib works on its own thread while the reader parses. */
async function* gunzip(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks, { objectMode: false });
  const unpacked: Gunzip = createGunzip({ chunkSize: UNPACKED_CHUNK_BYTES });
  let failed: unknown = null;
  source.on('error', (error) => {
    failed = error;
    unpacked.destroy(error);
  });
  try {
    yield* source.pipe(unpacked) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (failed !== null) throw failed;
    throw damaged(name, 'gzip', error);
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

/** Frames of Zstandard one after the other. */
async function* unzstd(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let blocks: Uint8Array[] = [];
  const decoder = new Decompress((block) => {
    if (block.length > 0) blocks.push(block);
  });
  const push = (bytes: Uint8Array, isLast: boolean): Uint8Array[] => {
    blocks = [];
    try {
      decoder.push(bytes, isLast);
    } catch (error) {
      throw damaged(name, 'zstd', error);
    }
    return blocks;
  };
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += ZSTD_STEP_BYTES) {
      yield* push(chunk.slice(at, at + ZSTD_STEP_BYTES), false);
    }
  }
  yield* push(new Uint8Array(0), true);
}

/** The first bytes of a stream, and the whole stream again. */
async function peek(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly start: Uint8Array; readonly all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let length = 0;
  while (length < MAGIC_BYTES) {
    const step = await iterator.next();
    if (step.done === true) break;
    taken.push(step.value);
    length += step.value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* taken;
      for (let step = await iterator.next(); step.done !== true; step = await iterator.next())
        yield step.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { start: Buffer.concat(taken), all: all() };
}

/**
 * Takes gzip (any number of members) and Zstandard (any number of frames) off a stream, one in the other too. Of the
 * unpacked bytes no more are held than the decoder's window and a few blocks.
 * @throws {FormatError} while reading, where the packed data ends early or is damaged
 */
export async function unpackStream(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  depth = 0,
): Promise<AsyncIterable<Uint8Array>> {
  const { start, all } = await peek(chunks);
  const packing = packingOf(start);
  if (packing === null) return all;
  if (depth === MAX_DEPTH) {
    throw new FormatError(`${name}: is packed more than ${MAX_DEPTH} times over; unpack it yourself`);
  }
  return unpackStream(name, packing === 'gzip' ? gunzip(name, all) : unzstd(name, all), depth + 1);
}
