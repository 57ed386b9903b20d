import { closeSync, openSync, readSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  FormatError,
  InvalidRequest,
  NotCovered,
  type QuoteKind,
  type SetAsideRow,
  type TapeBatch,
  type TapeFormat,
  type TapeReadContext,
  type TapeReader,
} from '../../core/index.js';
import { findFiles, openTapeFiles, type TapeFile } from '../../ingest/index.js';
import { TAPE_READERS } from '../../sources/index.js';
import { lobsterPartner } from '../../sources/lobster/index.js';
import {
  listTapeDays,
  type TapeInput,
  type TapeWriteReport,
  tapeParquetInput,
  writeTapeLayout,
} from '../../tape/index.js';
import type { AppContext } from '../context.js';

/** Tape files as a user names them. */
export interface TapeFilesQuestion extends TapeReadContext {
  readonly paths: readonly string[];
  /** What the quotes of Parquet files of other programs are, where these do not say. */
  readonly quoteKind?: QuoteKind;
}

/** What was made of one tape file. */
export interface TapeFileRow {
  readonly kind: 'file';
  readonly file: string;
  /** Null for a file that is no tape. */
  readonly format: string | null;
  readonly quoteKind: TapeFormat['quoteKind'];
  readonly quoteSizeUnit: string | null;
  readonly clock: string | null;
  readonly hasSubPennyPrices: boolean | null;
  /** What the format was recognised by. */
  readonly evidence: string | null;
  readonly rowsRead: number;
  readonly trades: number;
  readonly quotes: number;
  readonly cancels: number;
  readonly rowsSetAside: number;
  /** Rows that carry neither trade nor top of book. */
  readonly otherRows: number;
}

/** A row that could not be read, with the file it stands in. */
export interface TapeSetAside extends SetAsideRow {
  readonly kind: 'set-aside';
  readonly file: string;
}

/** Hears of rows that could not be read, batch by batch. */
type OnSetAside = (rows: readonly TapeSetAside[]) => void;

type Counts = { -readonly [Name in keyof TapeFileRow]: TapeFileRow[Name] };

const UNKNOWN: TapeFileRow = {
  kind: 'file',
  file: '',
  format: null,
  quoteKind: null,
  quoteSizeUnit: null,
  clock: null,
  hasSubPennyPrices: null,
  evidence: null,
  rowsRead: 0,
  trades: 0,
  quotes: 0,
  cancels: 0,
  rowsSetAside: 0,
  otherRows: 0,
};

function recognise(
  file: TapeFile,
  context: TapeReadContext,
): { reader: TapeReader; format: TapeFormat } | null {
  for (const reader of TAPE_READERS) {
    const format = reader.detect(file, context);
    if (format !== null) return { reader, format };
  }
  return null;
}

/** Some formats tell symbol and day only in the path, so a file keeps the folder it stands in. */
function nameOf(path: string, name: string): string {
  const folder = basename(dirname(path));
  return name.includes('/') || folder === '' || folder === '.' ? name : `${folder}/${name}`;
}

/** Where a file lies that an intake names, or the archive that it is a member of. */
export async function pathOfTapeFile(paths: readonly string[], name: string): Promise<string> {
  const found = await findFiles(paths, null);
  const holds = (file: (typeof found)[number]): boolean =>
    [file.name, nameOf(file.path, file.name)].some((own) => name === own || name.startsWith(`${own}/`));
  const given = found.find(holds);
  if (given !== undefined) return given.path;
  // LOBSTER's messages, which are opened where their order book alone is given.
  const partner = found.find((file) => lobsterPartner(nameOf(file.path, file.name)) === name);
  return lobsterPartner(partner!.path)!;
}

async function* counted(
  batches: AsyncIterable<TapeBatch>,
  row: Counts,
  onSetAside: OnSetAside,
  signal: AbortSignal | undefined,
): AsyncGenerator<TapeBatch> {
  for await (const batch of batches) {
    signal?.throwIfAborted();
    row.rowsRead += batch.rowsRead;
    row.trades += batch.trades?.rows ?? 0;
    row.quotes += batch.quotes?.rows ?? 0;
    row.cancels += batch.cancels.length;
    row.otherRows += batch.otherRows;
    row.rowsSetAside += batch.setAside.length;
    if (batch.setAside.length > 0)
      onSetAside(batch.setAside.map((aside) => ({ kind: 'set-aside' as const, file: row.file, ...aside })));
    yield batch;
  }
}

function declare(row: Counts, format: TapeFormat): void {
  row.format = format.name;
  row.quoteKind = format.quoteKind;
  row.quoteSizeUnit = format.quoteSizeUnit;
  row.clock = format.clock;
  row.hasSubPennyPrices = format.hasSubPennyPrices;
  row.evidence = format.evidence;
}

/** Parquet is read at its end first, so it is not streamed like other files. */
function isParquet(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(4);
    return readSync(file, head, 0, 4, 0) === 4 && head.toString('latin1') === 'PAR1';
  } finally {
    closeSync(file);
  }
}

/** A file in the columns of the layout, whoever wrote it. */
function parquetInput(
  path: string,
  name: string,
  { quoteKind }: TapeFilesQuestion,
  seen: TapeFileRow[],
  signal: AbortSignal | undefined,
): TapeInput {
  const { format, batches } = tapeParquetInput(path, quoteKind);
  const row: Counts = { ...UNKNOWN, file: name };
  seen.push(row);
  declare(row, format);
  return { name, format, batches: counted(batches, row, () => {}, signal) };
}

/** Opens files one after the other; each file seen, recognised or not, leaves a row in `seen`. */
async function* openInputs(
  context: AppContext,
  question: TapeFilesQuestion,
  seen: TapeFileRow[],
  onSetAside: OnSetAside,
): AsyncGenerator<TapeInput> {
  const { paths, quoteKind: _, ...readContext } = question;
  const found = await findFiles(paths, null);
  const task = context.effects.progress.start('reading the tape', found.length);
  const named = found.map((file) => ({ ...file, name: nameOf(file.path, file.name) }));
  const parquet = named.filter(({ path, problem }) => problem === null && isParquet(path));
  for (const { path, name } of parquet) {
    yield parquetInput(path, name, question, seen, context.signal);
    task.advance(seen.length, name);
  }
  for await (const file of openTapeFiles(named.filter((one) => !parquet.includes(one)))) {
    const row: Counts = { ...UNKNOWN, file: file.name };
    seen.push(row);
    const known = recognise(file, readContext);
    if (known === null) continue;
    const { format, reader } = known;
    declare(row, format);
    const batches = reader.read(file, format, file.chunks(), readContext);
    yield { name: file.name, format, batches: counted(batches, row, onSetAside, context.signal) };
    task.advance(seen.length, file.name);
  }
  task.finish();
}

/** What came of bringing files into the layout. */
export interface TapeIntake {
  readonly files: readonly TapeFileRow[];
  readonly report: TapeWriteReport;
}

/** What to say where nothing is a tape. */
async function noTape(paths: readonly string[], files: readonly TapeFileRow[]): Promise<FormatError> {
  const named = `'${paths.join("', '")}'`;
  const sizes = await Promise.all(
    files.map(async ({ file }) => (await stat(await pathOfTapeFile(paths, file))).size),
  );
  const what =
    files.length === 0
      ? `${named} holds no file; give tape files or a folder of them`
      : sizes.every((size) => size === 0)
        ? `${named} is empty; get the file again`
        : `${named} is no tape that Tidemark reads; docs/sources lists the formats`;
  return new FormatError(what, { place: { file: files[0]?.file ?? paths[0] ?? '' } });
}

/**
 * Brings tape files of any format into a folder of the layout.
 * @throws {FormatError} where none of the files is a tape
 */
export async function takeTapeFiles(
  context: AppContext,
  question: TapeFilesQuestion,
  directory: string,
  { existing, onSetAside }: { readonly existing: 'combine' | 'replace'; readonly onSetAside: OnSetAside },
): Promise<TapeIntake> {
  const files: TapeFileRow[] = [];
  const inputs = openInputs(context, question, files, onSetAside);
  const report = await writeTapeLayout({ directory, inputs, existing });
  if (files.every(({ format }) => format === null)) throw await noTape(question.paths, files);
  return { files, report };
}

/** A folder in the tape layout, and what was read to make it where it was made for this question. */
interface TapeFolder {
  readonly directory: string;
  readonly intake: TapeIntake | null;
}

async function isTapeFolder(path: string): Promise<boolean> {
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  return isFolder && listTapeDays(path).length > 0;
}

/**
 * Runs a question on the tape of the paths: a folder that is in the layout already, or files that are brought into a
 * temporary one first.
 */
export async function withTape<Result>(
  context: AppContext,
  question: TapeFilesQuestion,
  onSetAside: OnSetAside,
  ask: (folder: TapeFolder) => Promise<Result>,
): Promise<Result> {
  const [first, ...more] = question.paths;
  if (first === undefined) throw new InvalidRequest('no file was named; give tape files or a folder of them');
  if (more.length === 0 && (await isTapeFolder(first))) return ask({ directory: first, intake: null });
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-tape-'));
  try {
    const intake = await takeTapeFiles(context, question, directory, { existing: 'combine', onSetAside });
    if (intake.report.days.length === 0)
      throw new NotCovered(
        `'${question.paths.join("', '")}' holds neither trades nor top of book; give files of trades, and of quotes to sign them by`,
      );
    return await ask({ directory, intake });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
