import type { IsoDate } from '../../core/index.js';
import {
  type HeaderColumns,
  type LineScanner,
  NewYorkClock,
  parsePackedTime,
  RowFields,
  type TapeWriter,
  type TimedRows,
  writeEpochNanos,
} from '../text/tape/index.js';
import type { TaqRowStart } from './taq-rows.js';

/** Time and symbol of a row of NYSE's files: HHMMSS with nine decimals, root and suffix with a blank between. */
export class NyseRowStart implements TaqRowStart {
  symbol = 0;
  readonly #scanner: LineScanner;
  readonly #fields: RowFields;
  readonly #clock = new NewYorkClock();
  readonly #timeAt: number;
  readonly #symbolAt: number;
  #nanos = 0;

  constructor(columns: HeaderColumns, scanner: LineScanner, writer: TapeWriter, date: IsoDate) {
    this.#scanner = scanner;
    this.#fields = new RowFields(scanner, writer, columns.names);
    this.#timeAt = columns.required('time');
    this.#symbolAt = columns.required('symbol');
    this.#clock.selectDate(date);
  }

  read(): boolean {
    const { bytes, starts, ends } = this.#scanner;
    this.#nanos = parsePackedTime(bytes, starts[this.#timeAt]!, ends[this.#timeAt]!);
    if (this.#nanos < 0) {
      this.#fields.setAside(this.#timeAt, 'HHMMSS and up to nine decimals of the second');
      return false;
    }
    this.symbol = this.#fields.symbol(this.#symbolAt);
    if (this.symbol >= 0) return true;
    this.#fields.setAside(this.#symbolAt, 'a symbol');
    return false;
  }

  write(rows: TimedRows, at: number): void {
    writeEpochNanos(rows, at, this.#clock.midnightFor(this.#nanos), this.#nanos);
  }
}
