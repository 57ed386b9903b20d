import type { RowProblem } from './rows.js';

const SYMBOL = /^\^?[A-Z0-9][A-Z0-9.=-]{0,19}$/;

/**
 * A ticker in the style of Yahoo Finance: upper case, the share class behind a hyphen ('BRK.B' and 'BRK/B' = 'BRK-B'),
 * an index behind a caret ('^GSPC').
 * @returns null where the text is no ticker ('', 'RVTY (Previously PKI)')
 */
export function yahooSymbol(text: string): string | null {
  const upper = text.toUpperCase();
  const symbol = /[./][A-Z]$/.test(upper) ? `${upper.slice(0, -2)}-${upper.slice(-1)}` : upper;
  return SYMBOL.test(symbol) ? symbol : null;
}

/** What is said of a row whose symbol is none. */
export function symbolProblem(column: string, found: string): RowProblem {
  return { column, found, expected: 'a ticker such as BRK-B', reason: 'the symbol cannot be read' };
}
