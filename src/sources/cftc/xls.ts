import { Buffer } from 'node:buffer';
import { FormatError } from '../../core/index.js';
import { readFirstSheet, type Sheet } from './biff8.js';
import { COMPOUND_DOCUMENT, readStream } from './compound-document.js';

/** Each in the two ways in which a workbook stores text. */
const HEADER_WORDS = ['Market_and_Exchange_Names', 'CFTC_Contract_Market_Code'].map((word) => [
  Buffer.from(word, 'latin1'),
  Buffer.from(word, 'utf16le'),
]);

/** True for an old Excel workbook that holds the header words of the report; nothing is parsed. */
export function looksLikeTffWorkbook(bytes: Uint8Array): boolean {
  const view = asBuffer(bytes);
  if (!view.subarray(0, COMPOUND_DOCUMENT.length).equals(COMPOUND_DOCUMENT)) return false;
  return HEADER_WORDS.every((forms) => forms.some((form) => view.includes(form)));
}

/**
 * Reads the first sheet of a workbook of Excel 97 to 2003.
 * @throws {FormatError} where the bytes are no whole workbook
 */
export function readWorkbook(bytes: Uint8Array, fileName: string): Sheet {
  try {
    return readFirstSheet(readStream(asBuffer(bytes), 'Workbook'));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(
      `${fileName}: this Excel workbook is cut short or damaged (${detail}); get the file again`,
      { cause, place: { file: fileName } },
    );
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
