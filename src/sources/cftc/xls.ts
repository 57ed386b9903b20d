import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import type { CellObject } from '@e965/xlsx';
import { FormatError } from '../../core/index.js';

/** First bytes of a compound document, the container of every BIFF8 workbook. */
const COMPOUND_DOCUMENT = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** Each in the two ways in which a workbook stores text. */
const HEADER_WORDS = ['Market_and_Exchange_Names', 'CFTC_Contract_Market_Code'].map((word) => [
  Buffer.from(word, 'latin1'),
  Buffer.from(word, 'utf16le'),
]);

/** Days between the epochs of workbooks that count from 1899-12-30 and from 1904-01-01. */
const DAYS_1900_TO_1904 = 1462;

/** True for an old Excel workbook that holds the header words of the report; nothing is parsed. */
export function looksLikeTffWorkbook(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!view.subarray(0, COMPOUND_DOCUMENT.length).equals(COMPOUND_DOCUMENT)) return false;
  return HEADER_WORDS.every((forms) => forms.some((form) => view.includes(form)));
}

/** The first sheet of a workbook. */
export interface Sheet {
  /** Cells as trimmed text, from the sheet's first row on; empty cells are '', empty cells at a row's end left out. */
  readonly rows: readonly (readonly string[])[];
  /** To be added to a date's serial number to make it count from 1899-12-30. */
  readonly serialOffset: number;
}

/**
 * Reads the first sheet of a BIFF8 workbook. The library passes over records it cannot read, so the chain of records is
 * checked first: a workbook that is cut short or damaged is refused as a whole, never read in part.
 * @throws {FormatError} where the bytes are no whole workbook
 */
export function readSheet(bytes: Uint8Array, fileName: string): Sheet {
  // Loaded on first use: the library is large, and most files are text.
  const library = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx');
  try {
    const container = library.CFB.read(Buffer.from(bytes), { type: 'buffer' });
    const stream = library.CFB.find(container, 'Workbook')?.content ?? Buffer.alloc(0);
    const declaredRows = checkRecordChain(Buffer.from(stream as Uint8Array));
    const workbook = library.read(bytes, { type: 'array', dense: true, cellText: false, cellHTML: false });
    const cells = (workbook.Sheets[workbook.SheetNames[0] ?? '']?.['!data'] ?? []) as (
      | CellObject[]
      | undefined
    )[];
    if (cells.length !== declaredRows)
      throw new Error(`the sheet declares ${declaredRows} rows and holds ${cells.length}`);
    return {
      rows: Array.from(cells, rowText),
      serialOffset: workbook.Workbook?.WBProps?.date1904 ? DAYS_1900_TO_1904 : 0,
    };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(
      `${fileName}: this Excel workbook is cut short or damaged (${detail}); get the file again`,
      { cause, place: { file: fileName } },
    );
  }
}

function rowText(row: readonly (CellObject | undefined)[] | undefined): string[] {
  const fields = Array.from(row ?? [], cellText);
  while (fields.at(-1) === '') fields.pop();
  return fields;
}

function cellText(cell: CellObject | undefined): string {
  if (cell === undefined || cell === null || cell.v === undefined || cell.v === null) return '';
  return cell.t === 'e' ? `error ${cell.v}` : String(cell.v).trim();
}

const BOF = 0x0809;
const EOF = 0x000a;
const DIMENSIONS = 0x0200;

/**
 * Walks the records of a BIFF8 stream ([MS-XLS] 2.1.4: type and length, two bytes each, then the content): substreams from BOF
 * to EOF, one after another, to the very end.
 * @returns rows of the first sheet, as its DIMENSIONS record declares them
 */
function checkRecordChain(stream: Buffer): number {
  let depth = 0;
  let declaredRows: number | null = null;
  let position = 0;
  while (position + 4 <= stream.length) {
    const type = stream.readUInt16LE(position);
    const length = stream.readUInt16LE(position + 2);
    const content = position + 4;
    if (depth === 0 && type !== BOF) break;
    if (content + length > stream.length) throw new Error('its last record is cut short');
    if (type === BOF) depth += 1;
    if (type === EOF) depth -= 1;
    if (type === DIMENSIONS && declaredRows === null && length >= 8)
      declaredRows = stream.readUInt32LE(content + 4);
    position = content + length;
  }
  const rest = stream.subarray(position);
  if (depth !== 0 || rest.some((byte) => byte !== 0))
    throw new Error('its records do not end where they should');
  if (declaredRows === null) throw new Error('it holds no sheet');
  return declaredRows;
}
