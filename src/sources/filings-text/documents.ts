import { createHash } from 'node:crypto';
import { endOfDayInNewYork, type Fact, KNOWN_AT_IMPORT } from '../../core/index.js';
import { countWords } from './count.js';
import { type Cover, coverOfDocument, filedDateOfName } from './cover.js';
import { isMarkup, textOfMarkup, tidyLines } from './markup.js';
import { AI_TERMS, GUIDANCE_LEXICON } from './terms.js';

/** Exhibits whose words are counted: press releases and what is sent with them. */
export const COUNTED_EXHIBIT = /^EX-99/;

/** One document of a filing. */
export interface FiledDocument {
  /** As its envelope names it ('EX-99.1'); null without one. */
  readonly type: string | null;
  readonly body: string;
  readonly rowNumber: number;
}

/**
 * The fact of a document. A text that tells no day of filing, neither in its envelope nor by its file's name, is known
 * from the import on.
 * @param header what the envelope of the whole submission says, where there is one
 */
export function documentFact(
  document: FiledDocument,
  header: Cover | null,
  fileName: string,
): Fact<'filingTexts'> | null {
  const text = isMarkup(document.body) ? textOfMarkup(document.body) : tidyLines(document.body);
  if (text === '') return null;
  const own = coverOfDocument(document.body, text);
  const periodOfReport = header?.periodOfReport ?? own.periodOfReport;
  const filedDate = header?.filedDate ?? (header === null ? filedDateOfName(fileName, periodOfReport) : null);
  const acceptedAt = header?.acceptedAt ?? null;
  const form = header?.form ?? own.form;
  return {
    table: 'filingTexts',
    row: {
      documentHash: createHash('sha256').update(text).digest('hex'),
      termList: AI_TERMS.version,
      guidanceLexicon: GUIDANCE_LEXICON.version,
      accessionNumber: header?.accessionNumber ?? null,
      cik: header?.cik ?? own.cik,
      symbol: own.symbol,
      companyName: header?.companyName ?? own.companyName,
      form,
      documentType: document.type ?? form,
      filedDate,
      periodOfReport,
      ...countWords(text),
    },
    periodStart: filedDate ?? periodOfReport,
    periodEnd: filedDate ?? periodOfReport,
    knownAt: acceptedAt ?? (filedDate === null ? KNOWN_AT_IMPORT : endOfDayInNewYork(filedDate)),
    knownAtKind: acceptedAt !== null ? 'published' : filedDate === null ? 'import' : 'rule',
    rowNumber: document.rowNumber,
  };
}
