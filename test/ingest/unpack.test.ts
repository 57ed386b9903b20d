import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../src/core/index.js';
import { UNPACK_LIMITS, unpack } from '../../src/ingest/unpack.js';
import { zipOf } from './ingest-fixtures.js';

const LIMITS = { totalBytes: 10_000, members: 3, ratio: 20, ratioFromBytes: 1_000, depth: 2 };
const noise = (bytes: number): Buffer =>
  Buffer.from(Array.from({ length: bytes }, (_, index) => (Math.imul(index, 2654435761) >>> 13) & 255));
const open = (name: string, bytes: Uint8Array, limits = LIMITS) =>
  unpack({ name, bytes }, () => false, limits);

describe('unpack', () => {
  it.each([
    ['a gzip beyond the size', gzipSync(noise(10_001)), /unpacks to more than the 0 MB that are allowed/],
    [
      'a zip beyond the size',
      zipOf({ name: 'a', contents: noise(6_000) }, { name: 'b', contents: noise(6_000) }),
      /unpacks to more than/,
    ],
    ['a gzip bomb', gzipSync(Buffer.alloc(9_000)), /unpacks to \d+ times its size, more than the 20 times/],
    ['a zip bomb', zipOf({ name: 'a', contents: Buffer.alloc(9_000) }), /unpacks to \d+ times its size/],
    [
      'a zip of too many members',
      zipOf(...'abcd'.split('').map((name) => ({ name, contents: name }))),
      /more than the 3 members/,
    ],
    ['archives in archives in archives', gzipSync(gzipSync(gzipSync('x'))), /go deeper than 2/],
    [
      'an encrypted member',
      zipOf({ name: 'a', contents: 'x', encrypted: true }),
      /^x\/a: is encrypted|^x: .*[Ee]ncrypt/,
    ],
    ['an unknown method', zipOf({ name: 'a', contents: 'x', method: 99 }), /packed with method 99/],
    ['a size that lies low', zipOf({ name: 'a', contents: noise(5_000), claimedBytes: 10 }), /damaged/],
    ['a size that lies high', zipOf({ name: 'a', contents: noise(10), claimedBytes: 500 }), /damaged/],
    [
      'two members of one name',
      zipOf({ name: 'a', contents: '1' }, { name: 'a', contents: '2' }),
      /two members named 'a'/,
    ],
    ['a member that climbs out', zipOf({ name: '../a', contents: '1' }), /damaged/],
  ])('refuses %s in one line', async (_, bytes, message) => {
    const error = await open('x', bytes).catch((caught: unknown) => caught as Error);
    expect(error).toBeInstanceOf(FormatError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
  });

  it('counts nested archives against one budget', async () => {
    const inner = gzipSync(noise(6_000));
    expect(await open('x', zipOf({ name: 'a', contents: inner, method: 0 }))).toHaveLength(1);
    const outer = zipOf({ name: 'a', contents: inner, method: 0 }, { name: 'b', contents: inner, method: 0 });
    await expect(open('x', outer)).rejects.toThrow(/x\/b: unpacks to more than/);
  });

  it('refuses a damaged byte of any member by its checksum', async () => {
    const bytes = zipOf({ name: 'a', contents: noise(500), method: 0 });
    bytes[100]! ^= 1;
    await expect(open('x', bytes)).rejects.toThrow(
      /x\/a: the zip archive is truncated or damaged \(its checksum is wrong\)/,
    );
  });

  it('gives back what was packed, or says what is wrong, for any damage', async () => {
    const contents = noise(300);
    const archives = [gzipSync(contents), zipOf({ name: 'a', contents }, { name: 'b', contents: 'text' })];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...archives),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }),
        fc.option(fc.nat(400)),
        async (archive, changes, cut) => {
          const bytes = Buffer.from(archive.subarray(0, cut ?? archive.length));
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            for (const file of await open('x', bytes)) {
              if (file.name === 'x/a' && bytes[0] === 0x50) expect(file.bytes).toEqual(contents);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has stated limits', () => {
    expect(UNPACK_LIMITS).toEqual({
      totalBytes: 2 ** 30,
      members: 10_000,
      ratio: 250,
      ratioFromBytes: 2 ** 24,
      depth: 3,
    });
  });
});
