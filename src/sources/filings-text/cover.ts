import { dayNumber, type Instant, type IsoDate, isIsoDate, normalizeCik } from '../../core/index.js';
import { acceptanceInstant, headerValue, readDate, submissionHeader, yahooSymbol } from '../text/index.js';
import { decodeCharacters } from './markup.js';

/** Who filed what, as far as the file tells. */
export interface Cover {
  readonly accessionNumber: string | null;
  readonly cik: string | null;
  readonly symbol: string | null;
  readonly companyName: string | null;
  readonly form: string | null;
  readonly filedDate: IsoDate | null;
  readonly acceptedAt: Instant | null;
  readonly periodOfReport: IsoDate | null;
}

/** Forms whose words are counted, amendments included. */
export const FORM = /^(10-K|10-Q|8-K|20-F|40-F|6-K|10-KT|10-QT)(\/A)?$/;
const FORM_LINE = /^\s*FORM\s+(10-K|10-Q|8-K|20-F|40-F|6-K)(\/A)?\b/im;
const COVER_CHARACTERS = 12_000;
const NAME_CHARACTERS = 200;

/** The form that a text's cover names; null where it is no cover of such a form. */
export function formOfText(text: string): string | null {
  const cover = text.slice(0, COVER_CHARACTERS);
  if (!/securities\s+and\s+exchange\s+commission/i.test(cover)) return null;
  const match = FORM_LINE.exec(cover);
  return match === null ? null : `${match[1]!}${match[2] ?? ''}`.toUpperCase();
}

/** What a submission's header says. */
export function coverOfHeader(submission: string): Cover {
  const header = submissionHeader(submission);
  const date = (label: string, tag: string) => readDate(headerValue(header, label, tag) ?? '');
  return {
    accessionNumber: headerValue(header, 'ACCESSION NUMBER', 'ACCESSION-NUMBER'),
    cik: normalizeCik(headerValue(header, 'CENTRAL INDEX KEY', 'CIK') ?? ''),
    symbol: null,
    companyName: headerValue(header, 'COMPANY CONFORMED NAME', 'CONFORMED-NAME'),
    form: headerValue(header, 'CONFORMED SUBMISSION TYPE', 'TYPE')?.toUpperCase() ?? null,
    filedDate: date('FILED AS OF DATE', 'FILING-DATE'),
    acceptedAt: acceptanceInstant(header),
    periodOfReport: date('CONFORMED PERIOD OF REPORT', 'PERIOD'),
  };
}

/** What a document says of itself: the tags of inline XBRL where it has them, else the words of its cover. */
export function coverOfDocument(markup: string, text: string): Cover {
  const head = text.slice(0, COVER_CHARACTERS);
  const tag = (name: string) => taggedValue(markup, name);
  const symbol = tag('TradingSymbol') ?? symbolOfText(head);
  return {
    accessionNumber: null,
    cik: normalizeCik(tag('EntityCentralIndexKey') ?? ''),
    symbol: symbol === null ? null : yahooSymbol(symbol),
    companyName: tag('EntityRegistrantName') ?? registrantOfText(head),
    form: tag('DocumentType')?.toUpperCase() ?? formOfText(text),
    filedDate: null,
    acceptedAt: null,
    periodOfReport: readDate(tag('DocumentPeriodEndDate') ?? '') ?? periodOfText(head),
  };
}

/** The value of a cover-page tag of inline XBRL; null where it is absent or holds markup. */
function taggedValue(markup: string, name: string): string | null {
  const at = markup.indexOf(`name="dei:${name}"`);
  if (at < 0) return null;
  const value = /^[^>]*>([^<]*)</.exec(markup.slice(at, at + 2000))?.[1] ?? '';
  return (
    decodeCharacters(value)
      .replace(/[\s\u00A0]+/g, ' ')
      .trim() || null
  );
}

function periodOfText(text: string): IsoDate | null {
  const match =
    /for\s+the\s+(?:(?:quarterly|annual)\s+period|(?:fiscal\s+)?(?:year|quarter))\s+ended:?\s+([A-Z][a-z]+\s+\d{1,2},\s+\d{4})/i.exec(
      text,
    );
  return match === null ? null : readDate(match[1]!);
}

/** The line above '(Exact name of registrant ...'. */
function registrantOfText(text: string): string | null {
  const at = text.search(/\(Exact\s+name\s+of\s+registrant/i);
  if (at < 0) return null;
  const lines = text.slice(Math.max(0, at - NAME_CHARACTERS), at).split('\n');
  const name = lines.findLast((line) => /[A-Za-z]/.test(line))?.trim();
  return name === undefined || name === '' ? null : name;
}

/** The first ticker before the name of an exchange below 'Trading symbol', or in '(NYSE: BKE)'. */
function symbolOfText(text: string): string | null {
  const at = text.search(/Trading\s+Symbol/i);
  const table = at < 0 ? '' : text.slice(at, at + 1500);
  const listed =
    /\b([A-Z]{1,5}(?:\.[A-Z])?)\s+(?:The\s+)?(?:Nasdaq|NASDAQ|New\s+York\s+Stock|NYSE|Cboe)/.exec(table);
  return listed?.[1] ?? /\((?:NYSE|NASDAQ|Nasdaq)[^:)]{0,20}:\s*([A-Z.]{1,6})\)/.exec(text)?.[1] ?? null;
}

/** Days that a filing may come after the period it reports; 10-Ks of late filers come within a year or so. */
const LATEST_FILING_DAYS = 550;

/**
 * The day of filing that a file's name ends with ('nvda-10-k-2025-02-26.txt'), where it can be one: not before the period
 * of the report is over, and not long after.
 */
export function filedDateOfName(name: string, periodOfReport: IsoDate | null): IsoDate | null {
  const match = /(?:^|[^\d])(\d{4}-\d\d-\d\d)(?:\.[a-z]+)*$/i.exec(name);
  if (match === null || !isIsoDate(match[1]!)) return null;
  const filedDate = match[1]!;
  if (periodOfReport === null) return filedDate;
  const days = dayNumber(filedDate) - dayNumber(periodOfReport);
  return days >= 0 && days <= LATEST_FILING_DAYS ? filedDate : null;
}
