import {
  addDays,
  endOfDayInNewYork,
  type Instant,
  type IsoDate,
  isIsoDate,
  weekday,
} from '../../core/index.js';
import { type Columns, type DelimitedRecord, readDelimited } from '../text/index.js';

export const WEEK = 'week';
export const IS_PARTIAL = 'isPartial';
const REGION_UNSTATED = 'unstated';
/** A preamble is no longer than this many lines. */
const MAX_PREAMBLE_LINES = 10;
/** Google is done with a week about three days after its end. */
const DAYS_TO_COMPLETE = 3;

/** A column of an export. */
export interface TermColumn {
  readonly header: string;
  readonly term: string;
  readonly region: string;
}

/** An export of search interest: one scale for all its terms and weeks. */
export interface TrendsExport {
  readonly layout: 'google' | 'pytrends';
  readonly terms: readonly TermColumn[];
  readonly columns: Columns;
  readonly records: Iterable<DelimitedRecord>;
}

/** The file's table; null where it has none in a known layout. */
export function trendsExport(bytes: Uint8Array): TrendsExport | null {
  let lines = 0;
  for (const { line, fields } of readDelimited(bytes)) {
    lines += 1;
    if (lines > MAX_PREAMBLE_LINES) return null;
    const table = googleTerms(fields) ?? pytrendsTerms(fields);
    if (table === null) continue;
    const positions = new Map(fields.map((name, index) => [index === 0 ? WEEK : name, index]));
    if (positions.size !== fields.length) return null;
    const columns = { width: fields.length, positions, constants: new Map(), isMapped: false };
    return { ...table, columns, records: recordsBelow(bytes, line) };
  }
  return null;
}

type Terms = Pick<TrendsExport, 'layout' | 'terms'>;

/** 'Week,AI bubble: (United States)' */
function googleTerms([first, ...headers]: readonly string[]): Terms | null {
  if (first !== 'Week' || headers.length === 0) return null;
  const terms = headers.flatMap((header) => {
    const match = /^(.+): \((.+)\)$/.exec(header);
    return match === null ? [] : [{ header, term: match[1]!, region: match[2]! }];
  });
  return terms.length === headers.length ? { layout: 'google', terms } : null;
}

/** 'date,chatGPT,isPartial': the library does not say which region was asked for. */
function pytrendsTerms(fields: readonly string[]): Terms | null {
  const headers = fields.slice(1, -1);
  if (fields[0] !== 'date' || fields.at(-1) !== IS_PARTIAL || headers.length === 0) return null;
  return {
    layout: 'pytrends',
    terms: headers.map((header) => ({ header, term: header, region: REGION_UNSTATED })),
  };
}

function* recordsBelow(bytes: Uint8Array, headerLine: number): Generator<DelimitedRecord> {
  for (const record of readDelimited(bytes)) if (record.line > headerLine) yield record;
}

/** A Sunday written 2020-10-18 or, saved by a spreadsheet, 10/18/2020; null for anything else. */
export function weekStartOf(text: string): IsoDate | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const day =
    match === null ? text : `${match[3]}-${match[1]!.padStart(2, '0')}-${match[2]!.padStart(2, '0')}`;
  return isIsoDate(day) && weekday(day) === 0 ? day : null;
}

/** First and last day of an export, and when it can first have been made. */
export interface Window {
  readonly windowStart: IsoDate;
  readonly windowEnd: IsoDate;
  readonly knownAt: Instant;
}

/** Null where no row has a week. */
export function windowOf({ columns, records }: TrendsExport): Window | null {
  const position = columns.positions.get(WEEK)!;
  const weeks = [...records].flatMap(({ fields }) => {
    const week = fields.length === columns.width ? weekStartOf(fields[position]!) : null;
    return week === null ? [] : [week];
  });
  if (weeks.length === 0) return null;
  weeks.sort();
  const windowEnd = addDays(weeks.at(-1)!, 6);
  return {
    windowStart: weeks[0]!,
    windowEnd,
    knownAt: endOfDayInNewYork(addDays(windowEnd, DAYS_TO_COMPLETE)),
  };
}
