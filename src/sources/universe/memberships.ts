import type { Fact, Instant, IsoDate, ReadBatch, SetAsideRow, SourceFile } from '../../core/index.js';
import { addDays } from '../../core/index.js';
import {
  type Columns,
  cellOf,
  type DelimitedRecord,
  dataRecords,
  type RowProblem,
  readRows,
  setAsideRow,
  shapeProblem,
  symbolProblem,
  yahooSymbol,
} from '../text/index.js';
import { dateCell, effectiveAt, optionalDateCell, type Reading } from './cells.js';
import { CHANGES_LIST, INDEX_LIST } from './layout.js';

interface Membership {
  readonly list: string;
  readonly symbol: string;
  readonly startDate: IsoDate;
  /** First day on which it is no member; null = still one. */
  readonly endDate: IsoDate | null;
}

function membershipFact(row: Membership, knownAt: Instant, line: number): Fact<'memberships'> {
  const { startDate, endDate } = row;
  return {
    table: 'memberships',
    row: { ...row },
    periodStart: startDate,
    periodEnd: endDate,
    knownAt,
    knownAtKind: 'rule',
    rowNumber: line,
  };
}

/** Reads spells of membership: ticker, first day, first day after; no end = still a member. */
export function readIntervals(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  const symbolOf = cellOf(columns, 'ticker')!;
  const startOf = cellOf(columns, 'start_date')!;
  const endOf = cellOf(columns, 'end_date')!;
  return readRows(file.bytes, columns.width, ({ line, fields }, facts) => {
    const symbol = yahooSymbol(symbolOf(fields));
    if (symbol === null) return symbolProblem('ticker', symbolOf(fields));
    const start = dateCell('start_date', startOf(fields));
    if ('problem' in start) return { ...start.problem, subject: symbol };
    const end = optionalDateCell('end_date', endOf(fields));
    if ('problem' in end) return { ...end.problem, subject: symbol };
    if (end.value !== null && end.value <= start.value) {
      const expected = `a day after start_date ${start.value}`;
      return {
        column: 'end_date',
        found: end.value,
        expected,
        reason: 'the end is not after the start',
        subject: symbol,
      };
    }
    const row = { list: INDEX_LIST, symbol, startDate: start.value, endDate: end.value };
    facts.push(membershipFact(row, effectiveAt(start.value), line));
    return null;
  });
}

interface Change {
  readonly line: number;
  readonly date: IsoDate;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Reads a list of changes into memberships. An addition starts one, which ends with the next removal of the symbol. What is
 * removed without having been added was a member before the file begins: it starts on the eve of the first change, and
 * is known at its removal. A row that removes what another row added tells the same membership again.
 */
export function* readChanges(file: SourceFile, columns: Columns): Generator<ReadBatch> {
  const { changes, setAside } = parseChanges(file.bytes, columns);
  const facts: Fact[] = [];
  const ends = endsOfAdditions(changes);
  const eve = changes[0] === undefined ? null : addDays(changes[0].date, -1);
  const starts = new Map<string, IsoDate>();
  for (const { line, date, added, removed } of changes) {
    for (const symbol of removed) {
      const startDate = starts.get(symbol) ?? eve!;
      const knownAt = effectiveAt(starts.get(symbol) ?? date);
      facts.push(membershipFact({ list: CHANGES_LIST, symbol, startDate, endDate: date }, knownAt, line));
      starts.delete(symbol);
    }
    for (const symbol of added) {
      const endDate = ends.get(`${symbol} ${date}`) ?? null;
      facts.push(
        membershipFact({ list: CHANGES_LIST, symbol, startDate: date, endDate }, effectiveAt(date), line),
      );
      starts.set(symbol, date);
    }
  }
  yield { facts, setAside, rowsRead: changes.length + setAside.length };
}

/** The day of the removal that follows each addition, by symbol and day of the addition. */
function endsOfAdditions(changes: readonly Change[]): Map<string, IsoDate> {
  const ends = new Map<string, IsoDate>();
  const open = new Map<string, IsoDate>();
  for (const { date, added, removed } of changes) {
    for (const symbol of removed) {
      const start = open.get(symbol);
      if (start !== undefined) ends.set(`${symbol} ${start}`, date);
      open.delete(symbol);
    }
    for (const symbol of added) open.set(symbol, date);
  }
  return ends;
}

/** Changes in order of their days, whatever the order of the file. */
function parseChanges(bytes: Uint8Array, columns: Columns): { changes: Change[]; setAside: SetAsideRow[] } {
  const changes: Change[] = [];
  const setAside: SetAsideRow[] = [];
  for (const record of dataRecords(bytes)) {
    const change = parseChange(record, columns);
    if ('problem' in change) setAside.push(setAsideRow(record.line, change.problem));
    else changes.push(change.value);
  }
  changes.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.line - b.line));
  return { changes, setAside };
}

function parseChange(record: DelimitedRecord, columns: Columns): Reading<Change> {
  const shape = shapeProblem(record, columns.width);
  if (shape !== null) return { problem: shape };
  const { line, fields } = record;
  const date = dateCell('date', cellOf(columns, 'date')!(fields));
  if ('problem' in date) return date;
  const added = symbolList('add', cellOf(columns, 'add')!(fields));
  const removed = symbolList('remove', cellOf(columns, 'remove')!(fields));
  const problem = 'problem' in added ? added.problem : 'problem' in removed ? removed.problem : null;
  if ('problem' in added || 'problem' in removed) return { problem: { ...problem!, periodEnd: date.value } };
  if (added.value.length + removed.value.length === 0) {
    const reason = 'neither an addition nor a removal';
    return { problem: { column: null, found: '', expected: 'symbols', reason, periodEnd: date.value } };
  }
  return { value: { line, date: date.value, added: added.value, removed: removed.value } };
}

/** Symbols between commas; a blank cell is an empty list, for changes are sometimes one-sided. */
function symbolList(column: string, text: string): Reading<string[]> {
  const symbols: string[] = [];
  for (const part of text === '' ? [] : text.split(',')) {
    const symbol = yahooSymbol(part.trim());
    if (symbol === null) return { problem: listProblem(column, text, part.trim()) };
    symbols.push(symbol);
  }
  return { value: symbols };
}

function listProblem(column: string, list: string, symbol: string): RowProblem {
  return { ...symbolProblem(column, list), reason: `'${symbol}' in the list is no symbol` };
}
