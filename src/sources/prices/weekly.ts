import type { Fact, ReadBatch } from '../../core/index.js';
import {
  type Columns,
  cellOf,
  type DelimitedRecord,
  dataRecords,
  parseDecimal,
  parseInteger,
  type RowProblem,
  readRows,
  shapeProblem,
  symbolProblem,
  yahooSymbol,
} from '../text/index.js';
import { type Bar, barProblem, barReader, notANumber } from './bar.js';
import { type PriceBasis, WEEKLY_BASIS } from './layout.js';
import { SeriesScan } from './series-scan.js';
import { type Session, Sessions } from './sessions.js';

const SESSIONS_A_WEEK = 5;
/** The sum over days of close x volume differs from the last close x the week's volume by the moves within a week only. */
const NOTIONAL_FOLD = 2;

interface WeeklyRow {
  readonly symbol: string;
  readonly week: Session;
  readonly bar: Bar;
  readonly notional: number | null;
  readonly sessions: number | null;
  readonly basis: PriceBasis;
}

type WeeklyReading = WeeklyRow | { readonly problem: RowProblem };

/** Reads weekly aggregates, stamped by the Friday that ends the week or the Monday that starts it; two passes, as daily. */
export function* readWeekly(
  bytes: Uint8Array,
  columns: Columns,
  dateColumn: 'week_end' | 'week_start',
): Generator<ReadBatch> {
  const readRow = weeklyRowReader(columns, dateColumn);
  const problems = scanSeries(bytes, columns.width, readRow);
  yield* readRows(bytes, columns.width, (record, facts) => {
    const row = readRow(record);
    if ('problem' in row) return row.problem;
    const problem = problems.get(record.line);
    if (problem !== undefined) return { ...problem, ...about(row.symbol, row.week) };
    facts.push(weeklyFact(row, record.line));
    return null;
  });
}

function scanSeries(
  bytes: Uint8Array,
  width: number,
  readRow: (record: DelimitedRecord) => WeeklyReading,
): Map<number, RowProblem> {
  const scan = new SeriesScan();
  for (const record of dataRecords(bytes)) {
    if (shapeProblem(record, width) !== null) continue;
    const row = readRow(record);
    if (!('problem' in row)) scan.add(record.line, row.symbol, row.week.date, row.bar.close!, false);
  }
  return scan.problems();
}

function weeklyRowReader(
  columns: Columns,
  dateColumn: 'week_end' | 'week_start',
): (record: DelimitedRecord) => WeeklyReading {
  const symbolOf = cellOf(columns, 'symbol')!;
  const dateOf = cellOf(columns, dateColumn)!;
  const extrasOf = extrasReader(columns);
  const barOf = barReader(columns);
  const weeks = new Sessions(dateColumn);
  return ({ fields }) => {
    const symbol = yahooSymbol(symbolOf(fields));
    if (symbol === null) return { problem: symbolProblem('symbol', symbolOf(fields)) };
    const week = weeks.of(dateOf(fields));
    if ('problem' in week) return { problem: { ...week.problem, subject: symbol } };
    const bar = barOf(fields);
    const extras = extrasOf(fields);
    const problem =
      'problem' in bar
        ? bar.problem
        : 'problem' in extras
          ? extras.problem
          : (barProblem(bar) ?? notionalProblem(bar, extras.notional));
    if ('problem' in bar || 'problem' in extras || problem !== null) {
      return { problem: { ...problem!, ...about(symbol, week) } };
    }
    return { symbol, week, bar, ...extras };
  };
}

type Extras = Pick<WeeklyRow, 'notional' | 'sessions' | 'basis'>;

/** Reads what only weekly files have. Files without a basis column are split-adjusted, as their notional shows. */
function extrasReader(columns: Columns): (fields: readonly string[]) => Extras | { problem: RowProblem } {
  const notionalOf = cellOf(columns, 'notional_usd') ?? (() => '');
  const daysOf = cellOf(columns, 'days') ?? (() => '');
  const basisOf = cellOf(columns, 'basis') ?? (() => 'r');
  return (fields) => {
    const notionalText = notionalOf(fields);
    const notional = notionalText === '' ? null : parseDecimal(notionalText);
    if (notionalText !== '' && notional === null)
      return { problem: notANumber('notional_usd', notionalText) };
    const daysText = daysOf(fields);
    const sessions = daysText === '' ? null : parseInteger(daysText);
    if (daysText !== '' && (sessions === null || sessions < 1 || sessions > SESSIONS_A_WEEK)) {
      const expected = `1 to ${SESSIONS_A_WEEK}`;
      return {
        problem: { column: 'days', found: daysText, expected, reason: 'no number of sessions in a week' },
      };
    }
    const basis = WEEKLY_BASIS[basisOf(fields)];
    if (basis === undefined) {
      const expected = Object.keys(WEEKLY_BASIS).join(' or ');
      return {
        problem: { column: 'basis', found: basisOf(fields), expected, reason: 'the basis is not known' },
      };
    }
    return { notional, sessions, basis };
  };
}

function notionalProblem({ close, volume }: Bar, notional: number | null): RowProblem | null {
  if (notional === null || volume === null) return null;
  const product = close! * volume;
  if (notional === 0 && product === 0) return null;
  if (notional < product * NOTIONAL_FOLD && product < notional * NOTIONAL_FOLD) return null;
  return {
    column: 'notional_usd',
    found: `notional_usd ${notional}, close ${close}, volume ${volume}`,
    expected: `close x volume within ${NOTIONAL_FOLD}-fold`,
    reason: 'the notional does not belong to this close and volume: another unit',
  };
}

function about(symbol: string, week: Session): Pick<RowProblem, 'subject' | 'periodEnd' | 'knownAt'> {
  return { subject: symbol, periodEnd: week.date, knownAt: week.knownAt };
}

function weeklyFact(
  { symbol, week, bar, notional, sessions, basis }: WeeklyRow,
  line: number,
): Fact<'prices'> {
  return {
    table: 'prices',
    row: {
      symbol,
      date: week.date,
      frequency: 'weekly',
      open: bar.open,
      high: bar.high,
      low: bar.low,
      close: bar.close,
      adjustedClose: bar.adj_close,
      volume: bar.volume,
      notional,
      sessions,
      priceBasis: basis,
    },
    periodStart: week.periodStart,
    periodEnd: week.periodEnd,
    knownAt: week.knownAt,
    knownAtKind: 'rule',
    rowNumber: line,
  };
}
