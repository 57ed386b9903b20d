import { FormatError } from '../../core/index.js';

const PCAP_HEADER_BYTES = 24;
const PCAP_RECORD_BYTES = 16;
/** Both time units, as a little-endian reader sees the file's own and the other byte order. */
const PCAP_MAGIC = [0xa1b2c3d4, 0xa1b23c4d];
const PCAP_MAGIC_SWAPPED = [0xd4c3b2a1, 0x4d3cb2a1];
const SECTION = 0x0a0d0d0a;
const SECTION_ORDER = 0x1a2b3c4d;
const SECTION_ORDER_SWAPPED = 0x4d3c2b1a;
const BLOCK = { interface: 1, obsoletePacket: 2, simplePacket: 3, packet: 6 } as const;
/** A longer record is damage: a captured packet has no more than 256 KiB. */
const MAX_RECORD_BYTES = 16 * 1024 ** 2;

/** Whether bytes begin like a capture of network packets. */
export function isCapture(bytes: Uint8Array): boolean {
  if (bytes.length < PCAP_HEADER_BYTES) return false;
  const magic = viewOf(bytes).getUint32(0, true);
  return magic === SECTION || PCAP_MAGIC.includes(magic) || PCAP_MAGIC_SWAPPED.includes(magic);
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Walks over the packets of a capture, pcap or pcapng of either byte order. After `advance` the fields tell where the
 * packet stands in the bytes.
 */
export class Capture {
  /** Beginning of the packet; -1 where the record held none. */
  start = -1;
  end = -1;
  linkType = -1;
  /** Packets so far. */
  packets = 0;
  readonly #file: string;
  #kind: 'unknown' | 'pcap' | 'pcapng' = 'unknown';
  #isLittle = true;
  #linkTypes: number[] = [];
  #view = viewOf(new Uint8Array(0));

  constructor(file: string) {
    this.#file = file;
  }

  /** The bytes that the next calls speak of. */
  load(bytes: Uint8Array): void {
    this.#view = viewOf(bytes);
  }

  /**
   * Takes one record.
   * @returns the place behind it; -1 where it is not all there yet
   * @throws {FormatError} where a length in the capture is damaged
   */
  advance(at: number): number {
    this.start = -1;
    if (this.#kind === 'unknown') return this.#begin(at);
    return this.#kind === 'pcap' ? this.#pcapRecord(at) : this.#block(at);
  }

  #begin(at: number): number {
    if (at + PCAP_HEADER_BYTES > this.#view.byteLength) return -1;
    const magic = this.#view.getUint32(at, true);
    if (magic === SECTION) {
      this.#kind = 'pcapng';
      return this.#block(at);
    }
    this.#kind = 'pcap';
    this.#isLittle = PCAP_MAGIC.includes(magic);
    this.#linkTypes = [this.#view.getUint32(at + 20, this.#isLittle) & 0xffff];
    return at + PCAP_HEADER_BYTES;
  }

  #pcapRecord(at: number): number {
    if (at + PCAP_RECORD_BYTES > this.#view.byteLength) return -1;
    const length = this.#view.getUint32(at + 8, this.#isLittle);
    this.#check(length);
    return this.#packet(at + PCAP_RECORD_BYTES, length, {
      behind: at + PCAP_RECORD_BYTES + length,
      place: 0,
    });
  }

  #block(at: number): number {
    if (at + 12 > this.#view.byteLength) return -1;
    const isSection = this.#view.getUint32(at, true) === SECTION;
    if (isSection) this.#beginSection(at);
    const type = this.#view.getUint32(at, this.#isLittle);
    const length = this.#view.getUint32(at + 4, this.#isLittle);
    this.#check(length);
    if (length < 12 || length % 4 !== 0) throw this.#damaged(length);
    const behind = at + length;
    if (behind > this.#view.byteLength) return -1;
    if (isSection) return behind;
    return this.#blockOfType(type, at + 8, behind);
  }

  #beginSection(at: number): void {
    const order = this.#view.getUint32(at + 8, true);
    if (order !== SECTION_ORDER && order !== SECTION_ORDER_SWAPPED) {
      throw new FormatError(
        `${this.#file}: a section of the capture does not tell its byte order; get the file again`,
      );
    }
    this.#isLittle = order === SECTION_ORDER;
    this.#linkTypes = [];
  }

  #blockOfType(type: number, at: number, behind: number): number {
    const body = behind - 4 - at;
    if (type === BLOCK.interface && body >= 8) {
      this.#linkTypes.push(this.#view.getUint16(at, this.#isLittle));
    } else if ((type === BLOCK.packet || type === BLOCK.obsoletePacket) && body >= 20) {
      const place =
        type === BLOCK.packet
          ? this.#view.getUint32(at, this.#isLittle)
          : this.#view.getUint16(at, this.#isLittle);
      const length = this.#view.getUint32(at + 12, this.#isLittle);
      if (length > body - 20) throw this.#damaged(length);
      return this.#packet(at + 20, length, { behind, place });
    } else if (type === BLOCK.simplePacket && body >= 4) {
      const length = Math.min(this.#view.getUint32(at, this.#isLittle), body - 4);
      return this.#packet(at + 4, length, { behind, place: 0 });
    }
    return behind;
  }

  #packet(
    start: number,
    length: number,
    record: { readonly behind: number; readonly place: number },
  ): number {
    if (record.behind > this.#view.byteLength) return -1;
    this.start = start;
    this.end = start + length;
    this.linkType = this.#linkTypes[record.place] ?? -1;
    this.packets += 1;
    return record.behind;
  }

  #check(length: number): void {
    if (length > MAX_RECORD_BYTES) throw this.#damaged(length);
  }

  #damaged(length: number): FormatError {
    return new FormatError(
      `${this.#file}: the record behind packet ${this.packets} of the capture says it has ${length} bytes; the file is damaged, get it again`,
      { place: { file: this.#file, line: this.packets + 1 } },
    );
  }
}
