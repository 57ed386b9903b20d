import { ByteSink } from './byte-sink.js';
import type { Column, ColumnSpec } from './columns.js';
import {
  bitsOf,
  DICTIONARY_LIMIT,
  DictionaryBuilder,
  encodeDeltas,
  encodeIndices,
  encodeRun,
} from './encode.js';
import { type ThriftValue, writeStruct } from './thrift.js';

/** Numbers of parquet.thrift. */
const PLAIN = 0;
const RLE = 3;
const DELTA_BINARY_PACKED = 5;
const RLE_DICTIONARY = 8;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;

/** One column of one row group, encoded: its pages stand in the encoder's `pages`. */
export interface EncodedChunk {
  readonly encodings: readonly number[];
  /** Bytes of the dictionary page before the data page; 0 = none. */
  readonly dictionaryBytes: number;
  /** Smallest and largest value as Parquet writes them, for skipping. */
  readonly least: Uint8Array;
  readonly greatest: Uint8Array;
}

/** What texts the numbers of letter columns stand for, and midnight for times. */
export interface ValueMeaning {
  readonly conditionSets: readonly string[];
  /** Midnight in New York, nanoseconds since 1970. */
  readonly midnightNanos: bigint;
}

const utf8 = new TextEncoder();

/** Encodes columns into Parquet pages, one data page a chunk; holds the buffers for it. */
export class ChunkEncoder {
  readonly pages = new ByteSink();
  readonly #body = new ByteSink();
  readonly #header = new ByteSink();
  readonly #dictionary = new DictionaryBuilder();
  readonly #indices: Uint16Array;
  readonly #doubles: Float64Array;
  readonly #meaning: ValueMeaning;

  constructor(rows: number, meaning: ValueMeaning) {
    this.#indices = new Uint16Array(rows);
    this.#doubles = new Float64Array(rows);
    this.#meaning = meaning;
  }

  /** Runs of symbols, in order. */
  encodeSymbols(
    runs: readonly { readonly symbol: string; readonly rows: number }[],
    rows: number,
  ): EncodedChunk {
    this.pages.clear();
    const texts = runs.map((run) => run.symbol);
    const dictionaryBytes = this.#writeTexts(texts);
    const width = bitsOf(Math.max(texts.length - 1, 0));
    this.#body.clear();
    this.#body.byte(width);
    for (const [index, run] of runs.entries()) encodeRun(this.#body, index, run.rows, width);
    this.#writePage(rows, RLE_DICTIONARY);
    return { encodings: [RLE_DICTIONARY, RLE, PLAIN], dictionaryBytes, ...textBounds(texts) };
  }

  encode(spec: ColumnSpec, column: Column, rows: number): EncodedChunk {
    this.pages.clear();
    if (spec.type === 'time' || spec.name === 'sequence') return this.#encodeDeltas(spec, column, rows);
    if (spec.type === 'whole') return this.#encodeWhole(column as Float64Array, rows);
    return this.#encodeSmall(spec, column, rows);
  }

  #encodeDeltas(spec: ColumnSpec, column: Column, rows: number): EncodedChunk {
    const values = column as Float64Array;
    const base = spec.type === 'time' ? this.#meaning.midnightNanos : 0n;
    this.#body.clear();
    if (!encodeDeltas(this.#body, values, rows, base)) return this.#encodePlain(values, rows);
    this.#writePage(rows, DELTA_BINARY_PACKED);
    return { encodings: [DELTA_BINARY_PACKED, RLE], dictionaryBytes: 0, ...wholeBounds(values, rows, base) };
  }

  #encodeWhole(values: Float64Array, rows: number): EncodedChunk {
    if (!this.#dictionary.build(values, rows, this.#indices)) return this.#encodePlain(values, rows);
    this.#body.clear();
    for (let index = 0; index < this.#dictionary.size; index += 1)
      this.#body.int64(this.#dictionary.values[index]!);
    const dictionaryBytes = this.#writePage(this.#dictionary.size, PLAIN, true);
    this.#body.clear();
    encodeIndices(this.#body, this.#indices, rows, bitsOf(this.#dictionary.size - 1));
    this.#writePage(rows, RLE_DICTIONARY);
    return {
      encodings: [RLE_DICTIONARY, RLE, PLAIN],
      dictionaryBytes,
      ...wholeBounds(this.#dictionary.values, this.#dictionary.size, 0n),
    };
  }

  #encodePlain(values: Float64Array, rows: number): EncodedChunk {
    this.#body.clear();
    for (let row = 0; row < rows; row += 1) this.#body.int64(values[row]!);
    this.#writePage(rows, PLAIN);
    return { encodings: [PLAIN, RLE], dictionaryBytes: 0, ...wholeBounds(values, rows, 0n) };
  }

  /** Letters, condition sets, flags and signs: few distinct values, so always a dictionary. */
  #encodeSmall(spec: ColumnSpec, column: Column, rows: number): EncodedChunk {
    const doubles = this.#doubles;
    for (let row = 0; row < rows; row += 1) doubles[row] = (column as Uint8Array)[row]!;
    if (!this.#dictionary.build(doubles, rows, this.#indices) && this.#dictionary.size === DICTIONARY_LIMIT)
      throw new Error(`column ${spec.name} has more than ${DICTIONARY_LIMIT} values`);
    const codes = [...this.#dictionary.values.subarray(0, this.#dictionary.size)];
    const isText = spec.type === 'letter' || spec.type === 'letters';
    const texts = codes.map((code) => this.#textOf(spec, code));
    const dictionaryBytes = isText ? this.#writeTexts(texts) : this.#writeSmall(codes);
    this.#body.clear();
    encodeIndices(this.#body, this.#indices, rows, bitsOf(codes.length - 1));
    this.#writePage(rows, RLE_DICTIONARY);
    const bounds = isText ? textBounds(texts) : smallBounds(codes);
    return { encodings: [RLE_DICTIONARY, RLE, PLAIN], dictionaryBytes, ...bounds };
  }

  #textOf(spec: ColumnSpec, code: number): string {
    if (spec.type === 'letters') return this.#meaning.conditionSets[code]!;
    return code === 0 ? '' : String.fromCharCode(code);
  }

  #writeTexts(texts: readonly string[]): number {
    this.#body.clear();
    for (const text of texts) {
      const bytes = utf8.encode(text);
      this.#body.int32(bytes.length);
      this.#body.append(bytes);
    }
    return this.#writePage(texts.length, PLAIN, true);
  }

  #writeSmall(codes: readonly number[]): number {
    this.#body.clear();
    for (const code of codes) this.#body.int32(code);
    return this.#writePage(codes.length, PLAIN, true);
  }

  /** Puts a header before the body and both behind the pages. @returns their bytes */
  #writePage(values: number, encoding: number, isDictionary = false): number {
    const size: ThriftValue = { i32: this.#body.length };
    const about = { 1: { i32: values }, 2: { i32: encoding } };
    const levels = { 3: { i32: RLE }, 4: { i32: RLE } };
    this.#header.clear();
    writeStruct(this.#header, {
      struct: {
        1: { i32: isDictionary ? DICTIONARY_PAGE : DATA_PAGE },
        2: size,
        3: size,
        5: isDictionary ? undefined : { struct: { ...about, ...levels } },
        7: isDictionary ? { struct: about } : undefined,
      },
    });
    this.pages.append(this.#header.bytes);
    this.pages.append(this.#body.bytes);
    return this.#header.length + this.#body.length;
  }
}

type Bounds = Pick<EncodedChunk, 'least' | 'greatest'>;

function textBounds(texts: readonly string[]): Bounds {
  const sorted = texts.toSorted();
  return { least: utf8.encode(sorted[0] ?? ''), greatest: utf8.encode(sorted.at(-1) ?? '') };
}

function smallBounds(codes: readonly number[]): Bounds {
  const bytes = (value: number) => new Uint8Array(Int32Array.of(value).buffer);
  return { least: bytes(Math.min(...codes)), greatest: bytes(Math.max(...codes)) };
}

function wholeBounds(values: Float64Array, rows: number, base: bigint): Bounds {
  let least = values[0]!;
  let greatest = least;
  for (let row = 1; row < rows; row += 1) {
    const value = values[row]!;
    if (value < least) least = value;
    else if (value > greatest) greatest = value;
  }
  const bytes = (value: number) => new Uint8Array(BigInt64Array.of(base + BigInt(value)).buffer);
  return { least: bytes(least), greatest: bytes(greatest) };
}
