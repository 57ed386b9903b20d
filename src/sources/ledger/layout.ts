import type { ExecutionSide } from '../../core/index.js';

/** Columns of a ledger of executions, by our names; see docs/sources/ledger.md. */
export const LEDGER_COLUMNS = [
  'executed_at',
  'trade_date',
  'account',
  'class',
  'symbol',
  'side',
  'quantity',
  'price',
  'currency',
  'execution_id',
  'broker',
  'position_before',
] as const;
export type LedgerColumn = (typeof LEDGER_COLUMNS)[number];

/** Every ledger has these, and `executed_at` or `trade_date`. */
export const REQUIRED_COLUMNS = ['account', 'class', 'symbol', 'side', 'quantity', 'price'] as const;

/** Columns that a mapping may give as one value for the whole file. */
export const CONSTANT_COLUMNS: readonly LedgerColumn[] = ['account', 'class', 'symbol', 'currency', 'broker'];

/** Constant of a mapping that says how sales are written; its one value is 'signed'. */
export const QUANTITY_SIGN = 'quantity_sign';

/** Ways to write a side, in capitals with single blanks. */
export const SIDE_WORDS: ReadonlyMap<string, ExecutionSide> = new Map([
  ['BUY', 'buy'],
  ['B', 'buy'],
  ['SELL', 'sell'],
  ['S', 'sell'],
  ['SELL SHORT', 'sell-short'],
  ['SHORT SELL', 'sell-short'],
  ['SHORT', 'sell-short'],
  ['SS', 'sell-short'],
  ['BUY TO COVER', 'buy-to-cover'],
  ['COVER', 'buy-to-cover'],
  ['BC', 'buy-to-cover'],
]);

/** Sides as they are stored. */
export const SIDES: readonly ExecutionSide[] = [...new Set(SIDE_WORDS.values())];

export const isSale = (side: ExecutionSide): boolean => side === 'sell' || side === 'sell-short';

export const LEDGER_SOURCE = 'ledger';
export const CSV_KIND = 'ledger-csv';
export const PARQUET_KIND = 'ledger-parquet';
