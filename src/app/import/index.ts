import { readFile } from 'node:fs/promises';
import { type Answer, type ColumnMapping, InvalidRequest } from '../../core/index.js';
import { type ImportedFile, importPaths, isOfTape } from '../../ingest/index.js';
import { parseColumnMapping, READERS } from '../../sources/index.js';
import { openStore } from '../../store/index.js';
import { type AppContext, makeAnswer } from '../context.js';

export interface ImportQuestion {
  readonly paths: readonly string[];
  /** A mapping file for foreign column names, see docs/sources/positions.md. */
  readonly mappingFile?: string;
  readonly strict: boolean;
}

async function readMapping(path: string): Promise<ColumnMapping> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new InvalidRequest(`mapping file '${path}' cannot be read; give the path of a JSON file`);
  });
  return parseColumnMapping(text, path);
}

/** Imports files and folders; each file wholly or not at all, and never twice. */
export async function importFiles(
  context: AppContext,
  question: ImportQuestion,
): Promise<Answer<ImportedFile>> {
  const mapping = question.mappingFile === undefined ? undefined : await readMapping(question.mappingFile);
  const store = await openStore(context.storeDirectory, { clock: context.effects.clock, create: true });
  const report = await importPaths([...question.paths], {
    store,
    effects: context.effects,
    readers: READERS,
    strict: question.strict,
    command: 'import',
    ...(mapping === undefined ? {} : { mapping }),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  });
  const snapshot = await store.current();
  const rows = snapshot.files.reduce((total, file) => total + file.rows, 0);
  const query = { paths: question.paths, strict: question.strict, mapping: question.mappingFile ?? null };
  return makeAnswer(
    'import',
    context,
    { id: snapshot.id, rows },
    { query, data: report.files, notes: importNotes(report.files) },
  );
}

function importNotes(files: readonly ImportedFile[]): string[] {
  const notes: string[] = [];
  const left = files.filter((file) => file.status === 'not-recognised');
  const tapes = left.filter(({ message }) => isOfTape(message)).length;
  const unknown = left.length - tapes;
  const setAside = files.reduce((total, file) => total + file.rowsSetAside, 0);
  if (unknown > 0) notes.push(`${unknown} files are of no kind that Tidemark reads; they were left alone`);
  if (tapes > 0)
    notes.push(`${tapes} files are tapes, and were left alone; 'tidemark tape import' reads them`);
  if (setAside > 0)
    notes.push(
      `${setAside} rows could not be read and were set aside; 'tidemark status' counts them by source`,
    );
  return notes;
}
