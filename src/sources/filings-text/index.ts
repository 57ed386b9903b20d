import {
  type Detection,
  type Fact,
  FormatError,
  type ReadBatch,
  type SetAsideRow,
  type SourceFile,
  type SourceReader,
} from '../../core/index.js';
import {
  beginningOf,
  decodeText,
  looksBinary,
  setAsideRow,
  submissionDocuments,
  submissionType,
} from '../text/index.js';
import { coverOfDocument, coverOfHeader, FORM, formOfText } from './cover.js';
import { COUNTED_EXHIBIT, documentFact, type FiledDocument } from './documents.js';
import { isMarkup, textOfMarkup } from './markup.js';

const KINDS = {
  submission: 'sec-filing-submission',
  document: 'sec-filing-document',
  text: 'sec-filing-text',
} as const;
const HEAD_BYTES = 65_536;
const MAX_BYTES = 128 * 1024 ** 2;

/** Counts words of annual, quarterly and current reports and their press releases. See docs/sources/filings-text.md. */
export const filingsTextReader: SourceReader = {
  source: 'filings-text',
  detect: detectFiling,
  read: readFiling,
};

function detectFiling(file: SourceFile): Detection | null {
  if (looksBinary(file.bytes)) return null;
  const head = beginningOf(file.bytes, HEAD_BYTES);
  const form = submissionType(head);
  if (form !== null) {
    return FORM.test(form)
      ? { kind: KINDS.submission, evidence: `an EDGAR submission of form ${form}` }
      : null;
  }
  const type = /^\s*<DOCUMENT>\s*<TYPE>[ \t]*([^\r\n<]+)/i.exec(head)?.[1]?.trim().toUpperCase();
  if (type !== undefined) {
    return isCounted(type) ? { kind: KINDS.document, evidence: `a document of type ${type}` } : null;
  }
  const named = isMarkup(head) ? formOfMarkup(file, head) : formOfText(head);
  return named !== null && FORM.test(named)
    ? { kind: KINDS.text, evidence: `the cover of form ${named}` }
    : null;
}

const isCounted = (type: string): boolean => FORM.test(type) || COUNTED_EXHIBIT.test(type);

/** Inline XBRL may put megabytes before the cover, which it names in a tag. */
function formOfMarkup(file: SourceFile, head: string): string | null {
  if (!head.includes('xbrl')) return formOfText(textOfMarkup(head));
  const markup = decodeText(file.bytes);
  const tagged = coverOfDocument(markup, '').form;
  return tagged ?? formOfText(textOfMarkup(head));
}

/**
 * Reads a submission, a document out of one, or a saved text. A row is a document whose words are counted; pictures, data
 * files and other exhibits of a submission are none.
 * @throws {FormatError} where the file is too large, or a submission holds no such document
 */
function* readFiling(file: SourceFile, { kind }: Detection): Generator<ReadBatch> {
  if (file.bytes.length > MAX_BYTES) {
    throw new FormatError(
      `${file.name}: a filing of ${file.bytes.length} bytes; at most ${MAX_BYTES} are read`,
    );
  }
  const content = decodeText(file.bytes);
  const documents = kind === KINDS.text ? [wholeText(content)] : countedDocuments(content);
  if (documents.length === 0) {
    throw new FormatError(
      `${file.name} holds no report or press release; see docs/sources/filings-text.md for what is counted`,
      { place: { file: file.name } },
    );
  }
  const header = kind === KINDS.submission ? coverOfHeader(content) : null;
  const facts: Fact[] = [];
  const setAside: SetAsideRow[] = [];
  for (const document of documents) {
    const fact = documentFact(document, header, file.name);
    if (fact !== null) facts.push(fact);
    else {
      const [column, found, expected, reason] = [null, '', 'a text', 'the document has no words'];
      setAside.push(setAsideRow(document.rowNumber, { column, found, expected, reason }));
    }
  }
  yield { facts, setAside, rowsRead: documents.length };
}

const wholeText = (body: string): FiledDocument => ({ type: null, body, rowNumber: 1 });

function countedDocuments(content: string): FiledDocument[] {
  return submissionDocuments(content)
    .filter(({ type }) => isCounted(type))
    .map(({ type, body, line }) => ({ type, body, rowNumber: line }));
}
