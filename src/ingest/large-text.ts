import { readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Detection, LargeText, OddRow, RowWatch } from '../core/index.js';

/** From this size on a file goes to disk for the engine, if the engine may read it there. */
export const LARGE_BYTES = 32 * 1024 ** 2;
/** What readers see of it: its beginning. */
export const HEAD_BYTES = 1024 ** 2;
/** A stream is taken in pieces of this size at least. */
const BLOCK_BYTES = 1024 ** 2;

const LF = 10;
const CR = 13;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** A large text as it was seen in passing. */
export interface PassedText {
  readonly head: Uint8Array;
  readonly text: LargeText;
}

/** Gathers the small pieces of a stream. */
export async function* inBlocks(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes < BLOCK_BYTES) continue;
    yield pieces.length === 1 ? piece : Buffer.concat(pieces);
    [pieces, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(pieces);
}

/** One is read, one looked through and one written at a time. */
const BUFFERS = 4;

/** The blocks of a file. A block is good until three more were asked for. */
export async function* blocksOf(file: FileHandle): AsyncGenerator<Buffer> {
  const buffers = Array.from({ length: BUFFERS }, () => Buffer.allocUnsafeSlow(BLOCK_BYTES));
  const read = (turn: number, at: number) => {
    const reading = file.read(buffers[turn % BUFFERS]!, 0, BLOCK_BYTES, at);
    // Told of by whoever waits for it, if anybody still does.
    reading.catch(() => {});
    return reading;
  };
  let at = 0;
  let reading = read(0, at);
  for (let turn = 1; ; turn += 1) {
    const { bytesRead, buffer } = await reading;
    if (bytesRead === 0) return;
    at += bytesRead;
    reading = read(turn, at);
    yield buffer.subarray(0, bytesRead);
  }
}

/** Writes one file after the other; a block is written while the next comes in. */
class PieceFiles {
  readonly paths: string[] = [];
  #file: FileHandle | null = null;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly path: string) {}

  async begin(): Promise<void> {
    await this.close();
    const path = `${this.path}-${this.paths.length}`;
    this.#file = await open(path, 'wx');
    this.paths.push(path);
  }

  async write(block: Buffer): Promise<void> {
    await this.#writing;
    if (block.length === 0) return;
    this.#writing = this.#file!.writeFile(block);
    // Told of by the next write.
    this.#writing.catch(() => {});
  }

  async close(): Promise<void> {
    try {
      await this.#writing;
    } finally {
      await this.#file?.close();
      this.#file = null;
    }
  }
}

type BeginWatch = NonNullable<Detection['watchRows']>;

interface PassOptions {
  /** Of the whole text, as far as it is known. */
  readonly bytes: number;
  /** Of the files, less their numbers. */
  readonly path: string;
  readonly watchRows: BeginWatch;
}

/**
 * Passes a text on to the disk, its rows in two files cut near the middle, and lets its rows be watched. Odd rows are kept
 * in memory; rows of blanks stand for them on disk.
 */
export async function passText(blocks: AsyncIterable<Buffer>, options: PassOptions): Promise<PassedText> {
  const pass = new TextPass(options);
  try {
    for await (const block of blocks) await pass.add(block);
    await pass.endRows();
  } finally {
    await pass.files.close();
  }
  return pass.end();
}

class TextPass {
  readonly files: PieceFiles;
  readonly #head: Buffer[] = [];
  #headBytes = 0;
  #bytes = 0;
  /** Null until the header has ended. */
  #rows: { readonly watch: RowWatch; readonly newLine: '\n' | '\r\n' } | null = null;
  readonly #header: Buffer[] = [];
  /** Of a row whose end has not come yet. */
  #open: Buffer[] = [];
  /** Of the first file; null until it has ended. */
  #first: { readonly rows: number; readonly bytes: number } | null = null;

  constructor(private readonly options: PassOptions) {
    this.files = new PieceFiles(options.path);
  }

  async add(block: Buffer): Promise<void> {
    if (this.#headBytes < HEAD_BYTES) {
      this.#head.push(Buffer.from(block.subarray(0, HEAD_BYTES - this.#headBytes)));
      this.#headBytes += this.#head.at(-1)!.length;
    }
    this.#bytes += block.length;
    await this.#addBlock(this.#rows === null ? await this.#endHeader(block) : block);
  }

  /** @returns what follows the header */
  async #endHeader(block: Buffer): Promise<Buffer> {
    const end = block.indexOf(LF) + 1;
    this.#header.push(Buffer.from(end === 0 ? block : block.subarray(0, end)));
    if (end === 0) return block.subarray(block.length);
    const newLine = Buffer.concat(this.#header).at(-2) === CR ? '\r\n' : '\n';
    this.#rows = { watch: this.options.watchRows(newLine), newLine };
    await this.files.begin();
    return block.subarray(end);
  }

  /** Passes whole rows on; the first of a block may have begun in the block before. */
  async #addBlock(block: Buffer): Promise<void> {
    const first = block.indexOf(LF) + 1;
    if (first === 0) {
      if (block.length > 0) this.#open.push(Buffer.from(block));
      return;
    }
    await this.#addRows(Buffer.concat([...this.#open, block.subarray(0, first)]));
    const last = block.lastIndexOf(LF) + 1;
    this.#open = last < block.length ? [Buffer.from(block.subarray(last))] : [];
    if (this.#first === null && this.#bytes > this.options.bytes / 2) {
      const { rows, bytes } = this.#rows!.watch;
      this.#first = { rows, bytes };
      await this.files.begin();
    }
    await this.#addRows(block.subarray(first, last));
  }

  async #addRows(rows: Buffer): Promise<void> {
    const { watch } = this.#rows!;
    let at = 0;
    for (const { from, to } of watch.add(rows)) {
      await this.files.write(rows.subarray(at, from));
      await this.files.write(Buffer.from(watch.blankRow));
      at = to;
    }
    await this.files.write(rows.subarray(at));
  }

  /** Ends a last row that has no end. */
  async endRows(): Promise<void> {
    if (this.#open.length > 0) await this.#addRows(Buffer.concat([...this.#open, Buffer.of(LF)]));
    this.#open = [];
  }

  end(): PassedText {
    const head = Buffer.concat(this.#head);
    const { watch, newLine } = this.#rows ?? { watch: this.options.watchRows('\n'), newLine: null };
    const seen = watch.end();
    const isReadable =
      newLine !== null &&
      !head.subarray(0, 3).equals(BYTE_ORDER_MARK) &&
      seen.odd.every((row) => isOneLine(row, newLine, seen.rows));
    const pieces = this.files.paths.map((path, index) => ({
      path,
      firstRow: 1 + (index === 0 ? 0 : this.#first!.rows),
      firstByte: index === 0 ? 0 : this.#first!.bytes,
    }));
    return {
      head,
      text: {
        pieces,
        bytes: this.#bytes,
        newLine: isReadable ? newLine : null,
        seen,
        blankBytes: watch.blankRow.length,
      },
    };
  }
}

/** True where the readers end the line at the same place. */
function isOneLine({ row, text }: OddRow, newLine: '\n' | '\r\n', rows: number): boolean {
  const end = newLine === '\r\n' && (row < rows || text.endsWith('\r')) ? '\r' : '';
  return text.indexOf('\r') === (end === '' ? -1 : text.length - 1);
}

/**
 * The rows of a text as they came, header and odd ones included.
 * @param head with the header
 */
export function wholeText(head: Uint8Array, { pieces, seen, blankBytes }: LargeText): Uint8Array {
  const rows = Buffer.concat(pieces.map(({ path }) => readFileSync(path)));
  const parts: Uint8Array[] = [head.subarray(0, head.indexOf(LF) + 1)];
  let at = 0;
  for (const { start, text } of seen.odd) {
    parts.push(rows.subarray(at, start), Buffer.from(`${text}\n`, 'latin1'));
    at = start + blankBytes;
  }
  return Buffer.concat([...parts, rows.subarray(at)]);
}
