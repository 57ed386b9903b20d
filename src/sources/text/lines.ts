import { Buffer, isUtf8 } from 'node:buffer';

const CHUNK_BYTES = 1 << 20;
const LF = 10;
const CR = 13;

/** The bytes without a UTF-8 byte order mark. */
function withoutByteOrderMark(bytes: Uint8Array): Buffer {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view[0] === 0xef && view[1] === 0xbb && view[2] === 0xbf ? view.subarray(3) : view;
}

/** UTF-8 where the bytes are valid UTF-8, else latin1, which reads any bytes. */
function encodingOf(bytes: Uint8Array): 'utf8' | 'latin1' {
  return isUtf8(bytes) ? 'utf8' : 'latin1';
}

/**
 * Physical lines of a text, one at a time. Ends of lines are LF, CRLF or a lone CR. About a megabyte is decoded at once,
 * always up to the end of a line, so a large file never stands in memory as one string.
 */
export class LineCursor {
  readonly #bytes: Buffer;
  readonly #encoding: 'utf8' | 'latin1';
  #nextByte = 0;
  #chunk = '';
  #position = 0;
  #lf = -1;
  #cr = -1;
  #line = 0;
  readonly #putBack: string[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = withoutByteOrderMark(bytes);
    this.#encoding = encodingOf(this.#bytes);
  }

  /** 1-based number of the line that `next` gave last. */
  get line(): number {
    return this.#line;
  }

  /** The next line without its end, or null after the last. */
  next(): string | null {
    const again = this.#putBack.pop();
    if (again !== undefined) {
      this.#line += 1;
      return again;
    }
    if (this.#position >= this.#chunk.length && !this.#refill()) return null;
    this.#line += 1;
    return this.#take();
  }

  /** Gives lines back, in their order, to be read again. */
  putBack(lines: readonly string[]): void {
    for (let index = lines.length - 1; index >= 0; index -= 1) this.#putBack.push(lines[index]!);
    this.#line -= lines.length;
  }

  #take(): string {
    const chunk = this.#chunk;
    const start = this.#position;
    if (this.#lf < start) this.#lf = endOr(chunk, chunk.indexOf('\n', start));
    if (this.#cr < start) this.#cr = endOr(chunk, chunk.indexOf('\r', start));
    const end = Math.min(this.#lf, this.#cr);
    this.#position = this.#cr === end && this.#lf === end + 1 ? end + 2 : end + 1;
    return chunk.slice(start, end);
  }

  #refill(): boolean {
    const start = this.#nextByte;
    if (start >= this.#bytes.length) return false;
    const end = endOfChunk(this.#bytes, start);
    this.#chunk = this.#bytes.toString(this.#encoding, start, end);
    this.#nextByte = end;
    this.#position = 0;
    this.#lf = -1;
    this.#cr = -1;
    return true;
  }
}

function endOr(chunk: string, index: number): number {
  return index < 0 ? chunk.length : index;
}

/** Just after the last end of line in the window, which grows until it holds one. */
function endOfChunk(bytes: Buffer, start: number): number {
  for (let size = CHUNK_BYTES; start + size < bytes.length; size *= 2) {
    const window = bytes.subarray(start, start + size);
    const lf = window.lastIndexOf(LF);
    if (lf >= 0) return start + lf + 1;
    // A CR at the very end may be half of a CRLF.
    const cr = window.lastIndexOf(CR, size - 2);
    if (cr >= 0) return start + cr + 1;
  }
  return bytes.length;
}
