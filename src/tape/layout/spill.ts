import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { bytesOf, type Column, columnView, type Storage, TAPE_COLUMNS, type TapeKind } from './columns.js';

/** Columns of a row under way: those of the file, then the number of the input, then, for trades, the source's id. */
export interface RowShape {
  readonly storages: readonly Storage[];
  readonly bytesPerRow: number;
  /** Places among the columns; `tradeId` is -1 where there is none. */
  readonly sequence: number;
  readonly input: number;
  readonly tradeId: number;
  /** Columns by falling width, the order in which a segment holds them, so that each is aligned. */
  readonly byWidth: readonly number[];
}

function rowShape(kind: TapeKind): RowShape {
  const specs = TAPE_COLUMNS[kind];
  const storages: Storage[] = [...specs.map((spec) => spec.storage), 'u32'];
  if (kind === 'trades') storages.push('i64');
  const width = (column: number) => bytesOf(storages[column]!);
  return {
    storages,
    bytesPerRow: storages.reduce((sum, storage) => sum + bytesOf(storage), 0),
    sequence: specs.length - 1,
    input: specs.length,
    tradeId: kind === 'trades' ? specs.length + 1 : -1,
    byWidth: [...storages.keys()].sort((left, right) => width(right) - width(left)),
  };
}

export const ROW_SHAPES: Readonly<Record<TapeKind, RowShape>> = {
  trades: rowShape('trades'),
  quotes: rowShape('quotes'),
};

/** Where in order a row stands. */
export interface RowKey {
  readonly time: number;
  readonly sequence: number;
}

/** Rows of one symbol and day, in order, as one stretch of the spill file. */
export interface Segment {
  /** Of the run that it was written with; later runs hold later rows of the input. */
  readonly run: number;
  readonly at: number;
  readonly rows: number;
  readonly first: RowKey;
  readonly last: RowKey;
}

/** Bytes gathered before they are written. */
const STAGE_BYTES = 1 << 20;
/** Rows of a column that are put together at once. */
const PIECE_ROWS = 1 << 16;

/** A file for rows that wait for the rest of their symbol. Column after column within a segment. */
export class SpillFile {
  readonly #file: number;
  readonly #shape: RowShape;
  readonly #stage = new Uint8Array(STAGE_BYTES);
  #staged = 0;
  #written = 0;

  constructor(path: string, kind: TapeKind) {
    this.#file = openSync(path, 'wx+');
    this.#shape = ROW_SHAPES[kind];
  }

  /**
   * Appends a segment of `rows` rows.
   * @param piece gives rows [from, to) of a column
   * @returns where it stands
   */
  append(rows: number, piece: (column: number, from: number, to: number) => Column): number {
    const at = this.#written + this.#staged;
    for (const column of this.#shape.byWidth) {
      for (let from = 0; from < rows; from += PIECE_ROWS) {
        const values = piece(column, from, Math.min(rows, from + PIECE_ROWS));
        this.#put(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      }
    }
    this.#put(new Uint8Array((8 - ((this.#written + this.#staged) % 8)) % 8));
    return at;
  }

  #put(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const part = bytes.subarray(done, done + STAGE_BYTES - this.#staged);
      this.#stage.set(part, this.#staged);
      this.#staged += part.length;
      done += part.length;
      if (this.#staged === STAGE_BYTES) this.flush();
    }
  }

  /** Writes what is gathered; segments can be read and patched only then. */
  flush(): void {
    for (let done = 0; done < this.#staged; )
      done += writeSync(this.#file, this.#stage, done, this.#staged - done, this.#written + done);
    this.#written += this.#staged;
    this.#staged = 0;
  }

  /** Rows [from, to) of a segment, as columns over one new buffer. */
  read(segment: Segment, from: number, to: number): Column[] {
    const rows = to - from;
    const columns = new Array<Column>(this.#shape.storages.length);
    const buffer = new ArrayBuffer(Math.ceil((rows * this.#shape.bytesPerRow) / 8) * 8 + 64);
    let inFile = segment.at;
    let inBuffer = 0;
    for (const column of this.#shape.byWidth) {
      const storage = this.#shape.storages[column]!;
      const width = bytesOf(storage);
      inBuffer = Math.ceil(inBuffer / width) * width;
      this.#read(new Uint8Array(buffer, inBuffer, rows * width), inFile + from * width);
      columns[column] = columnView(storage, buffer, inBuffer, rows);
      inFile += segment.rows * width;
      inBuffer += rows * width;
    }
    return columns;
  }

  /** One column of a whole segment. */
  readColumn(segment: Segment, wanted: number): Column {
    let at = segment.at;
    for (const column of this.#shape.byWidth) {
      if (column === wanted) break;
      at += segment.rows * bytesOf(this.#shape.storages[column]!);
    }
    const storage = this.#shape.storages[wanted]!;
    const bytes = new Uint8Array(segment.rows * bytesOf(storage));
    this.#read(bytes, at);
    return columnView(storage, bytes.buffer, 0, segment.rows);
  }

  /** Changes one value of a segment, of a column of one byte. */
  patch(segment: Segment, wanted: number, row: number, value: number): void {
    let at = segment.at;
    for (const column of this.#shape.byWidth) {
      if (column === wanted) break;
      at += segment.rows * bytesOf(this.#shape.storages[column]!);
    }
    writeSync(this.#file, Uint8Array.of(value), 0, 1, at + row);
  }

  #read(bytes: Uint8Array, at: number): void {
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(this.#file, bytes, done, bytes.length - done, at + done);
      if (read === 0) throw new Error('the spill file ends too early');
      done += read;
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}
