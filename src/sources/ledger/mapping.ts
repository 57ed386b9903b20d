import { type ColumnMapping, FormatError } from '../../core/index.js';
import {
  CONSTANT_COLUMNS,
  LEDGER_COLUMNS,
  LEDGER_SOURCE,
  type LedgerColumn,
  QUANTITY_SIGN,
  REQUIRED_COLUMNS,
} from './layout.js';

const isColumn = (name: string): name is LedgerColumn => LEDGER_COLUMNS.some((known) => known === name);

/** True for the kind of mappings of executions. */
export const isLedgerMapping = (kind: string): boolean => kind === LEDGER_SOURCE;

/**
 * Checks a mapping for executions.
 * @param where names the mapping in the message
 * @throws {FormatError} naming the entry that is wrong
 */
export function checkLedgerMapping({ columns, constants }: ColumnMapping, where: string): void {
  const fault = (message: string) => new FormatError(`${where}: ${message}`, { place: { file: where } });
  for (const name of [...Object.keys(columns), ...Object.keys(constants)]) {
    if (isColumn(name) || (name === QUANTITY_SIGN && name in constants)) continue;
    throw fault(`'${name}' is no column of a ledger; the columns are ${LEDGER_COLUMNS.join(', ')}`);
  }
  for (const [name, value] of Object.entries(constants)) {
    if (name in columns) throw fault(`${name} is both a column and a constant; give one`);
    if (name === QUANTITY_SIGN) {
      if (value === 'signed') continue;
      throw fault(`${QUANTITY_SIGN} is '${value}'; write "signed" where sales have negative quantities`);
    }
    if (!CONSTANT_COLUMNS.some((known) => known === name))
      throw fault(`${name} cannot be a constant; name its column`);
    if (value.trim() === '') throw fault(`constant ${name} is blank; give its value or leave it out`);
  }
  const given = new Set([...Object.keys(columns), ...Object.keys(constants)]);
  const missing = REQUIRED_COLUMNS.find((name) => !given.has(name));
  if (missing !== undefined) {
    const constant = CONSTANT_COLUMNS.some((known) => known === missing);
    throw fault(`${missing} is missing; name its column${constant ? ' or give it as a constant' : ''}`);
  }
  if (!given.has('executed_at') && !given.has('trade_date'))
    throw fault('executed_at or trade_date is missing; name its column');
}
