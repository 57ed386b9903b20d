import { FormatError } from '../../core/index.js';

const LF = 10;
/** A longer line is no line of a tape. */
const MAX_LINE_BYTES = 1 << 20;
const LINES_AT_ONCE = 8192;

/** Lines of a stream, each with its end of line where it has one. */
async function* linesOf(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(LF) + 1;
    rest = bytes.subarray(end);
    if (rest.length > MAX_LINE_BYTES) {
      throw new FormatError(
        `${name}: has no end of line within ${MAX_LINE_BYTES} bytes; this is no text of lines`,
      );
    }
    if (end > 0) yield bytes.toString('latin1', 0, end).match(/[^\n]*\n/g)!;
  }
  if (rest.length > 0) yield [rest.toString('latin1')];
}

/** Takes lines off a stream, as many as are asked for. */
class LineQueue {
  readonly #lines: AsyncIterator<string[]>;
  #waiting: string[] = [];
  taken = 0;

  constructor(name: string, chunks: AsyncIterable<Uint8Array>) {
    this.#lines = linesOf(name, chunks)[Symbol.asyncIterator]();
  }

  async take(count: number): Promise<string[]> {
    while (this.#waiting.length < count) {
      const step = await this.#lines.next();
      if (step.done === true) break;
      this.#waiting = this.#waiting.length === 0 ? step.value : this.#waiting.concat(step.value);
    }
    const lines = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    this.taken += lines.length;
    return lines;
  }

  async close(): Promise<void> {
    await this.#lines.return?.();
  }
}

interface NamedStream {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * Sets the lines of a message file and of its order book file side by side: the book's rows have no times of their own.
 * @returns a stream of lines, message first, then book
 * @throws {FormatError} while reading, where one file has more rows than the other
 */
export async function* joinLobster(messages: NamedStream, book: NamedStream): AsyncGenerator<Uint8Array> {
  const left = new LineQueue(messages.name, messages.chunks);
  const right = new LineQueue(book.name, book.chunks);
  try {
    for (;;) {
      const [first, second] = [await left.take(LINES_AT_ONCE), await right.take(LINES_AT_ONCE)];
      if (first.length !== second.length) {
        throw new FormatError(
          `${messages.name} and ${book.name}: one ends at row ${Math.min(left.taken, right.taken)}, the other goes on; they are not of one download`,
        );
      }
      if (first.length === 0) return;
      yield Buffer.from(first.map((line, i) => `${line.trimEnd()},${second[i]!}`).join(''), 'latin1');
    }
  } finally {
    await left.close();
    await right.close();
  }
}
