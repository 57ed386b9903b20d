import { crc32, deflateRawSync } from 'node:zlib';
import type { IsoDate } from '../core/index.js';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const VERSION_NEEDED = 20;
const DEFLATED = 8;

/**
 * A zip archive with one deflated member (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16; no zip64).
 * @param modified day of the member's time stamp; its time is noon
 */
export function zipOf(memberName: string, contents: Uint8Array, modified: IsoDate): Uint8Array {
  const name = Buffer.from(memberName, 'ascii');
  const compressed = deflateRawSync(contents);
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(VERSION_NEEDED, 0);
  shared.writeUInt16LE(DEFLATED, 4);
  shared.writeUInt16LE(12 << 11, 6);
  shared.writeUInt16LE(dosDate(modified), 8);
  shared.writeUInt32LE(crc32(contents), 10);
  shared.writeUInt32LE(compressed.length, 14);
  shared.writeUInt32LE(contents.length, 18);
  shared.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([uint32(LOCAL_HEADER), shared, name, compressed]);
  const madeBy = Buffer.from([VERSION_NEEDED, 0]);
  const commentDiskAndAttributes = Buffer.alloc(14);
  const central = Buffer.concat([uint32(CENTRAL_HEADER), madeBy, shared, commentDiskAndAttributes, name]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_OF_DIRECTORY, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** MS-DOS date: years since 1980, month, day in 7, 4 and 5 bits. */
function dosDate(date: IsoDate): number {
  const [year, month, day] = date.split('-').map(Number);
  return ((year! - 1980) << 9) | (month! << 5) | day!;
}
