import type { IsoDate } from '../../core/index.js';

export const KINDS = { daily: 'french-factors-daily', industries: 'french-industries' } as const;

/** The line in which a file of factors names its edition. */
const EDITION_LINE = /created by using the (\d{4})(0[1-9]|1[0-2]) CRSP database/i;

/** How the files write that a return is missing. */
export const MISSING_RETURNS: readonly number[] = [-99.99, -999];

/** First field of the header line: nothing, or a word in files that others saved again. */
export const DATE_HEADERS: readonly string[] = ['', 'Date', 'date'];

const FACTOR_SETS: Readonly<Record<string, string>> = {
  'Mkt-RF SMB HML RMW CMA RF': 'ff5',
  'Mkt-RF SMB HML RF': 'ff3',
  Mom: 'momentum',
  ST_Rev: 'short-term-reversal',
  LT_Rev: 'long-term-reversal',
};

/** Name of the set of factors that a header lists; their names where it is none of the known. */
export function factorSet(factors: readonly string[]): string {
  return FACTOR_SETS[factors.join(' ')] ?? factors.join(' ');
}

/** An edition as a file names it. */
export interface Edition {
  /** '2026-01': data to that month. */
  readonly month: string;
  readonly firstDay: IsoDate;
}

export function editionOf(head: string): Edition | null {
  const match = EDITION_LINE.exec(head);
  if (match === null) return null;
  const month = `${match[1]}-${match[2]}`;
  return { month, firstDay: `${month}-01` as IsoDate };
}
