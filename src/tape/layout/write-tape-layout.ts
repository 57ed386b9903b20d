import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InvalidRequest, type IsoDate, type TapeBatch, type TapeFormat } from '../../core/index.js';
import type { TapeKind } from './columns.js';
import { ExistingRows } from './existing-rows.js';
import { ConditionSets, KindIntake, requireSameFormat } from './kind-intake.js';
import { mergeSources, type SortedSource, segmentSource } from './merge.js';
import { TapeFileWriter } from './parquet-file.js';
import { type RepeatCounts, RowSink } from './row-sink.js';
import { sessionDay } from './session-day.js';
import { ROW_SHAPES } from './spill.js';
import { tapePath } from './tape-days.js';
import {
  CREATED_BY,
  indexTapeFile,
  LAYOUT_VERSION,
  NOTE_KEY,
  type TapeFileIndex,
  type TapeFileNote,
} from './tape-file.js';
import { asTapeError, openWorkFolder, syncFolder } from './work-folder.js';

/** One file of a source, read. */
export interface TapeInput {
  /** As the user can find it again; no directory of this machine. */
  readonly name: string;
  readonly format: TapeFormat;
  readonly batches: AsyncIterable<TapeBatch>;
}

export interface WriteTapeOptions {
  /** The folder of the layout; made where it is missing. */
  readonly directory: string;
  readonly inputs: AsyncIterable<TapeInput> | Iterable<TapeInput>;
  /**
   * Of a symbol whose day is there already: `combine` adds rows that are not there yet, `replace` puts the new rows in place of
   * the old. Other symbols of the day always stay.
   */
  readonly existing?: 'combine' | 'replace';
  /** Rows of a kind held in memory, at some 60 bytes each; more are sorted by way of the disk. */
  readonly bufferRows?: number;
  readonly rowGroupRows?: number;
}

/** What an import wrote of one kind. */
export interface TapeKindReport extends RepeatCounts {
  /** Rows of the inputs. */
  rows: number;
  /** Rows that came before one of their symbol that they should stand behind; they were put in order. */
  unordered: number;
}

export interface TapeDayReport {
  readonly date: IsoDate;
  readonly kind: TapeKind;
  /** In the file as it is now. */
  readonly rows: number;
  readonly symbols: number;
  readonly bytes: number;
}

export interface TapeWriteReport {
  readonly rowsRead: number;
  readonly setAside: number;
  readonly otherRows: number;
  readonly trades: TapeKindReport;
  readonly quotes: TapeKindReport;
  /** Prints marked as taken back by a cancel, and cancels that name no print of their file. */
  readonly cancelled: number;
  readonly unmatchedCancels: number;
  /** Files written, by day. */
  readonly days: readonly TapeDayReport[];
}

const KINDS: readonly TapeKind[] = ['trades', 'quotes'];
const DEFAULT_BUFFER_ROWS = 1 << 19;
const DEFAULT_ROW_GROUP_ROWS = 1 << 17;
/** Rows of all segments of a symbol that are in memory at once while they are merged. */
const MERGE_ROWS = 1 << 18;

/**
 * Brings tape files of any format, order and number of symbols and days into the tape layout (docs/concepts/tape-layout.md):
 * a file a New York day and kind, sorted by symbol, time, sequence number and order of arrival. Memory does not grow with the
 * inputs. A day's file is put in place whole; an import that was cut short leaves finished days, and running it again adds nothing
 * twice.
 *
 * @throws {InvalidRequest} where a symbol's day would come from two formats
 * @throws {StoreError} for trouble of the disk, and while another import writes to the folder
 * @throws {FormatError} from the readers; then nothing is written
 */
export async function writeTapeLayout(options: WriteTapeOptions): Promise<TapeWriteReport> {
  try {
    const folder = openWorkFolder(options.directory);
    try {
      return await writeInFolder(folder, options);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  } catch (error) {
    throw asTapeError(error, options.directory);
  }
}

interface Import {
  readonly folder: string;
  readonly options: WriteTapeOptions;
  readonly conditions: ConditionSets;
  readonly inputs: string[];
  readonly intakes: Readonly<Record<TapeKind, KindIntake>>;
  readonly repeats: Readonly<Record<TapeKind, RepeatCounts>>;
}

async function writeInFolder(folder: string, options: WriteTapeOptions): Promise<TapeWriteReport> {
  const conditions = new ConditionSets();
  const bufferRows = options.bufferRows ?? DEFAULT_BUFFER_ROWS;
  const intake = (kind: TapeKind) =>
    new KindIntake(kind, join(folder, `${kind}.spill`), bufferRows, conditions);
  const noRepeats = () => ({ repeated: 0, alreadyThere: 0, keptEqual: 0 });
  const task: Import = {
    folder,
    options,
    conditions,
    inputs: [],
    intakes: { trades: intake('trades'), quotes: intake('quotes') },
    repeats: { trades: noRepeats(), quotes: noRepeats() },
  };
  try {
    const counts = await takeInputs(task);
    const days = writeDays(task);
    const { trades, quotes } = task.intakes;
    return {
      ...counts,
      trades: { ...task.repeats.trades, rows: trades.rows, unordered: trades.unordered },
      quotes: { ...task.repeats.quotes, rows: quotes.rows, unordered: quotes.unordered },
      cancelled: trades.cancelled,
      unmatchedCancels: trades.unmatchedCancels,
      days,
    };
  } finally {
    for (const kind of KINDS) task.intakes[kind].close();
  }
}

async function takeInputs({ options, inputs, intakes: { trades, quotes } }: Import) {
  const counts = { rowsRead: 0, setAside: 0, otherRows: 0 };
  for await (const { name, format, batches } of options.inputs) {
    const number = inputs.push(name);
    trades.beginInput(number, name, format);
    quotes.beginInput(number, name, format);
    for await (const batch of batches) {
      trades.takeTrades(batch.trades, batch.cancels);
      if (batch.quotes !== null) quotes.take(batch.quotes);
      counts.rowsRead += batch.rowsRead;
      counts.setAside += batch.setAside.length;
      counts.otherRows += batch.otherRows;
    }
  }
  trades.finish();
  quotes.finish();
  return counts;
}

function writeDays(task: Import): TapeDayReport[] {
  const reports: TapeDayReport[] = [];
  const dates = KINDS.flatMap((kind) => task.intakes[kind].groups.map((group) => group.date));
  for (const date of [...new Set(dates)].sort()) {
    for (const kind of KINDS) {
      const groups = new Map<string, number>();
      for (const [number, group] of task.intakes[kind].groups.entries())
        if (group.date === date) groups.set(group.symbol, number);
      if (groups.size > 0) reports.push(writeDay(task, date, kind, groups));
    }
  }
  return reports;
}

/** @param groups number of the group of each symbol that has new rows */
function writeDay(
  task: Import,
  date: IsoDate,
  kind: TapeKind,
  groups: ReadonlyMap<string, number>,
): TapeDayReport {
  const path = tapePath(task.options.directory, date, kind);
  const beside = join(task.folder, `${date}.${kind}.parquet`);
  const before = existingIndex(path);
  const existing = before === null ? null : new ExistingRows(before, task.conditions);
  const rowGroupRows = task.options.rowGroupRows ?? DEFAULT_ROW_GROUP_ROWS;
  const writer = new TapeFileWriter(beside, kind, rowGroupRows, {
    conditionSets: task.conditions.texts,
    midnightNanos: sessionDay(date).midnightNanos,
  });
  try {
    const sink = new RowSink(kind, writer, rowGroupRows, task.repeats[kind]);
    const placeBefore = new Map(before?.note.symbols.map(([symbol], place) => [symbol, place]));
    for (const symbol of [...new Set([...groups.keys(), ...placeBefore.keys()])].sort()) {
      const sources = symbolSources(task, kind, {
        symbol,
        groups,
        before,
        existing,
        place: placeBefore.get(symbol),
      });
      sink.begin(symbol);
      mergeSources(sources, ROW_SHAPES[kind], (columns, from, to) => sink.take(columns, from, to));
    }
    sink.finish();
    const note = noteOf(task, date, kind, groups, before, sink);
    const bytes = writer.finish({ [NOTE_KEY]: JSON.stringify(note) }, `${CREATED_BY} ${LAYOUT_VERSION}`);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(beside, path);
    syncFolder(dirname(path));
    syncFolder(task.options.directory);
    const rows = sink.symbols.reduce((sum, run) => sum + run.rows, 0);
    return { date, kind, rows, symbols: sink.symbols.length, bytes };
  } finally {
    writer.close();
    existing?.close();
  }
}

function existingIndex(path: string): TapeFileIndex | null {
  if (!existsSync(path)) return null;
  const index = indexTapeFile(path);
  if (index !== null) return index;
  throw new InvalidRequest(
    `'${path}' was written by another program, so rows cannot be added to it; import it into another folder first`,
  );
}

function symbolSources(
  { intakes, options }: Import,
  kind: TapeKind,
  {
    symbol,
    groups,
    before,
    existing,
    place,
  }: {
    symbol: string;
    groups: ReadonlyMap<string, number>;
    before: TapeFileIndex | null;
    existing: ExistingRows | null;
    place: number | undefined;
  },
): SortedSource[] {
  const group = groups.get(symbol);
  const segments = group === undefined ? [] : intakes[kind].segmentsOf(group);
  const pieceRows = Math.max(256, Math.floor(MERGE_ROWS / Math.max(1, segments.length)));
  const sources = segments.map((segment) => segmentSource(intakes[kind].file, segment, pieceRows));
  if (place === undefined || (group !== undefined && options.existing === 'replace')) return sources;
  if (group !== undefined) {
    const [, , format] = before!.note.symbols[place]!;
    requireSameFormat(kind, intakes[kind].groups[group]!, before!.note.formats[format]!);
  }
  return [existing!.source(place), ...sources];
}

function noteOf(
  { intakes, inputs }: Import,
  date: IsoDate,
  kind: TapeKind,
  groups: ReadonlyMap<string, number>,
  before: TapeFileIndex | null,
  sink: RowSink,
): TapeFileNote {
  const formats: TapeFormat[] = [];
  const placeOf = new Map<string, number>();
  const formatPlace = (format: TapeFormat) => {
    const text = JSON.stringify(format);
    let place = placeOf.get(text);
    if (place === undefined) {
      place = formats.push(format) - 1;
      placeOf.set(text, place);
    }
    return place;
  };
  const formatBefore = new Map(
    before?.note.symbols.map(([symbol, , format]) => [symbol, before.note.formats[format]!]),
  );
  const symbols = sink.symbols.map(({ symbol, rows }) => {
    const group = groups.get(symbol);
    const format = group === undefined ? formatBefore.get(symbol)! : intakes[kind].groups[group]!.format;
    return [symbol, rows, formatPlace(format)] as const;
  });
  const names = [...new Set([...(before?.note.inputs ?? []), ...inputs])];
  return { layoutVersion: LAYOUT_VERSION, kind, date, formats, symbols, inputs: names };
}
