import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { ByteSink } from './byte-sink.js';
import { ChunkEncoder, type EncodedChunk, type ValueMeaning } from './chunk-encoder.js';
import { type Column, type ColumnSpec, type FileType, TAPE_COLUMNS, type TapeKind } from './columns.js';
import { type ThriftStruct, type ThriftValue, writeStruct } from './thrift.js';

const MAGIC = new TextEncoder().encode('PAR1');

/** Numbers of parquet.thrift. */
const INT32 = 1;
const INT64 = 2;
const BYTE_ARRAY = 6;
const REQUIRED = 0;
const UNCOMPRESSED = 0;
const UTF8 = 0;
const UINT_8 = 11;
const INT_8 = 15;

const EMPTY: ThriftStruct = { struct: {} };
const NANOSECONDS: ThriftStruct = { struct: { 3: EMPTY } };
const STRING: ThriftStruct = { struct: { 1: EMPTY } };
/** UTC, but not marked so: DuckDB reads marked ones in microseconds only. */
const TIMESTAMP: ThriftStruct = { struct: { 8: { struct: { 1: { flag: false }, 2: NANOSECONDS } } } };

interface SchemaType {
  readonly physical: number;
  readonly converted?: number;
  readonly logical?: ThriftStruct;
}

const TEXT: SchemaType = { physical: BYTE_ARRAY, converted: UTF8, logical: STRING };

const SCHEMA_TYPE: Readonly<Record<FileType, SchemaType>> = {
  time: { physical: INT64, logical: TIMESTAMP },
  whole: { physical: INT64 },
  letter: TEXT,
  letters: TEXT,
  flag: { physical: INT32, converted: UINT_8 },
  sign: { physical: INT32, converted: INT_8 },
};

export interface SymbolRun {
  readonly symbol: string;
  readonly rows: number;
}

/** Writes one Parquet file of tape rows, row group by row group; nothing of it is a file before `finish`. */
export class TapeFileWriter {
  readonly #file: number;
  readonly #specs: readonly ColumnSpec[];
  readonly #encoder: ChunkEncoder;
  readonly #rowGroups: ThriftStruct[] = [];
  #at = 0;
  #rows = 0;

  constructor(path: string, kind: TapeKind, rowGroupRows: number, meaning: ValueMeaning) {
    this.#specs = TAPE_COLUMNS[kind];
    this.#encoder = new ChunkEncoder(rowGroupRows, meaning);
    this.#file = openSync(path, 'wx');
    this.#write(MAGIC);
  }

  /** @param columns in the order of TAPE_COLUMNS */
  writeRowGroup(runs: readonly SymbolRun[], columns: readonly Column[], rows: number): void {
    const start = this.#at;
    const chunks = [this.#writeChunk('symbol', TEXT, rows, this.#encoder.encodeSymbols(runs, rows))];
    for (const [index, spec] of this.#specs.entries()) {
      const encoded = this.#encoder.encode(spec, columns[index]!, rows);
      chunks.push(this.#writeChunk(spec.name, SCHEMA_TYPE[spec.type], rows, encoded));
    }
    const size = { i64: this.#at - start };
    const ascending = (column: number): ThriftStruct => ({
      struct: { 1: { i32: column }, 2: { flag: false }, 3: { flag: false } },
    });
    this.#rowGroups.push({
      struct: {
        1: { list: chunks },
        2: size,
        3: { i64: rows },
        4: { list: [ascending(0), ascending(1)] },
        5: { i64: start },
        6: size,
      },
    });
    this.#rows += rows;
  }

  #writeChunk(name: string, type: SchemaType, rows: number, encoded: EncodedChunk): ThriftStruct {
    const start = this.#at;
    this.#write(this.#encoder.pages.bytes);
    const size = { i64: this.#at - start };
    const isPaged = encoded.dictionaryBytes > 0;
    const statistics: ThriftStruct = {
      struct: { 3: { i64: 0 }, 5: { binary: encoded.greatest }, 6: { binary: encoded.least } },
    };
    const about: ThriftStruct = {
      struct: {
        1: { i32: type.physical },
        2: { list: encoded.encodings.map((encoding) => ({ i32: encoding })) },
        3: { list: [{ text: name }] },
        4: { i32: UNCOMPRESSED },
        5: { i64: rows },
        6: size,
        7: size,
        9: { i64: start + encoded.dictionaryBytes },
        11: isPaged ? { i64: start } : undefined,
        12: statistics,
      },
    };
    return { struct: { 2: { i64: start }, 3: about } };
  }

  /** Writes the footer and syncs the file. @returns bytes of the file */
  finish(metadata: Readonly<Record<string, string>>, createdBy: string): number {
    const columns: ThriftValue[] = [schemaElement('symbol', TEXT)];
    for (const spec of this.#specs) columns.push(schemaElement(spec.name, SCHEMA_TYPE[spec.type]));
    const root: ThriftStruct = { struct: { 4: { text: 'tape' }, 5: { i32: columns.length } } };
    const typeOrder: ThriftStruct = { struct: { 1: EMPTY } };
    const footer = new ByteSink();
    writeStruct(footer, {
      struct: {
        1: { i32: 1 },
        2: { list: [root, ...columns] },
        3: { i64: this.#rows },
        4: { list: this.#rowGroups },
        5: {
          list: Object.entries(metadata).map(([key, value]) => ({
            struct: { 1: { text: key }, 2: { text: value } },
          })),
        },
        6: { text: createdBy },
        7: { list: columns.map(() => typeOrder) },
      },
    });
    footer.int32(footer.length);
    footer.append(MAGIC);
    this.#write(footer.bytes);
    fsyncSync(this.#file);
    return this.#at;
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done);
    this.#at += bytes.length;
  }
}

function schemaElement(name: string, { physical, converted, logical }: SchemaType): ThriftStruct {
  return {
    struct: {
      1: { i32: physical },
      3: { i32: REQUIRED },
      4: { text: name },
      6: converted === undefined ? undefined : { i32: converted },
      10: logical,
    },
  };
}
