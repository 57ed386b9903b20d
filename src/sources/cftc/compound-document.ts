import { Buffer } from 'node:buffer';

/** First bytes of a compound document, the container of every workbook of Excel 97 to 2003. */
export const COMPOUND_DOCUMENT = Buffer.from('d0cf11e0a1b11ae1', 'hex');

const HEADER_BYTES = 512;
const DIRECTORY_ENTRY_BYTES = 128;
const STREAM = 2;
/** Sector numbers from here on are marks: free, end of a chain, table sectors ([MS-CFB] 2.1). */
const FIRST_MARK = 0xfffffffa;
const END_OF_CHAIN = 0xfffffffe;
/** Smaller streams live elsewhere in the container; a report's header alone is larger. */
const SMALLEST_STREAM_BYTES = 4096;

/**
 * A stream of a compound document ([MS-CFB]), by its name in the directory.
 * @throws {Error} where the container is broken, cut short, or has no such stream of at least 4096 bytes
 */
export function readStream(bytes: Buffer, name: string): Buffer {
  const container = new CompoundDocument(bytes);
  const directory = container.chain(bytes.readUInt32LE(48));
  for (let at = 0; at + DIRECTORY_ENTRY_BYTES <= directory.length; at += DIRECTORY_ENTRY_BYTES) {
    const entry = directory.subarray(at, at + DIRECTORY_ENTRY_BYTES);
    const nameBytes = Math.max(0, Math.min(64, entry.readUInt16LE(64)) - 2);
    if (entry[66] !== STREAM || entry.toString('utf16le', 0, nameBytes) !== name) continue;
    const size = entry.readUInt32LE(120);
    if (size < SMALLEST_STREAM_BYTES) break;
    const stream = container.chain(entry.readUInt32LE(116));
    if (stream.length < size || stream.length - size >= container.sectorBytes)
      throw new Error('parts of it are missing');
    return stream.subarray(0, size);
  }
  throw new Error('it holds no workbook');
}

class CompoundDocument {
  readonly sectorBytes: number;
  readonly #bytes: Buffer;
  /** The sectors of the allocation table, in order. */
  readonly #table: readonly number[];

  constructor(bytes: Buffer) {
    if (bytes.length < HEADER_BYTES) throw new Error('its container is cut short');
    const shift = bytes.readUInt16LE(30);
    if (shift !== 9 && shift !== 12) throw new Error('its container has sectors of no known size');
    this.sectorBytes = 2 ** shift;
    this.#bytes = bytes;
    this.#table = this.#tableSectors();
  }

  /** Contents of the sectors from one on, as the allocation table links them. */
  chain(start: number): Buffer {
    const parts: Buffer[] = [];
    for (let sector = start; sector !== END_OF_CHAIN; sector = this.#next(sector)) {
      parts.push(this.#sector(sector));
      this.#checkLength(parts.length);
    }
    return Buffer.concat(parts);
  }

  #next(sector: number): number {
    const perSector = this.sectorBytes / 4;
    const table = this.#table[Math.floor(sector / perSector)];
    if (table === undefined) throw new Error('its container is broken');
    return this.#integer(table, sector % perSector);
  }

  /** The header lists the first 109 sectors of the table; further ones are listed in a chain of their own. */
  #tableSectors(): number[] {
    const sectors: number[] = [];
    for (let at = 76; at < HEADER_BYTES; at += 4) sectors.push(this.#bytes.readUInt32LE(at));
    let list = this.#bytes.readUInt32LE(68);
    const perSector = this.sectorBytes / 4;
    while (list < FIRST_MARK) {
      for (let index = 0; index < perSector - 1; index += 1) sectors.push(this.#integer(list, index));
      list = this.#integer(list, perSector - 1);
      this.#checkLength(sectors.length / perSector);
    }
    return sectors.filter((sector) => sector < FIRST_MARK);
  }

  #integer(sector: number, index: number): number {
    const content = this.#sector(sector);
    if (content.length < 4 * index + 4) throw new Error('its container is cut short');
    return content.readUInt32LE(4 * index);
  }

  #sector(sector: number): Buffer {
    const start = (sector + 1) * this.sectorBytes;
    if (sector >= FIRST_MARK) throw new Error('its container is broken');
    if (start >= this.#bytes.length) throw new Error('its container is cut short');
    return this.#bytes.subarray(start, start + this.sectorBytes);
  }

  /** A chain longer than the file runs in a circle. */
  #checkLength(sectors: number): void {
    if (sectors * this.sectorBytes > this.#bytes.length) throw new Error('its container is broken');
  }
}
