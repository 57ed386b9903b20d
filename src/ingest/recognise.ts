import { createHash } from 'node:crypto';
import type { ColumnMapping, Detection, ReadContext, SourceFile, SourceReader } from '../core/index.js';
import { TAPE_READERS } from '../sources/index.js';
import { TAPE_HEAD_BYTES } from './tape-chunks.js';

/** A reader that takes a file, and how. */
export interface Recognition {
  readonly reader: SourceReader;
  readonly detection: Detection;
  readonly context: ReadContext;
  /** SHA-256 of the mapping that made the difference, or null. */
  readonly mappingSha256: string | null;
}

export function hashMapping({ kind, columns, constants }: ColumnMapping): string {
  const sorted = (record: Readonly<Record<string, string>>) =>
    Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([kind, sorted(columns), sorted(constants)]))
    .digest('hex');
}

function firstReader(
  file: SourceFile,
  readers: readonly SourceReader[],
  context: ReadContext,
): Omit<Recognition, 'mappingSha256'> | null {
  for (const reader of readers) {
    const detection = reader.detect(file, context);
    if (detection !== null) return { reader, detection, context };
  }
  return null;
}

/**
 * Asks the readers, in order, whether a file is theirs: with every mapping in turn, then with none. A mapping counts where
 * it changes the answer; several may apply to one file, for several tables.
 * @returns one entry for each way to read the file; none if no reader knows it
 */
export function recognise(
  file: SourceFile,
  readers: readonly SourceReader[],
  mappings: readonly ColumnMapping[],
): Recognition[] {
  const plain = firstReader(file, readers, {});
  const mapped: Recognition[] = [];
  for (const mapping of mappings) {
    const found = firstReader(file, readers, { mapping });
    if (found === null || sameAnswer(found, plain)) continue;
    mapped.push({ ...found, mappingSha256: hashMapping(mapping) });
  }
  if (mapped.length > 0) return mapped;
  return plain === null ? [] : [{ ...plain, mappingSha256: null }];
}

function sameAnswer(
  left: Omit<Recognition, 'mappingSha256'>,
  right: Omit<Recognition, 'mappingSha256'> | null,
): boolean {
  return (
    left.reader === right?.reader &&
    left.detection.kind === right.detection.kind &&
    left.detection.evidence === right.detection.evidence
  );
}

const A_TAPE = 'a tape';

/** Whether what `describeContents` said is that the file is a tape. */
export const isOfTape = (description: string | null): boolean =>
  description?.startsWith(`${A_TAPE} (`) ?? false;

/** What an unknown file looks like, in a few words. */
export function describeContents(name: string, bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const tape = tapeFormatName(name, bytes);
  if (tape !== null) return `${A_TAPE} (${tape}), which 'tidemark tape import' reads`;
  const head = bytes.subarray(0, 4096);
  if (isOldOffice(head)) return OLD_OFFICE;
  if (isUtf16(head)) return 'text in UTF-16 (save it as UTF-8)';
  if (head.some((byte) => byte < 9 || (byte > 13 && byte < 32))) return 'binary data';
  const line = new TextDecoder().decode(head).split(/\r?\n/, 1)[0]!.trim();
  return `text that begins '${line.length > 60 ? `${line.slice(0, 60)}...` : line}'`;
}

const OLD_OFFICE = 'an Excel workbook or another document of old Office (save its sheet as CSV)';

/** A compound document, as [MS-CFB] begins it. */
const isOldOffice = (bytes: Uint8Array): boolean =>
  [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].every((byte, index) => bytes[index] === byte);

/** By its byte order mark, which programs that write UTF-16 put in front. */
const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

function tapeFormatName(name: string, bytes: Uint8Array): string | null {
  const file = { name, head: bytes.subarray(0, TAPE_HEAD_BYTES) };
  for (const reader of TAPE_READERS) {
    const format = reader.detect(file, {});
    if (format !== null) return format.name;
  }
  return null;
}
