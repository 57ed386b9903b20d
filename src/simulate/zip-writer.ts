import { crc32, deflateRawSync } from 'node:zlib';
import type { IsoDate } from '../core/index.js';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const VERSION_NEEDED = 20;
const DEFLATED = 8;

/**
 * A zip archive of deflated members (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16; no zip64).
 * @param members contents by name, in the order of the archive
 * @param modified day of the members' time stamps; their time is noon
 */
export function zipOf(
  members: readonly (readonly [name: string, contents: Uint8Array])[],
  modified: IsoDate,
): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [memberName, contents] of members) {
    const name = Buffer.from(memberName, 'ascii');
    const compressed = deflateRawSync(contents);
    const shared = sharedFields(contents, { compressed: compressed.length, name: name.length, modified });
    const local = Buffer.concat([uint32(LOCAL_HEADER), shared, name, compressed]);
    parts.push(local);
    directory.push(centralHeader(shared, name, offset));
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_OF_DIRECTORY, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** The fields that stand in the local header and in the directory alike. */
function sharedFields(
  contents: Uint8Array,
  given: { readonly compressed: number; readonly name: number; readonly modified: IsoDate },
): Buffer {
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(VERSION_NEEDED, 0);
  shared.writeUInt16LE(DEFLATED, 4);
  shared.writeUInt16LE(12 << 11, 6);
  shared.writeUInt16LE(dosDate(given.modified), 8);
  shared.writeUInt32LE(crc32(contents), 10);
  shared.writeUInt32LE(given.compressed, 14);
  shared.writeUInt32LE(contents.length, 18);
  shared.writeUInt16LE(given.name, 22);
  return shared;
}

function centralHeader(shared: Buffer, name: Buffer, offset: number): Buffer {
  const madeBy = Buffer.from([VERSION_NEEDED, 0]);
  const commentDiskAndAttributes = Buffer.alloc(10);
  return Buffer.concat([
    uint32(CENTRAL_HEADER),
    madeBy,
    shared,
    commentDiskAndAttributes,
    uint32(offset),
    name,
  ]);
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
