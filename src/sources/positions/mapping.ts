import { type ColumnMapping, FormatError } from '../../core/index.js';
import { POSITIONS_COLUMNS, positionsColumn } from './layout.js';
import { readValue } from './values.js';

/**
 * Reads a mapping file: `{"kind": "positions", "columns": {ourName: theirHeader}, "constants": {ourName: value}}`, see
 * docs/sources/positions.md.
 * @throws {FormatError} naming the entry that is wrong
 */
export function parseColumnMapping(json: string, fileName: string): ColumnMapping {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new FormatError(`${fileName} is no JSON: ${(cause as Error).message}`, {
      cause,
      place: { file: fileName },
    });
  }
  const { kind, columns, constants = {}, ...others } = textObject(value, fileName, 'the mapping', true);
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw fault(fileName, `'${other}' is no part of a mapping; write kind, columns and constants`);
  if (kind !== 'positions') throw fault(fileName, `kind is ${JSON.stringify(kind)}; write "positions"`);
  const mapping: ColumnMapping = {
    kind,
    columns: textObject(columns, fileName, 'columns') as Record<string, string>,
    constants: textObject(constants, fileName, 'constants') as Record<string, string>,
  };
  checkMapping(mapping, fileName);
  return mapping;
}

/**
 * @param where names the mapping in the message
 * @throws {FormatError} naming the entry that is wrong
 */
export function checkMapping(mapping: ColumnMapping, where: string): void {
  for (const name of [...Object.keys(mapping.columns), ...Object.keys(mapping.constants)]) {
    if (positionsColumn(name) !== null) continue;
    const known = POSITIONS_COLUMNS.map((column) => column.name).join(', ');
    throw fault(where, `'${name}' is no column of positions; the columns are ${known}`);
  }
  for (const [name, value] of Object.entries(mapping.constants)) checkConstant(name, value, mapping, where);
  for (const { name, required, constant } of POSITIONS_COLUMNS) {
    if (!required || name in mapping.columns || name in mapping.constants) continue;
    throw fault(where, `${name} is missing; name its column${constant ? ' or give it as a constant' : ''}`);
  }
  if (gives(mapping, 'level') !== gives(mapping, 'level_symbol'))
    throw fault(where, 'level and level_symbol go together; give both or neither');
  const headers = Object.values(mapping.columns);
  const twice = headers.find((header, index) => headers.indexOf(header) !== index);
  if (twice !== undefined) throw fault(where, `column '${twice}' is used twice; use it once`);
}

function checkConstant(name: string, value: string, mapping: ColumnMapping, where: string): void {
  const column = positionsColumn(name)!;
  if (!column.constant) throw fault(where, `${name} cannot be a constant; name its column`);
  if (name in mapping.columns) throw fault(where, `${name} is both a column and a constant; give one`);
  const read = readValue(column, value);
  if ('expected' in read || read.value === null)
    throw fault(
      where,
      `constant ${name} is '${value}', expected ${'expected' in read ? read.expected : 'a value'}`,
    );
}

function gives(mapping: ColumnMapping, name: string): boolean {
  return name in mapping.columns || name in mapping.constants;
}

function textObject(value: unknown, where: string, what: string, top = false): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fault(where, `${what} is no object; write {...}`);
  for (const [key, entry] of Object.entries(value)) {
    if (!top && typeof entry !== 'string')
      throw fault(where, `${what}.${key} is ${JSON.stringify(entry)}; write a text in quotes`);
  }
  return value as Record<string, unknown>;
}

function fault(where: string, message: string): FormatError {
  return new FormatError(`${where}: ${message}`, { place: { file: where } });
}
