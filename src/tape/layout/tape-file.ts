import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { type FileMetaData, parquetMetadata } from 'hyparquet';
import { FormatError, type IsoDate, type TapeFormat } from '../../core/index.js';
import { TAPE_COLUMNS, type TapeKind } from './columns.js';

/** Key of the file's metadata that holds, as JSON, what a `TapeFileNote` says. */
export const NOTE_KEY = 'tidemark.tape';
export const LAYOUT_VERSION = 1;

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

function readFooter(path: string): { metadata: FileMetaData; bytes: number } {
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
    return { metadata: parseFooter(path, footer), bytes: size };
  } finally {
    closeSync(file);
  }
}

function parseFooter(path: string, footer: Uint8Array<ArrayBuffer>): FileMetaData {
  try {
    return parquetMetadata(footer);
  } catch (cause) {
    throw damaged(path, 'its footer cannot be read', cause);
  }
}

const OWN_ENCODINGS = new Set(['PLAIN', 'RLE', 'RLE_DICTIONARY', 'DELTA_BINARY_PACKED']);

/**
 * Where things stand in a day's file.
 * @returns null for a Parquet file without the note, or with other encodings than our writer's
 * @throws {FormatError} for a file that is no Parquet or is damaged, and for a layout of a later version
 */
export function indexTapeFile(path: string): TapeFileIndex | null {
  const { metadata, bytes } = readFooter(path);
  const text = metadata.key_value_metadata?.find(({ key }) => key === NOTE_KEY)?.value;
  if (text === undefined) return null;
  const note = JSON.parse(text) as TapeFileNote;
  if (note.layoutVersion > LAYOUT_VERSION) {
    throw new FormatError(
      `${path} has tape layout ${note.layoutVersion}, this program reads up to ${LAYOUT_VERSION}; use a newer one`,
      { place: { file: path } },
    );
  }
  const chunks = chunkPlaces(metadata, note.kind);
  if (chunks === null) return null;
  const groupRows = cumulate(metadata.row_groups.map((group) => Number(group.num_rows)));
  const symbolRows = cumulate(note.symbols.map(([, rows]) => rows));
  if (symbolRows.at(-1) !== groupRows.at(-1)) throw damaged(path, 'rows of its symbols are not its rows');
  return { path, note, bytes, symbolRows, groupRows, chunks };
}

function cumulate(counts: readonly number[]): Float64Array {
  const sums = new Float64Array(counts.length + 1);
  for (const [index, count] of counts.entries()) sums[index + 1] = sums[index]! + count;
  return sums;
}

function chunkPlaces(metadata: FileMetaData, kind: TapeKind): Float64Array | null {
  const specs = TAPE_COLUMNS[kind];
  if (metadata.schema.length !== specs.length + 2) return null;
  const places = new Float64Array(metadata.row_groups.length * specs.length * 2);
  let at = 0;
  for (const group of metadata.row_groups) {
    for (const [index, spec] of specs.entries()) {
      const chunk = group.columns[index + 1]?.meta_data;
      const isOwn =
        chunk?.path_in_schema[0] === spec.name &&
        chunk.codec === 'UNCOMPRESSED' &&
        metadata.schema[index + 2]!.repetition_type === 'REQUIRED' &&
        chunk.encodings.every((encoding) => OWN_ENCODINGS.has(encoding));
      if (!isOwn) return null;
      places[at] = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
      places[at + 1] = Number(chunk.total_compressed_size);
      at += 2;
    }
  }
  return places;
}
