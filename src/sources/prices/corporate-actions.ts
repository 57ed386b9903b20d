import { type Fact, type IsoDate, newYorkInstant, type ReadBatch } from '../../core/index.js';
import { type Columns, cellOf, readRows, symbolProblem, yahooSymbol } from '../text/index.js';
import { barReader, signProblem } from './bar.js';
import { closureProblem, Sessions } from './sessions.js';

/**
 * Dividends and splits of a symbol on an ex-date. They are announced days to weeks before; the open of the ex-date is when
 * everybody knew.
 * @param dividend null or 0 = none
 * @param split null or 0 = none
 */
export function actionsFact(
  symbol: string,
  date: IsoDate,
  dividend: number | null,
  split: number | null,
  line: number,
): Fact<'corporateActions'> {
  return {
    table: 'corporateActions',
    row: { symbol, date, dividend: dividend || null, split: split || null },
    periodStart: date,
    periodEnd: date,
    knownAt: newYorkInstant(date, 9, 30),
    knownAtKind: 'rule',
    rowNumber: line,
  };
}

/** Reads files of dividends and splits alone. */
export function* readCorporateActions(bytes: Uint8Array, columns: Columns): Generator<ReadBatch> {
  const symbolOf = cellOf(columns, 'symbol')!;
  const dateOf = cellOf(columns, 'date')!;
  const barOf = barReader(columns);
  const sessions = new Sessions('date');
  const firstLines = new Map<string, number>();
  yield* readRows(bytes, columns.width, ({ line, fields }, facts) => {
    const symbol = yahooSymbol(symbolOf(fields));
    if (symbol === null) return symbolProblem('symbol', symbolOf(fields));
    const session = sessions.of(dateOf(fields));
    if ('problem' in session) return { ...session.problem, subject: symbol };
    const { date } = session;
    const about = { subject: symbol, periodEnd: date, knownAt: newYorkInstant(date, 9, 30) };
    const bar = barOf(fields);
    if ('problem' in bar) return { ...bar.problem, ...about };
    const problem = closureProblem(session) ?? signProblem(bar);
    if (problem !== null) return { ...problem, ...about };
    const { dividend, split } = bar;
    if (!dividend && !split) {
      const found = `dividend ${dividend ?? ''}, split ${split ?? ''}`;
      return {
        column: null,
        found,
        expected: 'one of them',
        reason: 'neither a dividend nor a split',
        ...about,
      };
    }
    const key = `${symbol} ${date}`;
    const first = firstLines.get(key);
    if (first !== undefined) {
      const expected = `one row; the first is line ${first}`;
      return { column: 'date', found: `${key} again`, expected, reason: 'repeated row', ...about };
    }
    firstLines.set(key, line);
    facts.push(actionsFact(symbol, date, dividend, split, line));
    return null;
  });
}
