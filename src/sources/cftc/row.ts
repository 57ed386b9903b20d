import type { IsoDate } from '../../core/index.js';
import type { Report } from './fields.js';

/** A row of the report as published, in contracts; null where the publisher reports nothing. */
export interface TffRow {
  readonly contractName: string;
  readonly reportDate: IsoDate;
  readonly contractCode: string;
  readonly contractUnits: string;
  readonly report: Report;
  readonly openInterest: number;
  /** In the order of POSITION_COLUMNS. */
  readonly positions: readonly number[];
  readonly changeOpenInterest: number | null;
  /** In the order of POSITION_COLUMNS. */
  readonly changes: readonly (number | null)[];
}

/** What is wrong with a row, and what of it could be read all the same. */
export interface BadRow {
  readonly column: string | null;
  readonly found: string;
  readonly expected: string;
  readonly reason: string;
  readonly contractCode: string | null;
  readonly reportDate: IsoDate | null;
}

export type ParsedRow =
  | { readonly row: TffRow; readonly bad: null }
  | { readonly row: null; readonly bad: BadRow };

/** What is wrong with a row, and where. */
export type Fault = Pick<BadRow, 'column' | 'found' | 'expected' | 'reason'>;
