import { LineCursor } from './lines.js';
import { looksBinary } from './sniff.js';

/** A record of a delimited text. */
export interface DelimitedRecord {
  /** 1-based physical line on which the record starts; blank lines count. */
  readonly line: number;
  readonly fields: string[];
  /** Why the record cannot be used; where it cannot be split, `fields` holds its first line, whole. */
  readonly malformed?: string;
}

export interface DelimitedOptions {
  /** Default ','. */
  readonly separator?: ',' | '\t' | '|';
  /** Take blanks off both ends of every field, quoted or not. Default true. */
  readonly trim?: boolean;
  /** A longer field makes its record malformed. Default 65,536 characters. */
  readonly maxFieldLength?: number;
}

const MAX_FIELD_LENGTH = 65_536;
/** A quoted field that runs on for more lines is taken for a stray quote. */
const MAX_LINES_IN_QUOTES = 64;
const HEADER_BYTES = 65_536;
const LF = 10;
const CR = 13;
const STRAY_QUOTE = 'a quote is opened and never closed';

/**
 * Records of a delimited text after RFC 4180, read tolerantly: with or without a byte order mark; LF, CRLF or CR; quoted
 * fields with separators, ends of lines (read as LF) and doubled quotes in them, also with blanks around the quotes; blank
 * lines are passed over. A quote inside an unquoted field stands for itself. A stray quote costs the one line it stands on: reading
 * goes on with the next. Records of uneven length are the caller's business. Never throws on any bytes.
 */
export function* readDelimited(
  bytes: Uint8Array,
  options: DelimitedOptions = {},
): Generator<DelimitedRecord, void, undefined> {
  const separator = options.separator ?? ',';
  const trim = options.trim ?? true;
  const maxFieldLength = options.maxFieldLength ?? MAX_FIELD_LENGTH;
  const cursor = new LineCursor(bytes);
  for (let text = cursor.next(); text !== null; text = cursor.next()) {
    const line = cursor.line;
    let record: DelimitedRecord;
    if (text.includes('"')) {
      record = quotedRecord(cursor, text, { separator, trim, maxFieldLength });
    } else {
      if (isBlank(text, separator)) continue;
      const fields = text.split(separator);
      if (trim && /[ \t]/.test(text)) trimAll(fields);
      record = { line, fields };
    }
    if (text.length > maxFieldLength && record.fields.some((field) => field.length > maxFieldLength)) {
      record = {
        line,
        fields: record.fields,
        malformed: `a field is longer than ${maxFieldLength} characters`,
      };
    }
    yield record;
  }
}

/**
 * The fields of the first line that is not blank, cheaply: only the first 64 kilobytes are looked at.
 * @returns null for binary content, an empty file, and a first line that is no whole record
 */
export function sniffHeader(bytes: Uint8Array, options: DelimitedOptions = {}): string[] | null {
  if (looksBinary(bytes)) return null;
  for (const record of readDelimited(wholeLines(bytes, HEADER_BYTES), options)) {
    return record.malformed === undefined ? record.fields : null;
  }
  return null;
}

function wholeLines(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.length <= limit) return bytes;
  const head = bytes.subarray(0, limit);
  return head.subarray(0, Math.max(head.lastIndexOf(LF), head.lastIndexOf(CR)) + 1);
}

function isBlank(text: string, separator: string): boolean {
  if (text.length === 0) return true;
  const first = text.charCodeAt(0);
  return (first === 32 || first === 9) && text.trim().length === 0 && !text.includes(separator);
}

function trimAll(fields: string[]): void {
  for (let index = 0; index < fields.length; index += 1) fields[index] = fields[index]!.trim();
}

/** Reads on over the lines that the record's quotes hold open. */
function quotedRecord(
  cursor: LineCursor,
  first: string,
  options: Required<DelimitedOptions>,
): DelimitedRecord {
  const line = cursor.line;
  const more: string[] = [];
  let text = first;
  for (;;) {
    const split = splitQuoted(text, options.separator, options.trim);
    if (split.fields !== null) return { line, fields: split.fields };
    const next =
      split.malformed === STRAY_QUOTE &&
      more.length < MAX_LINES_IN_QUOTES &&
      text.length <= options.maxFieldLength
        ? cursor.next()
        : null;
    if (next === null) {
      cursor.putBack(more);
      return { line, fields: [first], malformed: split.malformed };
    }
    more.push(next);
    text += `\n${next}`;
  }
}

type Split = { readonly fields: string[] } | { readonly fields: null; readonly malformed: string };

function splitQuoted(text: string, separator: string, trim: boolean): Split {
  const fields: string[] = [];
  let position = 0;
  for (;;) {
    const start = trim ? skipBlanks(text, position, separator) : position;
    if (text[start] !== '"') {
      const end = indexOrEnd(text, separator, position);
      const field = text.slice(position, end);
      fields.push(trim ? field.trim() : field);
      if (end === text.length) return { fields };
      position = end + 1;
      continue;
    }
    const close = closingQuote(text, start + 1);
    if (close < 0) return { fields: null, malformed: STRAY_QUOTE };
    const after = trim ? skipBlanks(text, close + 1, separator) : close + 1;
    if (after < text.length && text[after] !== separator) {
      return { fields: null, malformed: 'text follows a closing quote' };
    }
    const field = text.slice(start + 1, close).replaceAll('""', '"');
    fields.push(trim ? field.trim() : field);
    if (after >= text.length) return { fields };
    position = after + 1;
  }
}

function indexOrEnd(text: string, separator: string, from: number): number {
  const index = text.indexOf(separator, from);
  return index < 0 ? text.length : index;
}

function skipBlanks(text: string, from: number, separator: string): number {
  let index = from;
  while (text[index] === ' ' || (text[index] === '\t' && separator !== '\t')) index += 1;
  return index;
}

/** Index of the quote that closes a field opened before `from`; -1 where none does. Doubled quotes are passed over. */
function closingQuote(text: string, from: number): number {
  for (let index = text.indexOf('"', from); index >= 0; index = text.indexOf('"', index + 2)) {
    if (text[index + 1] !== '"') return index;
  }
  return -1;
}
