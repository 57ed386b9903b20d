import type { IsoDate } from '../../core/index.js';
import { parseInteger } from '../text/index.js';
import { CODE, EXPECTED, fits, isMissing, quote, REPORTS } from './fields.js';
import type { FileLayout } from './file-layout.js';
import { CHANGE_IN_OPEN_INTEREST, type ColumnKind } from './layout.js';
import { reconciliationFault } from './reconcile.js';
import { asYymmdd, parseReportDate } from './report-date.js';
import type { Fault, ParsedRow, TffRow } from './row.js';

/**
 * Reads one row. A row of which any published column is not what it should be is bad as a whole: a shifted or damaged row
 * is recognised by columns that nobody asks for.
 * @param fields trimmed fields, one a column
 */
export function parseTffRow(layout: FileLayout, fields: readonly string[]): ParsedRow {
  const identity = identityOf(layout, fields);
  const fault =
    widthFault(layout, fields) ??
    fieldFault(layout, fields) ??
    identity.fault ??
    partialChanges(layout, fields);
  const row = fault === null ? rowOf(layout, fields, identity.reportDate!) : null;
  const found = fault ?? reconciliationFault(row!);
  if (found === null) return { row: row!, bad: null };
  return {
    row: null,
    bad: { ...found, contractCode: identity.contractCode, reportDate: identity.reportDate },
  };
}

interface Identity {
  readonly reportDate: IsoDate | null;
  readonly contractCode: string | null;
  readonly fault: Fault | null;
}

/** Date and code stand in the row twice: where the two differ, one of them is damaged, and neither is taken. */
function identityOf(layout: FileLayout, fields: readonly string[]): Identity {
  const date = reportDateOf(layout, fields);
  const asOf = fields[layout.asOf]?.padStart(6, '0');
  const code = fields[layout.code] ?? '';
  const again = fields.length === layout.columns.length ? (fields[layout.codeAgain] ?? code) : code;
  const datesAgree = date !== null && (asOf === undefined || asOf === asYymmdd(date));
  const codesAgree = again === code;
  const reason = 'two columns of the row disagree';
  let fault: Fault | null = null;
  if (date === null)
    fault = misfit(nameAt(layout, layout.reportDate), 'reportDate', fields[layout.reportDate] ?? '');
  else if (!datesAgree)
    fault = {
      column: nameAt(layout, layout.asOf),
      found: quote(asOf!),
      expected: `${asYymmdd(date)}, the report date ${date}`,
      reason,
    };
  else if (!codesAgree)
    fault = { column: nameAt(layout, layout.code), found: code, expected: quote(again), reason };
  return {
    reportDate: datesAgree ? date : null,
    contractCode: codesAgree && CODE.test(code) ? code : null,
    fault,
  };
}

function reportDateOf(layout: FileLayout, fields: readonly string[]): IsoDate | null {
  const text = fields[layout.reportDate] ?? '';
  const serial = layout.serialOffset !== 0 && /^\d{5}$/.test(text);
  return parseReportDate(serial ? String(Number(text) + layout.serialOffset) : text);
}

function nameAt(layout: FileLayout, index: number): string {
  return layout.columns[index]!.name;
}

/** A row with a column too many or too few is blamed on the first field that does not fit its column. */
function widthFault(layout: FileLayout, fields: readonly string[]): Fault | null {
  const width = layout.columns.length;
  if (fields.length === width) return null;
  const counts = { found: `${fields.length} fields`, expected: `${width} fields` };
  const shared = Math.min(fields.length, width);
  for (let index = 0; index < shared; index += 1) {
    const { name, kind } = layout.columns[index]!;
    if (!fits(kind, fields[index]!))
      return {
        column: name,
        found: `'${quote(fields[index]!)}' in a row of ${counts.found}`,
        expected: counts.expected,
        reason: 'wrong number of columns',
      };
  }
  return { column: null, ...counts, reason: 'wrong number of columns' };
}

function fieldFault(layout: FileLayout, fields: readonly string[]): Fault | null {
  for (let index = 0; index < fields.length; index += 1) {
    const { name, kind } = layout.columns[index]!;
    if (!fits(kind, fields[index]!)) return misfit(name, kind, fields[index]!);
  }
  return null;
}

function misfit(column: string, kind: ColumnKind | 'unknown', found: string): Fault {
  const expected = kind === 'unknown' ? 'text' : EXPECTED[kind];
  const reason = found === '' ? 'missing value' : 'unreadable value';
  return { column, found: quote(found), expected, reason };
}

/** The publisher reports all changes on the week or none. */
function partialChanges(layout: FileLayout, fields: readonly string[]): Fault | null {
  const absent = isMissing(fields[layout.changeOpenInterest]!);
  for (const index of layout.changes) {
    if (isMissing(fields[index]!) === absent) continue;
    return {
      column: nameAt(layout, index),
      found: quote(fields[index]!),
      expected: absent ? `'.' as in ${CHANGE_IN_OPEN_INTEREST}` : 'a whole number like the other changes',
      reason: 'only some changes are reported',
    };
  }
  return null;
}

function rowOf(layout: FileLayout, fields: readonly string[], reportDate: IsoDate): TffRow {
  const whole = (index: number) => parseInteger(fields[index]!);
  return {
    contractName: fields[layout.name]!,
    reportDate,
    contractCode: fields[layout.code]!,
    contractUnits: fields[layout.units]!,
    report: REPORTS.get(fields[layout.report]!)!,
    openInterest: whole(layout.openInterest)!,
    positions: layout.positions.map((index) => whole(index)!),
    changeOpenInterest: whole(layout.changeOpenInterest),
    changes: layout.changes.map(whole),
  };
}
