import { FormatError } from '../../core/index.js';
import type { SgmlDocument } from '../text/index.js';
import { looksLikeAsciiForm, parseAsciiCover } from './ascii-cover.js';
import { parseAsciiTable } from './ascii-table.js';
import { parseCoverPage } from './cover-page-xml.js';
import { parseInformationTable } from './information-table-xml.js';
import { type FilingFacts, mergeFacts, type RawEntry, type RawFiling } from './model.js';
import { parseSubmission } from './sgml.js';
import { rootElement } from './xml.js';

const FIRST_ENTRY_ROW = 2;

/**
 * A complete submission: header, cover page and information table, in XML or in plain text.
 * @throws {FormatError} where an XML document is refused, or a holdings report has no document that could be read
 */
export function readSubmission(text: string, file: string): RawFiling {
  const { facts: header, documents } = parseSubmission(text);
  let facts: FilingFacts = header;
  let table: RawEntry[] | null = null;
  for (const document of documents) {
    const root = rootElement(document.body);
    if (root === 'edgarSubmission') facts = mergeFacts(facts, parseCoverPage(document.body, file));
    else if (root === 'informationTable') {
      const entries = parseInformationTable(document.body, file, FIRST_ENTRY_ROW + (table?.length ?? 0));
      table = renumbered(table, entries);
    } else if (isFormText(document)) {
      facts = mergeFacts(facts, parseAsciiCover(document.body));
      table = renumbered(table, asciiEntries(document));
    }
  }
  if (!isNotice(facts) && !documents.some(({ body }) => rootElement(body) === 'informationTable')) {
    for (const document of documents.filter(isTableText)) {
      if (document.type.startsWith('13F') || (table ?? []).length === 0)
        table = renumbered(table, asciiEntries(document));
    }
  }
  if (facts === header && table === null) {
    throw new FormatError(
      `${file}: no cover page and no information table in this submission; get it again whole`,
      {
        place: { file },
      },
    );
  }
  return { facts, table: isNotice(facts) && (table?.length ?? 0) === 0 ? null : (table ?? []) };
}

/** A document of the form's own type that is no XML. */
function isFormText({ type, body }: SgmlDocument): boolean {
  return (type.startsWith('13F') || type === 'INFORMATION TABLE') && looksLikeAsciiForm(body);
}

/** An information table that was sent as a document of its own, with neither title nor totals of the form. */
function isTableText(document: SgmlDocument): boolean {
  const { type, body } = document;
  const isText = !/^(edgarSubmission|html)$/i.test(rootElement(body) ?? '') && !isFormText(document);
  return isText && /^(13F|INFORMATION TABLE|EX-99)/.test(type) && /\bCUSIP\b/i.test(body);
}

function asciiEntries(document: SgmlDocument): RawEntry[] {
  return parseAsciiTable(document.body, document.line);
}

/** Tables of several documents are one table. */
function renumbered(before: RawEntry[] | null, entries: readonly RawEntry[]): RawEntry[] {
  const count = before?.length ?? 0;
  return [...(before ?? []), ...entries.map((entry) => ({ ...entry, entry: entry.entry + count }))];
}

function isNotice(facts: FilingFacts): boolean {
  return facts.formType?.startsWith('13F-NT') ?? false;
}
