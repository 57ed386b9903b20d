import { type FileHandle, open } from 'node:fs/promises';
import type { GroupRun, LargeText, RestRow } from '../core/index.js';

/** Line of the file that its first row stands on. */
const FIRST_LINE = 2;

/**
 * Rows of a large text that the engine does not write, in their order: the odd ones, and those of runs that are asked for.
 * Blank lines are none.
 */
export async function readRestRows(text: LargeText, runs: readonly GroupRun[]): Promise<RestRow[]> {
  const rows: RestRow[] = [];
  const add = (row: number, line: string): void => {
    const found = text.newLine === '\r\n' ? line.replace(/\r$/, '') : line;
    if (found !== '') rows.push({ line: row + FIRST_LINE - 1, text: found });
  };
  const { odd } = text.seen;
  let next = 0;
  const addOddBefore = (row: number): void => {
    for (; next < odd.length && odd[next]!.row < row; next += 1) add(odd[next]!.row, odd[next]!.text);
  };
  const pieces = new Pieces(text);
  try {
    for (const run of runs) {
      addOddBefore(run.firstRow);
      const lines = (await pieces.read(run.start, run.end)).toString('latin1').split('\n');
      for (let index = 0; index < run.rows; index += 1) add(run.firstRow + index, lines[index]!);
    }
  } finally {
    await pieces.close();
  }
  addOddBefore(Number.POSITIVE_INFINITY);
  return rows;
}

/** Bytes of all pieces, by their places in the whole. */
class Pieces {
  readonly #files: (FileHandle | undefined)[] = [];

  constructor(private readonly text: LargeText) {}

  async read(start: number, end: number): Promise<Buffer> {
    const bytes = Buffer.alloc(end - start);
    for (const [index, { path, firstByte }] of this.text.pieces.entries()) {
      const next = this.text.pieces[index + 1]?.firstByte ?? Number.POSITIVE_INFINITY;
      const [from, to] = [Math.max(start, firstByte), Math.min(end, next)];
      if (from >= to) continue;
      this.#files[index] ??= await open(path);
      await this.#files[index].read(bytes, from - start, to - from, from - firstByte);
    }
    return bytes;
  }

  async close(): Promise<void> {
    for (const file of this.#files) await file?.close();
  }
}
