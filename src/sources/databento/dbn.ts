import { FormatError, type TapeBatch, type TapeFormat } from '../../core/index.js';
import { TapeBatchBuilder } from '../text/tape/batch-builder.js';
import { parseRecords } from '../text/tape/byte-records.js';
import { Instruments } from './instruments.js';
import { HEADER, MBO, RTYPE, SYMBOL_MAPPING, TOP_OF_BOOK, TRADE } from './layout.js';
import { cString, instrumentAndSymbol, readMetadata, tapeSymbol } from './metadata.js';
import { modeOfFormat } from './mode.js';
import { RecordReader } from './records.js';

/** Bytes of a record at least, by its type. */
const LEAST_BYTES: Readonly<Record<number, number>> = {
  [RTYPE.trade]: TRADE.bytes,
  [RTYPE.mbp1]: TOP_OF_BOOK.bytes,
  [RTYPE.cmbp1]: TOP_OF_BOOK.bytes,
  [RTYPE.tcbbo]: TOP_OF_BOOK.bytes,
  [RTYPE.mbo]: MBO.bytes,
};

/**
 * Reads trades and top of book of a DBN file.
 * @throws {FormatError} where the metadata or the length of a record is damaged, or the file ends inside a record
 */
export async function* readDbn(
  file: string,
  format: TapeFormat,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<TapeBatch> {
  const parser = new DbnParser(file, format);
  const rest = yield* parseRecords(chunks, (bytes) => parser.parse(bytes));
  parser.finish(rest.length);
  const last = parser.builder.take();
  if (last !== null) yield last;
}

class DbnParser {
  readonly builder = new TapeBatchBuilder();
  readonly #file: string;
  readonly #format: TapeFormat;
  #version = 0;
  #instruments: Instruments | null = null;
  #reader: RecordReader | null = null;
  #records = 0;

  constructor(file: string, format: TapeFormat) {
    this.#file = file;
    this.#format = format;
  }

  *parse(bytes: Uint8Array): Generator<TapeBatch, number, undefined> {
    let at = 0;
    if (this.#reader === null) {
      at = this.#begin(bytes);
      if (at === 0) return 0;
    }
    this.#reader!.load(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    while (at + HEADER.bytes <= bytes.length) {
      const rtype = bytes[at + HEADER.rtype]!;
      const length = bytes[at]! * 4;
      if (length < (LEAST_BYTES[rtype] ?? HEADER.bytes)) throw this.#damagedLength(rtype, length);
      if (at + length > bytes.length) break;
      if (this.builder.isFull) yield this.builder.take()!;
      this.#records += 1;
      this.builder.rowsRead += 1;
      this.#record(bytes, at, rtype);
      at += length;
    }
    return at;
  }

  /** @throws {FormatError} where bytes are left over, or the file ended before its metadata did */
  finish(bytesLeft: number): void {
    if (this.#reader === null) {
      throw new FormatError(`${this.#file}: ends inside its metadata; get the file again`);
    }
    if (bytesLeft > 0) {
      const line = this.#records + 1;
      throw new FormatError(`${this.#file}: ends inside record ${line}; get the file again`, {
        place: { file: this.#file, line },
      });
    }
  }

  /** Reads the metadata; 0 where it is not all there yet. */
  #begin(bytes: Uint8Array): number {
    const metadata = readMetadata(this.#file, bytes);
    if (metadata === null) return 0;
    this.#version = metadata.version;
    this.#instruments = new Instruments(metadata.symbols, this.builder.symbols);
    this.#reader = new RecordReader(this.builder, this.#instruments, {
      mode: modeOfFormat(this.#format.name),
      isConsolidated: this.#format.quoteKind === 'nbbo',
    });
    return metadata.bytes;
  }

  #damagedLength(rtype: number, length: number): FormatError {
    const line = this.#records + 1;
    return new FormatError(
      `${this.#file}: record ${line} of type ${rtype} says it has ${length} bytes; the file is damaged, get it again`,
      { place: { file: this.#file, line } },
    );
  }

  #record(bytes: Uint8Array, at: number, rtype: number): void {
    switch (rtype) {
      case RTYPE.trade:
        this.#reader!.readTrade(at, this.#records);
        return;
      case RTYPE.mbp1:
      case RTYPE.cmbp1:
      case RTYPE.tcbbo:
        this.#reader!.readTopOfBook(at, this.#records);
        return;
      case RTYPE.mbo:
        this.#reader!.readOrder(at, this.#records);
        return;
      case RTYPE.symbolMapping:
        this.#rename(bytes, at);
        this.builder.otherRows += 1;
        return;
      default:
        this.builder.otherRows += 1;
    }
  }

  /** A message of a live stream that says which symbol an instrument has from now on. */
  #rename(bytes: Uint8Array, at: number): void {
    const layout = this.#version === 1 ? SYMBOL_MAPPING.v1 : SYMBOL_MAPPING.later;
    if (bytes[at]! * 4 < layout.bytes) return;
    const id = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + HEADER.instrument, true);
    const asked = cString(bytes, at + layout.inSymbol, layout.symbolBytes);
    const resolved = cString(bytes, at + layout.outSymbol, layout.symbolBytes);
    const [, symbol] = instrumentAndSymbol(asked, resolved);
    this.#instruments!.rename(id, symbol === '' ? tapeSymbol(resolved) : symbol);
  }
}
