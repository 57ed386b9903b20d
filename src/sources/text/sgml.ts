import { type Instant, isIsoDate, newYorkInstant } from '../../core/index.js';

const HEAD_CHARACTERS = 16_384;

/** A document inside a submission to EDGAR. */
export interface SgmlDocument {
  readonly type: string;
  /** Without the tags TEXT and XML around it. */
  readonly body: string;
  /** 1-based line of the file on which `body` starts. */
  readonly line: number;
}

/** Form type a submission's header names, in either form of header; null where the text is no submission. */
export function submissionType(text: string): string | null {
  const header = submissionHeader(text.slice(0, HEAD_CHARACTERS));
  if (!/<(SEC-HEADER|IMS-HEADER|SUBMISSION|ACCEPTANCE-DATETIME)>/.test(header)) return null;
  return headerValue(header, 'CONFORMED SUBMISSION TYPE', 'TYPE')?.toUpperCase() ?? null;
}

/** What stands before the first document. */
export function submissionHeader(text: string): string {
  const start = text.search(/<DOCUMENT>/i);
  return start < 0 ? text : text.slice(0, start);
}

/** First 'LABEL: value' of the text header or '<TAG>value' of the feed's; a value ends at the line or the next tag. */
export function headerValue(header: string, label: string, tag: string): string | null {
  const match =
    new RegExp(`^[ \\t]*${label}:[ \\t]*([^\\r\\n<]+)`, 'im').exec(header) ??
    new RegExp(`<${tag}>[ \\t]*([^\\r\\n<]+)`, 'i').exec(header);
  const value = match?.[1]?.trim() ?? '';
  return value === '' ? null : value;
}

/** `<ACCEPTANCE-DATETIME>` is a wall-clock time in New York. */
export function acceptanceInstant(header: string): Instant | null {
  const match = /<ACCEPTANCE-DATETIME>\s*(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(header);
  if (match === null) return null;
  const day = match.slice(1, 4).join('-');
  const [hour, minute, second] = match.slice(4).map(Number) as [number, number, number];
  const isMoment = isIsoDate(day) && hour < 24 && minute < 60 && second < 60;
  return isMoment ? newYorkInstant(day, hour, minute, second) : null;
}

/** The documents of a submission, in order. */
export function submissionDocuments(text: string): SgmlDocument[] {
  const documents: SgmlDocument[] = [];
  const starts = [...text.matchAll(/<DOCUMENT>/gi)].map((match) => match.index);
  let line = 1;
  let counted = 0;
  for (const [index, start] of starts.entries()) {
    const whole = text.slice(start, starts[index + 1] ?? text.length);
    const type = /<TYPE>[ \t]*([^\r\n<]*)/i.exec(whole)?.[1]?.trim() ?? '';
    const [from, to] = bodyOf(whole);
    line += lineEnds(text, counted, start + from);
    counted = start + from;
    documents.push({ type: type.toUpperCase(), body: whole.slice(from, to), line });
  }
  return documents;
}

function bodyOf(document: string): readonly [number, number] {
  const open = /<TEXT>\s*(?:<XML>\s*)?/i.exec(document);
  const from = open === null ? 0 : open.index + open[0].length;
  const end = document.slice(from).search(/<\/(XML|TEXT|DOCUMENT)>/i);
  return [from, end < 0 ? document.length : from + end];
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
