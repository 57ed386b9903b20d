import { closeSync, openSync } from 'node:fs';
import { type Column, type ColumnSpec, newColumn, TAPE_COLUMNS } from './columns.js';
import { decodeDeltas, decodeIndices, decodePlain, type PageCursor, readWhole } from './decode.kernel.js';
import { forFields, skip } from './footer.js';
import { type SessionDay, sessionDay } from './session-day.js';
import { damaged, readExactly, type TapeFileIndex } from './tape-file.js';

const PLAIN = 0;
const DELTA_BINARY_PACKED = 5;
const RLE_DICTIONARY = 8;
const DICTIONARY_PAGE = 2;
/** Packed values are read in words, which may reach beyond the last page. */
const SLACK = 16;

interface PageHeader {
  readonly type: number;
  readonly bytes: number;
  readonly values: number;
  readonly encoding: number;
}

/** Reads row groups of one day's file into columns that are reused by the next row group. */
export class RowGroupReader {
  /** Condition sets met so far; columns of conditions hold indices into it. */
  readonly conditionSets: string[] = [];
  readonly #conditions = new Map<string, number>();
  readonly #index: TapeFileIndex;
  readonly #specs: readonly ColumnSpec[];
  readonly #wanted: readonly number[];
  readonly #day: SessionDay;
  readonly #file: number;
  #bytes = new Uint8Array(0);
  #columns: Column[] = [];
  #group = -1;
  #wordDictionary = new Float64Array(0);

  /** @param wanted names of the columns to read */
  constructor(index: TapeFileIndex, wanted: readonly string[]) {
    this.#index = index;
    this.#specs = TAPE_COLUMNS[index.note.kind];
    this.#wanted = [...this.#specs.keys()].filter((column) => wanted.includes(this.#specs[column]!.name));
    this.#day = sessionDay(index.note.date);
    this.#file = openSync(index.path, 'r');
  }

  /** The columns of a row group, by place in TAPE_COLUMNS; those not wanted are missing. Good until the next call. */
  read(group: number): readonly Column[] {
    if (group === this.#group) return this.#columns;
    const rows = this.#index.groupRows[group + 1]! - this.#index.groupRows[group]!;
    this.#group = -1;
    this.#makeRoom(rows);
    for (const [first, last] of this.#stretches()) {
      const from = this.#chunkAt(group, first);
      const to = this.#chunkAt(group, last) + this.#chunkBytes(group, last);
      if (this.#bytes.length < to - from + SLACK) this.#bytes = new Uint8Array((to - from) * 1.25 + SLACK);
      readExactly(this.#file, this.#bytes.subarray(0, to - from), from, this.#index.path);
      for (let column = first; column <= last; column += 1) {
        const at = this.#chunkAt(group, column) - from;
        this.#decode(column, at, at + this.#chunkBytes(group, column), rows);
      }
    }
    this.#group = group;
    return this.#columns;
  }

  #makeRoom(rows: number): void {
    for (const column of this.#wanted) {
      if ((this.#columns[column]?.length ?? -1) < rows)
        this.#columns[column] = newColumn(this.#specs[column]!.storage, rows);
    }
  }

  /** Wanted columns that stand side by side, as [first, last]: one read each. */
  #stretches(): [number, number][] {
    const stretches: [number, number][] = [];
    for (const column of this.#wanted) {
      const open = stretches.at(-1);
      if (open !== undefined && open[1] === column - 1) open[1] = column;
      else stretches.push([column, column]);
    }
    return stretches;
  }

  #chunkAt(group: number, column: number): number {
    return this.#index.chunks[2 * (group * this.#specs.length + column)]!;
  }

  #chunkBytes(group: number, column: number): number {
    return this.#index.chunks[2 * (group * this.#specs.length + column) + 1]!;
  }

  #decode(column: number, from: number, to: number, rows: number): void {
    const cursor: PageCursor = { bytes: this.#bytes, view: new DataView(this.#bytes.buffer), at: from };
    try {
      this.#decodePages(column, cursor, to, rows);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      const { name } = this.#specs[column]!;
      throw damaged(this.#index.path, `column ${name} cannot be decoded (${cause.message})`, cause);
    }
  }

  /** @throws {RangeError} where pages do not hold what they should */
  #decodePages(column: number, cursor: PageCursor, to: number, rows: number): void {
    const spec = this.#specs[column]!;
    let dictionary: Column | null = null;
    for (let row = 0; row < rows; ) {
      const page = readPageHeader(cursor);
      const end = cursor.at + page.bytes;
      if (!(page.bytes >= 0 && end <= to)) throw new RangeError('a page beyond the end');
      if (page.type === DICTIONARY_PAGE) {
        if (!(page.values >= 0 && page.values <= page.bytes)) throw new RangeError('too large a dictionary');
        dictionary = this.#readDictionary(spec, cursor, page.values);
      } else {
        if (!(page.values > 0 && row + page.values <= rows)) throw new RangeError('another number of rows');
        this.#decodePage(spec, cursor, page, dictionary, this.#columns[column]!, row);
        row += page.values;
      }
      if (cursor.at !== end) throw new RangeError('a page that does not end where it should');
    }
  }

  #decodePage(
    spec: ColumnSpec,
    cursor: PageCursor,
    page: PageHeader,
    dictionary: Column | null,
    out: Column,
    row: number,
  ): void {
    const isTime = spec.type === 'time';
    if (page.encoding === RLE_DICTIONARY && dictionary !== null) {
      decodeIndices(cursor, page.values, dictionary as Float64Array, out as Float64Array, row);
    } else if (page.encoding === DELTA_BINARY_PACKED) {
      const base = isTime ? this.#day.midnightNanos : 0n;
      decodeDeltas(cursor, page.values, base, out as Float64Array, row);
    } else if (page.encoding === PLAIN && spec.storage === 'f64') {
      const { midnightHigh, midnightLow } = this.#day;
      const [high, low] = isTime ? [midnightHigh, midnightLow] : [0, 0];
      decodePlain(cursor, page.values, high, low, out as Float64Array, row);
    } else {
      throw new RangeError(`unknown encoding ${page.encoding}`);
    }
  }

  #readDictionary(spec: ColumnSpec, cursor: PageCursor, values: number): Column {
    if (spec.storage === 'f64') {
      if (this.#wordDictionary.length < values) this.#wordDictionary = new Float64Array(2 * values);
      decodePlain(cursor, values, 0, 0, this.#wordDictionary, 0);
      return this.#wordDictionary;
    }
    const dictionary = newColumn(spec.storage, values);
    for (let index = 0; index < values; index += 1) dictionary[index] = this.#readSmall(spec, cursor);
    return dictionary;
  }

  #readSmall(spec: ColumnSpec, cursor: PageCursor): number {
    const word = cursor.view.getInt32(cursor.at, true);
    cursor.at += 4;
    if (spec.type === 'flag' || spec.type === 'sign') return word;
    const text = new TextDecoder().decode(cursor.bytes.subarray(cursor.at, cursor.at + word));
    cursor.at += word;
    if (spec.type === 'letter') return text === '' ? 0 : text.charCodeAt(0);
    let set = this.#conditions.get(text);
    if (set === undefined) {
      set = this.conditionSets.push(text) - 1;
      this.#conditions.set(text, set);
    }
    return set;
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** @throws {RangeError} where there is none */
function readPageHeader(cursor: PageCursor): PageHeader {
  const header = { type: 0, bytes: 0, values: 0, encoding: 0 };
  forFields(cursor, (field, type) => {
    if (field === 1) header.type = readWhole(cursor);
    else if (field === 3) header.bytes = readWhole(cursor);
    else if (field === 5 || field === 7) {
      forFields(cursor, (inner, innerType) => {
        if (inner === 1) header.values = readWhole(cursor);
        else if (inner === 2) header.encoding = readWhole(cursor);
        else skip(cursor, innerType);
      });
    } else skip(cursor, type);
  });
  return header;
}
