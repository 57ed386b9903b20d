import type {
  SetAsideRow,
  TapeBatch,
  TapeCancel,
  TapeQuoteBatch,
  TapeTradeBatch,
} from '../../../core/index.js';

/** Rows of one kind in a batch at most. A batch ends by its rows alone, never by where a chunk of bytes ended. */
const TAPE_BATCH_ROWS = 32_768;

/** Texts of one kind by number, in the order in which they were met; a number keeps its meaning in a file. */
export class TapeNames {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();

  indexOf(text: string): number {
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.list.push(text) - 1;
      this.#places.set(text, place);
    }
    return place;
  }
}

/** Where the low half of a 64-bit number stands on this machine. */
const LOW_WORD = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;

/** Columns that trades and quotes share. */
class RowColumns {
  rows = 0;
  readonly symbol = new Uint32Array(TAPE_BATCH_ROWS);
  readonly sequence = new Float64Array(TAPE_BATCH_ROWS);
  readonly rowNumber = new Float64Array(TAPE_BATCH_ROWS);
  readonly venue = new Uint8Array(TAPE_BATCH_ROWS);
  readonly epochNanos = new BigInt64Array(TAPE_BATCH_ROWS);
  /** The same bytes as `epochNanos`, for `writeEpochNanos`. */
  readonly epochHalves = new Uint32Array(this.epochNanos.buffer);

  /** Writes a time from the two halves of its 64 bits, without making a BigInt. */
  setTime(at: number, high: number, low: number): void {
    this.epochHalves[2 * at + LOW_WORD] = low;
    this.epochHalves[2 * at + 1 - LOW_WORD] = high;
  }

  protected shared(symbols: readonly string[]) {
    const { rows } = this;
    return {
      rows,
      epochNanos: this.epochNanos.subarray(0, rows),
      symbol: this.symbol.subarray(0, rows),
      symbols,
      sequence: this.sequence.subarray(0, rows),
      rowNumber: this.rowNumber.subarray(0, rows),
      venue: this.venue.subarray(0, rows),
    };
  }
}

/** Trades of a batch in the making; a reader takes a row with `add` and writes what differs from 0 into the columns. */
export class TradeRows extends RowColumns {
  readonly priceMicros = new Float64Array(TAPE_BATCH_ROWS);
  readonly sizeMicros = new Float64Array(TAPE_BATCH_ROWS);
  readonly conditions = new Uint16Array(TAPE_BATCH_ROWS);
  readonly tape = new Uint8Array(TAPE_BATCH_ROWS);
  readonly correction = new Uint8Array(TAPE_BATCH_ROWS);
  readonly suspicious = new Uint8Array(TAPE_BATCH_ROWS);
  readonly aggressor = new Int8Array(TAPE_BATCH_ROWS);
  readonly tradeId: BigInt64Array | null;

  constructor(hasTradeIds: boolean) {
    super();
    this.tradeId = hasTradeIds ? new BigInt64Array(TAPE_BATCH_ROWS) : null;
  }

  /** Place of a new row, all zero but for its symbol and number. */
  add(symbol: number, rowNumber: number): number {
    const at = this.rows++;
    this.symbol[at] = symbol;
    this.rowNumber[at] = rowNumber;
    return at;
  }

  batch(symbols: readonly string[], conditionSets: readonly string[]): TapeTradeBatch {
    const { rows } = this;
    return {
      kind: 'trades',
      ...this.shared(symbols),
      priceMicros: this.priceMicros.subarray(0, rows),
      sizeMicros: this.sizeMicros.subarray(0, rows),
      conditions: this.conditions.subarray(0, rows),
      conditionSets,
      tape: this.tape.subarray(0, rows),
      correction: this.correction.subarray(0, rows),
      suspicious: this.suspicious.subarray(0, rows),
      aggressor: this.aggressor.subarray(0, rows),
      tradeId: this.tradeId?.subarray(0, rows) ?? null,
    };
  }
}

/** Quotes of a batch in the making. */
export class QuoteRows extends RowColumns {
  readonly bidMicros = new Float64Array(TAPE_BATCH_ROWS);
  readonly askMicros = new Float64Array(TAPE_BATCH_ROWS);
  readonly bidSizeMicros = new Float64Array(TAPE_BATCH_ROWS);
  readonly askSizeMicros = new Float64Array(TAPE_BATCH_ROWS);
  readonly eligible = new Uint8Array(TAPE_BATCH_ROWS);

  /** Place of a new row: both sides withdrawn, eligible. */
  add(symbol: number, rowNumber: number): number {
    const at = this.rows++;
    this.symbol[at] = symbol;
    this.rowNumber[at] = rowNumber;
    this.eligible[at] = 1;
    return at;
  }

  /** A side without a positive price and size stays withdrawn. */
  setBid(at: number, priceMicros: number, sizeMicros: number): void {
    if (!(priceMicros > 0 && sizeMicros > 0)) return;
    this.bidMicros[at] = priceMicros;
    this.bidSizeMicros[at] = sizeMicros;
  }

  setAsk(at: number, priceMicros: number, sizeMicros: number): void {
    if (!(priceMicros > 0 && sizeMicros > 0)) return;
    this.askMicros[at] = priceMicros;
    this.askSizeMicros[at] = sizeMicros;
  }

  batch(symbols: readonly string[]): TapeQuoteBatch {
    const { rows } = this;
    return {
      kind: 'quotes',
      ...this.shared(symbols),
      bidMicros: this.bidMicros.subarray(0, rows),
      askMicros: this.askMicros.subarray(0, rows),
      bidSizeMicros: this.bidSizeMicros.subarray(0, rows),
      askSizeMicros: this.askSizeMicros.subarray(0, rows),
      eligible: this.eligible.subarray(0, rows),
    };
  }
}

/** Collects what a tape reader finds and hands it over in batches whose memory the reader does not touch again. */
export class TapeBatchBuilder {
  readonly symbols = new TapeNames();
  readonly conditionSets = new TapeNames();
  rowsRead = 0;
  otherRows = 0;
  readonly #hasTradeIds: boolean;
  #trades: TradeRows | null = null;
  #quotes: QuoteRows | null = null;
  #cancels: TapeCancel[] = [];
  #setAside: SetAsideRow[] = [];

  /** @param options.hasTradeIds whether cancels of the file name trades */
  constructor(options: { readonly hasTradeIds?: boolean } = {}) {
    this.#hasTradeIds = options.hasTradeIds ?? false;
    this.conditionSets.indexOf('');
  }

  get trades(): TradeRows {
    this.#trades ??= new TradeRows(this.#hasTradeIds);
    return this.#trades;
  }

  get quotes(): QuoteRows {
    this.#quotes ??= new QuoteRows();
    return this.#quotes;
  }

  cancel(cancel: TapeCancel): void {
    this.#cancels.push(cancel);
  }

  setAside(row: SetAsideRow): void {
    this.#setAside.push(row);
  }

  /** True where no further row may be added before `take`; asked before every row. */
  get isFull(): boolean {
    return (
      (this.#trades?.rows ?? 0) === TAPE_BATCH_ROWS ||
      (this.#quotes?.rows ?? 0) === TAPE_BATCH_ROWS ||
      this.#cancels.length + this.#setAside.length >= TAPE_BATCH_ROWS
    );
  }

  /** What was collected since the last time; null where that is nothing. */
  take(): TapeBatch | null {
    if (this.rowsRead === 0) return null;
    const { list: symbols } = this.symbols;
    const batch: TapeBatch = {
      trades: this.#trades?.batch(symbols, this.conditionSets.list) ?? null,
      quotes: this.#quotes?.batch(symbols) ?? null,
      cancels: this.#cancels,
      setAside: this.#setAside,
      otherRows: this.otherRows,
      rowsRead: this.rowsRead,
    };
    this.#trades = null;
    this.#quotes = null;
    this.#cancels = [];
    this.#setAside = [];
    this.otherRows = 0;
    this.rowsRead = 0;
    return batch;
  }
}

/** Letters of a set of TAQ sale conditions in order, each once, without blanks. */
export function conditionSet(letters: Iterable<string>): string {
  return [...new Set(letters)]
    .filter((letter) => letter.trim() !== '')
    .sort()
    .join('');
}
