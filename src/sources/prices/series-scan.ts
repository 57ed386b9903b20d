import { dayNumber, type IsoDate } from '../../core/index.js';
import type { RowProblem } from '../text/index.js';
import { findLevelBreaks } from './level-breaks.js';

interface Series {
  readonly lines: number[];
  readonly days: number[];
  readonly closes: number[];
  /** Lines with a split on record. */
  readonly splitLines: Set<number>;
}

/**
 * What is wrong with rows only beside their neighbours: a symbol's day that is there twice, and closes at another level
 * than the series had before. Holds three numbers a row.
 */
export class SeriesScan {
  readonly #series = new Map<string, Series>();

  /** @param hasSplit whether the row itself has a split on record */
  add(line: number, symbol: string, date: IsoDate, close: number, hasSplit: boolean): void {
    let series = this.#series.get(symbol);
    if (series === undefined) {
      series = { lines: [], days: [], closes: [], splitLines: new Set() };
      this.#series.set(symbol, series);
    }
    series.lines.push(line);
    series.days.push(dayNumber(date));
    series.closes.push(close);
    if (hasSplit) series.splitLines.add(line);
  }

  /** Problems by line of the file. */
  problems(): Map<number, RowProblem> {
    const problems = new Map<number, RowProblem>();
    for (const series of this.#series.values()) addProblems(series, problems);
    return problems;
  }
}

function addProblems(series: Series, problems: Map<number, RowProblem>): void {
  const { lines, days, closes, splitLines } = series;
  const order = inOrderOfTime(days);
  const kept: number[] = [];
  for (const row of order) {
    const previous = kept.at(-1);
    if (previous !== undefined && days[previous] === days[row]) {
      problems.set(lines[row]!, repeatedProblem(lines[previous]!));
    } else {
      kept.push(row);
    }
  }
  const keptCloses = kept.map((row) => closes[row]!);
  const splits = new Set(kept.flatMap((row, index) => (splitLines.has(lines[row]!) ? [index] : [])));
  for (const { index, reference } of findLevelBreaks(keptCloses, splits)) {
    const problem = breakProblem(keptCloses[index]!, keptCloses[reference]!, lines[kept[reference]!]!);
    problems.set(lines[kept[index]!]!, problem);
  }
}

/** Row positions by day; rows of one day stay in the order of the file. */
function inOrderOfTime(days: readonly number[]): number[] {
  const order = days.map((_, index) => index);
  const isSorted = days.every((day, index) => index === 0 || days[index - 1]! <= day);
  return isSorted ? order : order.sort((a, b) => days[a]! - days[b]! || a - b);
}

function repeatedProblem(firstLine: number): RowProblem {
  return {
    column: 'date',
    found: 'the same symbol and date again',
    expected: `one row; the first is line ${firstLine}`,
    reason: 'repeated row',
  };
}

function breakProblem(close: number, reference: number, line: number): RowProblem {
  const jump =
    close > reference ? `${Math.round(close / reference)} times` : `1/${Math.round(reference / close)} of`;
  return {
    column: 'close',
    found: String(close),
    expected: `a close of the order of ${reference}, as on line ${line}`,
    reason: `the close is ${jump} the one before with no split on record: another unit or another listing`,
  };
}
