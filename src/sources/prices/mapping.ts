import { type ColumnMapping, FormatError } from '../../core/index.js';
import { BAR_COLUMNS, REQUIRED_COLUMNS } from './layout.js';

/** Mapping kinds and the columns that each must give. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  prices: REQUIRED_COLUMNS['daily-prices'],
  levels: REQUIRED_COLUMNS['index-levels'],
};
const KNOWN: readonly string[] = ['date', 'symbol', ...BAR_COLUMNS];

/** True for the kinds of mappings of price and level files. */
export function isPriceMapping(kind: string): boolean {
  return Object.hasOwn(REQUIRED, kind);
}

/**
 * Checks a mapping for daily prices or index levels: date, symbol, close (and volume for prices) are named, the symbol as a
 * column or as a constant.
 * @param where names the mapping in the message
 * @throws {FormatError} naming the entry that is wrong
 */
export function checkPriceMapping(mapping: ColumnMapping, where: string): void {
  const fault = (message: string) => new FormatError(`${where}: ${message}`, { place: { file: where } });
  const { columns, constants } = mapping;
  for (const name of [...Object.keys(columns), ...Object.keys(constants)]) {
    if (!KNOWN.includes(name))
      throw fault(`'${name}' is no column of ${mapping.kind}; the columns are ${KNOWN.join(', ')}`);
  }
  for (const name of Object.keys(constants)) {
    if (name !== 'symbol') throw fault(`${name} cannot be a constant; name its column`);
    if (name in columns) throw fault(`${name} is both a column and a constant; give one`);
  }
  const missing = REQUIRED[mapping.kind]!.find((name) => !(name in columns) && !(name in constants));
  if (missing !== undefined) throw fault(`${missing} is missing; name its column`);
}
