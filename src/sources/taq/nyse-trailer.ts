import { FormatError, type IsoDate } from '../../core/index.js';
import type { LineScanner, TapeWriter } from '../text/tape/index.js';

/** 'END|' */
const BEGINNING = [69, 78, 68, 124];
/** NYSE's count may hold the header and the END record. */
const COUNTED_BESIDES_ROWS = 2;

/** The record END|yyyymmdd|count| that ends each NYSE file; without it the file is cut. */
export class NyseTrailer {
  readonly #file: string;
  readonly #date: IsoDate;
  readonly #scanner: LineScanner;
  readonly #writer: TapeWriter;
  #rows = 0;
  #day: string | null = null;
  #count = '';
  #line = 0;

  constructor(file: string, date: IsoDate, scanner: LineScanner, writer: TapeWriter) {
    this.#file = file;
    this.#date = date;
    this.#scanner = scanner;
    this.#writer = writer;
  }

  /** True where the current line is the END record or stands behind it, and so needs no further reading. */
  takes(): boolean {
    const { bytes, lineStart, line } = this.#scanner;
    if (this.#day !== null) {
      this.#writer.setAsideRow(line, {
        column: null,
        found: this.#scanner.lineText(),
        expected: 'nothing behind the END record',
        reason: `the END record is on line ${this.#line}`,
      });
      return true;
    }
    if (BEGINNING.some((byte, index) => bytes[lineStart + index] !== byte)) {
      this.#rows += 1;
      return false;
    }
    this.#day = this.#scanner.text(1);
    this.#count = this.#scanner.text(2);
    this.#line = line;
    this.#writer.otherRows += 1;
    return true;
  }

  /** @throws {FormatError} where the END record is missing, of another day, or counts other rows than the file has */
  check(): void {
    const rows = this.#rows;
    if (this.#day === null) {
      throw this.#error(
        'END|date|count',
        'end of file',
        `${this.#file} ends after ${rows} rows without NYSE's END record: it is cut short; fetch it again, or end an excerpt with END|${this.#date.replaceAll('-', '')}|${rows}`,
      );
    }
    if (this.#day !== this.#date.replaceAll('-', '')) {
      throw this.#error(
        this.#date,
        this.#day,
        `${this.#file}: its END record is of ${this.#day}, its name or the given date says ${this.#date}; give the right date`,
      );
    }
    const count = /^\d{1,15}$/.test(this.#count) ? Number(this.#count) : Number.NaN;
    if (count >= rows && count <= rows + COUNTED_BESIDES_ROWS) return;
    throw this.#error(
      `${rows}`,
      this.#count,
      `${this.#file} has ${rows} rows, its END record counts '${this.#count}'; fetch it again`,
    );
  }

  #error(expected: string, found: string, message: string): FormatError {
    return new FormatError(message, { place: { file: this.#file, line: this.#line, expected, found } });
  }
}
