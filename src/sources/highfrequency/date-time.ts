import {
  ByteDictionary,
  dayOfText,
  type LineScanner,
  NewYorkClock,
  parseClockTime,
  type TimedRows,
  writeEpochNanos,
} from '../text/tape/index.js';

const BLANK = 32;
const LETTER_T = 84;
const DAY_LENGTH = 10;

/** Reads the column DT, 'YYYY-MM-DD HH:MM:SS' with up to nine decimals. R writes midnight as the day alone. */
export class DateTimeColumn {
  readonly #days = new ByteDictionary(dayOfText);
  readonly #clock = new NewYorkClock();
  readonly #scanner: LineScanner;
  readonly #field: number;
  #nanos = 0;

  constructor(scanner: LineScanner, field: number) {
    this.#scanner = scanner;
    this.#field = field;
  }

  /** False where the field is no time. */
  read(): boolean {
    const { bytes, starts, ends } = this.#scanner;
    const start = starts[this.#field]!;
    const end = ends[this.#field]!;
    const between = bytes[start + DAY_LENGTH];
    if (end - start < DAY_LENGTH || !this.#clock.select(this.#days.get(bytes, start, start + DAY_LENGTH)))
      return false;
    if (end - start === DAY_LENGTH) {
      this.#nanos = 0;
      return true;
    }
    if (between !== BLANK && between !== LETTER_T) return false;
    this.#nanos = parseClockTime(bytes, start + DAY_LENGTH + 1, end);
    return this.#nanos >= 0;
  }

  /** Writes the time read last. */
  write(rows: TimedRows, at: number): void {
    writeEpochNanos(rows, at, this.#clock.midnightFor(this.#nanos), this.#nanos);
  }
}

/** What is expected of the column DT. */
export const DATE_TIME = 'a time of New York such as 2018-01-02 09:30:00.125000';
