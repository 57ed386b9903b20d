import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { FormatError, type IsoDate, isIsoDate, type TapeFormat } from '../../core/index.js';
import { TAPE_COLUMNS, type TapeKind } from './columns.js';
import { type Footer, parseFooter } from './footer.js';

/** Key of the file's metadata that holds, as JSON, what a `TapeFileNote` says. */
export const NOTE_KEY = 'tidemark.tape';
export const LAYOUT_VERSION = 1;
/** What our writer calls itself; a file that another program wrote anew may carry an outdated note. */
export const CREATED_BY = 'tidemark tape layout';

/** What the writer notes of a file beside its rows. */
export interface TapeFileNote {
  readonly layoutVersion: number;
  readonly kind: TapeKind;
  readonly date: IsoDate;
  /** Formats that the rows came from. */
  readonly formats: readonly TapeFormat[];
  /** Symbols in the order of the file: name, rows, index into `formats`. */
  readonly symbols: readonly (readonly [symbol: string, rows: number, format: number])[];
  /** Names of the inputs whose rows are here, in order of import. */
  readonly inputs: readonly string[];
}

/** Where everything stands in a day's file; plain data, so that threads can be told. */
export interface TapeFileIndex {
  readonly path: string;
  readonly note: TapeFileNote;
  readonly bytes: number;
  /** First row of each symbol, and one more entry with the rows of the file. */
  readonly symbolRows: Float64Array;
  /** First row of each row group, and one more entry. */
  readonly groupRows: Float64Array;
  /** For each row group and column of TAPE_COLUMNS: place of its first page and bytes, one after the other. */
  readonly chunks: Float64Array;
}

/** Reads bytes of a file; ends before the end of the file are errors. */
export function readExactly(file: number, bytes: Uint8Array, at: number, path: string): void {
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(file, bytes, done, bytes.length - done, at + done);
    if (read === 0) throw damaged(path, `it ends at byte ${at + done}`);
    done += read;
  }
}

export function damaged(path: string, what: string, cause?: unknown): FormatError {
  return new FormatError(`${path} is damaged: ${what}; import the day again`, {
    cause,
    place: { file: path },
  });
}

/** @throws {FormatError} for a file that is no Parquet or is damaged */
export function readFooter(path: string): { footer: Footer; bytes: number } {
  const file = openSync(path, 'r');
  try {
    const { size } = statSync(path);
    const tail = new Uint8Array(8);
    if (size < 12) throw damaged(path, `${size} bytes are no Parquet file`);
    readExactly(file, tail, size - 8, path);
    const footerBytes = new DataView(tail.buffer).getUint32(0, true) + 8;
    if (String.fromCharCode(...tail.subarray(4)) !== 'PAR1' || footerBytes > size)
      throw damaged(path, 'it has no Parquet footer');
    const footer = new Uint8Array(footerBytes);
    readExactly(file, footer, size - footerBytes, path);
    return { footer: parse(path, footer), bytes: size };
  } finally {
    closeSync(file);
  }
}

function parse(path: string, footer: Uint8Array): Footer {
  try {
    return parseFooter(footer);
  } catch (cause) {
    if (cause instanceof RangeError) throw damaged(path, 'its footer cannot be read', cause);
    throw cause;
  }
}

/** PLAIN, RLE, DELTA_BINARY_PACKED and RLE_DICTIONARY. */
const OWN_ENCODINGS = new Set([0, 3, 5, 8]);
const UNCOMPRESSED = 0;
/** Rows of a row group that reading may hold in memory. */
const LARGEST_GROUP = 1 << 21;
const REQUIRED = 0;

/**
 * Where things stand in a day's file.
 * @returns null for a Parquet file of another program
 * @throws {FormatError} for a file that is no Parquet or is damaged, and for a layout of a later version
 */
export function indexTapeFile(path: string): TapeFileIndex | null {
  const { footer, bytes } = readFooter(path);
  const text = footer.metadata.get(NOTE_KEY);
  if (text === undefined || !footer.createdBy.startsWith(CREATED_BY)) return null;
  const note = readNote(path, text);
  if (note.layoutVersion > LAYOUT_VERSION) {
    throw new FormatError(
      `${path} has tape layout ${note.layoutVersion}, this program reads up to ${LAYOUT_VERSION}; use a newer one`,
      { place: { file: path } },
    );
  }
  const chunks = chunkPlaces(footer, note.kind);
  if (chunks === null) return null;
  const groupRows = cumulate(footer.rowGroups.map((group) => group.rows));
  const symbolRows = cumulate(note.symbols.map(([, rows]) => rows));
  if (symbolRows.at(-1) !== groupRows.at(-1)) throw damaged(path, 'rows of its symbols are not its rows');
  for (let at = 0; at < chunks.length; at += 2)
    if (!(chunks[at]! >= 4 && chunks[at + 1]! > 0 && chunks[at]! + chunks[at + 1]! <= bytes))
      throw damaged(path, 'its footer points beyond its end');
  if (
    groupRows.some(
      (row, group) =>
        group > 0 && !(row > groupRows[group - 1]! && row - groupRows[group - 1]! <= LARGEST_GROUP),
    )
  )
    throw damaged(path, 'a row group has no known number of rows');
  return { path, note, bytes, symbolRows, groupRows, chunks };
}

/** @throws {FormatError} where it cannot be read */
export function readNote(path: string, text: string): TapeFileNote {
  try {
    const note = JSON.parse(text) as TapeFileNote;
    const isGood =
      note.layoutVersion > 0 &&
      note.kind in TAPE_COLUMNS &&
      isIsoDate(note.date) &&
      note.symbols.every(
        ([symbol, rows, format]) => symbol !== undefined && rows > 0 && format in note.formats,
      );
    if (isGood) return note;
  } catch {
    // Said below.
  }
  throw damaged(path, 'its note of the layout cannot be read');
}

function cumulate(counts: readonly number[]): Float64Array {
  const sums = new Float64Array(counts.length + 1);
  for (const [index, count] of counts.entries()) sums[index + 1] = sums[index]! + count;
  return sums;
}

function chunkPlaces({ columns, rowGroups }: Footer, kind: TapeKind): Float64Array | null {
  const specs = TAPE_COLUMNS[kind];
  const isOwnSchema =
    columns?.length === specs.length + 1 &&
    specs.every((spec, place) => columns[place + 1]!.name === spec.name) &&
    columns.every((column) => column.repetition === REQUIRED);
  if (!isOwnSchema) return null;
  const places = new Float64Array(rowGroups.length * specs.length * 2);
  let at = 0;
  for (const { chunks } of rowGroups) {
    for (const { codec, encodings, at: firstPage, bytes } of chunks.slice(1)) {
      if (codec !== UNCOMPRESSED || !encodings.every((encoding) => OWN_ENCODINGS.has(encoding))) return null;
      places[at] = firstPage;
      places[at + 1] = bytes;
      at += 2;
    }
  }
  return places;
}
