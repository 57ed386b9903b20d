import type { Fact, ReadBatch } from '../../core/index.js';
import {
  type Columns,
  cellOf,
  type DelimitedRecord,
  dataRecords,
  type RowProblem,
  readRows,
  shapeProblem,
  symbolProblem,
  yahooSymbol,
} from '../text/index.js';
import { type Bar, barProblem, barReader, closeProblem } from './bar.js';
import { actionsFact } from './corporate-actions.js';
import { INDEX_MARK, type PriceBasis } from './layout.js';
import { SeriesScan } from './series-scan.js';
import { closureProblem, isMonthFirst, type Session, Sessions } from './sessions.js';

interface DailyRow {
  readonly symbol: string;
  readonly isLevel: boolean;
  readonly session: Session;
  readonly bar: Bar;
}

type DailyReading = DailyRow | { readonly problem: RowProblem };

/**
 * Reads daily bars in two passes over the bytes: the first looks at each series as a whole, the second gives the rows.
 * Symbols that begin with a caret become levels, all others prices, with their dividends and splits where the file has them.
 * @param levelsOnly all rows are levels, as a mapping says, whatever their symbols
 */
export function* readDaily(bytes: Uint8Array, columns: Columns, levelsOnly = false): Generator<ReadBatch> {
  const readRow = dailyRowReader(
    columns,
    levelsOnly,
    columns.isMapped && isMonthFirst(datesOf(bytes, columns)),
  );
  const problems = scanSeries(bytes, columns.width, readRow);
  const basis: PriceBasis = columns.positions.has('adj_close') ? 'split-adjusted' : 'unstated';
  yield* readRows(bytes, columns.width, (record, facts) => {
    const row = readRow(record);
    if ('problem' in row) return row.problem;
    const { symbol, session } = row;
    const problem = problems.get(record.line);
    if (problem !== undefined) {
      return { ...problem, subject: symbol, periodEnd: session.date, knownAt: session.knownAt };
    }
    pushFacts(row, basis, record.line, facts);
    return null;
  });
}

function scanSeries(
  bytes: Uint8Array,
  width: number,
  readRow: (record: DelimitedRecord) => DailyReading,
): Map<number, RowProblem> {
  const scan = new SeriesScan();
  for (const record of dataRecords(bytes)) {
    if (shapeProblem(record, width) !== null) continue;
    const row = readRow(record);
    if ('problem' in row) continue;
    scan.add(record.line, row.symbol, row.session.date, row.bar.close!, isSet(row.bar.split));
  }
  return scan.problems();
}

function* datesOf(bytes: Uint8Array, columns: Columns): Generator<string> {
  const dateOf = cellOf(columns, 'date')!;
  for (const record of dataRecords(bytes))
    if (shapeProblem(record, columns.width) === null) yield dateOf(record.fields);
}

function dailyRowReader(
  columns: Columns,
  levelsOnly: boolean,
  hasMonthFirst: boolean,
): (record: DelimitedRecord) => DailyReading {
  const symbolOf = cellOf(columns, 'symbol')!;
  const dateOf = cellOf(columns, 'date')!;
  const barOf = barReader(columns);
  const sessions = new Sessions('date', hasMonthFirst);
  return ({ fields }) => {
    const symbol = yahooSymbol(symbolOf(fields));
    if (symbol === null) return { problem: symbolProblem('symbol', symbolOf(fields)) };
    const session = sessions.of(dateOf(fields));
    if ('problem' in session) return { problem: { ...session.problem, subject: symbol } };
    const bar = barOf(fields);
    const isLevel = levelsOnly || symbol.startsWith(INDEX_MARK);
    const problem = 'problem' in bar ? bar.problem : problemOf(isLevel, session, bar);
    if ('problem' in bar || problem !== null) {
      return {
        problem: { ...problem!, subject: symbol, periodEnd: session.date, knownAt: session.knownAt },
      };
    }
    return { symbol, isLevel, session, bar };
  };
}

function problemOf(isLevel: boolean, session: Session, bar: Bar): RowProblem | null {
  return isLevel ? closeProblem(bar) : (closureProblem(session) ?? barProblem(bar));
}

function isSet(value: number | null): boolean {
  return value !== null && value !== 0;
}

function pushFacts(row: DailyRow, basis: PriceBasis, line: number, facts: Fact[]): void {
  const { symbol, isLevel, session, bar } = row;
  const { date, periodStart, periodEnd, knownAt } = session;
  const stamp = { periodStart, periodEnd, knownAt, knownAtKind: 'rule', rowNumber: line } as const;
  if (isLevel) {
    facts.push({ table: 'levels', row: { symbol, date, close: bar.close }, ...stamp });
    return;
  }
  facts.push({
    table: 'prices',
    row: {
      symbol,
      date,
      frequency: 'daily',
      open: bar.open,
      high: bar.high,
      low: bar.low,
      close: bar.close,
      adjustedClose: bar.adj_close,
      volume: bar.volume,
      notional: null,
      sessions: null,
      priceBasis: basis,
    },
    ...stamp,
  });
  if (isSet(bar.dividend) || isSet(bar.split)) {
    facts.push(actionsFact(symbol, date, bar.dividend, bar.split, line));
  }
}
