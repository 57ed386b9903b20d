import { normalizeCik } from '../../core/index.js';
import { readDate } from '../text/index.js';
import { readFileNumber, readNumber } from './fields.js';
import { type FilingFacts, NO_FACTS } from './model.js';

const CHECKED = '\\[\\s*[xX]\\s*\\]';

/** True for text that reads like the paper form: its title and one of its totals or headings. */
export function looksLikeAsciiForm(text: string): boolean {
  return /form\s+13F/i.test(text) && /(information table|institutional investment manager)/i.test(text);
}

/** What the cover and summary pages of a filing in plain text (before mid-2013) say. */
export function parseAsciiCover(text: string): FilingFacts {
  const isRestatement = checked(text, 'is\\s+a\\s+restatement');
  const addsHoldings = checked(text, 'adds\\s+new\\s+holdings');
  const isAmendment =
    isRestatement || addsHoldings || new RegExp(`if\\s+Amendment:?\\s*${CHECKED}`, 'i').test(text);
  const reportType = reportTypeOf(text);
  return {
    ...NO_FACTS,
    formType: `13F-${reportType === 'notice' ? 'NT' : 'HR'}${isAmendment ? '/A' : ''}`,
    periodOfReport: readDate(
      captured(
        text,
        /(?:Quarter|Year)\s+Ended:?\s*([A-Za-z]+\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}[-/]\d{1,2}[-/]\d{4})/i,
      ),
    ),
    managerName: captured(text, /^[ \t]*Name:[ \t]*(\S[^\r\n]*?)[ \t]*$/im) || null,
    cik: normalizeCik(captured(text, /\bCIK(?:\s+Number)?:?\s*(\d{4,10})/i)),
    reportType,
    amendmentType: isRestatement ? 'RESTATEMENT' : addsHoldings ? 'NEW HOLDINGS' : null,
    amendmentNumber: readNumber(captured(text, /Amendment\s+Number:?\s*(\d+)/i)),
    form13fFileNumber:
      readFileNumber(captured(text, /Form\s+13F\s+File\s+Number:?\s*(\d+\s*-\s*\d+)/i)) || null,
    managersReportingFor: listAfter(text, /List of Other Managers Reporting for this Manager/i),
    includedManagers: listAfter(text, /List of Other Included Managers/i),
    declaredEntries: readNumber(captured(text, /Information\s+Table\s+Entry\s+Total:?\s*([\d,]+)/i)),
    declaredValue: readNumber(captured(text, /Information\s+Table\s+Value\s+Total:?\s*(\$?\s*[\d,]+)/i)),
  };
}

function captured(text: string, pattern: RegExp): string {
  return pattern.exec(text)?.[1] ?? '';
}

/** A box stands before its words on the form, with an X in it or not. */
function checked(text: string, words: string): boolean {
  return new RegExp(`${CHECKED}\\s*${words}`, 'i').test(text);
}

function reportTypeOf(text: string): FilingFacts['reportType'] {
  if (checked(text, '13F\\s+HOLDINGS\\s+REPORT')) return 'holdings';
  if (checked(text, '13F\\s+NOTICE')) return 'notice';
  return checked(text, '13F\\s+COMBINATION\\s+REPORT') ? 'combination' : null;
}

/** Lines with a 13F file number that follow a heading, up to the end of their table or page. */
function listAfter(text: string, heading: RegExp): string | null {
  const start = heading.exec(text);
  if (start === null) return null;
  const section = text.slice(start.index).split(/<\/TABLE>|<PAGE>/i)[0]!;
  const managers: string[] = [];
  for (const line of section.split(/\r\n?|\n/)) {
    const match = /^\s*(?:(\d{1,3})\.?\s+)?(?:0?28\s*-\s*\d+)\s+(\S.*?)\s*$/.exec(line);
    if (match !== null) managers.push([match[1], match[2]].filter((part) => part !== undefined).join(' '));
  }
  return managers.length === 0 ? null : managers.join('; ');
}
