import { describe, expect, it } from 'vitest';
import { beginningOf, decodeText } from '../../../src/sources/text/index.js';

describe('bytes of a text', () => {
  it('are UTF-8 where they can be, without a byte order mark', () => {
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41, 0xe2, 0x80, 0x99))).toBe('A’');
  });

  it('are windows-1252 where they cannot, the characters between 128 and 159 too', () => {
    expect(decodeText(Uint8Array.of(0x4d, 0x6f, 0x6f, 0x64, 0x79, 0x92, 0x73, 0x20, 0x80, 0xe9, 0x81))).toBe(
      'Moody’s €é\u0081',
    );
  });

  it('begin behind their byte order mark, a character a byte', () => {
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0xe9, 0x7d);
    expect(beginningOf(bytes, 2)).toBe('{é');
    expect(beginningOf(bytes.subarray(3), 9)).toBe('{é}');
  });
});
