import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer, IsoDate } from '../../core/index.js';
import { type AppContext, makeAnswer, NO_STORE } from '../context.js';
import { type TapeFileRow, type TapeFilesQuestion, type TapeSetAside, takeTapeFiles } from './tape-inputs.js';
import { intakeNotes } from './tape-sum.js';

export interface TapeImportQuestion extends TapeFilesQuestion {
  /** Folder of the layout; `tape` in the store if left out. */
  readonly directory?: string;
  readonly existing: 'combine' | 'replace';
}

/** A file of the layout that was written. */
export interface TapeDayRow {
  readonly kind: 'day';
  readonly date: IsoDate;
  readonly holds: 'trades' | 'quotes';
  readonly rows: number;
  readonly symbols: number;
  readonly bytes: number;
}

export type TapeImportRow = TapeFileRow | TapeDayRow | TapeSetAside;

/** Rows that could not be read are kept beside the days, one JSON object a line. */
export const SET_ASIDE_FILE = 'set-aside.ndjson';

/** Where the store's own tape lies. */
export function tapeDirectoryOf(context: AppContext): string {
  return join(context.storeDirectory, 'tape');
}

/** Brings tape files of any format into the documented Parquet layout, one file a day and kind. */
export async function importTape(
  context: AppContext,
  question: TapeImportQuestion,
): Promise<Answer<TapeImportRow>> {
  const { directory = tapeDirectoryOf(context), existing, paths } = question;
  const setAside: TapeSetAside[] = [];
  const { files, report } = await takeTapeFiles(context, question, directory, {
    existing,
    onSetAside: (rows) => setAside.push(...rows),
  });
  if (setAside.length > 0)
    await appendFile(
      join(directory, SET_ASIDE_FILE),
      setAside.map((row) => `${JSON.stringify(row)}\n`).join(''),
    );
  const days = report.days.map(({ kind, ...day }): TapeDayRow => ({ kind: 'day', holds: kind, ...day }));
  return makeAnswer<TapeImportRow>('tape import', context, NO_STORE, {
    query: {
      files: paths,
      directory,
      existing,
      symbol: question.symbol ?? null,
      date: question.date ?? null,
    },
    data: [...files, ...days, ...setAside],
    notes: [
      ...intakeNotes({ files, report }),
      ...(setAside.length === 0
        ? []
        : [`The rows set aside are kept in ${SET_ASIDE_FILE} with file, line, column and reason.`]),
    ],
  });
}
