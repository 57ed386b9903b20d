const SAMPLE_BYTES = 8192;

/**
 * True where the first eight kilobytes are no text: a NUL (so UTF-16 counts as binary), or more than one byte in ten is a
 * control character other than tab, line feed, form feed, carriage return or the end-of-file mark of old systems (0x1A).
 */
export function looksBinary(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, SAMPLE_BYTES);
  let controls = 0;
  for (let index = 0; index < length; index += 1) {
    const byte = bytes[index]!;
    if (byte === 0) return true;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 26) controls += 1;
  }
  return controls * 10 > length;
}
