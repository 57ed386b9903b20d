import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openTapeFiles, type TapeFile } from '../../src/ingest/index.js';
import { zipOf } from '../../src/simulate/zip-writer.js';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-tape-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CONTENT = Buffer.from(Array.from({ length: 40_000 }, (_, i) => `${i},${i * 7919}\n`).join(''));
/** Frame of 'hello tape' by zstd 1.5.4, with its checksum. */
const ZSTD = Buffer.from('KLUv/QRYUQAAaGVsbG8gdGFwZUaSjA4=', 'base64');

async function open(...files: readonly (readonly [name: string, bytes: Uint8Array])[]): Promise<TapeFile[]> {
  const found = files.map(([name, bytes]) => {
    writeFileSync(join(folder, name), bytes);
    return { path: join(folder, name), name, problem: null };
  });
  const opened: TapeFile[] = [];
  for await (const file of openTapeFiles(found)) opened.push(file);
  return opened;
}

async function bytesOf(file: TapeFile): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of file.chunks()) parts.push(part);
  return Buffer.concat(parts);
}

describe('a tape file', () => {
  it.each([
    ['plain', CONTENT],
    ['gzip', gzipSync(CONTENT)],
    ['gzip of two members', Buffer.concat([gzipSync(CONTENT.subarray(0, 9)), gzipSync(CONTENT.subarray(9))])],
    ['gzip in gzip', gzipSync(gzipSync(CONTENT))],
    ['gzip in zip', zipOf([['a.csv.gz', gzipSync(CONTENT)]], '2026-11-06' as never)],
  ])('is unpacked as a stream: %s', async (_name, packed) => {
    const [file] = await open(['tape.bin', packed]);
    expect(Buffer.compare(file!.head, CONTENT.subarray(0, 65_536))).toBe(0);
    expect((await bytesOf(file!)).equals(CONTENT)).toBe(true);
    expect((await bytesOf(file!)).equals(CONTENT)).toBe(true);
  });

  it('is unpacked from frames of Zstandard, one after the other', async () => {
    const [file] = await open(['tape.zst', Buffer.concat([ZSTD, ZSTD])]);
    expect((await bytesOf(file!)).toString()).toBe('hello tapehello tape');
  });

  it('gives one file for each member of a zip archive', async () => {
    const zip = zipOf(
      [
        ['b.csv', Buffer.from('b')],
        ['folder/a.csv', CONTENT],
      ],
      '2026-11-06' as never,
    );
    const files = await open(['two.zip', zip]);
    expect(files.map(({ name }) => name)).toEqual(['two.zip/b.csv', 'two.zip/folder/a.csv']);
    expect((await bytesOf(files[1]!)).equals(CONTENT)).toBe(true);
  });

  it.each([
    ['gzip', gzipSync(CONTENT).subarray(0, -20), /cut: the gzip data is truncated or damaged/],
    ['Zstandard', ZSTD.subarray(0, -6), /cut: the zstd data is truncated or damaged/],
    [
      'zip',
      zipOf([['a.csv', CONTENT]], '2026-11-06' as never).subarray(0, -30),
      /cut: the zip archive is truncated/,
    ],
  ])('is refused where it is cut: %s', async (_name, packed, message) => {
    const reading = async () => bytesOf((await open(['cut', packed]))[0]!);
    await expect(reading()).rejects.toThrow(message);
  });

  it('is refused where a member does not match its checksum', async () => {
    const zip = Buffer.from(zipOf([['a.csv', Buffer.from('hello tape')]], '2026-11-06' as never));
    zip[zip.indexOf(Buffer.from('PK\x01\x02')) + 16]! ^= 1;
    await expect((async () => bytesOf((await open(['bad.zip', zip]))[0]!))()).rejects.toThrow(
      /its checksum is wrong/,
    );
  });

  it('is opened with its other half, LOBSTER in two files', async () => {
    const name = 'AAPL_2012-06-21_34200000_57600000_message_1.csv';
    const book = name.replace('message', 'orderbook');
    const halves = [
      [name, Buffer.from('34200.1,1,1,10,5853300,1\n')],
      [book, gzipSync('5859400,200,5853300,18\n')],
    ] as const;
    const bothGiven = await open(...halves);
    expect(bothGiven).toHaveLength(1);
    expect((await bytesOf(bothGiven[0]!)).toString()).toBe(
      '34200.1,1,1,10,5853300,1,5859400,200,5853300,18\n',
    );
    expect(bothGiven[0]!.head.toString()).toMatch(/,1,5859400,/);
    for (const half of halves) expect((await open(half)).map((file) => file.name)).toEqual([name]);
    const zip = zipOf(halves, '2026-11-06' as never);
    expect((await open(['pair.zip', zip])).map((file) => file.name)).toEqual([`pair.zip/${name}`]);
  });

  it('holds no more of a long stream than its pieces', async () => {
    const long = join(folder, 'long.csv.gz');
    const zeros = Readable.from(
      (function* () {
        for (let i = 0; i < 200; i += 1) yield Buffer.alloc(1_000_000);
      })(),
    );
    await pipeline(zeros, createGzip({ level: 1 }), createWriteStream(long));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let length = 0;
    for await (const file of openTapeFiles([{ path: long, name: 'long', problem: null }])) {
      for await (const chunk of file.chunks()) {
        length += chunk.length;
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
    }
    expect(length).toBe(200_000_000);
    expect(most).toBeLessThan(64 * 1024 ** 2);
  });
});
