import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type ColumnMapping,
  type Effects,
  FormatError,
  type SourceReader,
  TidemarkError,
} from '../core/index.js';
import { parseColumnMapping } from '../sources/index.js';
import type { Store } from '../store/index.js';
import { importFiles } from './import-files.js';
import { hashMapping } from './recognise.js';
import { fileWithoutRows, type ImportedFile, type ImportReport, totalsOf } from './report.js';
import { type FoundFile, findFiles } from './walk.js';

export interface ImportOptions {
  readonly store: Store;
  readonly effects: Effects;
  /** In the order in which they are asked. */
  readonly readers: readonly SourceReader[];
  /** For all files, beside the `*.mapping.json` of their folders. */
  readonly mapping?: ColumnMapping;
  /** Stops at the first file that fails or is of no known kind. */
  readonly strict?: boolean;
  /** Printed to whoever finds the store locked. */
  readonly command: string;
  /** Stops between files and batches; a file under way is not stored. */
  readonly signal?: AbortSignal;
}

const isMappingFile = ({ name }: FoundFile): boolean => name.endsWith('.mapping.json');

/** Mapping files by the folder that they lie in. */
class FolderMappings {
  readonly #byFolder = new Map<string, ColumnMapping[]>();
  readonly #unused = new Map<string, string>();

  constructor(private readonly forAll: readonly ColumnMapping[]) {}

  async add({ path, name }: FoundFile): Promise<void> {
    const mapping = parseColumnMapping(await readFile(path, 'utf8'), name);
    const folder = dirname(path);
    this.#byFolder.set(folder, [...(this.#byFolder.get(folder) ?? []), mapping]);
    this.#unused.set(hashMapping(mapping), name);
  }

  of(file: FoundFile): readonly ColumnMapping[] {
    return [...(this.#byFolder.get(dirname(file.path)) ?? []), ...this.forAll];
  }

  markUsed(sha256: string): void {
    this.#unused.delete(sha256);
  }

  get unusedNames(): string[] {
    return [...this.#unused.values()];
  }
}

async function readMappings(
  found: readonly FoundFile[],
  options: ImportOptions,
): Promise<{ mappings: FolderMappings; failed: ImportedFile[] }> {
  const mappings = new FolderMappings(options.mapping === undefined ? [] : [options.mapping]);
  const failed: ImportedFile[] = [];
  for (const file of found.filter(isMappingFile)) {
    try {
      await mappings.add(file);
    } catch (error) {
      if (!(error instanceof TidemarkError)) throw error;
      failed.push(fileWithoutRows(file.name, 'failed', error.message));
    }
  }
  return { mappings, failed };
}

const kindsOf = (readers: readonly SourceReader[]): string =>
  [...new Set(readers.map((reader) => reader.source))].join(', ');

/** @throws {FormatError} if a file is of no use and the caller wants to know at once */
function checkStrict(files: readonly ImportedFile[], options: ImportOptions): void {
  if (!options.strict) return;
  for (const { status, fileName, message } of files) {
    if (status === 'failed') throw new FormatError(message!);
    if (status === 'not-recognised') {
      throw new FormatError(
        `${fileName}: is ${message}, of no kind that can be read (${kindsOf(options.readers)})`,
      );
    }
  }
}

/** @throws {FormatError} if not a single file could be read */
function checkAny(files: readonly ImportedFile[], paths: readonly string[], options: ImportOptions): void {
  if (files.some(({ status }) => status === 'imported' || status === 'unchanged')) return;
  const kinds = kindsOf(options.readers);
  const where = paths.map((path) => `'${path}'`).join(', ');
  if (files.length === 0) {
    throw new FormatError(`${where} holds no file; give files or folders of these sources: ${kinds}`);
  }
  const failed = files.filter(({ status }) => status === 'failed');
  const [first] = failed;
  if (first !== undefined) {
    throw new FormatError(
      files.length === 1
        ? first.message!
        : `none of ${files.length} files in ${where} could be read; the first that failed: ${first.message}`,
    );
  }
  const seen = files.slice(0, 3).map(({ fileName, message }) => `${fileName} is ${message}`);
  throw new FormatError(
    `none of ${files.length} files in ${where} is of a kind that can be read (${kinds}): ${seen.join('; ')}${files.length > 3 ? '; ...' : ''}`,
  );
}

/**
 * Imports files and folders. Each file on disk is stored wholly or not at all, in one snapshot, and never twice; running
 * again goes on where an interrupted run ended.
 * @throws {InvalidRequest} if a path does not exist
 * @throws {FormatError} if nothing could be read, or with `strict` at the first file of no use
 * @throws {StoreError} if the store is locked or the disk fails; files before are stored
 */
export async function importPaths(paths: string[], options: ImportOptions): Promise<ImportReport> {
  const { store, effects, command } = options;
  const found = await findFiles(paths, store.directory);
  const { mappings, failed } = await readMappings(found, options);
  checkStrict(failed, options);
  const sources = found.filter((file) => !isMappingFile(file));
  const session = await store.beginImport({ command });
  const task = effects.progress.start('import', sources.length);
  const files = [...failed];
  try {
    const interrupted = await importFiles(sources, {
      session,
      readers: options.readers,
      mappingsOf: (file) => mappings.of(file),
      onMapping: (sha256) => mappings.markUsed(sha256),
      onProgress: (index, name, rows) => task.advance(index, rows === null ? name : `${name}: ${rows} rows`),
      onOutcome: (outcomes) => {
        files.push(...outcomes);
        checkStrict(outcomes, options);
      },
      signal: options.signal,
    });
    if (!interrupted) checkAny(files, paths, options);
    for (const name of mappings.unusedNames) effects.log.warn(`mapping ${name} fits no file beside it`);
    return { files, totals: totalsOf(files), interrupted };
  } finally {
    task.finish();
    await session.close();
  }
}
