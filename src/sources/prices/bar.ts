import { type Columns, parseDecimal, type RowProblem } from '../text/index.js';
import { BAR_COLUMNS, type BarColumn } from './layout.js';
import { isUnitFactor } from './level-breaks.js';

/** The figures of a price row; null where the cell is blank or the file has no such column. */
export type Bar = Record<BarColumn, number | null>;

/** Vendors take opens and extremes from different feeds; up to this share they may disagree in order. */
const ORDER_TOLERANCE = 0.01;
/** Adjusting for dividends only ever lowers a price; rounding aside. */
const ADJUSTED_ABOVE_CLOSE = 1.01;

/** Reads the figures of rows with such columns. */
export function barReader(columns: Columns): (fields: readonly string[]) => Bar | { problem: RowProblem } {
  const present = BAR_COLUMNS.flatMap((name) => {
    const position = columns.positions.get(name);
    return position === undefined ? [] : [{ name, position }];
  });
  return (fields) => {
    const bar: Bar = {
      open: null,
      high: null,
      low: null,
      close: null,
      adj_close: null,
      volume: null,
      dividend: null,
      split: null,
    };
    for (const { name, position } of present) {
      const text = fields[position]!;
      if (text === '') continue;
      const value = parseDecimal(text);
      if (value === null) return { problem: notANumber(name, text) };
      bar[name] = value;
    }
    return bar;
  };
}

export function notANumber(column: string, text: string): RowProblem {
  return { column, found: text, expected: 'a decimal number', reason: `${column} cannot be read` };
}

/**
 * Why the figures cannot all be true: no close or none above zero, a price or volume below zero, a close outside low and
 * high, an adjusted close above the close or at a hundredth or a thousandth of it; null where they can. A volume of zero can: vendors print it for bad rows, and
 * it is kept as zero.
 */
export function barProblem(bar: Bar): RowProblem | null {
  return closeProblem(bar) ?? signProblem(bar) ?? orderProblem(bar) ?? adjustedProblem(bar);
}

/** The part of `barProblem` that matters where only the close is kept. */
export function closeProblem({ close, low, high }: Bar): RowProblem | null {
  if (close === null || close <= 0) {
    return {
      column: 'close',
      found: close === null ? '' : String(close),
      expected: 'a price above zero',
      reason: close === null ? 'there is no close' : 'no price is zero or less',
    };
  }
  const outside =
    (low !== null && low > 0 && close < low * (1 - ORDER_TOLERANCE)) ||
    (high !== null && high > 0 && close > high * (1 + ORDER_TOLERANCE));
  if (!outside) return null;
  return {
    column: 'close',
    found: `close ${close}, low ${low}, high ${high}`,
    expected: 'low <= close <= high within 1 %',
    reason: 'the close lies outside the range of its day',
  };
}

/** A price of zero or less, or a volume, dividend or split below zero. */
export function signProblem(bar: Bar): RowProblem | null {
  for (const column of ['open', 'high', 'low', 'adj_close'] as const) {
    const value = bar[column];
    if (value !== null && value <= 0)
      return {
        column,
        found: String(value),
        expected: 'a price above zero',
        reason: 'no price is zero or less',
      };
  }
  for (const column of ['volume', 'dividend', 'split'] as const) {
    const value = bar[column];
    if (value !== null && value < 0)
      return { column, found: String(value), expected: 'zero or more', reason: `${column} is negative` };
  }
  return null;
}

function orderProblem({ open, high, low }: Bar): RowProblem | null {
  if (high === null || low === null) return null;
  const top = high * (1 + ORDER_TOLERANCE);
  const bottom = low * (1 - ORDER_TOLERANCE);
  if (low > top)
    return {
      column: 'low',
      found: `low ${low}, high ${high}`,
      expected: 'low <= high',
      reason: 'low above high',
    };
  if (open === null || (open <= top && open >= bottom)) return null;
  return {
    column: 'open',
    found: `open ${open}, low ${low}, high ${high}`,
    expected: 'low <= open <= high within 1 %',
    reason: 'the open lies outside the range of its day',
  };
}

function adjustedProblem({ close, adj_close: adjusted }: Bar): RowProblem | null {
  if (adjusted === null) return null;
  const isRaised = adjusted > close! * ADJUSTED_ABOVE_CLOSE;
  if (!isRaised && !isUnitFactor(close! / adjusted)) return null;
  return {
    column: 'adj_close',
    found: `adj_close ${adjusted}, close ${close}`,
    expected: 'adj_close <= close, in the same unit',
    reason: isRaised
      ? 'adjusting for dividends never raises a price: another unit or another adjustment'
      : `the close is ${Math.round(close! / adjusted)} times adj_close: another unit`,
  };
}
