import {
  type HeaderColumns,
  type LineScanner,
  NewYorkClock,
  RowFields,
  SymbolParts,
  type TapeWriter,
  type TimedRows,
  writeEpochNanos,
} from '../text/tape/index.js';
import type { TaqRowStart } from './taq-rows.js';

/** Nine decimals of a second and the point. */
const NANOSECOND_LENGTH = 10;
const MAX_EXTRA_NANOS = 999;

/** Time and symbol of a row of WRDS: DATE, TIME_M (and TIME_M_NANO), SYM_ROOT, SYM_SUFFIX. */
export class WrdsRowStart implements TaqRowStart {
  symbol = 0;
  readonly #scanner: LineScanner;
  readonly #fields: RowFields;
  readonly #symbols: SymbolParts;
  readonly #clock = new NewYorkClock();
  readonly #dateAt: number;
  readonly #timeAt: number;
  readonly #nanoAt: number;
  readonly #rootAt: number;
  readonly #suffixAt: number;
  #nanos = 0;

  constructor(columns: HeaderColumns, scanner: LineScanner, writer: TapeWriter) {
    this.#scanner = scanner;
    this.#fields = new RowFields(scanner, writer, columns.names);
    this.#symbols = new SymbolParts(scanner, writer);
    this.#dateAt = columns.required('date');
    this.#timeAt = columns.required('time_m');
    this.#nanoAt = columns.optional('time_m_nano');
    this.#rootAt = columns.required('sym_root');
    this.#suffixAt = columns.required('sym_suffix');
  }

  read(): boolean {
    if (!this.#clock.select(this.#fields.day(this.#dateAt))) {
      return this.#fail(this.#dateAt, 'a day such as 20180102 or 2018-01-02');
    }
    this.#nanos = this.#fields.clockTime(this.#timeAt);
    if (this.#nanos < 0) return this.#fail(this.#timeAt, 'a time such as 9:30:00.017000000');
    if (this.#nanoAt >= 0 && !this.#hasNanoseconds()) {
      const extra = this.#fields.sequence(this.#nanoAt);
      if (extra < 0 || extra > MAX_EXTRA_NANOS) return this.#fail(this.#nanoAt, 'nanoseconds, 0 to 999');
      this.#nanos += extra;
    }
    this.symbol = this.#symbols.get(this.#rootAt, this.#suffixAt);
    return this.symbol >= 0 || this.#fail(this.#rootAt, 'a symbol root');
  }

  write(rows: TimedRows, at: number): void {
    writeEpochNanos(rows, at, this.#clock.midnightFor(this.#nanos), this.#nanos);
  }

  /** Whether TIME_M itself goes to the nanosecond, so that TIME_M_NANO says nothing more. */
  #hasNanoseconds(): boolean {
    const { bytes, ends } = this.#scanner;
    return bytes[ends[this.#timeAt]! - NANOSECOND_LENGTH] === 46;
  }

  #fail(field: number, expected: string): boolean {
    this.#fields.setAside(field, expected);
    return false;
  }
}
