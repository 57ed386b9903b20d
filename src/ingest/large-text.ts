import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import type { LargeText } from '../core/index.js';

/** From this size on a file stays on disk, if the engine may read it there. */
export const LARGE_BYTES = 32 * 1024 ** 2;
/** What readers see of it: its beginning. */
export const HEAD_BYTES = 1024 ** 2;
const READ_BYTES = 1024 ** 2;

const LF = 10;
const CR = 13;
/** Bytes that the engine treats otherwise than the readers' scanner: NUL, vertical tab, form feed. */
const ODD_BYTES = [0, 11, 12];
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** A large file as it was seen in passing. */
export interface PassedFile {
  readonly head: Uint8Array;
  readonly text: LargeText;
}

/** Counts lines in passing, and keeps the beginning. */
class Scan {
  readonly #head: Buffer[] = [];
  #bytes = 0;
  #newLines = 0;
  #returns = 0;
  #pairs = 0;
  #isOdd = false;
  #lastByte = 0;
  /** Bytes of ends of lines at the end so far. */
  #blankEnd = 0;
  #blankLines = 0;

  add(chunk: Buffer): void {
    if (this.#bytes < HEAD_BYTES) this.#head.push(Buffer.from(chunk.subarray(0, HEAD_BYTES - this.#bytes)));
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) this.#newLines += 1;
    for (let at = chunk.indexOf(CR); at >= 0; at = chunk.indexOf(CR, at + 1)) {
      this.#returns += 1;
      if (chunk[at + 1] === LF) this.#pairs += 1;
    }
    if (this.#lastByte === CR && chunk[0] === LF) this.#pairs += 1;
    this.#isOdd ||= ODD_BYTES.some((byte) => chunk.includes(byte));
    this.#countEnd(chunk);
    this.#bytes += chunk.length;
    this.#lastByte = chunk[chunk.length - 1] ?? this.#lastByte;
  }

  #countEnd(chunk: Buffer): void {
    let end = chunk.length;
    while (end > 0 && (chunk[end - 1] === LF || chunk[end - 1] === CR)) end -= 1;
    const blanks = chunk.subarray(end);
    const lines = blanks.filter((byte) => byte === LF).length;
    this.#blankLines = end === 0 ? this.#blankLines + lines : lines;
    this.#blankEnd = end === 0 ? this.#blankEnd + blanks.length : blanks.length;
  }

  get head(): Buffer {
    return Buffer.concat(this.#head);
  }

  text(path: string): LargeText {
    const isOpen = this.#blankEnd === 0 && this.#bytes > 0;
    const lines = this.#newLines - Math.max(this.#blankLines - 1, 0) + (isOpen ? 1 : 0);
    return { path, bytes: this.#bytes, lines, newLine: this.#newLine() };
  }

  #newLine(): LargeText['newLine'] {
    if (this.#isOdd || this.head.subarray(0, 3).equals(BYTE_ORDER_MARK)) return null;
    if (this.#returns === 0) return '\n';
    return this.#returns === this.#newLines && this.#pairs === this.#newLines ? '\r\n' : null;
  }
}

async function pass(
  stream: Readable,
  path: string,
  { into, onChunk }: { readonly into: NodeJS.WritableStream; readonly onChunk: (chunk: Buffer) => void },
): Promise<PassedFile> {
  const scan = new Scan();
  await pipeline(
    stream,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        scan.add(chunk);
        onChunk(chunk);
        yield chunk;
      }
    },
    into,
  );
  return { head: scan.head, text: scan.text(path) };
}

/** Looks through a file on disk without holding it in memory. @returns its SHA-256 too, lower-case hex */
export async function passFile(path: string): Promise<PassedFile & { readonly sha256: string }> {
  const hash = createHash('sha256');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const stream = createReadStream(path, { highWaterMark: READ_BYTES });
  const passed = await pass(stream, path, { into: nowhere, onChunk: (chunk) => hash.update(chunk) });
  return { ...passed, sha256: hash.digest('hex') };
}

/** Writes a stream to a file. @returns the checksum of zip archives too */
export async function passInto(
  stream: Readable,
  path: string,
): Promise<PassedFile & { readonly crc32: number }> {
  let checksum = 0;
  const passed = await pass(stream, path, {
    into: createWriteStream(path, { highWaterMark: READ_BYTES }),
    onChunk: (chunk) => {
      checksum = crc32(chunk, checksum);
    },
  });
  return { ...passed, crc32: checksum };
}
