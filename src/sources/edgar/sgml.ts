import { newYorkInstant, normalizeCik } from '../../core/index.js';
import { readDate } from './fields.js';
import { type FilingFacts, NO_FACTS } from './model.js';

/** A document inside a submission. */
export interface SgmlDocument {
  readonly type: string;
  /** Without the tags TEXT and XML around it. */
  readonly body: string;
  /** 1-based line of the file on which `body` starts. */
  readonly line: number;
}

/** A complete submission text file, or the same from EDGAR's feed (`.nc`). */
export interface SgmlSubmission {
  readonly facts: FilingFacts;
  readonly documents: readonly SgmlDocument[];
}

/** Form type a submission's header names, in either form of header; null where the text is no submission. */
export function submissionType(text: string): string | null {
  const header = headerOf(text.slice(0, 16_384));
  if (!/<(SEC-HEADER|IMS-HEADER|SUBMISSION|ACCEPTANCE-DATETIME)>/.test(header)) return null;
  return headerValue(header, 'CONFORMED SUBMISSION TYPE', 'TYPE')?.toUpperCase() ?? null;
}

export function parseSubmission(text: string): SgmlSubmission {
  return { facts: headerFacts(headerOf(text)), documents: documentsOf(text) };
}

function headerOf(text: string): string {
  const start = text.search(/<DOCUMENT>/i);
  return start < 0 ? text : text.slice(0, start);
}

function headerFacts(header: string): FilingFacts {
  const date = (label: string, tag: string) => readDate(headerValue(header, label, tag) ?? '');
  return {
    ...NO_FACTS,
    accessionNumber: headerValue(header, 'ACCESSION NUMBER', 'ACCESSION-NUMBER'),
    formType: headerValue(header, 'CONFORMED SUBMISSION TYPE', 'TYPE')?.toUpperCase() ?? null,
    periodOfReport: date('CONFORMED PERIOD OF REPORT', 'PERIOD'),
    filedDate: date('FILED AS OF DATE', 'FILING-DATE'),
    acceptedAt: acceptance(header),
    cik: normalizeCik(headerValue(header, 'CENTRAL INDEX KEY', 'CIK') ?? ''),
    managerName: headerValue(header, 'COMPANY CONFORMED NAME', 'CONFORMED-NAME'),
  };
}

/** `<ACCEPTANCE-DATETIME>` is a wall-clock time in New York. */
function acceptance(header: string): FilingFacts['acceptedAt'] {
  const match = /<ACCEPTANCE-DATETIME>\s*(\d{8})(\d\d)(\d\d)(\d\d)/.exec(header);
  const day = match === null ? null : readDate(match[1]!);
  if (match === null || day === null) return null;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4])];
  return hour < 24 && minute < 60 && second < 60 ? newYorkInstant(day, hour, minute, second) : null;
}

/** First 'LABEL: value' of the text header or '<TAG>value' of the feed's; a value ends at the line or the next tag. */
function headerValue(header: string, label: string, tag: string): string | null {
  const match =
    new RegExp(`^[ \\t]*${label}:[ \\t]*([^\\r\\n<]+)`, 'im').exec(header) ??
    new RegExp(`<${tag}>[ \\t]*([^\\r\\n<]+)`, 'i').exec(header);
  const value = match?.[1]?.trim() ?? '';
  return value === '' ? null : value;
}

function documentsOf(text: string): SgmlDocument[] {
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
