import { type ColumnMapping, FormatError } from '../core/index.js';
import { checkLedgerMapping, isLedgerMapping } from './ledger/index.js';
import { parseColumnMapping as parsePositionsMapping } from './positions/index.js';
import { checkPriceMapping, isPriceMapping } from './prices/index.js';

/**
 * Reads a mapping file: `{"kind": ..., "columns": {ourName: theirHeader}, "constants": {ourName: value}}` of kind
 * `positions`, `ledger`, `prices` or `levels`; see docs/sources/positions.md, ledger.md, prices.md and index-levels.md.
 * @throws {FormatError} naming the entry that is wrong
 */
export function parseColumnMapping(text: string, fileName: string): ColumnMapping {
  const json = text.replace(/^\uFEFF/, '');
  const mapping = marketMapping(json, fileName);
  if (mapping === null) return parsePositionsMapping(json, fileName);
  if (isLedgerMapping(mapping.kind)) checkLedgerMapping(mapping, fileName);
  else checkPriceMapping(mapping, fileName);
  return mapping;
}

/** A mapping of a ledger, prices or levels, its entries unchecked; null for all other texts, which positions answer for. */
function marketMapping(json: string, fileName: string): ColumnMapping | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  const { kind, columns, constants = {} } = value as Record<string, unknown>;
  if (typeof kind !== 'string' || !(isPriceMapping(kind) || isLedgerMapping(kind))) return null;
  return {
    kind,
    columns: texts(columns, 'columns', fileName),
    constants: texts(constants, 'constants', fileName),
  };
}

function texts(value: unknown, what: string, fileName: string): Record<string, string> {
  const isTexts =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((entry) => typeof entry === 'string');
  if (isTexts) return value as Record<string, string>;
  throw new FormatError(`${fileName}: ${what} is no object of texts; write {"our name": "their name"}`, {
    place: { file: fileName },
  });
}
