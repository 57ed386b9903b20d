import { Buffer } from 'node:buffer';

/**
 * Bytes 128 to 159 in windows-1252, by the WHATWG encoding standard. A table of our own, since TextDecoder of several
 * versions of Node takes windows-1252 for latin1, which has control characters there.
 */
const UPPER_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';
const FIRST = 128;

/** The character that programs for Windows mean by a code of 128 to 159. */
export function windowsCharacter(code: number): string | null {
  return UPPER_CONTROLS[code - FIRST] ?? null;
}

/** UTF-8 without its byte order mark where the bytes are valid UTF-8, else windows-1252, which reads any bytes. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    return latin1.replace(/[\u0080-\u009F]/g, (control) => windowsCharacter(control.charCodeAt(0))!);
  }
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** The first bytes as text, one character each and without a byte order mark: enough to recognise a file by. */
export function beginningOf(bytes: Uint8Array, count: number): string {
  const start = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  return new TextDecoder('latin1').decode(bytes.subarray(start, start + count));
}
