import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IsoDate, NotCovered, type QuoteKind } from '../../core/index.js';
import type { TapeKind } from './columns.js';
import { tapeParquetInput } from './foreign-file.js';
import type { TapeDayIndex } from './tape-day.js';
import { tapePath } from './tape-days.js';
import { indexTapeFile, type TapeFileIndex } from './tape-file.js';
import { writeTapeLayout } from './write-tape-layout.js';

/** Days that can be read, and what was made for that. */
export interface ReadableDays {
  readonly days: readonly TapeDayIndex[];
  /** Removes what was made. */
  close(): Promise<void>;
}

/**
 * Finds where days of a folder in the tape layout have what. Files that other programs wrote, whose pages are not read directly,
 * are first written anew in a temporary folder.
 *
 * @param quoteKind what quotes of other programs are, where a file does not say
 * @throws {NotCovered} where the folder has no such day
 * @throws {FormatError} for a damaged file
 */
export async function readableDays(
  directory: string,
  dates: readonly IsoDate[],
  quoteKind?: QuoteKind,
): Promise<ReadableDays> {
  let scratch: string | null = null;
  const close = async () => {
    if (scratch !== null) await rm(scratch, { recursive: true, force: true });
  };
  const index = async (date: IsoDate, kind: TapeKind): Promise<TapeFileIndex | null> => {
    const path = tapePath(directory, date, kind);
    if (!existsSync(path)) return null;
    const own = indexTapeFile(path);
    if (own !== null) return own;
    scratch ??= await mkdtemp(join(tmpdir(), 'tidemark-foreign-tape-'));
    await writeTapeLayout({ directory: scratch, inputs: [tapeParquetInput(path, quoteKind)] });
    const anew = tapePath(scratch, date, kind);
    return existsSync(anew) ? indexTapeFile(anew) : null;
  };
  try {
    const days: TapeDayIndex[] = [];
    for (const date of dates) {
      const [trades, quotes] = [await index(date, 'trades'), await index(date, 'quotes')];
      if (trades === null && quotes === null)
        throw new NotCovered(
          `'${directory}' has no tape of ${date}; bring it there with tidemark tape import`,
        );
      days.push({ date, trades, quotes });
    }
    return { days, close };
  } catch (error) {
    await close();
    throw error;
  }
}
