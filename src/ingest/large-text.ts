import { type FileHandle, open } from 'node:fs/promises';
import type { LargeText } from '../core/index.js';
import { LineChecker, type OddText } from '../sources/index.js';

/** From this size on a file goes to disk for the engine, if the engine may read it there. */
export const LARGE_BYTES = 32 * 1024 ** 2;
/** What readers see of it: its beginning. */
export const HEAD_BYTES = 1024 ** 2;
/** A stream is taken in pieces of this size at least. */
export const BLOCK_BYTES = 1024 ** 2;
/** A text with more odd lines is none for the engine. */
const MOST_ODD_LINES = 100_000;

const LF = 10;
const CR = 13;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** Bytes that the engine treats otherwise than the readers' scanner. */
const ODD_BYTES = /[\0\v\f]/;

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

/**
 * Passes a text on to the disk, its rows in two files cut near the middle, and holds its lines against a pattern.
 * @param options.bytes of the whole text, as far as it is known
 * @param options.path of the files, less their numbers
 * @param options.plainLine of the rows; see Detection
 */
export async function passText(
  blocks: AsyncIterable<Buffer>,
  options: { readonly bytes: number; readonly path: string; readonly plainLine: string },
): Promise<PassedText> {
  const pass = new TextPass(options);
  try {
    for await (const block of blocks) await pass.add(block);
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
  #rows: { readonly checker: LineChecker; readonly newLine: '\n' | '\r\n' } | null = null;
  #header: Buffer[] = [];
  /** Rows in the first file; null until it has ended. */
  #firstRows: number | null = null;

  constructor(private readonly options: { bytes: number; path: string; plainLine: string }) {
    this.files = new PieceFiles(options.path);
  }

  async add(block: Buffer): Promise<void> {
    if (this.#headBytes < HEAD_BYTES) {
      this.#head.push(Buffer.from(block.subarray(0, HEAD_BYTES - this.#headBytes)));
      this.#headBytes += this.#head.at(-1)!.length;
    }
    this.#bytes += block.length;
    await this.#addRows(this.#rows === null ? await this.#endHeader(block) : block);
  }

  /** @returns what follows the header */
  async #endHeader(block: Buffer): Promise<Buffer> {
    const end = block.indexOf(LF) + 1;
    this.#header.push(Buffer.from(end === 0 ? block : block.subarray(0, end)));
    if (end === 0) return block.subarray(block.length);
    const header = Buffer.concat(this.#header);
    const newLine = header.at(-2) === CR ? '\r\n' : '\n';
    const pattern = newLine === '\n' ? this.options.plainLine : `(${this.options.plainLine})\\r`;
    this.#rows = { checker: new LineChecker(pattern, MOST_ODD_LINES), newLine };
    await this.files.begin();
    return block.subarray(end);
  }

  async #addRows(block: Buffer): Promise<void> {
    if (block.length === 0) return;
    const { checker } = this.#rows!;
    const isBeyond = this.#firstRows === null && this.#bytes > this.options.bytes / 2;
    const cut = isBeyond ? block.indexOf(LF) + 1 : 0;
    const first = block.subarray(0, cut === 0 ? block.length : cut);
    await this.files.write(first);
    checker.add(first);
    if (cut === 0) return;
    this.#firstRows = checker.lines;
    await this.files.begin();
    const rest = block.subarray(cut);
    await this.files.write(rest);
    checker.add(rest);
  }

  end(): PassedText {
    const head = Buffer.concat(this.#head);
    const found = this.#rows?.checker.end() ?? { lines: 0, odd: null };
    const { lines, odd } = withoutBlankEnd(found);
    const newLine = this.#rows?.newLine ?? null;
    const isReadable =
      odd !== null &&
      newLine !== null &&
      !head.subarray(0, 3).equals(BYTE_ORDER_MARK) &&
      odd.every((one) => isOneLine(one, newLine, lines));
    const pieces = this.files.paths.map((path, index) => ({
      path,
      firstRow: 2 + (index === 0 ? 0 : this.#firstRows!),
    }));
    return {
      head,
      text: {
        pieces,
        bytes: this.#bytes,
        rows: lines,
        newLine: isReadable ? newLine : null,
        odd: odd ?? [],
      },
    };
  }
}

type Found = { readonly lines: number; readonly odd: readonly OddText[] | null };

/** Blank lines at the end are none. */
function withoutBlankEnd({ lines, odd }: Found): Found {
  if (odd === null) return { lines, odd };
  let blank = 0;
  while (odd.at(-1 - blank)?.line === lines - blank && /^\r?$/.test(odd.at(-1 - blank)!.text)) blank += 1;
  return { lines: lines - blank, odd: odd.slice(0, odd.length - blank) };
}

/** True where the engine and the readers end the line at the same place. */
function isOneLine({ line, text }: OddText, newLine: '\n' | '\r\n', lines: number): boolean {
  if (ODD_BYTES.test(text)) return false;
  const end = newLine === '\r\n' && (line < lines || text.endsWith('\r')) ? '\r' : '';
  return text.indexOf('\r') === (end === '' ? -1 : text.length - 1);
}
