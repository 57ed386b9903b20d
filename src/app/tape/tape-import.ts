import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer, IsoDate } from '../../core/index.js';
import { openStore } from '../../store/index.js';
import { type AppContext, makeAnswer, NO_STORE } from '../context.js';
import { type TapeFileRow, type TapeFilesQuestion, type TapeSetAside, takeTapeFiles } from './tape-inputs.js';
import { storeSetAside } from './tape-set-aside.js';
import { storeTapeDays, type TapeStoredRow } from './tape-store.js';
import { intakeNotes } from './tape-sum.js';

export interface TapeImportQuestion extends TapeFilesQuestion {
  /** Folder of the layout, whose days are then not summed into the store; `tape` in the store if left out. */
  readonly directory?: string;
  readonly existing: 'combine' | 'replace';
}

/** A file of the layout that was written. */
interface TapeDayRow {
  readonly kind: 'day';
  readonly date: IsoDate;
  readonly holds: 'trades' | 'quotes';
  readonly rows: number;
  readonly symbols: number;
  readonly bytes: number;
}

export type TapeImportRow = TapeFileRow | TapeDayRow | TapeStoredRow | TapeSetAside;

/** Rows that could not be read are kept beside the days, one JSON object a line. */
const SET_ASIDE_FILE = 'set-aside.ndjson';

/** Where the store's own tape lies. */
function tapeDirectoryOf(context: AppContext): string {
  return join(context.storeDirectory, 'tape');
}

/** The store as it is after an import. */
async function storeAfter(context: AppContext) {
  const store = await openStore(context.storeDirectory, { clock: context.effects.clock });
  const { id, files } = await store.current();
  return { id, rows: files.reduce((total, file) => total + file.rows, 0) };
}

/**
 * Brings tape files of any format into the documented Parquet layout, one file a day and kind, and stores what each day's signed
 * prints add up to. With a folder of its own the tape is only brought there.
 */
export async function importTape(
  context: AppContext,
  question: TapeImportQuestion,
): Promise<Answer<TapeImportRow>> {
  const { existing, paths } = question;
  const isForStore = question.directory === undefined;
  const directory = question.directory ?? tapeDirectoryOf(context);
  if (isForStore) await openStore(context.storeDirectory, { clock: context.effects.clock, create: true });
  const setAside: TapeSetAside[] = [];
  const { files, report } = await takeTapeFiles(context, question, directory, {
    existing,
    onSetAside(rows) {
      for (const row of rows) setAside.push(row);
    },
  });
  if (setAside.length > 0)
    await appendFile(
      join(directory, SET_ASIDE_FILE),
      setAside.map((row) => `${JSON.stringify(row)}\n`).join(''),
    );
  const days = report.days.map(({ kind, ...day }): TapeDayRow => ({ kind: 'day', holds: kind, ...day }));
  const dates = [...new Set(days.map(({ date }) => date))].sort();
  const stored = isForStore ? await storeTapeDays(context, directory, dates) : [];
  if (isForStore) await storeSetAside(context, paths, files, setAside);
  return makeAnswer<TapeImportRow>(
    'tape import',
    context,
    isForStore ? await storeAfter(context) : NO_STORE,
    {
      query: {
        files: paths,
        directory: question.directory ?? null,
        existing,
        symbol: question.symbol ?? null,
        date: question.date ?? null,
      },
      data: [...files, ...days, ...stored, ...setAside],
      notes: [
        ...intakeNotes({ files, report }),
        ...storedNotes(stored),
        ...(isForStore
          ? []
          : [
              "The tape is in a folder of its own; 'tidemark flows --basis tape' sees what is imported without --out.",
            ]),
        ...(setAside.length === 0
          ? []
          : [
              `The rows set aside are kept in ${SET_ASIDE_FILE} with file, line, column and reason${isForStore ? ", and counted by 'tidemark status'" : ''}.`,
            ]),
      ],
    },
  );
}

function storedNotes(stored: readonly TapeStoredRow[]): string[] {
  const unchanged = stored.filter(({ status }) => status === 'unchanged').length;
  const restated = stored.reduce((sum, { symbolsRestated }) => sum + symbolsRestated, 0);
  return [
    ...(unchanged === 0 ? [] : [`${unchanged} days are as they were; nothing was added to the store.`]),
    ...(restated === 0
      ? []
      : [`Figures of ${restated} symbols' days are restated; answers as of earlier keep the earlier ones.`]),
  ];
}
