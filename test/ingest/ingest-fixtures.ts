import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import {
  type Effects,
  FormatError,
  type ReadBatch,
  type SetAsideRow,
  type SourceReader,
  silentLog,
  silentProgress,
} from '../../src/core/index.js';
import { type ImportOptions, importPaths } from '../../src/ingest/index.js';
import type { Store } from '../../src/store/index.js';
import { macroFact, newStore, type SetClock, temporaryFolder } from '../store/store-fixtures.js';

const BATCH_LINES = 100;

/**
 * Reads lines 'SERIES,DATE,VALUE' below a first line '#series'. A value '!' breaks the whole file, '?' is a fault of the
 * reader, any other text that is no number sets the row aside.
 */
export const seriesReader: SourceReader = {
  source: 'test-series',
  detect: ({ bytes }) =>
    Buffer.from(bytes.subarray(0, 7)).toString() === '#series'
      ? { kind: 'series-text', evidence: 'its first line' }
      : null,
  *read({ bytes, name }) {
    const lines = Buffer.from(bytes).toString().trimEnd().split('\n').slice(1);
    for (let start = 0; start < lines.length; start += BATCH_LINES) {
      yield readLines(lines.slice(start, start + BATCH_LINES), start + 2, name);
    }
  },
};

function readLines(lines: readonly string[], firstRow: number, name: string): ReadBatch {
  const facts = [];
  const setAside: SetAsideRow[] = [];
  for (const [index, line] of lines.entries()) {
    const rowNumber = firstRow + index;
    const [series, date, value] = line.split(',') as [string, string, string];
    if (value === '!') throw new FormatError(`${name}: broken in row ${rowNumber}; get the file again`);
    if (value === '?') throw new TypeError('undefined is not a function');
    if (Number.isFinite(Number(value))) facts.push(macroFact(rowNumber, series, date, Number(value)));
    else
      setAside.push({ rowNumber, column: 'VALUE', found: value, expected: 'a number', reason: 'no number' });
  }
  return { facts, setAside, rowsRead: lines.length };
}

export const seriesText = (series: string, ...values: (number | string)[]): string =>
  `#series\n${values.map((value, index) => `${series},2025-11-${String(index + 1).padStart(2, '0')},${value}`).join('\n')}\n`;

interface ZipMember {
  readonly name: string;
  readonly contents: string | Uint8Array;
  readonly encrypted?: boolean;
  readonly method?: number;
  readonly claimedBytes?: number;
}

/** A zip archive after PKWARE's APPNOTE 6.3, with a central directory that may lie. */
export function zipOf(...members: ZipMember[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, contents, encrypted = false, method = 8, claimedBytes } of members) {
    const raw = Buffer.from(contents);
    const packed = method === 8 ? deflateRawSync(raw) : raw;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(encrypted ? 1 : 0, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedBytes ?? raw.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const header = [Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed];
    local.push(...header);
    central.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name));
    offset += header.reduce((sum, part) => sum + part.length, 0);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

export interface Bench {
  readonly store: Store;
  readonly clock: SetClock;
  /** Folder of the files to import. */
  readonly inbox: string;
  put(name: string, contents: string | Uint8Array): Promise<string>;
  /** Imports the inbox, or the named files of it. */
  run(names?: readonly string[], options?: Partial<ImportOptions>): ReturnType<typeof importPaths>;
}

export async function newBench(): Promise<Bench> {
  const { store, clock } = await newStore();
  const inbox = join(await temporaryFolder(), 'inbox');
  await mkdir(inbox);
  const effects: Effects = { clock, progress: silentProgress, log: silentLog };
  return {
    store,
    clock,
    inbox,
    async put(name, contents) {
      const path = join(inbox, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, contents);
      return path;
    },
    run: (names, options = {}) =>
      importPaths(names === undefined ? [inbox] : names.map((name) => join(inbox, name)), {
        store,
        effects,
        readers: [seriesReader],
        command: 'test import',
        ...options,
      }),
  };
}
