import { stat } from 'node:fs/promises';
import { groupBy, type ReadBatch } from '../../core/index.js';
import { type ImportFile, openStore } from '../../store/index.js';
import type { AppContext } from '../context.js';
import { pathOfTapeFile, type TapeFileRow, type TapeSetAside } from './tape-inputs.js';
import { ENGINE_MEMORY, sha256Of, TAPE_SOURCE } from './tape-store.js';

const ROWS_AT_ONCE = 1024;

function* batchesOf(rows: readonly TapeSetAside[]): Generator<ReadBatch> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    yield { facts: [], setAside: rows.slice(from, from + ROWS_AT_ONCE), rowsRead: 0 };
  yield { facts: [], setAside: [], rowsRead: new Set(rows.map(({ rowNumber }) => rowNumber)).size };
}

/**
 * Stores the rows of tape files that could not be read, so that `status` counts them as it does those of other sources; of
 * the same file once. A row counts as read where it was set aside, since the prints themselves are kept by the day.
 */
export async function storeSetAside(
  context: AppContext,
  paths: readonly string[],
  files: readonly TapeFileRow[],
  setAside: readonly TapeSetAside[],
): Promise<void> {
  if (setAside.length === 0) return;
  const store = await openStore(context.storeDirectory, { clock: context.effects.clock, create: true });
  const session = await store.beginImport({ command: 'tape import', memoryLimit: ENGINE_MEMORY });
  try {
    for (const [fileName, rows] of groupBy(setAside, ({ file }) => file)) {
      const path = await pathOfTapeFile(paths, fileName);
      const file: ImportFile = {
        fileName,
        fileSha256: await sha256Of(path),
        source: TAPE_SOURCE,
        kind: files.find((one) => one.file === fileName)!.format!,
        bytes: (await stat(path)).size,
      };
      const isStored = session
        .findImports(file.fileSha256)
        .some((known) => known.kind === file.kind && known.fileName === fileName);
      if (!isStored) await session.commitUnit([{ files: [file], batches: batchesOf(rows) }]);
    }
  } finally {
    await session.close();
  }
}
